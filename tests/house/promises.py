"""What we promise (docs/promises.toml) and which tests show it. Run as a command it prints both."""

import ast
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.house.tree import CODE, ROOT, modules, parsed

Promise = tuple[str, str]
"""Its kind (requirement, abuse, reliability) and its id."""


def promised() -> Mapping[Promise, str]:
    """Return every promise with its words, in the order of the list."""
    kinds = tomllib.loads((ROOT / "docs" / "promises.toml").read_text("utf-8"))
    return {(kind, name): words for kind, promises in kinds.items() for name, words in promises.items()}


def marks(path: Path) -> Iterator[Promise]:
    """Yield the promises named in the marks of a test module, pytest.mark.requirement("C2") and so on."""
    for node in ast.walk(parsed(path)):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Attribute(attr="mark"), attr=kind), args=names):
                if kind in {"requirement", "abuse", "reliability"}:
                    yield from ((kind, name.value) for name in names if isinstance(name, ast.Constant))


def kept() -> set[Promise]:
    """Return the promises that at least one test shows."""
    return {promise for folder in CODE for path in modules(folder) for promise in marks(path)}


def report() -> str:
    shown = kept()
    lines = [
        f"{'shown' if promise in shown else '     '}  {' '.join(promise)}: {words}"
        for promise, words in promised().items()
    ]
    return "\n".join([*lines, f"{len(shown)} of {len(lines)} promises have a test that names them."])


if __name__ == "__main__":
    print(report())
