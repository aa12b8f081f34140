"""Situations found by proof: for each rule one in which it decides, whatever is heard before it."""

from collections.abc import Mapping

from halfdoor.disclosure.diagram import Forest
from halfdoor.disclosure.paths import complete, nearest
from halfdoor.disclosure.rules import Rule
from halfdoor.disclosure.survey import BUDGET, Survey, narrowed
from halfdoor.disclosure.table import Table
from halfdoor.disclosure.vocabulary import Value


def witness(table: Table, rule: Rule, *, place: Value) -> dict[str, Value] | None:
    """Return a whole situation in a place, by fact name, that a rule decides; None where it never decides there."""
    for box in rule.boxes:
        found = decided(table, rule, {**box, "place": frozenset({place})})
        if found:
            return found | {"age": 15} if found["age"] == "unknown" else found
    return None


def decided(table: Table, rule: Rule, within: Mapping[str, frozenset[Value]]) -> dict[str, Value] | None:
    """Return the plainest situation within a box that a rule decides; None where there is none."""
    survey = Survey(narrowed(table, within))
    root = survey.winners(within, forest=Forest(survey.order, budget=BUDGET))

    def is_ours(rank: int) -> bool:
        winner = survey.winner(rank)
        return winner is not None and winner.id == rule.id

    way = nearest(root, is_ours)
    return complete(way[1], within=within) if way else None
