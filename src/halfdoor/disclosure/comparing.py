"""What a change of rules changes: for each pair of old and new deciding rule, how many situations, and one of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from operator import eq

from halfdoor.disclosure.diagram import Forest, Node
from halfdoor.disclosure.growing import BUDGET, grow
from halfdoor.disclosure.layout import Layout, Ranks, by_winner, winner
from halfdoor.disclosure.paths import complete, counts, known, nearest
from halfdoor.disclosure.rules import Box, Disposition
from halfdoor.disclosure.table import CLOSED, Table
from halfdoor.disclosure.vocabulary import Value

COMPARING_BUDGET = 8 * BUDGET


@dataclass(frozen=True, slots=True)
class Said:
    """An answer with the id of the rule that decided, which is empty where every voice was silent."""

    disposition: Disposition
    rule: str

    def __str__(self) -> str:
        return f"{self.disposition} because {self.rule or 'nothing speaks'}"


@dataclass(frozen=True, slots=True)
class Change:
    """Situations that were answered in one way, and now in another: how many, and the one nearest to the defaults."""

    before: Said
    after: Said
    situations: int
    witness: Mapping[str, Value]


def compare(before: Table, after: Table, *, within: Box) -> tuple[Change, ...]:
    """
    Return what changed from one table to another inside a box, the largest changes first.

    Counted are situations in which every mark, age and status is known.

    :raises TooLarge: where the tables are too tangled for a diagram
    """
    layouts = Layout(before), Layout(after)
    order = tuple(dict.fromkeys(layouts[0].order + layouts[1].order))
    forest = Forest(order, budget=COMPARING_BUDGET)
    old, new = (_Reading(layout, forest, known(within)) for layout in layouts)
    pairs: list[tuple[Said, Said] | None] = [None]

    def pair(one: int, other: int) -> int:
        said = old.said(one), new.said(other)
        if said[0] == said[1]:
            return 0
        if said not in pairs:
            pairs.append(said)
        return pairs.index(said)

    changed = forest.merge(old.root, new.root, pair)
    numbers = counts(changed, order, within=known(within))
    found = []
    for place, said in enumerate(pairs):
        way = nearest(changed, partial(eq, place))
        if said is not None and way is not None:
            found.append(Change(*said, numbers[place], complete(way[1], within=within)))
    return tuple(sorted(found, key=lambda change: (-change.situations, str(change.before), str(change.after))))


class _Reading:
    """The diagram of one of the two tables, with what its leaves say."""

    def __init__(self, layout: Layout, forest: Forest, within: Box) -> None:
        self._table = layout.table
        self._ranks: Ranks = by_winner(layout.table)
        self.root: Node = grow(layout, self._ranks, forest=forest, within=within)

    def said(self, rank: int) -> Said:
        rule = winner(self._table, self._ranks, rank)
        return Said(rule.effect or CLOSED, rule.id) if rule else Said(CLOSED, "")
