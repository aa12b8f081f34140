"""The triggers of tables that only grow: what each database is told, and what it then refuses."""

import re
from collections.abc import Callable, Sequence
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

from halfdoor.service.core import chain
from halfdoor.service.core.append_only import AppendOnly, AppendOnlyAnew, Emptiable
from halfdoor.service.core.models import ChainEntry, Emptying, PersonKey, Practice
from tests.people import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_owner_of_the_tables")]

LINES, KEYS = ChainEntry._meta.db_table, PersonKey._meta.db_table
LAID, DROPPED = re.compile(r"CREATE TRIGGER (\w+)"), re.compile(r"DROP TRIGGER IF EXISTS (\w+)(?: ON (\w+))?$")


@pytest.fixture(scope="module")
def state() -> ProjectState:
    return MigrationLoader(None).project_state([("core", "0001_squashed_0006_halves_and_emptying")])


def told(lay: Callable[..., None], label: str, state: ProjectState, *, vendor: str) -> list[str]:
    """Return what a database of a kind would be told."""
    said: list[str] = []
    editor = SimpleNamespace(
        connection=SimpleNamespace(vendor=vendor), execute=lambda statement, params=(): said.append(statement)
    )
    lay(label, editor, state, state)
    return said


def laid_once(vendor: str, state: ProjectState) -> list[str]:
    once = told(AppendOnly("chainentry").database_forwards, "core", state, vendor=vendor)
    return [name for one in once for name in LAID.findall(one)]


@pytest.mark.parametrize("vendor", ["sqlite", "postgresql"])
def test_every_trigger_that_is_laid_is_dropped_again(vendor: str, state: ProjectState) -> None:
    for laying, dropping in (
        (AppendOnly("chainentry").database_forwards, AppendOnly("chainentry").database_backwards),
        (Emptiable("core.ChainEntry", also={"core.ChainEntry": ["entry"]}).database_forwards,) * 2,
    ):
        laid = [name for one in told(laying, "core", state, vendor=vendor) for name in LAID.findall(one)]
        dropped = [found for one in told(dropping, "core", state, vendor=vendor) for found in DROPPED.findall(one)]
        assert laid
        assert {*laid} <= {name for name, _ in dropped}
        assert {table for _, table in dropped} == {LINES if vendor == "postgresql" else ""}
    anew = told(AppendOnlyAnew("chainentry").database_forwards, "core", state, vendor=vendor)
    assert [bool(DROPPED.match(one)) for one in anew] == sorted(
        (bool(DROPPED.match(one)) for one in anew), reverse=True
    )
    assert {name for one in anew for name in LAID.findall(one)} == {*laid_once(vendor, state)}
    assert told(AppendOnlyAnew("chainentry").database_backwards, "core", state, vendor=vendor) == []


def test_postgresql_is_told_which_columns_may_be_emptied(state: ProjectState) -> None:
    plain = "\n".join(told(AppendOnly("chainentry").database_forwards, "core", state, vendor="postgresql"))
    assert f"BEFORE UPDATE OR DELETE OR TRUNCATE ON {LINES} FOR EACH STATEMENT" in plain
    assert "emptied" not in plain
    way_out = Emptiable("core.ChainEntry", also={"core.ChainEntry": ["entry", "leaf"]})
    emptied = "\n".join(told(way_out.database_forwards, "core", state, vendor="postgresql"))
    assert f"BEFORE DELETE OR TRUNCATE ON {LINES} FOR EACH STATEMENT" in emptied
    assert f"BEFORE UPDATE ON {LINES} FOR EACH ROW EXECUTE FUNCTION append_only_but_emptied('entry', 'leaf')" in emptied


def test_whatever_lies_sealed_may_be_emptied_without_being_named() -> None:
    whole = MigrationLoader(None).project_state()
    said = "\n".join(told(Emptiable("disclosures.Line").database_forwards, "core", whole, vendor="postgresql"))
    assert "EXECUTE FUNCTION append_only_but_emptied('situations_sealed')" in said


def test_a_way_out_is_written_into_a_migration_as_it_was_made() -> None:
    made = Emptiable("core.ChainEntry", also={"core.ChainEntry": ["entry"]})
    name, labels, named = made.deconstruct()
    assert (name, labels, named) == ("Emptiable", ["core.ChainEntry"], {"also": {"core.ChainEntry": ["entry"]}})
    assert Emptiable(*labels, **named).deconstruct() == made.deconstruct()
    assert AppendOnly("one", "two").describe() == "Make append-only: one, two"
    assert AppendOnly("one").migration_name_fragment == "append_only"
    assert AppendOnly("one").reversible is True


@pytest.fixture
def lines() -> Sequence[ChainEntry]:
    """A line each of two practices, whose words may be emptied while somebody erases in the first."""
    rows = [chain.append(Practice.objects.create(name=name), {}, at=NOON) for name in ("Corner House", "Elsewhere")]
    connection.check_constraints()
    state = MigrationLoader(connection).project_state()
    with connection.cursor() as cursor:
        editor: Any = SimpleNamespace(
            connection=connection, execute=lambda one, params=None: cursor.execute(one, params)
        )
        Emptiable("core.ChainEntry", also={"core.ChainEntry": ["entry"]}).database_forwards(
            "core", editor, state, state
        )
    return rows


@pytest.mark.parametrize(
    ("erasing", "change", "goes"),
    [
        (True, {"entry": ""}, True),
        (False, {"entry": ""}, False),
        (True, {"entry": "x"}, False),
        (True, {"leaf": ""}, False),
        (True, {"entry": "", "sequence": 7}, False),
    ],
)
def test_while_somebody_is_erased_words_are_emptied_and_nothing_else(
    erasing: bool, change: dict[str, object], goes: bool, lines: Sequence[ChainEntry]
) -> None:
    here, elsewhere = lines
    if erasing:
        Emptying.objects.create(practice=here.practice)
    assert changed(here, **change) is goes
    assert changed(elsewhere, **change) is False
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        ChainEntry.objects.filter(pk=here.pk).delete()


def changed(line: ChainEntry, **change: object) -> bool:
    """Return whether a line could be changed."""
    try:
        with transaction.atomic():
            return ChainEntry.objects.filter(pk=line.pk).update(**change) == 1
    except DatabaseError as error:
        return "append-only" not in str(error)
