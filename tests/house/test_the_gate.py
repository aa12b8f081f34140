"""Guarded rows are opened in one room. What no import contract sees: the raw driver, and the gate's own permit."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.tree import SERVICE, modules, parsed, room_of

THE_WALL = "core"
THE_GATE = "disclosures"
DRIVERS = frozenset({"sqlite3", "psycopg", "psycopg2"})
BEHIND_THE_WALL = frozenset({"connection", "cursor"})
"""What Django's connection and cursor keep under their own names: the driver's, which pass no wall."""
PERMITS = frozenset({"reading", "permit", "readable", "writable", "EVERYTHING"})
HALLS = frozenset({"guarding", "wall"})


def raw_drivers(service: Path) -> Iterator[str]:
    """Yield where the driver is reached past the wall: by its connection or cursor, its module, or other wrappers."""
    for path in modules(service):
        place = path.relative_to(service)
        if place.is_relative_to("core/databases") or "tests" in place.parts:
            continue
        for node in ast.walk(parsed(path)):
            match node:
                case ast.Attribute(attr=attr, value=value) if attr in BEHIND_THE_WALL and _name(value) == attr:
                    yield f"{place}:{node.lineno} {attr}.{attr}"
                case ast.Attribute(attr="connection", value=ast.Subscript(value=of)) if _name(of) == "connections":
                    yield f"{place}:{node.lineno} connections[].connection"
                case ast.Attribute(attr="execute_wrapper" | "execute_wrappers" as attr):
                    yield f"{place}:{node.lineno} {attr}"
                case ast.Import(names=names):
                    taken = {alias.name.partition(".")[0] for alias in names} & DRIVERS
                    yield from (f"{place}:{node.lineno} {name}" for name in sorted(taken))
                case ast.ImportFrom(module=str(module)) if module.partition(".")[0] in DRIVERS:
                    yield f"{place}:{node.lineno} {module}"


def permits_taken(service: Path) -> Iterator[str]:
    """Yield where a room other than the gate's takes the permit to read guarded rows."""
    for path in modules(service):
        place = path.relative_to(service)
        if room_of(path, service=service) in (THE_WALL, THE_GATE) or "tests" in place.parts:
            continue
        for node in ast.walk(parsed(path)):
            match node:
                case ast.ImportFrom(
                    module="halfdoor.service.core.guarding" | "halfdoor.service.core.wall", names=names
                ):
                    taken = {alias.name for alias in names} & (PERMITS | {"*"})
                    yield from (f"{place}:{node.lineno} {name}" for name in sorted(taken))
                case ast.Attribute(attr=attr, value=value) if attr in PERMITS and _name(value) in HALLS:
                    yield f"{place}:{node.lineno} {attr}"


OPEN_WHAT_AUTHORS_WROTE = {
    "disclosures/payloads.py": "for the gate, and for the escrow: the items that they let go",
    "notes/models.py": "a draft, to its author",
}
FETCH_PAYLOADS = {
    "disclosures/delivering.py": "what the gate lets go",
    "disclosures/foreseeing.py": "what the gate lets its viewer compare",
    "disclosures/escrow/reading.py": "what two officers opened",
}


def openers(service: Path, *, of: str, names: frozenset[str]) -> Iterator[str]:
    """Yield the modules that use one of these names of a module, however they came by it."""
    for path in modules(service):
        place = path.relative_to(service).as_posix()
        if "tests" in path.relative_to(service).parts or place == f"{of.replace('.', '/')}.py":
            continue
        for node in ast.walk(parsed(path)):
            match node:
                case ast.ImportFrom(module=str(module), names=taken) if module == f"halfdoor.service.{of}":
                    if {alias.name for alias in taken} & (names | {"*"}):
                        yield place
                case ast.Attribute(attr=attr, value=value) if attr in names and _name(value) == of.rpartition(".")[2]:
                    yield place


