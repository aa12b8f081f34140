"""Reference, planes and diagram give the same answer to a hundred thousand situations of the shipped packs."""

from collections import Counter
from collections.abc import Iterator
from functools import cache
from random import Random

import pytest

from halfdoor.disclosure.deciding import Judge
from halfdoor.disclosure.judging import judge_for
from halfdoor.disclosure.loading import shipped
from halfdoor.disclosure.reference import answer
from halfdoor.disclosure.situation import Situation
from tests.disclosure.strategies import NOON
from tests.packs.situations import scattered, winning

PLACES = ("none", "us", "england", "us-ca")
"""One place for each set of packs that stands together."""

ALL_TOLD = 100_000
WINS = 100


@cache
def situations_that_rules_win(place: str) -> list[Situation]:
    judge = judge_for(place, at=NOON)
    chance = Random(place)
    return [
        one for rule in judge.table.deciding for one in winning(judge, rule, place=place, times=WINS, chance=chance)
    ]


def situations(judge: Judge, place: str) -> Iterator[Situation]:
    won = situations_that_rules_win(place)
    yield from won
    chance = Random(place)
    for _ in range(ALL_TOLD // len(PLACES) - len(won)):
        yield Situation.of(scattered(chance, often=0.3) | {"place": place}, at=NOON)


@pytest.mark.parametrize("place", PLACES)
def test_three_evaluators_never_differ(place: str) -> None:
    judge = judge_for(place, at=NOON)
    diagram = judge.survey.diagram
    assert diagram is not None
    asked = 0
    for situation in situations(judge, place):
        said = answer(judge.table, situation.values).disposition
        assert judge.disposition(situation) is said, situation.as_json()
        assert diagram.disposition(situation.values) is said, situation.as_json()
        asked += 1
    assert asked * len(PLACES) >= ALL_TOLD


def test_every_rule_has_won_a_hundred_times() -> None:
    wins = Counter(
        rule.id
        for place in PLACES
        for situation in situations_that_rules_win(place)
        if (rule := judge_for(place, at=NOON).decide(situation).rule)
    )
    deciding = {rule.id for pack in shipped() for rule in pack.rules if rule.effect and rule.in_force(NOON.date())}
    switched_off = {rule.id for pack in shipped() for rule in pack.rules if not rule.switched_on}
    assert {rule_id: wins[rule_id] for rule_id in deciding - switched_off if wins[rule_id] < WINS} == {}
