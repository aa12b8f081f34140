"""A line on the chain cannot be changed, left out, put elsewhere, or written apart from its act."""

import hashlib
import json
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.db.migrations.loader import MigrationLoader

from halfdoor.service.core import chain, journal
from halfdoor.service.core.append_only import AppendOnly
from halfdoor.service.core.models import ChainEntry, Practice
from tests.database import as_owner, triggers_lifted

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
TABLE = ChainEntry._meta.db_table


@pytest.fixture
def practice() -> Practice:
    """A practice with five lines on its chain."""
    practice = Practice.objects.create(name="Corner House")
    for number in range(1, 6):
        chain.append(practice, {"act": "released", "number": number}, at=NOON)
    connection.check_constraints()
    return practice


@contextmanager
def a_hand_in_the_file() -> Iterator[Any]:
    """Write as somebody who owns the database does."""
    with triggers_lifted(), connection.cursor() as cursor:
        yield cursor


def test_a_whole_chain_verifies_to_its_last_line(practice: Practice) -> None:
    found = chain.verify(practice)
    last = ChainEntry.objects.get(practice=practice, sequence=5)
    assert (found.checked, found.broken_at, found.head) == (5, None, last.leaf)


def test_an_empty_chain_verifies() -> None:
    found = chain.verify(Practice.objects.create(name="New"))
    assert (found.checked, found.broken_at, found.head) == (0, None, chain.BEFORE_THE_FIRST)


def test_a_line_of_somebody_who_waited_is_not_from_before_the_one_that_came_first(practice: Practice) -> None:
    late = chain.append(practice, {"act": "released"}, at=NOON - timedelta(seconds=1))
    assert json.loads(late.entry)["at"] == NOON.isoformat()
    assert chain.verify(practice).broken_at is None


def test_a_line_that_goes_back_in_time_breaks_the_chain(practice: Practice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chain, "max", lambda first, second: first, raising=False)
    chain.append(practice, {"act": "released"}, at=NOON - timedelta(seconds=1))
    found = chain.verify(practice)
    assert (found.broken_at, found.says) == (6, "the line is from before the one that it follows")


def test_a_line_can_be_checked_without_any_of_our_code(practice: Practice) -> None:
    first, second = ChainEntry.objects.filter(practice=practice).order_by("sequence")[:2]
    assert first.leaf == hashlib.sha256(b"\x00" + first.entry.encode()).hexdigest()
    said = json.loads(second.entry)
    assert said["previous"] == first.leaf
    assert said["body"] == {"act": "released", "number": 2} == chain.body_of(second)
    assert json.dumps(said, sort_keys=True, separators=(",", ":")) == second.entry


def test_each_practice_has_its_own_chain(practice: Practice) -> None:
    other = Practice.objects.create(name="Elsewhere")
    assert chain.append(other, {}, at=NOON).sequence == 1
    assert chain.append(practice, {}, at=NOON).sequence == 6


@pytest.mark.django_db(transaction=True)
def test_a_line_is_never_written_apart_from_its_act() -> None:
    practice = Practice.objects.create(name="Corner House")
    with pytest.raises(chain.NotInTransaction):
        chain.append(practice, {}, at=NOON)
    with transaction.atomic():
        chain.append(practice, {}, at=NOON)
        transaction.set_rollback(True)
    assert chain.verify(practice).checked == 0


