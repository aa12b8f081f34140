"""What was asked for is done, whatever happens to those who do it."""

import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.db import OperationalError, connection, transaction
from django_tasks import TaskResultStatus
from django_tasks.exceptions import InvalidTaskError, TaskResultDoesNotExist

from halfdoor.service.core import clock, jobs
from halfdoor.service.core.models import Job, Practice
from halfdoor.service.core.tests.errands import note_down, stumble, write_slowly
from halfdoor.service.core.worker import Worker, rest

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
LATER = NOON + timedelta(hours=1)


@pytest.fixture
def practice() -> Practice:
    return Practice.objects.create(name="Corner House")


def ask(practice: Practice, **changes: Any) -> Job:
    return jobs.enqueue(note_down, practice=practice.pk, **({"at": NOON, "mark": "x"} | changes))


@pytest.mark.reliability("R7")
def test_a_job_exists_exactly_if_the_transaction_that_asked_for_it_does(practice: Practice) -> None:
    with transaction.atomic():
        ask(practice)
        transaction.set_rollback(True)
    assert jobs.practices_with_work(at=NOON) == []
    ask(practice)
    assert jobs.practices_with_work(at=NOON) == [practice.pk]


def test_a_job_is_taken_by_one_worker_only(practice: Practice) -> None:
    ask(practice)
    assert jobs.claim(practice.pk, at=NOON) is not None
    assert jobs.claim(practice.pk, at=NOON) is None


def test_jobs_are_taken_in_the_order_in_which_they_fell_due(practice: Practice) -> None:
    second, first = (ask(practice, due_at=NOON - timedelta(minutes=m)) for m in (1, 2))
    assert [getattr(jobs.claim(practice.pk, at=NOON), "pk", None) for _ in range(3)] == [first.pk, second.pk, None]


def test_a_job_waits_for_its_time(practice: Practice) -> None:
    ask(practice, due_at=LATER)
    assert jobs.claim(practice.pk, at=LATER - timedelta(seconds=1)) is None
    assert jobs.claim(practice.pk, at=LATER) is not None


def test_the_same_thing_is_asked_for_once_while_it_is_open(practice: Practice) -> None:
    first = ask(practice, dedupe_key="summary-7")
    assert ask(practice, dedupe_key="summary-7").pk == first.pk
    assert ask(practice, dedupe_key="summary-8", due_at=LATER).pk != first.pk
    assert ask(Practice.objects.create(name="Elsewhere"), dedupe_key="summary-7").pk != first.pk
    taken = jobs.claim(practice.pk, at=NOON)
    assert taken is not None
    jobs.succeed(taken, at=NOON)
    assert ask(practice, dedupe_key="summary-7").pk != first.pk


def test_a_job_whose_worker_died_is_due_again_when_its_lease_ends(practice: Practice) -> None:
    asked = ask(practice)
    dead = jobs.claim(practice.pk, lease=timedelta(minutes=2), at=NOON)
    assert jobs.claim(practice.pk, at=NOON + timedelta(seconds=119)) is None
    taken = jobs.claim(practice.pk, at=NOON + timedelta(minutes=2))
    assert taken is not None
    assert dead is not None
    assert (taken.pk, taken.attempts) == (asked.pk, 2)
    assert jobs.succeed(dead, at=LATER) is False
    assert jobs.prolong(dead, at=LATER) is False
    assert jobs.succeed(taken, at=LATER) is True


def test_a_living_worker_keeps_its_job(practice: Practice) -> None:
    ask(practice)
    job = jobs.claim(practice.pk, lease=timedelta(minutes=2), at=NOON)
    assert job is not None
    assert jobs.prolong(job, lease=timedelta(minutes=2), at=NOON + timedelta(minutes=1))
    assert jobs.claim(practice.pk, at=NOON + timedelta(minutes=2)) is None


@pytest.mark.parametrize("path", ["os.system", "subprocess.run", "halfdoor.service.core.jobs.enqueue"])
def test_a_row_that_names_no_task_of_ours_runs_nothing(practice: Practice, path: str, tmp_path: Path) -> None:
    job = ask(practice)
    Job.objects.filter(pk=job.pk).update(task=path, arguments={"command": f"touch {tmp_path}/run"})
    with time_machine.travel(NOON, tick=False):
        Worker().work_once()
    job.refresh_from_db()
    assert (job.outcome, job.error) == (Job.Outcome.OPEN, "InvalidTaskError")
    assert list(tmp_path.iterdir()) == []


def test_a_job_that_fails_is_tried_again_later_and_later(practice: Practice) -> None:
    asked = ask(practice)
    waits, at = [], NOON
    for _ in range(jobs.MOST_ATTEMPTS):
        job = jobs.claim(practice.pk, at=at)
        assert job is not None
        jobs.fail(job, error="LookupError", at=at)
        asked.refresh_from_db()
        waits.append((asked.due_at - at).total_seconds())
        at = asked.due_at
    assert waits[:-1] == [10, 20, 40, 80, 160, 320, 640]
    assert (asked.outcome, asked.error) == (Job.Outcome.FAILED, "LookupError")
    assert jobs.claim(practice.pk, at=at + timedelta(days=9)) is None


def test_a_job_that_kills_its_workers_is_given_up(practice: Practice) -> None:
    asked, at = ask(practice), NOON
    for _ in range(jobs.MOST_ATTEMPTS):
        assert jobs.claim(practice.pk, lease=timedelta(minutes=1), at=at) is not None
        at += timedelta(minutes=1)
    assert jobs.claim(practice.pk, at=at) is None
    asked.refresh_from_db()
    assert (asked.outcome, asked.error) == (Job.Outcome.FAILED, "worker_died")


