"""
Jobs that are not lost: work to be done after the transaction that asked for it.

A job is a row, written in the transaction of whoever asks, so it exists exactly if that transaction does. A worker
takes it on a lease by moving `due_at` to the lease's end, prolongs the lease while it works, and writes the outcome at
the end. If the worker dies the lease runs out and the job is due again: a job may run twice, so a task must bear that.

Every statement names the practice, so that the table can be distributed by it.
"""

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.module_loading import import_string
from django_tasks.base import Task
from django_tasks.exceptions import InvalidTaskError

from halfdoor.service.core.models import Job

LEASE = timedelta(minutes=2)
MOST_ATTEMPTS = 8
_FIRST_WAIT = timedelta(seconds=10)
_LONGEST_WAIT = timedelta(hours=6)
_OURS = "halfdoor.service."


def enqueue(
    task: Task[..., Any],
    *,
    practice: uuid.UUID,
    dedupe_key: str = "",
    due_at: datetime | None = None,
    at: datetime,
    **arguments: Any,
) -> Job:
    """
    Ask for a task to be run with `practice` and `arguments`, once the current transaction commits.

    While a job with the same dedupe key is open, that job is enough and is returned.

    :param arguments: ids and codes in JSON types; never what a person wrote
    :param due_at: not before this moment; at once if left out
    """
    asked = {
        "task": task.module_path,
        "arguments": {"practice": str(practice), **arguments},
        "enqueued_at": at,
        "due_at": due_at or at,
    }
    if not dedupe_key:
        return Job.objects.create(practice_id=practice, **asked)
    job, _ = Job.objects.get_or_create(
        practice_id=practice, dedupe_key=dedupe_key, outcome=Job.Outcome.OPEN, defaults=asked
    )
    return job


def task_named(path: str) -> Task[..., Any]:
    """
    Return the task that a row names. Only tasks of our own rooms are run: whoever can write a row is not to run code.

    :raises InvalidTaskError: if it is anything else
    """
    found = import_string(path) if path.startswith(_OURS) else None
    if not isinstance(found, Task):
        raise InvalidTaskError(f"{path} is no task of ours.")
    return found


def practices_with_work(*, at: datetime) -> list[uuid.UUID]:
    """Return the practices that have a job due. Where the doors are shut, nothing is done nor sent: jobs wait."""
    due = Job.objects.filter(outcome=Job.Outcome.OPEN, due_at__lte=at, practice__doors_shut=False)
    return list(due.order_by("practice_id").values_list("practice_id", flat=True).distinct())


@transaction.atomic
def claim(practice: uuid.UUID, *, lease: timedelta = LEASE, at: datetime) -> Job | None:
    """
    Take the job of this practice that has been due longest, on a lease; none if nothing is due.

    A job that was taken too often without ever reaching an end has probably killed its workers, and is given up.
    """
    due = Job.objects.filter(practice_id=practice, outcome=Job.Outcome.OPEN, due_at__lte=at).order_by("due_at", "id")
    while job := due.select_for_update(skip_locked=True).first():
        if job.attempts < MOST_ATTEMPTS:
            taken = {"attempts": job.attempts + 1, "lease": uuid.uuid4(), "due_at": at + lease}
            _update(job, **taken)
            for name, value in taken.items():
                setattr(job, name, value)
            return job
        _end(job, Job.Outcome.FAILED, error="worker_died", at=at)
    return None


def prolong(job: Job, *, lease: timedelta = LEASE, at: datetime) -> bool:
    """Move the end of a lease; say whether the lease was still held."""
    return _update(job, due_at=at + lease)


def succeed(job: Job, *, at: datetime) -> bool:
    """Write that a job is done; say whether the lease was still held."""
    return _end(job, Job.Outcome.DONE, error="", at=at)


def fail(job: Job, *, error: str, at: datetime) -> bool:
    """
    Let a job be tried again later, or give it up after too many attempts; say whether the lease was still held.

    :param error: what kind of error it was; its message may quote a person and is not kept
    """
    if job.attempts >= MOST_ATTEMPTS:
        return _end(job, Job.Outcome.FAILED, error=error, at=at)
    wait = min(_FIRST_WAIT * 2 ** (job.attempts - 1), _LONGEST_WAIT)
    return _update(job, due_at=at + wait, lease=None, error=error)


def _end(job: Job, outcome: Job.Outcome, *, error: str, at: datetime) -> bool:
    return _update(job, outcome=outcome, error=error, ended_at=at, lease=None)


def _update(job: Job, **changes: Any) -> bool:
    held = Job.objects.filter(practice_id=job.practice_id, pk=job.pk, lease=job.lease, outcome=Job.Outcome.OPEN)
    return held.update(**changes) == 1
