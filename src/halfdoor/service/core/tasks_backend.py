"""The job table behind the tasks API that Django 6 ships, so that tasks need not change when we move there."""

from typing import Any
from uuid import UUID

from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskError, TaskResult, TaskResultStatus
from django_tasks.exceptions import InvalidTaskError, TaskResultDoesNotExist

from halfdoor.service.core import clock, jobs
from halfdoor.service.core.models import Job


class LeasedBackend(BaseTaskBackend):
    """Writes a row for each enqueued task; `core.worker` runs it. Tasks take keywords, `practice` among them."""

    supports_defer = True
    supports_get_result = True

    def enqueue(self, task: Task[..., Any], args: Any, kwargs: Any) -> TaskResult[Any]:
        """
        Write the job in the caller's transaction.

        :raises InvalidTaskError: if the task is not called with keywords, or without its practice
        """
        if args or "practice" not in kwargs:
            raise InvalidTaskError(f"Call {task.name}.enqueue(practice=..., ...) with keywords only.")
        arguments = {name: value for name, value in kwargs.items() if name != "practice"}
        return _result(
            jobs.enqueue(
                task, practice=UUID(str(kwargs["practice"])), due_at=task.run_after, at=clock.now(), **arguments
            )
        )

    def get_result(self, result_id: str) -> TaskResult[Any]:
        """
        Return what is known about a job.

        :raises TaskResultDoesNotExist: if there is none with this id
        """
        job = Job.objects.filter(pk=result_id).first()
        if job is None:
            raise TaskResultDoesNotExist(result_id)
        return _result(job)


def _result(job: Job) -> TaskResult[Any]:
    return TaskResult(
        task=jobs.task_named(job.task),
        id=str(job.pk),
        status=_status(job),
        enqueued_at=job.enqueued_at,
        started_at=None,
        finished_at=job.ended_at,
        last_attempted_at=None,
        args=[],
        kwargs=job.arguments,
        backend="default",
        errors=[TaskError(exception_class_path=job.error, traceback="")] if job.error else [],
        worker_ids=[str(job.pk)] * job.attempts,
    )


def _status(job: Job) -> TaskResultStatus:
    match Job.Outcome(job.outcome):
        case Job.Outcome.DONE:
            return TaskResultStatus.SUCCESSFUL
        case Job.Outcome.FAILED:
            return TaskResultStatus.FAILED
        case Job.Outcome.OPEN:
            return TaskResultStatus.RUNNING if job.lease else TaskResultStatus.READY
