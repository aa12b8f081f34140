"""A ceiling is a question asked where everyone sees it: is this still one clear story?"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.tree import CODE, ROOT, files, modules, parsed

MODULE, VIEWS, ENGINE = 400, 250, 300
FUNCTION, VIEW = 40, 25
TEMPLATE, STYLESHEET, SCRIPT = 150, 300, 150
PAGE_FILES = {"*.html": TEMPLATE, "*.css": STYLESHEET, "*.js": SCRIPT}


def too_long(folder: Path) -> Iterator[str]:
    """Yield what stands above its ceiling below a folder: ``where: lines > ceiling``."""
    for path in modules(folder):
        module_ceiling, function_ceiling = _ceilings(path)
        yield from _above(str(path), _lines(path), module_ceiling)
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                assert node.end_lineno is not None
                yield from _above(f"{path}:{node.name}", node.end_lineno - node.lineno + 1, function_ceiling)
    for pattern, ceiling in PAGE_FILES.items():
        for path in files(folder, pattern):
            yield from _above(str(path), _lines(path), ceiling)


def _ceilings(path: Path) -> tuple[int, int]:
    """Return the ceilings of a module and of a function in it."""
    if path.name == "views.py" or path.parent.name == "views":
        return VIEWS, VIEW
    return (ENGINE if path.parent.name == "disclosure" else MODULE), FUNCTION


def _lines(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


def _above(where: str, lines: int, ceiling: int) -> Iterator[str]:
    if lines > ceiling:
        yield f"{where}: {lines} > {ceiling}"


def test_nothing_stands_above_its_ceiling():
    assert [offence.removeprefix(f"{ROOT}/") for folder in CODE for offence in too_long(folder)] == []


@pytest.mark.parametrize(
    ("name", "ceiling"),
    [
        ("notes/actions.py", MODULE),
        ("notes/views/caregiver.py", VIEWS),
        ("disclosure/planes.py", ENGINE),
        ("notes/templates/notes/caregiver/updates.html", TEMPLATE),
        ("web/static/tokens.css", STYLESHEET),
        ("web/static/map.js", SCRIPT),
    ],
)
def test_one_line_too_many_in_a_file_is_caught(tmp_path, name, ceiling):
    path = tmp_path / name
    path.parent.mkdir(parents=True)
    path.write_text("\n" * ceiling)
    assert list(too_long(tmp_path)) == []
    path.write_text("\n" * (ceiling + 1))
    assert list(too_long(tmp_path)) == [f"{path}: {ceiling + 1} > {ceiling}"]


@pytest.mark.parametrize(("name", "ceiling"), [("actions.py", FUNCTION), ("views.py", VIEW)])
def test_one_line_too_many_in_a_function_is_caught(tmp_path, name, ceiling):
    path = tmp_path / name
    path.write_text("def share():\n" + "    pass\n" * (ceiling - 1))
    assert list(too_long(tmp_path)) == []
    path.write_text("def share():\n" + "    pass\n" * ceiling)
    assert list(too_long(tmp_path)) == [f"{path}:share: {ceiling + 1} > {ceiling}"]
