"""
The sixty abuse cases and the twenty promises of reliability: which tests show each, or why none does.

`python -m tests.house.abuse_cases` writes docs/assurance/abuse-cases.md anew.
"""

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.house.promises import Promise, listed, marks_in, promised
from tests.house.tree import CODE, ROOT, modules, parsed

PAGE = ROOT / "docs" / "assurance" / "abuse-cases.md"

GROUPS = {
    "A": "Account and device",
    "B": "Family, custody, identity",
    "C": "Inference and side channels",
    "D": "Staff and operator",
    "E": "Money, channels, vendors",
    "F": "Failure",
}


@dataclass(frozen=True)
class Answer:
    """
    What we can say to a promise.

    :param tests: `path::test` of each test that carries its mark
    :param untested: why no test does; empty where one does
    :param in_part: what the tests do not show; empty where they show all
    """

    tests: tuple[str, ...]
    untested: str
    in_part: str


def marked_tests(path: Path) -> Iterator[tuple[Promise, str]]:
    """Yield each promise that a module's marks name, with the test that carries it (or the module, for all in it)."""
    name = str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else path.name
    for node in parsed(path).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            for promise in marks_in(node.decorator_list):
                yield promise, f"{name}::{node.name}"
        else:
            yield from ((promise, name) for promise in marks_in([node]))


def answers(kind: str) -> Mapping[str, Answer]:
    """Return what we can say to each promise of a kind."""
    tests: dict[Promise, list[str]] = defaultdict(list)
    for folder in CODE:
        for path in modules(folder):
            for promise, test in marked_tests(path):
                tests[promise].append(test)
    untested, in_part = listed().get(f"{kind}_untested", {}), listed().get(f"{kind}_in_part", {})
    return {
        name: Answer(tuple(dict.fromkeys(tests[kind, name])), untested.get(name, ""), in_part.get(name, ""))
        for of, name in promised()
        if of == kind
    }


def faults(kind: str, found: Mapping[str, Answer], listed_names: Mapping[str, set[str]]) -> Iterator[str]:
    """Yield what is wrong: a promise without test or reason, a reason beside a test, a name that nobody promised."""
    for name, answer in found.items():
        if not answer.tests and not answer.untested:
            yield f"{kind} {name}: no test and no reason why not. Mark a test, or say why in [{kind}_untested]."
        if answer.tests and answer.untested:
            yield f"{kind} {name}: a test shows it now. Take its line out of [{kind}_untested] in docs/promises.toml."
        if answer.in_part and not answer.tests:
            yield f"{kind} {name}: [{kind}_in_part] says what its tests lack, and there is no test."
    for table, names in listed_names.items():
        yield from (f"{table} {name}: nobody promised that" for name in sorted(names - found.keys()))


def reasons_listed(kind: str) -> Mapping[str, set[str]]:
    """Return which promises the tables of reasons name."""
    return {f"{kind}_{table}": set(listed().get(f"{kind}_{table}", {})) for table in ("untested", "in_part")}


def page() -> str:
    """Return the page: each case, how it stands, and the tests."""
    found, words = answers("abuse"), {name: said for (kind, name), said in promised().items() if kind == "abuse"}
    whole = sum(bool(one.tests) and not one.in_part for one in found.values())
    part = sum(bool(one.in_part) for one in found.values())
    lines = [
        "# The sixty abuse cases",
        "",
        "What somebody might try, and the tests that show that it does not work. Written by `make promises`; a test in",
        "`tests/house` fails when a case has neither a test nor a reason, or when this page names a test that is gone.",
        "",
        f"**{whole}** shown, **{part}** in part, **{len(found) - whole - part}** without a test, each with its reason.",
    ]
    for letter, group in GROUPS.items():
        lines += [
            "",
            f"## {letter}. {group}",
            "",
            "| | what somebody might try | how it stands | tests |",
            "|---|---|---|---|",
        ]
        for name, one in found.items():
            if name.startswith(letter):
                lines.append(f"| {name} | {words[name]} | {_stands(one)} | {_linked(one)} |")
    return "\n".join(lines) + "\n"


def _stands(one: Answer) -> str:
    if one.untested:
        return f"no test: {one.untested}"
    return f"in part; not yet: {one.in_part}" if one.in_part else "shown"


def _linked(one: Answer) -> str:
    """Return links to the modules with how many tests of each."""
    counted: dict[str, int] = defaultdict(int)
    for test in one.tests:
        counted[test.partition("::")[0]] += 1
    return ", ".join(f"[{Path(path).stem}](../../{path}) ({many})" for path, many in sorted(counted.items()))


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
