"""The row of the practice is held, and then its newest line is read, whatever way both were asked for."""

import contextvars
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from halfdoor.service.core import chain
from halfdoor.service.core.models import ChainEntry, Practice

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_a_line_takes_two_ways_to_postgresql() -> None:
    practice = Practice.objects.create(name="Corner House")
    with CaptureQueriesContext(connection) as sent:
        chain.append(practice, {}, at=NOON)
    assert len(sent) == (2 if connection.vendor == "postgresql" else 3)


@pytest.mark.django_db(transaction=True)
def test_who_waited_for_the_practice_sees_the_line_of_whom_they_waited_for() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("On SQLite one transaction at a time writes, and waits before it reads anything")
    practice, waiting = Practice.objects.create(name="Corner House"), connection.copy()
    late = threading.Thread(target=contextvars.copy_context().run, args=[append_one, practice])
    with transaction.atomic():
        chain.append(practice, {"who": "first"}, at=NOON)
        late.start()
        wait_until(lambda: is_somebody_waiting(waiting))
    late.join()
    waiting.close()
    assert [chain.body_of(line)["who"] for line in ChainEntry.objects.order_by("sequence")] == ["first", "late"]
    assert chain.verify(practice).broken_at is None


def append_one(practice: Practice) -> None:
    """Append a line on a connection of this thread."""
    try:
        with transaction.atomic():
            chain.append(practice, {"who": "late"}, at=NOON)
    finally:
        connection.close()


def is_somebody_waiting(other: Any) -> bool:
    """Return whether a statement waits for a lock."""
    with other.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_locks WHERE NOT granted")
        return bool(cursor.fetchall())


def wait_until(holds: Callable[[], bool]) -> None:
    """Wait until something holds, ten seconds at most."""
    until = time.monotonic() + 10
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.01)
