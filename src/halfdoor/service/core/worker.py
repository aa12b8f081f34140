"""The worker: takes jobs on a lease and runs them, as a command or as a thread beside the demo."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from uuid import UUID

from django.db import DatabaseError, InterfaceError, close_old_connections, connection

from halfdoor.service.core import clock, jobs, keys, within
from halfdoor.service.core.logs import log
from halfdoor.service.core.models import Job

_A_FEW = 10
_ONE_AT_A_TIME = 0.12
"""Somebody who waits for SQLite's one lock tries again each tenth of a second, and nobody stands in line for it."""
EACH = timedelta(hours=1)
"""How often a worker lets go what is over."""
_TIDYING: list[Callable[..., object]] = []


def tidy(do: Callable[..., object]) -> None:
    """
    Let a room say what goes when its time is over; it takes ``at=``. Called from its ``AppConfig.ready``.

    Each worker does it each hour, for all practices at once: it must bear being done twice, or by two.
    """
    if do not in _TIDYING:
        _TIDYING.append(do)


class Worker:
    """
    Runs due jobs until told to stop.

    :param lease: how long a job is ours without a sign of life
    :param pause: seconds between two looks when nothing is due
    :param rest: seconds after each job, so that whoever waits to write to SQLite gets in between
    """

    def __init__(self, *, lease: timedelta = jobs.LEASE, pause: float = 1.0, rest: float = 0.0) -> None:
        self.lease = lease
        self.pause = pause
        self.rest = rest
        self.stopping = threading.Event()
        self._tidied_at: datetime | None = None

    def run(self) -> None:
        """Work until `stop` is called; a job that has begun is finished first."""
        while not self.stopping.is_set():
            close_old_connections()
            if not self._look():
                self.stopping.wait(self.pause)
        connection.close()

    def stop(self) -> None:
        """Let the worker end after the job it is at."""
        self.stopping.set()

    def work_once(self) -> int:
        """Run a few jobs of each practice that has some due, so that no practice waits for another; return how many."""
        with within.everywhere():
            practices = jobs.practices_with_work(at=clock.now())
        return sum(self._turn(practice) for practice in practices)

    def _look(self) -> int:
        """Work once. A database that cannot be reached for a while stops no worker: it looks again after a pause."""
        try:
            self._tidy(at=clock.now())
            return self.work_once()
        except (DatabaseError, InterfaceError) as error:
            log(__name__).error("worker_cannot_look", error=type(error).__qualname__)
            return 0

    def _tidy(self, *, at: datetime) -> None:
        """Let go what is over, once an hour. What fails is done again an hour later, and keeps no job waiting."""
        if self._tidied_at is not None and at - self._tidied_at < EACH:
            return
        self._tidied_at = at
        with within.everywhere():
            for do in _TIDYING:
                do(at=at)

    def _turn(self, practice: UUID) -> int:
        with within.within(practice):
            return self._some_of(practice)

    def _some_of(self, practice: UUID) -> int:
        for done in range(_A_FEW):
            job = None if self.stopping.is_set() else jobs.claim(practice, lease=self.lease, at=clock.now())
            if job is None:
                return done
            self._run(job)
            self.stopping.wait(self.rest)
        return _A_FEW

    def _run(self, job: Job) -> None:
        try:
            with self._alive(job), keys.ring():
                jobs.task_named(job.task).call(**job.arguments)
        except Exception as error:
            kind = type(error).__qualname__
            log(__name__).error("job_failed", task=job.task, job=str(job.pk), attempt=job.attempts, error=kind)
            jobs.fail(job, error=kind, at=clock.now())
        else:
            jobs.succeed(job, at=clock.now())

    @contextmanager
    def _alive(self, job: Job) -> Iterator[None]:
        """Prolong the lease three times in its length, from a thread with its own connection."""
        over = threading.Event()

        def beat() -> None:
            within.enter(job.practice_id)
            while not over.wait(self.lease.total_seconds() / 3):
                jobs.prolong(job, lease=self.lease, at=clock.now())
                connection.close()

        heart = threading.Thread(target=beat, name="heartbeat", daemon=True)
        heart.start()
        try:
            yield
        finally:
            over.set()
            heart.join()


def rest() -> float:
    """Return how long a worker rests after a job: where one writes at a time, a little longer than others wait."""
    return _ONE_AT_A_TIME if connection.vendor == "sqlite" else 0.0


def start_beside_the_server() -> Worker:
    """Start a worker in a thread of this process, for the demo and for very small services."""
    worker = Worker(rest=rest())
    threading.Thread(target=worker.run, name="worker", daemon=True).start()
    return worker
