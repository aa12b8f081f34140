"""The reference: how a table is read, said as plainly as possible. Slow on purpose; all evaluators agree with it."""

from collections.abc import Iterator, Mapping
from itertools import product
from typing import NamedTuple

from halfdoor.disclosure.boxes import speakable
from halfdoor.disclosure.rules import Disposition, Rule
from halfdoor.disclosure.table import CLOSED, Table
from halfdoor.disclosure.vocabulary import BY_NAME, FACTS, Value

_SPREADING = [fact.name for fact in FACTS if fact.spreads]


class Answer(NamedTuple):
    """What a table says: the disposition, and the rule that decided (None where every voice was silent)."""

    disposition: Disposition
    rule: Rule | None


def answer(table: Table, values: Mapping[str, Value]) -> Answer:
    """
    Return the answer for a situation, given as every fact by name.

    Unknown marks, age and status are decided over all their values: the least open answer stands, and of equally closed
    ones that of the rule heard first.
    """
    answers = [_known(table, complete) for complete in completions(table, values)]
    if len(answers) == 1:
        return answers[0]
    heard = {rule.id: -place for place, rule in enumerate(table.deciding)}
    return max(answers, key=lambda said: (_closedness(said), heard[said.rule.id] if said.rule else -len(heard)))


def completions(table: Table, values: Mapping[str, Value]) -> Iterator[Mapping[str, Value]]:
    """Yield the situation with each combination of values for the unknown facts that spread and that a rule names."""
    unknown = [name for name in _SPREADING if values[name] == "unknown"]
    if unknown:
        named = {name for rule in (*table.deciding, *table.always) for box in rule.boxes for name in box}
        unknown = [name for name in unknown if name in named]
    for combination in product(*(speakable(BY_NAME[name]) for name in unknown)):
        yield {**values, **dict(zip(unknown, combination, strict=True))}


def fired(table: Table, values: Mapping[str, Value]) -> list[Rule]:
    """Return every deciding rule that matches a situation without unknowns, in the order in which they are heard."""
    return [rule for rule in table.deciding if rule.matches(values)]


def _known(table: Table, values: Mapping[str, Value]) -> Answer:
    for rule in table.final:
        if rule.matches(values):
            return _said(rule)
    heard = [next((_said(rule) for rule in voice if rule.matches(values)), None) for voice in table.voices]
    return max((said for said in heard if said), key=_closedness, default=Answer(CLOSED, None))


def _said(rule: Rule) -> Answer:
    assert rule.effect is not None, f"an always-rule does not decide: {rule.id}"
    return Answer(rule.effect, rule)


def _closedness(said: Answer) -> int:
    return said.disposition.closedness
