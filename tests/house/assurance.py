"""
OWASP ASVS 5.0, line by line: which test of ours shows it, or why it does not apply here (docs/assurance/asvs5.csv).

`python -m tests.house.assurance` prints how many of the lines that we hold ourselves to are answered.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass

from tests.house.tree import ROOT, parsed

TABLE = ROOT / "docs" / "assurance" / "asvs5.csv"
REASON = "reason: "


@dataclass(frozen=True)
class Line:
    """
    One requirement of the standard, by its number alone: its words are OWASP's.

    :param tag: "must" for what we hold ourselves to, "conditional" and "later" for the rest
    :param test: the tests that show it, or the reason why there is nothing to show; empty where neither is there yet
    """

    id: str
    level: int
    tag: str
    condition: str
    test: str

    @property
    def tests(self) -> list[str]:
        """The tests it names."""
        return [] if self.test.startswith(REASON) else [one for one in self.test.split("; ") if one]

    @property
    def reason(self) -> str:
        """Why there is nothing to show."""
        return self.test.removeprefix(REASON) if self.test.startswith(REASON) else ""


def lines() -> list[Line]:
    """Return every line of the table."""
    with TABLE.open(encoding="utf-8", newline="") as table:
        return [Line(**row | {"level": int(row["level"])}) for row in csv.DictReader(table)]


def gone(found: list[Line]) -> Iterator[str]:
    """Yield what a line names and is no test."""
    for line in found:
        for test in line.tests:
            path, _, name = test.partition("::")
            there = ROOT / path
            if not there.exists() or name not in {getattr(node, "name", "") for node in parsed(there).body}:
                yield f"{line.id}: {test}"


def report() -> str:
    """Return how many lines are shown by a test, do not apply, or have no answer yet, by level."""
    said = []
    must = [line for line in lines() if line.tag == "must"]
    for level in (1, 2, 3):
        of = [line for line in must if line.level == level]
        shown, reasoned = sum(bool(line.tests) for line in of), sum(bool(line.reason) for line in of)
        said.append(
            f"level {level}: {len(of)} lines, {shown} shown by a test, {reasoned} do not apply or lie elsewhere"
        )
    answered = sum(bool(line.test) for line in must)
    return "\n".join([*said, f"ASVS 5.0: {answered} of {len(must)} lines answered ({answered / len(must):.0%})"])


if __name__ == "__main__":
    print(report())
