"""Situations found by proof: for each rule one in which it decides, whatever is heard before it."""

from halfdoor.disclosure.deciding import Judge
from halfdoor.disclosure.diagram import Forest
from halfdoor.disclosure.paths import complete, nearest
from halfdoor.disclosure.rules import Rule
from halfdoor.disclosure.survey import BUDGET
from halfdoor.disclosure.vocabulary import Value


def witness(judge: Judge, rule: Rule, *, place: Value) -> dict[str, Value] | None:
    """Return a whole situation in a place, by fact name, that a rule decides; None where it never decides there."""
    for box in rule.boxes:
        within = {**box, "place": frozenset({place})}
        root = judge.survey.winners(within, forest=Forest(judge.survey.order, budget=4 * BUDGET))
        found = nearest(root, lambda rank: judge.survey.winner(rank) is rule)
        if found:
            whole = complete(found[1], within=within)
            return whole | {"age": 15} if whole["age"] == "unknown" else whole
    return None