@pytest.mark.abuse("D4")
@pytest.mark.reliability("R12")
@pytest.mark.parametrize(
    ("change", "broken_at", "says"),
    [
        (f"UPDATE {TABLE} SET entry = replace(entry, 'released', 'withheld') WHERE sequence = 3", 3, "was changed"),
        (f"UPDATE {TABLE} SET entry = entry || ' ' WHERE sequence = 3", 3, "was changed"),
        (f"UPDATE {TABLE} SET leaf = '00' WHERE sequence = 3", 3, "was changed"),
        (f"DELETE FROM {TABLE} WHERE sequence = 3", 3, "line 3 is missing"),
        (f"DELETE FROM {TABLE} WHERE sequence = 1", 1, "line 1 is missing"),
        (f"UPDATE {TABLE} SET sequence = sequence + 100 WHERE sequence = 3", 3, "line 3 is missing"),
    ],
)
def test_a_hand_in_the_file_is_found_at_its_line(change: str, broken_at: int, says: str, practice: Practice) -> None:
    with a_hand_in_the_file() as cursor:
        cursor.execute(change)
    found = chain.verify(practice)
    assert found.broken_at == broken_at
    assert says in found.says


def rewritten(entry: ChainEntry, **changes: Any) -> tuple[str, str]:
    said = json.dumps(json.loads(entry.entry) | changes, sort_keys=True, separators=(",", ":"))
    return said, chain.leaf(said.encode())


@pytest.mark.parametrize(
    ("changes", "broken_at", "says"),
    [
        ({"body": {"act": "withheld"}}, 4, "does not follow"),
        ({"previous": "f" * 64}, 3, "does not follow"),
        ({"sequence": 4}, 3, "moved from another place"),
        ({"practice": "someone else"}, 3, "moved from another place"),
    ],
)
def test_a_line_rewritten_with_its_hash_is_found_too(
    changes: dict[str, Any], broken_at: int, says: str, practice: Practice
) -> None:
    entry = ChainEntry.objects.get(practice=practice, sequence=3)
    with a_hand_in_the_file() as cursor:
        cursor.execute(f"UPDATE {TABLE} SET entry = %s, leaf = %s WHERE sequence = 3", rewritten(entry, **changes))
    found = chain.verify(practice)
    assert found.broken_at == broken_at
    assert says in found.says


@pytest.mark.parametrize(
    ("hand", "says"),
    [
        (lambda line: json.dumps(json.loads(line)), "the line is not in canonical form"),
        (lambda line: f"{line}{line}", "the line is not in canonical form"),
        (lambda line: line.replace('"sequence":5', '"sequence":5.0'), "the line is not in canonical form"),
        (lambda line: f" {line}", "the line cannot be read"),
        (lambda line: line[:-1], "the line cannot be read"),
        (lambda line: "{}", "the line cannot be read"),
    ],
)
def test_a_line_that_the_chain_never_wrote_is_found(hand: Callable[[str], str], says: str, practice: Practice) -> None:
    line = hand(ChainEntry.objects.get(practice=practice, sequence=5).entry)
    with a_hand_in_the_file() as cursor:
        written = (line, chain.leaf(line.encode()))
        cursor.execute(f"UPDATE {TABLE} SET entry = %s, leaf = %s WHERE sequence = 5", written)
    found = chain.verify(practice)
    assert (found.says, found.broken_at) == (says, 5)


def test_lines_cut_off_at_the_end_show_against_a_head_noted_earlier(practice: Practice) -> None:
    noted = chain.verify(practice).head
    with a_hand_in_the_file() as cursor:
        cursor.execute(f"DELETE FROM {TABLE} WHERE sequence = 5")
    found = chain.verify(practice)
    assert found.broken_at is None
    assert found.head != noted


