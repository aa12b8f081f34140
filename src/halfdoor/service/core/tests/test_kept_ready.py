"""What PostgreSQL keeps ready is asked as if it were written out: of the practice at hand, with its own values."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, NotSupportedError, connection

from halfdoor.service.core import within
from halfdoor.service.core.databases.postgresql import kept_ready
from halfdoor.service.core.in_turn import InTurn

HERE, THERE = UUID(int=1), UUID(int=2)
CANNOT_BE_READY = "SELECT x || %s FROM (SELECT 'b' AS x) AS y GROUP BY x || %s"
WHOSE = "SELECT practice_at_hand(), %s AS word"


@pytest.fixture
def outside(db: None) -> Iterator[Any]:
    """A second connection, which no test has put into a transaction."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite is asked within the process, and keeps nothing ready for a connection")
    other = connection.copy()
    yield other
    other.close()


@contextmanager
def in_a_transaction(other: Any) -> Iterator[None]:
    """Be in a transaction of a connection."""
    other.set_autocommit(False)
    yield
    other.commit()
    other.set_autocommit(True)


def asked(other: Any, question: str, *values: Any) -> Any:
    """Return the first row of an answer."""
    with other.cursor() as cursor:
        cursor.execute(question, values)
        return cursor.fetchone()


def kept(other: Any, like: str = "%") -> int:
    """Return how many questions that look like this are kept ready."""
    with other.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '{like}'")
        return int(cursor.fetchone()[0])


def test_nothing_is_compiled_before_it_is_answered(outside: Any) -> None:
    assert asked(outside, "SHOW jit") == ("off",)


def test_what_is_asked_again_and_again_is_kept_ready_and_answers_of_the_practice_at_hand(outside: Any) -> None:
    for _ in range(3):
        with within.within(HERE):
            assert asked(outside, WHOSE, "a") == (HERE, "a")
    assert kept(outside) == 1
    with within.within(THERE):
        assert asked(outside, WHOSE, "b") == (THERE, "b")
    with within.nowhere():
        assert asked(outside, WHOSE, "c") == (None, "c")
    assert kept(outside) == 1


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("SELECT %s AS a, 100 %% 7, 'a%%b'", ["it's \\ 100 %s 'uuid'::uuid"]),
        ("SELECT %s::text, %s::uuid, %s::date, %s + 1", [None, HERE, date(2026, 1, 2), -3]),
        ("SELECT %s::int[], %s = ANY(%s), %s", [[1, 2], "b", ["a", "b"], True]),
        ("SELECT EXISTS(SELECT %s AS a WHERE 1 IN (%s, %s)), 2", [1, 1, 2]),
        ("SELECT 1", []),
    ],
)
def test_it_answers_as_if_it_were_written_out(outside: Any, question: str, values: list[Any]) -> None:
    answers = [asked(outside, question, *values) for _ in range(4)]
    assert kept(outside) == 1
    assert answers == [asked(connection, question, *values)] * 4


@pytest.mark.parametrize("value", [10**10, 1.5, HERE])
def test_a_value_of_another_type_is_another_question(outside: Any, value: Any) -> None:
    for _ in range(3):
        asked(outside, "SELECT %s", 1)
    assert asked(outside, "SELECT %s", value) == asked(connection, "SELECT %s", value)
    assert kept(outside) == 1


def test_what_cannot_be_kept_ready_is_written_out_each_time(outside: Any) -> None:
    assert [asked(outside, CANNOT_BE_READY, "a", "a") for _ in range(5)] == [("ba",)] * 5
    assert kept(outside) == 0


def test_what_postgresql_does_not_know_how_to_do_is_refused_each_time(outside: Any) -> None:
    for _ in range(4):
        with pytest.raises(NotSupportedError, match="FOR UPDATE is not allowed"):
            asked(outside, "SELECT count(*), %s FROM core_practice FOR UPDATE", 1)
    assert asked(outside, "SELECT %s", 1) == (1,)


def test_two_statements_in_one_are_never_given_one_name(outside: Any) -> None:
    for _ in range(4):
        asked(outside, "SELECT set_config('halfdoor.first', %s, false); SELECT 2", "1")
    assert kept(outside, "%halfdoor.first%") == 0


@pytest.mark.parametrize("first", [[], ["SELECT 'first'"]], ids=["its first", "a later one"])
def test_what_cannot_be_made_ready_is_not_the_end_of_a_transaction(outside: Any, first: list[str]) -> None:
    for _ in range(3):
        with in_a_transaction(outside):
            for question in first:
                asked(outside, question)
            assert asked(outside, CANNOT_BE_READY, "a", "a") == ("ba",)
            assert asked(outside, "SELECT %s", 1) == (1,)


