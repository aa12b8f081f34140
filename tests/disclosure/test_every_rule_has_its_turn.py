"""
Random walks through the shipped rules: from a situation in which a rule decides, around it and back, rule by rule.

Every evaluator answers every situation on the way, more than 100,000 in all. Walks cross from rule to rule where
answers change, which is where evaluators would differ first.
"""

import random
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import count
from math import ceil

import pytest

from halfdoor.disclosure import reference
from halfdoor.disclosure.boxes import speakable
from halfdoor.disclosure.deciding import Judge
from halfdoor.disclosure.judging import judge_for
from halfdoor.disclosure.rules import Rule
from halfdoor.disclosure.situation import Situation
from halfdoor.disclosure.vocabulary import FACTS, Value
from tests.disclosure.strategies import NOON
from tests.packs.situations import witness

PLACES = ("us", "england", "wales", "us-ca", "none")
"""One place for each set of packs that stands together."""

ALL_TOLD = 100_000
TURNS = 100
"""How often each rule decides, at least."""

STEPS = 6000
KNOWN = {fact.name: speakable(fact) for fact in FACTS}
UNCERTAIN = [fact.name for fact in FACTS if fact.spreads and fact.name != "age"]
"""Facts that are decided over all values; age is left to smaller tables, as the reference walks through every year."""


@pytest.mark.parametrize("place", PLACES)
def test_all_evaluators_agree_all_around_every_rule(place: str) -> None:
    judge = judge_for(place, at=NOON)
    diagram = judge.survey.diagram
    won: Counter[str] = Counter()
    able = {rule: start for rule in judge.table.deciding if (start := witness(judge.table, rule, place=place))}
    for situation in walks(judge, able):
        said = reference.answer(judge.table, situation.values)
        assert judge.disposition(situation) is said.disposition
        assert judge.decide(situation).rule is said.rule
        assert diagram is None or diagram.disposition(situation.values) == said.disposition
        won[said.rule.id if said.rule else "silence"] += 1
    assert len(able) > len(judge.table.deciding) / 2
    assert {rule.id: won[rule.id] for rule in able if won[rule.id] < TURNS} == {}
    assert won.total() >= ALL_TOLD / len(PLACES)


def walks(judge: Judge, able: Mapping[Rule, dict[str, Value]]) -> Iterator[Situation]:
    """Yield the situations of a walk for each rule, and of more walks until there are enough of them."""
    enough = ceil(ALL_TOLD / len(PLACES))
    done = 0
    for round_of_walks in count():
        for rule, start in able.items():
            for situation in walk(judge, rule, start, chance=random.Random(f"{rule.id} {round_of_walks}")):
                yield situation
                done += 1
            if round_of_walks and done >= enough:
                return


def walk(judge: Judge, rule: Rule, start: dict[str, Value], *, chance: random.Random) -> Iterator[Situation]:
    """Yield situations around a start, until the rule has decided ``TURNS`` of them or ``STEPS`` are done."""
    standing, decided = start, 0
    for step in range(STEPS):
        changed = {fact.name: chance.choice(KNOWN[fact.name]) for fact in chance.sample(FACTS, chance.randint(1, 3))}
        situation = Situation.of(standing | changed | {"place": start["place"]}, at=NOON)
        yield situation
        if step % 5 == 0:
            yield situation.but(**dict.fromkeys(chance.sample(UNCERTAIN, 2), "unknown"))
        if judge.decide(situation).rule is rule:
            decided += 1
            standing = dict(situation.values)
        if decided >= TURNS:
            return
