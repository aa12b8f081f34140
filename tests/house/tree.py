"""What the guards of the house look at: our files, our syntax trees, our rooms."""

import ast
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "halfdoor"
SERVICE = SOURCE / "service"
CODE = (ROOT / "src", ROOT / "tests", ROOT / "benchmarks", ROOT / "tools")
NOT_OURS = frozenset({".git", ".venv", ".local", "__pycache__", "node_modules", "build", "dist"})


def files(folder: Path, *patterns: str) -> Iterator[Path]:
    """Yield the files below a folder that match any of the patterns, in order, leaving out what is not ours."""
    for path in sorted({path for pattern in patterns for path in folder.rglob(pattern)}):
        if path.is_file() and not NOT_OURS.intersection(path.relative_to(folder).parts):
            yield path


def modules(folder: Path) -> Iterator[Path]:
    """Yield the Python modules below a folder. Migrations are written by Django and left out."""
    return (path for path in files(folder, "*.py") if "migrations" not in path.parts)


def parsed(path: Path) -> ast.Module:
    """Return a file's syntax tree, which nobody changes."""
    return _tree(path.read_text("utf-8"), str(path))


@cache
def _tree(text: str, name: str) -> ast.Module:
    return ast.parse(text, filename=name)


def room_of(path: Path, *, service: Path = SERVICE) -> str:
    """Return the room a file lies in."""
    return path.relative_to(service).parts[0]


def staircase() -> tuple[str, ...]:
    """Return the rooms from the ground up, as the import contract has them."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["name"].startswith("The staircase"))
    rooms = [layer.strip("()") for layer in layers if ":" not in layer and layer != "(urls)"]
    return tuple(reversed(rooms))
