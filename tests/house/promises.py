"""What we promise (docs/promises.toml) and which tests show it. Run as a command it prints both."""

import ast
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from tests.house.tree import CODE, ROOT, modules, parsed

Promise = tuple[str, str]
"""Its kind and its id."""

KINDS = ("requirement", "abuse", "reliability")
LACKING = {"requirement": "missing", "abuse": "abuse_in_part", "reliability": "reliability_in_part"}
"""The tables that say what the tests of a promise do not show."""


def promised() -> Mapping[Promise, str]:
    """Return every promise with its words, in the order of the list."""
    return {(kind, name): words for kind in KINDS for name, words in listed()[kind].items()}


def missing() -> Mapping[Promise, str]:
    """Return what the tests do not show of promises that they name."""
    return {(kind, name): words for kind, table in LACKING.items() for name, words in listed().get(table, {}).items()}


def listed() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads((ROOT / "docs" / "promises.toml").read_text("utf-8"))


def marks(path: Path) -> Iterator[Promise]:
    """Yield the promises named in the marks of a test module, pytest.mark.requirement("C2") and so on."""
    return marks_in([parsed(path)])


def marks_in(parts: Iterable[ast.AST]) -> Iterator[Promise]:
    """Yield the promises named in the marks of parts of a module."""
    for node in (node for part in parts for node in ast.walk(part)):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Attribute(attr="mark"), attr=kind), args=names):
                if kind in KINDS:
                    yield from ((kind, name.value) for name in names if isinstance(name, ast.Constant))


def kept() -> set[Promise]:
    """Return the promises that at least one test names."""
    return {promise for folder in CODE for path in modules(folder) for promise in marks(path)}


def report() -> str:
    """Return each promise with whether a test shows it, and how many of each kind."""
    named, lacking = kept(), missing()
    lines = []
    for kind in KINDS:
        promises = {promise: words for promise, words in promised().items() if promise[0] == kind}
        for promise, words in promises.items():
            state = "" if promise not in named else "in part" if promise in lacking else "shown"
            lack = f"  (not yet: {lacking[promise]})" if promise in lacking else ""
            lines.append(f"{state:8} {' '.join(promise)}: {words}{lack}")
        whole, part = (len((named & promises.keys()) - lacking.keys()), len(named & promises.keys() & lacking.keys()))
        lines += [f"--- {kind}: {len(promises)} promised, {whole} shown by a test, {part} in part", ""]
    return "\n".join(lines).rstrip()


if __name__ == "__main__":
    print(report())
