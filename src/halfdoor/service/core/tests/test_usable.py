"""A connection in use a moment ago holds while nothing came on it; one that ended, or was idle, is found out."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.db.backends.postgresql import base


@pytest.fixture
def kept(db: None) -> Iterator[Any]:
    """A connection as a thread of the server has it, which was looked at for the last page."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite is a file, and nobody hangs up")
    other = connection.copy()
    other.connect()
    assert other.is_usable()
    yield other
    other.close()


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What connections are asked whether they hold."""
    found: list[str] = []
    monkeypatch.setattr(base.DatabaseWrapper, "is_usable", lambda self: not found.append("?"))
    return found


def end(other: Any) -> None:
    """Let the server end a connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [other.connection.info.backend_pid])


def test_one_in_use_is_not_asked(kept: Any, asked: list[str]) -> None:
    assert kept.is_usable()
    assert asked == []


def test_one_that_the_server_ended_is_not_usable(kept: Any) -> None:
    end(kept)
    assert not kept.is_usable()


def test_one_that_we_closed_is_not_usable(kept: Any) -> None:
    kept.connection.close()
    assert not kept.is_usable()


def test_one_that_lay_idle_is_asked(kept: Any, asked: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("halfdoor.service.core.databases.postgresql.base._A_MOMENT", 0.0)
    assert kept.is_usable()
    assert asked == ["?"]


def test_one_on_which_something_went_wrong_is_asked(kept: Any, asked: list[str]) -> None:
    kept.errors_occurred = True
    assert kept.is_usable()
    assert asked == ["?"]
