"""What the documents say is there is there, and what they ask for is kept."""

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.house.promises import KINDS, kept, marks, missing, promised, report
from tests.house.tree import ROOT, SOURCE, files, modules, parsed

A_LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
A_COMMAND = re.compile(r"`make ([a-z]+)")
A_TARGET = re.compile(r"^([a-z]+):", re.MULTILINE)
A_WORD_IN_A_NAME = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
A_DECISION = re.compile(r"^(\d{4})-[a-z0-9-]+\.md$")
A_DEPENDENCY = re.compile(r'^  "[\w.-]+(?:\[[\w,]+\])?[=<>~!]')
DECISION_LINES = 40
AVOIDED_WORD = re.compile(r"^\| [^|]+ \| [^|]+ \| (?P<avoided>[^|]+) \|$", re.MULTILINE)


def broken_links(root: Path) -> Iterator[str]:
    for document in files(root, "*.md"):
        for target in A_LINK.findall(document.read_text("utf-8")):
            if not (document.parent / target).exists():
                yield f"{document.relative_to(root)}: {target}"


def missing_commands(root: Path) -> Iterator[str]:
    targets = set(A_TARGET.findall((root / "Makefile").read_text("utf-8")))
    for document in files(root, "*.md", "*.toml"):
        for command in A_COMMAND.findall(document.read_text("utf-8")):
            if command not in targets:
                yield f"{document.relative_to(root)}: make {command}"


def unreasoned_dependencies(pyproject: str) -> Iterator[str]:
    """Yield dependencies without a comment that says why they are there, or without one exact version."""
    for line in pyproject.splitlines():
        if A_DEPENDENCY.match(line) and ("#" not in line or "==" not in line):
            yield line.strip()


def unruly_decisions(folder: Path) -> Iterator[str]:
    """Yield decisions that are too long, misnamed, or out of the row of numbers."""
    decisions = sorted(path for path in folder.iterdir() if path.name != "README.md")
    for number, path in enumerate(decisions, start=1):
        named = A_DECISION.match(path.name)
        if named is None or int(named[1]) != number:
            yield f"{path.name} is not number {number}"
        if len(path.read_text("utf-8").splitlines()) >= DECISION_LINES:
            yield f"{path.name} is too long"


def avoided_words(glossary: str, root: Path) -> Iterator[str]:
    """Yield words in the code's own names that the glossary's third column asks to avoid (those written as `code`)."""
    avoided = {word for row in AVOIDED_WORD.finditer(glossary) for word in re.findall(r"`(\w+)`", row["avoided"])}
    for path in modules(root):
        said = {word.lower() for name in _given_names(path) for word in A_WORD_IN_A_NAME.findall(name)}
        for word in sorted(avoided & said):
            yield f"{path.relative_to(root)}: {word}"


def _given_names(path: Path) -> Iterator[str]:
    """Yield the names a module gives: of classes, functions, arguments and variables."""
    for node in ast.walk(parsed(path)):
        match node:
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.arg(arg=name):
                yield name
            case ast.Name(id=name, ctx=ast.Store()):
                yield name


def test_links_between_documents_lead_somewhere():
    assert list(broken_links(ROOT)) == []


def test_every_command_in_a_document_exists():
    assert list(missing_commands(ROOT)) == []


@pytest.mark.abuse("E9")
def test_every_dependency_has_its_reason_and_its_version():
    assert list(unreasoned_dependencies((ROOT / "pyproject.toml").read_text("utf-8"))) == []


def test_decisions_are_short_and_numbered():
    assert list(unruly_decisions(ROOT / "docs" / "adr")) == []


def test_the_code_avoids_what_the_glossary_avoids():
    assert list(avoided_words((ROOT / "GLOSSARY.md").read_text("utf-8"), SOURCE)) == []


def test_every_mark_names_a_promise():
    assert kept() - promised().keys() == set()


def test_what_is_missing_is_missing_of_something_a_test_names():
    """A line that stays after its test is gone would call a promise half kept that nobody keeps."""
    assert missing().keys() - kept() == set()


def test_promises_are_numbered_without_gaps_and_counted_by_kind():
    for kind in KINDS:
        names = [name for one, name in promised() if one == kind]
        for letter in {name[0] for name in names}:
            numbers = [int(name[1:]) for name in names if name[0] == letter]
            assert numbers == list(range(1, len(numbers) + 1)), (kind, letter)
        assert f"--- {kind}: {len(names)} promised, " in report()


def test_a_dead_link_and_a_command_that_is_not_there_are_caught(tmp_path):
    (tmp_path / "Makefile").write_text("demo: ## see it\n")
    (tmp_path / "README.md").write_text("[law](docs/law.md) `make demo` `make tea` [web](https://example.org)")
    assert list(broken_links(tmp_path)) == ["README.md: docs/law.md"]
    assert list(missing_commands(tmp_path)) == ["README.md: make tea"]


@pytest.mark.parametrize(
    "line", ['  "Django==5.2.19",', '  "Django>=5.2",  # the web framework', '  "psycopg[pool]==3.3.9",']
)
def test_a_dependency_without_reason_or_version_is_caught(line):
    assert list(unreasoned_dependencies(line)) == [line.strip()]


@pytest.mark.parametrize(
    ("decisions", "fault"),
    [
        ({"0001-a.md": 40}, "0001-a.md is too long"),
        ({"0002-b.md": 1}, "0002-b.md is not number 1"),
        ({"0001-a.md": 1, "one.md": 1}, "one.md is not number 2"),
    ],
)
def test_an_unruly_decision_is_caught(tmp_path, decisions: Mapping[str, int], fault):
    for name, lines in decisions.items():
        (tmp_path / name).write_text("\n" * lines)
    assert list(unruly_decisions(tmp_path)) == [fault]


def test_a_word_to_avoid_is_caught(tmp_path):
    (tmp_path / "gate.py").write_text("def release(patient): ...")
    glossary = "| word | means | avoid |\n|---|---|---|\n| young person | who the care is for | `patient`, child |\n"
    assert list(avoided_words(glossary, tmp_path)) == ["gate.py: patient"]


def test_a_mark_that_names_no_promise_is_caught(tmp_path):
    path = tmp_path / "test_notes.py"
    path.write_text('@pytest.mark.requirement("C2", "Z9")\ndef test_a_note(): ...')
    assert set(marks(path)) - promised().keys() == {("requirement", "Z9")}