def test_a_worker_does_what_was_asked(practice: Practice, tmp_path: Path) -> None:
    asked = note_down.enqueue(practice=str(practice.pk), mark=str(tmp_path / "mark"))
    assert asked.status is TaskResultStatus.READY
    assert Worker().work_once() == 1
    asked.refresh()
    assert asked.status is TaskResultStatus.SUCCESSFUL
    assert (tmp_path / "mark").read_text() == "x"


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_takes_long_keeps_its_job(tmp_path: Path) -> None:
    practice = Practice.objects.create(name="Corner House")
    asked = ask(practice, mark=str(tmp_path / "mark"), slowly=0.8)
    lease = timedelta(seconds=0.3)
    begun = clock.now()
    assert Worker(lease=lease).work_once() == 1
    asked.refresh_from_db()
    assert asked.outcome == Job.Outcome.DONE
    assert asked.due_at > begun + 2 * lease


def test_what_a_person_said_does_not_stay_in_a_failed_job(practice: Practice, caplog: pytest.LogCaptureFixture) -> None:
    asked = stumble.enqueue(practice=str(practice.pk), over="Amina")
    assert Worker().work_once() == 1
    job = Job.objects.get(pk=asked.id)
    assert (job.outcome, job.error, job.attempts) == (Job.Outcome.OPEN, "LookupError", 1)
    assert "river" not in caplog.text
    assert "job_failed" in caplog.text


def test_tasks_are_called_with_keywords_and_their_practice(practice: Practice) -> None:
    with pytest.raises(InvalidTaskError, match="keywords only"):
        note_down.enqueue(str(practice.pk), mark="x")  # type: ignore[misc]
    with pytest.raises(InvalidTaskError):
        note_down.enqueue(mark="x")  # type: ignore[call-arg]


def test_a_deferred_task_waits(practice: Practice) -> None:
    with time_machine.travel(NOON, tick=False):
        asked = note_down.using(run_after=LATER).enqueue(practice=str(practice.pk), mark="x")
    assert Job.objects.get(pk=asked.id).due_at == LATER


def test_a_job_nobody_asked_for_is_not_there() -> None:
    with pytest.raises(TaskResultDoesNotExist):
        note_down.get_result(str(uuid.uuid4()))


@pytest.mark.reliability("R8")
def test_a_worker_outlives_a_database_that_cannot_be_reached(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker, looks = Worker(pause=0), []

    def fails_once_and_then_stops(*, at: datetime) -> list[uuid.UUID]:
        looks.append(at)
        if len(looks) == 1:
            raise OperationalError("the disk is full")
        worker.stop()
        return []

    monkeypatch.setattr(jobs, "practices_with_work", fails_once_and_then_stops)
    monkeypatch.setattr("halfdoor.service.core.worker.close_old_connections", lambda: None)
    monkeypatch.setattr("halfdoor.service.core.worker.connection", SimpleNamespace(close=lambda: None))
    worker.run()
    assert len(looks) == 2


@pytest.mark.reliability("R16")
@pytest.mark.django_db(transaction=True)
def test_whoever_writes_gets_in_between_two_jobs_of_a_worker_that_has_many(tmp_path: Path) -> None:
    """On SQLite one writes at a time. Somebody who signed in while the demo grew waited for all of it."""
    practice, marks = Practice.objects.create(name="Corner House"), [tmp_path / str(number) for number in range(16)]
    for mark in marks:
        jobs.enqueue(write_slowly, practice=practice.pk, mark=str(mark), at=NOON)
    worker = Worker(pause=0.1, rest=rest())
    working = threading.Thread(target=worker.run)
    working.start()
    wait_until(lambda: done(marks) >= 1)
    before = done(marks)
    Practice.objects.create(name="Somebody waits")
    meanwhile = done(marks) - before
    worker.stop()
    working.join()
    assert meanwhile <= 2


@pytest.mark.reliability("R7")
@pytest.mark.django_db(transaction=True)
def test_no_job_is_lost_when_workers_are_killed_at_any_moment(tmp_path: Path) -> None:
    practice = Practice.objects.create(name="Corner House")
    marks = [tmp_path / str(number) for number in range(20)]
    for mark in marks:
        ask(practice, mark=str(mark), slowly=0.05)
    environment = reached_from_another_process(tmp_path)
    for _ in range(2):
        before = done(marks)
        with worker_process(environment) as worker:
            wait_until(lambda before=before: done(marks) > before)
            time.sleep(random.random() / 10)
            worker.kill()
    with worker_process(environment) as worker:
        wait_until(lambda: done(marks) == len(marks))
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(timeout=10) == 0


def reached_from_another_process(folder: Path) -> dict[str, str]:
    """Return the environment in which a worker finds this test's database, on SQLite a copy of it."""
    environment = {"HALFDOOR_DATA": str(folder), "HALFDOOR_SECRET_KEY": "only-for-tests"}
    if connection.vendor == "postgresql":
        at = connection.settings_dict
        (folder / "keys").mkdir()
        shutil.copy(settings.HALFDOOR_DATA / "keys" / "second-wall", folder / "keys")
        environment["HALFDOOR_DATABASE"] = f"postgresql://{at['USER']}:@/{at['NAME']}?host={at['HOST']}"
    else:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(folder / "halfdoor.sqlite3")])
    return os.environ | environment


def worker_process(environment: dict[str, str]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-m", "halfdoor.service", "work", "--lease", "1"], env=environment)


def done(marks: list[Path]) -> int:
    return sum(mark.exists() for mark in marks)


def wait_until(reached: Callable[[], bool]) -> None:
    for _ in range(3_000):
        if reached():
            return
        time.sleep(0.01)
    pytest.fail("The worker did not get there in 30 seconds.")