def test_what_is_asked_in_transactions_is_kept_ready_too(outside: Any) -> None:
    for number in range(4):
        with in_a_transaction(outside):
            assert asked(outside, "SELECT 'in one', %s", number) == ("in one", number)
            assert asked(outside, "SELECT 'after it', %s", number) == ("after it", number)
    assert kept(outside, "%AS SELECT%") == 2


def test_the_first_message_of_a_transaction_begins_it(outside: Any) -> None:
    said = "SELECT now() = statement_timestamp(), current_query()"
    with in_a_transaction(outside):
        has_begun_with_it, message = asked(outside, said)
        assert has_begun_with_it
        assert message.startswith("BEGIN; SET LOCAL")
        assert asked(outside, said)[1].startswith("SET LOCAL")
    assert asked(outside, said)[1].startswith("SET LOCAL")


def test_a_transaction_that_is_rolled_back_leaves_nothing(outside: Any) -> None:
    for end, left in ((outside.rollback, 0), (outside.commit, 1)):
        outside.set_autocommit(False)
        with outside.cursor() as cursor:
            cursor.execute("CREATE TEMPORARY TABLE IF NOT EXISTS tried (a integer)")
        outside.commit()
        for _ in range(3):
            with outside.cursor() as cursor:
                cursor.execute("INSERT INTO tried (a) VALUES (%s)", [1])
                assert cursor.rowcount == 1
            outside.rollback()
        with outside.cursor() as cursor:
            cursor.execute("INSERT INTO tried (a) VALUES (%s)", [1])
        end()
        outside.set_autocommit(True)
        assert asked(outside, "SELECT count(*) FROM tried") == (left,)
    assert kept(outside, "%AS INSERT%") == 1


def test_what_is_kept_ready_is_made_ready_anew_as_its_tables_grow(outside: Any) -> None:
    names = set()
    for _ in range(2 * kept_ready._ANEW):
        asked(outside, "SELECT 'grows', %s", 1)
        with outside.cursor() as cursor:
            cursor.execute("SELECT name FROM pg_prepared_statements WHERE statement LIKE '%AS SELECT ''grows%'")
            names |= {name for (name,) in cursor.fetchall()}
    assert len(names) == 2
    assert kept(outside, "%AS SELECT ''grows%") == 1


def test_questions_in_turn_are_answered_in_turn_and_each_kept_ready(outside: Any) -> None:
    both = InTurn(("SELECT practice_at_hand(), %(a)s", ("a",)), ("SELECT %(c)s, %(b)s, %(c)s", ("b", "c")))
    for _ in range(3):
        with within.within(HERE), outside.cursor() as cursor:
            cursor.execute(both, {"a": "a", "b": "b", "c": 1})
            assert cursor.fetchall() == [(HERE, "a")]
            assert cursor.nextset()
            assert cursor.fetchall() == [(1, "b", 1)]
            assert not cursor.nextset()
    assert kept(outside) == 2


def test_what_is_asked_more_takes_the_place_of_what_is_asked_less(
    outside: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_ready, "_MOST", 2)
    for name in ["a", "b", "c"] * 3 + ["c"] * 4:
        assert asked(outside, f"SELECT %s AS {name}", 1) == (1,)
        assert kept(outside) <= 2
    assert kept(outside, "%AS c") == 1


def test_what_was_asked_long_ago_counts_less(outside: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_ready, "_MOST", 1)
    monkeypatch.setattr(kept_ready, "_LATELY", 8)
    for name in ["a"] * 8 + ["b"] * 12:
        assert asked(outside, f"SELECT %s AS {name}", 1) == (1,)
    assert kept(outside, "%AS b") == 1


def test_a_table_may_change_under_what_is_kept_ready(outside: Any) -> None:
    with outside.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE changing (a integer)")
        cursor.execute("INSERT INTO changing VALUES (1)")
    for _ in range(3):
        asked(outside, "SELECT * FROM changing WHERE a::int = %s", 1)
    with outside.cursor() as cursor:
        cursor.execute("ALTER TABLE changing ALTER a TYPE text")
    assert asked(outside, "SELECT * FROM changing WHERE a::int = %s", 1) == ("1",)
    for _ in range(3):
        asked(outside, "SELECT * FROM changing WHERE a::int = %s", 1)
    with outside.cursor() as cursor:
        cursor.execute("ALTER TABLE changing ALTER a TYPE integer USING 1")
    with in_a_transaction(outside):
        assert asked(outside, "SELECT * FROM changing WHERE a::int = %s", 1) == (1,)
        assert asked(outside, "SELECT %s", 1) == (1,)


def test_a_question_that_fails_leaves_the_connection_as_it_was(outside: Any) -> None:
    for _ in range(3):
        asked(outside, "SELECT 1 / %s", 1)
    with pytest.raises(DatabaseError, match="division by zero"):
        asked(outside, "SELECT 1 / %s", 0)
    assert asked(outside, "SELECT 1 / %s", 1) == (1,)
