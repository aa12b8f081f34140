"""Names that hide something: who leans on whom, when it happened, what is unfinished, where it was written."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.tree import CODE, ROOT, SERVICE, SOURCE, files, modules, parsed, room_of, staircase

VAGUE_MODULES = frozenset({"services", "utils", "helpers", "managers", "mixins", "signals", "common", "misc"})
UNFINISHED = re.compile(r"\b(?:TODO|FIXME|XXX|HACK|NotImplemented(?:Error)?)\b")
A_MACHINE = re.compile(r"(?<![\w.}])/(?:home|root|Users|work)/\w")
A_ROOM = re.compile(r"\bhalfdoor\.service\.(\w+)")
BORDER = frozenset({"views", "tasks", "commands", "middleware"})
AT_THE_BORDER = frozenset({
    "core/clock.py",
    "core/first.py", "core/tasks_backend.py", "core/worker.py",  # where a job is put down and taken up
    "accounts/adapter.py", "accounts/sessions.py", "accounts/step_up.py",  # where a session begins, is shown and ends
    "accounts/stages.py",  # where its second step begins
    "core/session_rows.py",  # and where it is found
    "people/midnight.py",  # middleware: what was said for a day comes about on that day
})  # fmt: skip
TEXT = ("*.py", "*.toml", "*.md", "*.html", "*.css", "*.js", "*.sh", "*.po", "Makefile", "run")
PLANTED = frozenset({"test_speech.py", "test_linters.py"})
"""Here such words are planted, to be found."""


def climbing_strings(service: Path) -> Iterator[str]:
    """Yield where a room names a room above it in a string, which no import contract sees."""
    rooms = staircase()
    for path in modules(service):
        room = room_of(path, service=service)
        for node in ast.walk(parsed(path)):
            if room in rooms and isinstance(node, ast.Constant) and isinstance(node.value, str):
                for named in A_ROOM.findall(node.value):
                    if named in rooms and rooms.index(named) > rooms.index(room):
                        yield f"{path.relative_to(service)} names {named}"


def looked_up_models(service: Path) -> Iterator[str]:
    """Yield where a model is looked up by name instead of imported. A migration looks at the state it is given."""
    for path in modules(service):
        for node in ast.walk(parsed(path)):
            match node:
                case ast.Attribute(attr="get_model", value=ast.Attribute(value=ast.Name(id="from_state" | "to_state"))):
                    pass
                case ast.Attribute(attr="get_model"):
                    yield f"{path.relative_to(service)}:{node.lineno}"


def clock_readers(service: Path) -> Iterator[str]:
    """Yield modules that take the clock though they are neither view, task, command nor middleware."""
    for path in modules(service):
        place = path.relative_to(service)
        if str(place) in AT_THE_BORDER or "tests" in place.parts or BORDER.intersection((*place.parts, path.stem)):
            continue
        for node in ast.walk(parsed(path)):
            match node:
                case ast.ImportFrom(module="halfdoor.service.core.clock"):
                    yield f"{place}:{node.lineno}"
                case ast.ImportFrom(module="halfdoor.service.core", names=names) if "clock" in {a.name for a in names}:
                    yield f"{place}:{node.lineno}"
                case ast.Call(func=ast.Attribute(attr="localdate" | "localtime"), args=[]):
                    yield f"{place}:{node.lineno}"


def said(pattern: re.Pattern[str], folder: Path) -> Iterator[str]:
    """Yield every line below a folder on which the pattern is found."""
    for path in files(folder, *TEXT):
        if path.name not in PLANTED:
            for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
                if pattern.search(line):
                    yield f"{path.relative_to(folder)}:{number}"


def vague_modules(folder: Path) -> Iterator[str]:
    return (str(path.relative_to(folder)) for path in modules(folder) if path.stem in VAGUE_MODULES)


def unseen_folders(source: Path) -> Iterator[str]:
    """Yield folders of modules without ``__init__.py``: the import contracts pass them by."""
    for folder in sorted({path.parent for path in modules(source)}):
        if not (folder / "__init__.py").exists():
            yield str(folder.relative_to(source))


@pytest.mark.parametrize("guard", [climbing_strings, looked_up_models, clock_readers])
def test_the_rooms_keep_to_it(guard):
    assert list(guard(SERVICE)) == []


@pytest.mark.parametrize("pattern", [UNFINISHED, A_MACHINE], ids=["unfinished", "a machine"])
def test_nothing_is_left_unfinished_or_tied_to_a_machine(pattern):
    assert list(said(pattern, ROOT)) == []


def test_every_module_says_by_its_name_what_it_is_about():
    assert [name for folder in CODE for name in vague_modules(folder)] == []


def test_the_import_contracts_see_every_folder():
    assert list(unseen_folders(SOURCE)) == []


@pytest.mark.parametrize(
    ("guard", "module", "line", "offence"),
    [
        (climbing_strings, "people/a.py", "'halfdoor.service.disclosures.gate'", "people/a.py names disclosures"),
        (looked_up_models, "people/models.py", "apps.get_model('notes', 'Note')", "people/models.py:1"),
        (clock_readers, "people/models.py", "from halfdoor.service.core.clock import now", "people/models.py:1"),
        (clock_readers, "people/facts.py", "from halfdoor.service.core import clock", "people/facts.py:1"),
        (clock_readers, "people/facts.py", "day = timezone.localdate()", "people/facts.py:1"),
        (vague_modules, "people/utils.py", "", "people/utils.py"),
        (unseen_folders, "people/models.py", "", "people"),
    ],
)  # fmt: skip
def test_a_planted_name_is_caught(tmp_path, guard, module, line, offence):
    path = tmp_path / module
    path.parent.mkdir()
    path.write_text(line)
    assert list(guard(tmp_path)) == [offence]


@pytest.mark.parametrize(
    ("guard", "module", "line"),
    [
        (climbing_strings, "disclosures/gate.py", "room = 'halfdoor.service.people.models'"),
        (clock_readers, "people/views.py", "from halfdoor.service.core.clock import now"),
        (clock_readers, "core/management/commands/work.py", "from halfdoor.service.core.clock import now"),
        (clock_readers, "people/facts.py", "day = timezone.localdate(at)"),
    ],
)
def test_what_may_be_named_is_left_alone(tmp_path, guard, module, line):
    path = tmp_path / module
    path.parent.mkdir(parents=True)
    path.write_text(line)
    assert list(guard(tmp_path)) == []


@pytest.mark.parametrize(
    ("pattern", "line"),
    [(UNFINISHED, "# TODO ask her"), (UNFINISHED, "raise NotImplementedError"), (A_MACHINE, "see /home/amina/notes")],
)
def test_a_planted_line_is_caught(tmp_path, pattern, line):
    (tmp_path / "gate.py").write_text(f"\n{line}\n")
    assert list(said(pattern, tmp_path)) == ["gate.py:2"]
