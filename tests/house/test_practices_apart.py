"""Whoever reaches every practice at once stands on a list, with why: everything else keeps to one."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.tree import SERVICE, modules, parsed

OVER_ALL = {
    "core/operating.py": "the operator's commands: doctor, ledger, keys, backup, restore, upgrade, practice, people",
    "core/management/commands/migrate.py": "tables are changed with every row in them",
    "core/first.py": "what a process does before its first page or job, practice by practice",
    "core/worker.py": "it asks which practices have work, and keeps to each while it works there",
    "accounts/passkeys.py": "a passkey names an account, and that its practice",
    "accounts/queries.py": "the people of the demo, on its start page",
    "portals/management/commands/demo.py": "the demo makes its practices",
}


ITS_OWN = ("core/within.py", "core/databases/postgresql/second_wall.py")


def over_all(service: Path) -> Iterator[str]:
    """Yield the modules that take `everywhere`, or what stands for it, from where it is made."""
    for path in modules(service):
        place = path.relative_to(service)
        if "tests" in place.parts or place.as_posix() in ITS_OWN:
            continue
        for node in ast.walk(parsed(path)):
            match node:
                case ast.Attribute(attr="everywhere" | "EVERYWHERE" | "_at_hand", value=ast.Name(id="within")):
                    yield place.as_posix()
                case ast.ImportFrom(module="halfdoor.service.core.within"):
                    yield place.as_posix()


def test_only_these_reach_every_practice() -> None:
    assert set(over_all(SERVICE)) == set(OVER_ALL)


@pytest.mark.parametrize("words", ["import everywhere as x", "import within\n\nwithin.EVERYWHERE"])
def test_another_module_that_did_would_be_found(words: str, tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    whence = "halfdoor.service.core.within" if "as x" in words else "halfdoor.service.core"
    (tmp_path / "notes" / "queries.py").write_text(f"from {whence} {words}")
    assert list(over_all(tmp_path)) == ["notes/queries.py"]
