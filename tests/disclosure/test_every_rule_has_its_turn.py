"""
Random walks through the shipped rules: from a situation in which a rule decides, around it and back, rule by rule.

Every evaluator answers every situation on the way, more than 100,000 in all. Walks cross from rule to rule where
answers change, which is where evaluators would differ first.
"""

import random
from collections import Counter
from collections.abc import Iterator

import pytest

from halfdoor.disclosure import reference
from halfdoor.disclosure.boxes import speakable
from halfdoor.disclosure.deciding import Judge
from halfdoor.disclosure.diagram import Forest
from halfdoor.disclosure.judging import judge_for
from halfdoor.disclosure.paths import complete, nearest
from halfdoor.disclosure.rules import Rule
from halfdoor.disclosure.situation import Situation
from halfdoor.disclosure.survey import BUDGET
from halfdoor.disclosure.vocabulary import FACTS, Value
from tests.disclosure.strategies import NOON

TURNS = 300
STEPS = 6000
UNCERTAIN = [fact.name for fact in FACTS if fact.spreads and fact.name != "age"]
"""Facts that are decided over all values; age is left to smaller tables, as the reference walks through every year."""


@pytest.mark.parametrize("place", ["us", "england", "us-ca", "none"])
def test_all_evaluators_agree_all_around_every_rule(place: str) -> None:
    judge = judge_for(place, at=NOON)
    diagram = judge.survey.diagram
    won: Counter[str] = Counter()
    able = 0
    for rule in judge.table.deciding:
        start = witness(judge, rule)
        able += start is not None
        for situation in walk(judge, rule, start) if start else ():
            said = reference.answer(judge.table, situation.values)
            assert judge.disposition(situation) is said.disposition
            assert judge.decide(situation).rule is said.rule
            assert diagram is None or diagram.disposition(situation.values) == said.disposition
            won[said.rule.id if said.rule else "silence"] += 1
    assert able > len(judge.table.deciding) / 2
    assert {name: wins for name, wins in won.items() if wins < TURNS and name != "silence"} == {}


def witness(judge: Judge, rule: Rule) -> dict[str, Value] | None:
    """Return a situation in which the rule decides; None where one that is heard before it always does."""
    survey = judge.survey
    for box in rule.boxes:
        root = survey.winners(box, forest=Forest(survey.order, budget=4 * BUDGET))
        found = nearest(root, lambda rank: survey.winner(rank) is rule)
        if found:
            whole = complete(found[1], within=box)
            return whole | {"age": 15} if whole["age"] == "unknown" else whole
    return None


def walk(judge: Judge, rule: Rule, start: dict[str, Value]) -> Iterator[Situation]:
    """Yield situations around a start, until the rule has decided ``TURNS`` of them or ``STEPS`` are done."""
    chance = random.Random(rule.id)
    standing, turns = start, 0
    for step in range(STEPS):
        changed = {fact.name: chance.choice(speakable(fact)) for fact in chance.sample(FACTS, chance.randint(1, 3))}
        situation = Situation.of(standing | changed, at=NOON)
        yield situation
        if step % 5 == 0:
            yield situation.but(**dict.fromkeys(chance.sample(UNCERTAIN, 2), "unknown"))
        if judge.decide(situation).rule is rule:
            turns += 1
            standing = dict(situation.values)
        if turns >= TURNS:
            return
