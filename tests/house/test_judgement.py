"""The judgement needs nothing but Python: it can be read, tested and carried anywhere on its own."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.tree import SOURCE, modules, parsed

JUDGEMENT = SOURCE / "disclosure"
REACHES_OUT = frozenset({"open", "print", "input", "eval", "exec", "compile", "__import__", "breakpoint"})


def impurities(path: Path) -> Iterator[str]:
    """Yield what a module takes from outside the standard library and itself, and calls that reach out."""
    for node in ast.walk(parsed(path)):
        match node:
            case ast.Import(names=names):
                for alias in names:
                    yield from _unless_at_home(path, alias.name)
            case ast.ImportFrom(module=str(module), level=0):
                yield from _unless_at_home(path, module)
            case ast.Call(func=ast.Name(id=name)) if name in REACHES_OUT:
                yield f"{path.name} calls {name}()"


def _unless_at_home(path: Path, module: str) -> Iterator[str]:
    if module.partition(".")[0] not in sys.stdlib_module_names and not f"{module}.".startswith("halfdoor.disclosure."):
        yield f"{path.name} imports {module}"


def test_the_judgement_uses_the_standard_library_and_itself():
    assert [fault for path in modules(JUDGEMENT) for fault in impurities(path)] == []


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("import numpy", "imports numpy"),
        ("from halfdoor.service.core import clock", "imports halfdoor.service.core"),
        ("def read():\n    from yaml import load", "imports yaml"),
        ("text = open('rules').read()", "calls open()"),
        ("answer = eval('1')", "calls eval()"),
    ],
)
def test_what_comes_from_outside_is_caught(tmp_path, line, fault):
    path = tmp_path / "planes.py"
    path.write_text(line)
    assert list(impurities(path)) == [f"planes.py {fault}"]


def test_the_judgement_loads_without_django():
    names = [".".join(path.relative_to(SOURCE.parent).with_suffix("").parts) for path in modules(JUDGEMENT)]
    script = (
        f"import importlib, sys\nfor name in {names}: importlib.import_module(name)\nsys.exit('django' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
