"""Random situations, guided so that every rule has its turn: what a rule names lies in its box, the rest is chance."""

from collections.abc import Iterator
from random import Random

from halfdoor.disclosure.boxes import speakable
from halfdoor.disclosure.deciding import Judge
from halfdoor.disclosure.diagram import Forest
from halfdoor.disclosure.paths import complete, nearest
from halfdoor.disclosure.rules import Rule
from halfdoor.disclosure.situation import Situation
from halfdoor.disclosure.survey import BUDGET
from halfdoor.disclosure.vocabulary import FACTS, Value
from tests.disclosure.strategies import NOON

_TRIES = 1_000


def winning(judge: Judge, rule: Rule, *, place: Value, times: int, chance: Random) -> Iterator[Situation]:
    """
    Yield situations in this place that a rule decides, as many as asked for; none where it never decides.

    Where chance alone does not find them, the proof that the rule can win shows the way: its witness is varied.
    """
    found = 0
    shown: dict[str, Value] = {}
    for attempt in range(_TRIES * 2):
        if attempt == _TRIES and not (shown := witness(judge, rule, place=place)):
            return
        box = {name: chance.choice(sorted(allowed, key=str)) for name, allowed in chance.choice(rule.boxes).items()}
        around = scattered(chance, often=0.1 if attempt < _TRIES else 0.02)
        values = {**around, **box} if not shown else {**shown, **around, **{name: shown[name] for name in box}}
        situation = Situation.of(values | {"place": place}, at=NOON)
        if judge.decide(situation).rule is rule:
            yield situation
            found += 1
            if found == times:
                return


def witness(judge: Judge, rule: Rule, *, place: Value) -> dict[str, Value]:
    """Return the facts of one situation in this place that a rule decides; none where it never does."""
    for box in rule.boxes:
        within = {**box, "place": frozenset({place})}
        root = judge.survey.winners(within, forest=Forest(judge.survey.order, budget=4 * BUDGET))
        way = nearest(root, lambda rank: judge.survey.winner(rank) is rule)
        if way is not None:
            return complete(way[1], within=within)
    return {}


def scattered(chance: Random, *, often: float) -> dict[str, Value]:
    """Return chance values for some of the facts, now and then an unknown one; age and status are always given."""
    values: dict[str, Value] = {"age": chance.randrange(121), "status": chance.choice(["minor", "adult"])}
    for fact in FACTS:
        if chance.random() < often:
            # The reference walks through every age one by one, so an unknown one is rare.
            unknown = chance.random() < (0.005 if fact.name == "age" else 0.08)
            values[fact.name] = chance.choice(fact.values if unknown else speakable(fact))
    return values
