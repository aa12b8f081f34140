"""Who writes next on SQLite."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import ConnectionHandler, OperationalError

from halfdoor.service.core import starting
from halfdoor.service.core.databases.sqlite.turns import Turn

LONG = 20.0


@pytest.fixture
def mine(tmp_path: Path) -> Turn:
    return Turn(tmp_path / "halfdoor.sqlite3")


@pytest.fixture
def theirs(tmp_path: Path) -> Turn:
    """Return the turn of a connection of another process."""
    turn = Turn(tmp_path / "halfdoor.sqlite3")
    turn._here = threading.Lock()
    return turn


def is_held(tmp_path: Path, door: str) -> bool:
    """Say whether nobody else could go through this door now."""
    other = getattr(Turn(tmp_path / "halfdoor.sqlite3"), door)
    taken = other.taken(until=0.0)
    other.close()
    return not taken


@pytest.mark.reliability("R16")
def test_who_has_just_written_waits_for_who_has_waited(mine: Turn, theirs: Turn, tmp_path: Path) -> None:
    went: list[str] = []
    mine.take(patience=LONG)

    def wait() -> None:
        theirs.take(patience=LONG)
        went.append("they")
        theirs.give()

    waiting = threading.Thread(target=wait)
    waiting.start()
    until = time.monotonic() + LONG / 4
    while not is_held(tmp_path, "_next"):
        assert time.monotonic() < until, "nobody stands between the doors"
        time.sleep(0.001)
    mine.give()
    mine.take(patience=LONG)  # at once, long before they look again
    went.append("I")
    waiting.join()
    assert went == ["they", "I"]


def test_of_one_process_only_one_waits_at_the_doors(mine: Turn, tmp_path: Path) -> None:
    other, went = Turn(tmp_path / "halfdoor.sqlite3"), threading.Event()
    mine.take(patience=LONG)

    def wait() -> None:
        other.take(patience=LONG)
        went.set()

    waiting = threading.Thread(target=wait)
    waiting.start()
    assert not went.wait(0.02)
    assert not is_held(tmp_path, "_next")
    mine.give()
    assert went.wait(LONG)
    waiting.join()
    other.close()


@pytest.mark.parametrize("leave", [Turn.give, Turn.close])
def test_a_turn_ends_with_its_transaction_and_with_its_connection(mine: Turn, tmp_path: Path, leave: Any) -> None:
    mine.take(patience=LONG)
    assert (is_held(tmp_path, "_now"), is_held(tmp_path, "_next")) == (True, False)
    leave(mine)
    assert not is_held(tmp_path, "_now")


def test_whoever_waits_too_long_goes_on_and_leaves_the_rest_to_sqlite(mine: Turn, theirs: Turn) -> None:
    mine.take(patience=LONG)
    theirs.take(patience=0.0)
    theirs.give()
    assert not theirs._now.taken(until=0.0)


@pytest.fixture
def wrapper(db: None, tmp_path: Path) -> Iterator[Any]:
    made = ConnectionHandler({"default": starting.database("", data=tmp_path)})["default"]
    yield made
    made.close()


def begin(wrapper: Any) -> None:
    wrapper.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)


@pytest.mark.parametrize("end", ["commit", "rollback", "close"])
def test_a_transaction_is_somebodys_turn_from_its_beginning_to_its_end(wrapper: Any, tmp_path: Path, end: str) -> None:
    begin(wrapper)
    assert is_held(tmp_path, "_now")
    getattr(wrapper, end)()
    assert not is_held(tmp_path, "_now")


def test_a_transaction_that_cannot_begin_is_nobodys_turn(wrapper: Any, tmp_path: Path) -> None:
    wrapper.ensure_connection()
    wrapper.transaction_mode = "NO SUCH MODE"
    with pytest.raises(OperationalError, match="syntax error"):
        begin(wrapper)
    assert not is_held(tmp_path, "_now")


def test_the_doors_stand_beside_the_database_that_is_opened_and_no_other_one(wrapper: Any, tmp_path: Path) -> None:
    wrapper.settings_dict["NAME"] = tmp_path / "of-tests.sqlite3"  # as whoever runs tests says after it was made
    begin(wrapper)
    doors = {path.name for path in tmp_path.glob("*-n*")}
    assert doors == {"of-tests.sqlite3-next", "of-tests.sqlite3-now"}, "two that run tests would wait for each other"
