"""What we promise (docs/promises.toml) and which tests show it. Run as a command it prints both."""

import ast
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.house.tree import CODE, ROOT, modules, parsed

Promise = tuple[str, str]
"""Its kind and its id."""

KINDS = ("requirement", "abuse", "reliability")


def promised() -> Mapping[Promise, str]:
    """Return every promise with its words, in the order of the list."""
    return {(kind, name): words for kind in KINDS for name, words in _listed()[kind].items()}


def missing() -> Mapping[Promise, str]:
    """Return what the tests do not show of requirements that they name."""
    return {("requirement", name): words for name, words in _listed()["missing"].items()}


def _listed() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads((ROOT / "docs" / "promises.toml").read_text("utf-8"))


def marks(path: Path) -> Iterator[Promise]:
    """Yield the promises named in the marks of a test module, pytest.mark.requirement("C2") and so on."""
    for node in ast.walk(parsed(path)):
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
