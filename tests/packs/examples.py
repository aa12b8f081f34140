"""
Worked examples that people wrote: the tables of ``examples.md`` beside each pack, and those of the contract.

An ``examples.md`` is prose with tables. A fenced ``toml`` block says what is given in the tables after it, by the names
of facts (and ``at``). The headers of a table are names of facts with spaces for underscores, then ``answer`` and
``because`` (the id of a rule). A column ``but`` says instead what differs from what is given: ``wish: agrees; age: 9``.
"""

import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from halfdoor.disclosure.situation import Situation, read
from halfdoor.disclosure.vocabulary import BY_NAME, Value

ROOT = Path(__file__).parents[2]
PACKS = ROOT / "src" / "halfdoor" / "packs"
CONTRACT = ROOT / "tests" / "contract" / "examples.jsonl"
SIGNED_AT = datetime(2026, 11, 21, 12, tzinfo=UTC)
"""The moment of an example that names none."""


@dataclass(frozen=True, eq=False)
class Example:
    """A situation with the answers that are right, and the rule that gives them (empty where nobody said)."""

    source: str
    situation: Situation
    accepts: frozenset[str]
    because: str = ""

    @property
    def pack(self) -> str:
        """The pack beside which it is written."""
        return self.source.partition(":")[0] if ":" in self.source else "the contract"


def written() -> Iterator[Example]:
    """Yield every example of every pack, and those of the contract."""
    for path in sorted(PACKS.glob("*/examples.md")):
        yield from in_tables(path.read_text(encoding="utf-8"), source=path.parent.name)
    yield from of_contract()


def of_contract() -> Iterator[Example]:
    for line in CONTRACT.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        yield Example(entry["id"], read(entry["situation"], now=SIGNED_AT), frozenset(entry["accept"]))


def in_tables(text: str, *, source: str) -> Iterator[Example]:
    """Yield the rows of all tables in a Markdown text."""
    given: Mapping[str, object] = {}
    fenced: list[str] | None = None
    headers: list[str] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if fenced is not None:
            if line.startswith("```"):
                given, fenced = tomllib.loads("\n".join(fenced)), None
                given = given.get("given", given)
            else:
                fenced.append(line)
        elif line.startswith("```toml"):
            fenced = []
        elif not line.startswith("|"):
            headers = []
        elif not headers:
            headers = [_word(cell) for cell in _cells(line)]
        elif set(line) - set("|-: "):
            yield _example(given, dict(zip(headers, _cells(line), strict=True)), source=f"{source}:{number}")


def _example(given: Mapping[str, object], row: dict[str, str], *, source: str) -> Example:
    answer, because = row.pop("answer"), row.pop("because", "")
    differing = dict(_differing(row.pop("but", "")))
    facts = {**given, **{name: cell for name, cell in row.items() if cell}, **differing}
    at = facts.pop("at", SIGNED_AT)
    values = {name: _value(name, said) for name, said in facts.items()}
    moment = at if isinstance(at, datetime) else datetime.fromisoformat(str(at))
    return Example(source, Situation.of(values, at=moment), frozenset({_word(answer)}), because.strip("`"))


def _differing(text: str) -> Iterator[tuple[str, str]]:
    """Yield fact and value of each part of ``wish: agrees; age: 9``."""
    for part in filter(None, text.split(";")):
        name, _, said = part.partition(":")
        yield _word(name), said.strip()


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def _word(text: str) -> str:
    return text.strip().strip("`").replace(" ", "_")


def _value(name: str, said: object) -> Value:
    text = _word(str(said))
    for value in BY_NAME[name].values:
        if str(value) == text:
            return value
    raise ValueError(f"{text!r} is no value of {name}")
