"""Situations found by proof: for each rule one in which it decides, whatever is heard before it."""

from collections.abc import Mapping, Sequence

from halfdoor.disclosure.diagram import SILENT, Forest, Node, together
from halfdoor.disclosure.growing import asking_order, grow
from halfdoor.disclosure.paths import complete, nearest
from halfdoor.disclosure.rules import Rule
from halfdoor.disclosure.survey import BUDGET, closedness, narrowed
from halfdoor.disclosure.table import Table
from halfdoor.disclosure.vocabulary import Value

_WEAKER, _OURS, _OTHER = range(3)


def witness(table: Table, rule: Rule, *, place: Value) -> dict[str, Value] | None:
    """Return a whole situation in a place, by fact name, that a rule decides; None where it never decides there."""
    for box in rule.boxes:
        found = decided(table, rule, {**box, "place": frozenset({place})})
        if found:
            return found | {"age": 15} if found["age"] == "unknown" else found
    return None


def decided(table: Table, rule: Rule, within: Mapping[str, frozenset[Value]]) -> dict[str, Value] | None:
    """Return the plainest situation within a box that a rule decides; None where there is none."""
    way = nearest(_won_by(table, rule, within), _OURS.__eq__)
    return complete(way[1], within=within) if way else None


def _won_by(table: Table, rule: Rule, within: Mapping[str, frozenset[Value]]) -> Node:
    """Return the diagram of the situations that a rule decides. It tells no others apart, and so it is small."""
    here = narrowed(table, within)
    forest = Forest(asking_order(here), budget=BUDGET)
    ranks = _ranks(table, rule)
    groups, first = [], 0
    for rules in (here.final, *here.voices):
        grown = grow(rules, first=first, forest=forest)
        groups.append(forest.copy(grown, lambda rank: SILENT if rank == SILENT else ranks[rank], within=within))
        first += len(rules)
    return together(groups, _OTHER, forest)


def _ranks(table: Table, ours: Rule) -> Sequence[int]:
    """Return for each deciding rule whether it is ours, gives way to it, or decides before it."""
    standings = [(closedness(rule), -place) for place, rule in enumerate(table.deciding)]
    place = table.deciding.index(ours)
    final = [_OURS if rule is ours else _OTHER for rule in table.final]
    voices = [
        _OURS if standing == standings[place] else _WEAKER if standing < standings[place] else _OTHER
        for standing in standings[len(final) :]
    ]
    return [*final, *voices]