STATEMENTS = {
    "update": f"UPDATE {TABLE} SET leaf = 'x'",
    "update of nothing": f"UPDATE {TABLE} SET leaf = 'x' WHERE sequence = 99",
    "delete": f"DELETE FROM {TABLE} WHERE sequence = 5",
    "insert over": f"INSERT INTO {TABLE} SELECT * FROM {TABLE} WHERE sequence = 5 "
    "ON CONFLICT (practice_id, sequence) DO UPDATE SET leaf = 'x'",
    "truncate": f"TRUNCATE {TABLE} CASCADE",
    "truncate with others": f"TRUNCATE core_practice, {TABLE} CASCADE",
    "replace": f"REPLACE INTO {TABLE} SELECT * FROM {TABLE} WHERE sequence = 5",
    "insert or replace": f"INSERT OR REPLACE INTO {TABLE} SELECT * FROM {TABLE} WHERE sequence = 5",
    "insert or replace by number": f"INSERT OR REPLACE INTO {TABLE} (id, practice_id, sequence, entry, leaf) "
    f"SELECT 'fresh', practice_id, sequence, 'x', 'x' FROM {TABLE} WHERE sequence = 5",
    "insert or replace by hidden number": f"INSERT OR REPLACE INTO {TABLE} "
    f"(rowid, id, practice_id, sequence, entry, leaf) "
    f"SELECT rowid, 'fresh', practice_id, 99, 'x', 'x' FROM {TABLE} WHERE sequence = 5",
    "update or replace": f"UPDATE OR REPLACE {TABLE} SET sequence = 4 WHERE sequence = 5",
}
ONLY_ON = {
    "postgresql": {"truncate", "truncate with others"},
    "sqlite": {
        "replace",
        "insert or replace",
        "insert or replace by number",
        "insert or replace by hidden number",
        "update or replace",
    },
}


@pytest.mark.abuse("D4")
@pytest.mark.reliability("R12")
@pytest.mark.parametrize("recursive_triggers", ["ON", "OFF"])
@pytest.mark.parametrize("way", STATEMENTS)
@pytest.mark.usefixtures("as_owner_of_the_tables")  # the service's role is stopped before any trigger is asked
def test_the_database_refuses_every_way_of_changing_a_line(
    way: str, recursive_triggers: str, practice: Practice
) -> None:
    elsewhere = any(way in ways for vendor, ways in ONLY_ON.items() if vendor != connection.vendor)
    nothing_touched = way == "update of nothing" and connection.vendor == "sqlite"
    before = chain.verify(practice)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"PRAGMA recursive_triggers = {recursive_triggers}")
        if not nothing_touched:
            says = "syntax error" if elsewhere else "append-only"
            with pytest.raises(DatabaseError, match=says), transaction.atomic():
                cursor.execute(STATEMENTS[way])
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA recursive_triggers = ON")
    assert chain.verify(practice) == before


def test_saving_or_deleting_a_line_through_django_is_refused_too(practice: Practice) -> None:
    entry = ChainEntry.objects.filter(practice=practice).last()
    assert entry is not None
    for change in (entry.save, entry.delete, ChainEntry.objects.all().delete):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()


def test_the_command_says_what_it_checked_and_where_it_breaks(practice: Practice) -> None:
    out = StringIO()
    call_command("ledger", "verify", stdout=out)
    assert f"{practice.pk}: 5 lines read, head " in out.getvalue()
    assert "Every line fits" in out.getvalue()
    with a_hand_in_the_file() as cursor:
        cursor.execute(f"DELETE FROM {TABLE} WHERE sequence = 2")
    with pytest.raises(CommandError, match="restore a verified backup"):
        call_command("ledger", "verify", stdout=out)
    assert "breaks at line 2: line 2 is missing" in out.getvalue()


@pytest.mark.django_db(transaction=True)
def test_migrating_back_and_forth_lifts_and_lays_the_triggers() -> None:
    state = MigrationLoader(connection).project_state([("core", "0001_squashed_0006_halves_and_emptying")])
    practice = Practice.objects.create(name="Corner House")
    with transaction.atomic():
        chain.append(practice, {}, at=NOON)
    with as_owner(), connection.schema_editor() as editor:
        AppendOnly("chainentry").database_backwards("core", editor, state, state)
    assert ChainEntry.objects.update(leaf="x") == 1
    with as_owner(), connection.schema_editor() as editor:
        AppendOnly("chainentry").database_forwards("core", editor, state, state)
    with pytest.raises(DatabaseError, match="append-only"):
        ChainEntry.objects.update(leaf="y")