@pytest.mark.parametrize(
    ("of", "names", "who"),
    [
        ("core.authors", frozenset({"opened", "to_open", "_opened"}), {*OPEN_WHAT_AUTHORS_WROTE, "core/sealing.py"}),
        ("disclosures.payloads", frozenset({"fetch", "earlier"}), {*FETCH_PAYLOADS}),
    ],
)
def test_only_these_open_what_an_author_wrote_for_themselves(of, names, who, tmp_path):
    assert set(openers(SERVICE, of=of, names=names)) == who
    (tmp_path / "records").mkdir()
    one, module = min(names - {"_opened"}), of.rpartition(".")[2]
    for line in (f"from halfdoor.service.{of} import {one}", f"with {module}.{one}([author]): pass"):
        (tmp_path / "records" / "copying.py").write_text(line)
        assert list(openers(tmp_path, of=of, names=names)) == ["records/copying.py"]


def _name(node: ast.expr) -> str:
    """Return the last name of an expression: ``cursor`` of ``cursor``, ``db.cursor`` and ``connection.cursor()``."""
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case ast.Call(func=function):
            return _name(function)
    return ""


@pytest.mark.parametrize("guard", [raw_drivers, permits_taken])
def test_the_rooms_leave_it_to_the_gate(guard):
    assert list(guard(SERVICE)) == []


def test_the_gate_is_where_the_permit_is_taken():
    """Without this the guard above could look for a name that nobody uses any more."""
    gate = (SERVICE / THE_GATE / "gate.py").read_text("utf-8")
    assert "with reading(" in gate
    assert "from halfdoor.service.core.guarding import reading" in gate


@pytest.mark.parametrize(
    ("guard", "module", "line", "offence"),
    [
        (raw_drivers, "notes/queries.py", "rows = connection.connection.execute(SQL)", "connection.connection"),
        (raw_drivers, "notes/queries.py", "raw = db.connection.connection", "connection.connection"),
        (raw_drivers, "disclosures/gate.py", "raw = connection.connection", "connection.connection"),
        (raw_drivers, "core/jobs.py", "raw = connections['default'].connection", "connections[].connection"),
        (raw_drivers, "notes/queries.py", "rows = connection.cursor().cursor.execute(SQL)", "cursor.cursor"),
        (raw_drivers, "notes/queries.py", "with cursor.cursor as raw: pass", "cursor.cursor"),
        (raw_drivers, "notes/queries.py", "connection.execute_wrappers.clear()", "execute_wrappers"),
        (raw_drivers, "notes/queries.py", "import sqlite3", "sqlite3"),
        (raw_drivers, "notes/queries.py", "def late():\n    from psycopg import sql", "psycopg"),
        (permits_taken, "notes/queries.py", "from halfdoor.service.core.guarding import reading as r", "reading"),
        (permits_taken, "notes/queries.py", "from halfdoor.service.core.guarding import *", "*"),
        (permits_taken, "portals/queries.py", "with guarding.reading(Note): pass", "reading"),
        (permits_taken, "portals/queries.py", "with core.wall.permit(wall.readable, ALL): pass", "permit"),
        (permits_taken, "requests/queries.py", "from halfdoor.service.core.wall import EVERYTHING", "EVERYTHING"),
    ],
)
def test_a_planted_way_round_is_caught(tmp_path, guard, module, line, offence):
    path = tmp_path / module
    path.parent.mkdir()
    path.write_text(line)
    assert next(guard(tmp_path)).endswith(f" {offence}")


@pytest.mark.parametrize(
    ("guard", "module", "line"),
    [
        (raw_drivers, "core/append_only.py", "vendor = schema_editor.connection.vendor"),
        (raw_drivers, "core/jobs.py", "with connection.cursor() as cursor: cursor.execute(SQL)"),
        (raw_drivers, "core/databases/postgresql/base.py", "import psycopg"),
        (permits_taken, "disclosures/gate.py", "from halfdoor.service.core.guarding import reading"),
        (permits_taken, "notes/actions.py", "from halfdoor.service.core.guarding import writing"),
        (permits_taken, "notes/tests/test_notes.py", "from halfdoor.service.core.guarding import reading"),
    ],
)
def test_what_may_be_done_is_left_alone(tmp_path, guard, module, line):
    path = tmp_path / module
    path.parent.mkdir(parents=True)
    path.write_text(line)
    assert list(guard(tmp_path)) == []
