"""
The table of answers of each pack: for every rule a plain situation that it decides, and those just outside its box.

Generated, and committed as ``answers.csv`` beside the pack: whoever changes a rule sees which answers change, and reads
that instead of the rule. ``make answers`` writes the tables anew:

    python -m tests.packs.answers
"""

import csv
import io
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from itertools import chain
from pathlib import Path

from halfdoor.disclosure.boxes import speakable
from halfdoor.disclosure.deciding import Judge
from halfdoor.disclosure.paths import unusual
from halfdoor.disclosure.rules import Pack, Rule
from halfdoor.disclosure.situation import Situation
from halfdoor.disclosure.table import arrange
from halfdoor.disclosure.vocabulary import BY_NAME, FACTS, Value
from tests.packs.examples import PACKS, SIGNED_AT
from tests.packs.situations import decided
from tests.packs.tables import every_pack, grounds

HEADER = ("rule", "where", "situation", "answer", "because")


def file_of(pack: Pack) -> Path:
    return PACKS / pack.id / "answers.csv"


def table_of_answers(pack: Pack) -> str:
    """Return the table of answers of a pack as CSV."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows(chain.from_iterable(_rows(rule) for rule in pack.rules if rule.effect))
    return text.getvalue()


@cache
def _judges(day: date) -> tuple[tuple[Judge, str], ...]:
    """Return a judge and a place for each set of packs that stand together; the fewest packs first."""
    found = sorted(grounds().items(), key=lambda ground: (len(ground[0]), sorted(map(str, ground[1]))))
    return tuple(
        (Judge(arrange(packs, on=day, within={"place": places})), str(min(places, key=str))) for packs, places in found
    )


def _rows(rule: Rule) -> Iterator[tuple[str, ...]]:
    today = SIGNED_AT.date()
    for judge, place in _judges(today if rule.in_force(today) else rule.starts_on or today):
        for box in rule.boxes if rule in judge.table.deciding else ():
            values = decided(judge.table, rule, {**box, "place": frozenset({place})})
            if values:
                yield _row(judge, rule, "decides", values)
                for name in box:
                    for value in _outside(name, box[name]):
                        yield _row(judge, rule, f"{name}={value}", {**values, name: value})
                return
    yield rule.id, "decides nowhere" if rule.switched_on else "switched off", "", "", ""


def _outside(name: str, allowed: frozenset[Value]) -> Iterator[Value]:
    """Yield the value just outside a condition; for an age, those at its edges."""
    values = speakable(BY_NAME[name])
    if name == "age":
        for place in range(1, len(values)):
            before, after = values[place - 1], values[place]
            if (before in allowed) != (after in allowed):
                yield after if before in allowed else before
    elif len(allowed) < len(values):
        yield min((value for value in values if value not in allowed), key=lambda value: unusual(name, value))


def _row(judge: Judge, rule: Rule, where: str, values: Mapping[str, Value]) -> tuple[str, ...]:
    said = judge.decide(Situation.of(values, at=SIGNED_AT))
    told = " ".join(f"{fact.name}={values[fact.name]}" for fact in FACTS if values[fact.name] != fact.default)
    return rule.id, where, told, str(said.disposition), said.rule.id if said.rule else "silence"


if __name__ == "__main__":
    for pack in every_pack():
        file_of(pack).write_text(table_of_answers(pack), encoding="utf-8")