def test_the_length_of_every_chain_is_told_by_practice(practice: Practice) -> None:
    other = Practice.objects.create(name="Elsewhere")
    chain.append(other, {}, at=NOON)
    Practice.objects.create(name="New")
    assert chain.lengths() == {practice.pk: 5, other.pk: 1}


def test_only_chains_whose_last_line_is_ahead_say_that_the_clock_is_right_now(
    practice: Practice, settings: Any, tmp_path: Path
) -> None:
    settings.HALFDOOR_DATA = tmp_path
    other = Practice.objects.create(name="Elsewhere")
    chain.append(other, {}, at=NOON + timedelta(hours=2))
    now = NOON + timedelta(hours=1)
    assert chain.say_clock_is_right(at=NOON + timedelta(hours=2)) == []
    assert chain.said_right_up_to() == chain.BEFORE_ALL
    assert chain.say_clock_is_right(at=now) == [other.pk]
    assert chain.said_right_up_to() == NOON + timedelta(hours=2)
    said = chain.body_of(ChainEntry.objects.filter(practice=other).latest("sequence"))
    assert said == {"kind": "core.clock_said_right", "clock": now.isoformat()}
    assert chain.lengths() == {practice.pk: 5, other.pk: 2}


@pytest.mark.parametrize(
    ("behind", "is_demo", "is_refused"), [(60, False, False), (61, False, True), (61, True, False), (-61, False, False)]
)
def test_nothing_goes_while_the_clock_lies_more_than_a_minute_behind(
    behind: int, is_demo: bool, is_refused: bool, practice: Practice, settings: Any, tmp_path: Path
) -> None:
    settings.HALFDOOR_DATA = tmp_path
    practice.is_demo = is_demo
    now = NOON - timedelta(seconds=behind)
    with pytest.raises(chain.ClockIsBehind) if is_refused else nullcontext():
        chain.refuse_clock_behind(practice, newest_at=NOON, at=now)
    chain.say_clock_is_right(at=NOON - timedelta(days=1))
    chain.refuse_clock_behind(practice, newest_at=NOON, at=now)


def test_a_line_with_letters_of_any_language_and_a_fraction_is_canonical(practice: Practice) -> None:
    for body in ({"word": "ysgol \u00e2 \U0001f33f", "b": [], "a": None}, {"share": 0.5}, {"share": 1e21}):
        chain.append(practice, body, at=NOON)
    found = chain.verify(practice)
    assert (found.checked, found.broken_at, found.says) == (8, None, "")


def test_a_journal_of_a_practice_that_nobody_knows_here_is_named_and_no_other(
    practice: Practice, settings: Any, tmp_path: Path
) -> None:
    settings.HALFDOOR_JOURNAL = tmp_path
    known = journal.path_of(practice.pk)
    strange = [tmp_path / f"{number}.lines" for number in (2, 1)]
    for path in (known, *strange, tmp_path / "notes.txt"):
        path.touch()
    assert journal.strangers() == sorted(strange)


def test_the_journal_makes_its_folder_where_there_is_none_and_nobody_else_reads_it(
    settings: Any, tmp_path: Path
) -> None:
    settings.HALFDOOR_JOURNAL = tmp_path / "another disk" / "journal"
    journal.is_writable()
    written = settings.HALFDOOR_JOURNAL / "writable"
    assert [stat.S_IMODE(place.stat().st_mode) for place in (written.parent, written)] == [0o700, 0o600]


def test_a_line_that_holds_goes_on_holding_where_the_word_that_it_does_cannot_be_written(
    practice: Practice, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    def full(practice: object, lines: list[str], *, lasting: bool = True) -> None:
        if not lasting:
            raise journal.JournalBroken("the disk is full")

    monkeypatch.setattr(journal, "_append", full)
    with django_capture_on_commit_callbacks(execute=True) as afterwards:
        chain.append(practice, {}, at=NOON)
    assert len(afterwards) == 1
    assert chain.lengths()[practice.pk] == 6
