"""The survey of one table: diagrams of its rules, drawn once, and what they say together within a box."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from halfdoor.disclosure.diagram import SILENT, Forest, Node, TooLarge, together
from halfdoor.disclosure.geometry import meet
from halfdoor.disclosure.growing import asking_order, grow
from halfdoor.disclosure.records import replace
from halfdoor.disclosure.rules import Box, Rule
from halfdoor.disclosure.table import CLOSED, Table
from halfdoor.disclosure.vocabulary import FACTS, Value

BUDGET = 50_000
"""Nodes of one diagram; packs as people write them need some thousand."""

_ANYWHERE: Box = {}
_SPREAD = frozenset(fact.name for fact in FACTS if fact.spreads)
_OVER_ALL = frozenset((name, "unknown") for name in _SPREAD)


def closedness(rule: Rule) -> int:
    """Return how closed the answer of a deciding rule is."""
    assert rule.effect is not None, f"an always-rule does not decide: {rule.id}"
    return rule.effect.closedness


class Survey:
    """
    What there is to know about one table as a whole.

    The final rules and each voice have a diagram of their own; these are small, whatever the rules. Within a box they
    are merged into one: what the final rules say, else the least open of the voices.
    """

    def __init__(self, table: Table, *, order: tuple[str, ...] = ()) -> None:
        self.table = table
        self._order = order
        self._drawn: Node | None = None

    @cached_property
    def order(self) -> tuple[str, ...]:
        """The facts in the order in which diagrams ask them: at least all that rules name."""
        return self._order or asking_order(self.table)

    @cached_property
    def _by_rule(self) -> tuple[Node, ...]:
        """The diagrams of the final rules and of each voice. Leaves are places in ``table.deciding``."""
        forest = Forest(self.order, budget=BUDGET)
        first = 0
        grown = []
        for rules in (self.table.final, *self.table.voices):
            grown.append(grow(rules, first=first, forest=forest))
            first += len(rules)
        return tuple(grown)

    @cached_property
    def _by_answer(self) -> tuple[Node, ...]:
        """The same diagrams with the closedness of the rules at their leaves, and so with fewer nodes."""
        return self._ranked(self._by_rule, [closedness(rule) for rule in self.table.deciding], box={})

    @cached_property
    def diagram(self) -> Node | None:
        """
        The diagram of dispositions for every situation, with unknowns; None where it would need too many nodes.

        Drawing it takes a while, but then all that asks for a part of it is quicker.
        """
        try:
            self._drawn = self.dispositions({})
        except TooLarge:
            return None
        return self._drawn

    def dispositions(self, fixed: Mapping[str, Value], *, within: Box = _ANYWHERE) -> Node:
        """
        Return the diagram of dispositions where these facts are given, with unknowns. No node of it asks any of them.

        ``within`` may say that other facts have only some values, among them no mark, age or status that is unknown.

        :raises TooLarge: where too much is left open
        """
        forest = Forest(self.order, budget=BUDGET)
        if self._drawn:
            return forest.copy(self._drawn, fixed=fixed, within=within)
        known = dict(fixed.items() - _OVER_ALL)
        groups = [forest.copy(group, fixed=known, within=within) for group in self._by_answer]
        root = together(groups, CLOSED.closedness, forest)
        unknown = _SPREAD - known.keys() - within.keys()
        root = forest.spread(root, unknown) if unknown else root
        return forest.copy(root, fixed=fixed) if len(known) < len(fixed) else root

    def answers(self, box: Box, *, forest: Forest, ranks: Sequence[int] = range(6)) -> Node:
        """
        Return the diagram of the answers within a box in which every mark, age and status is known.

        Leaves have the rank of their closedness, which may only rise with it. ``forest`` has our order.

        :raises TooLarge: where the budget of the forest is spent
        """
        groups = self._ranked(self._by_answer, ranks, box=box, forest=forest)
        return together(groups, ranks[CLOSED.closedness], forest)

    def winners(self, box: Box, *, forest: Forest) -> Node:
        """
        Return the diagram of the deciding rules within a box in which every mark, age and status is known.

        ``winner`` says which rule the rank of a leaf is. ``forest`` has our order.

        :raises TooLarge: where the budget of the forest is spent
        """
        groups = self._ranked(self._by_rule, self._standings, box=box, forest=forest)
        return together(groups, CLOSED.closedness * self._step, forest)

    def winner(self, rank: int) -> Rule | None:
        """Return the rule of a leaf of ``winners``; None where every voice is silent."""
        place = self._step - 1 - rank % self._step
        return self.table.deciding[place] if place < len(self.table.deciding) else None

    @cached_property
    def _step(self) -> int:
        return len(self.table.deciding) + 1

    @cached_property
    def _standings(self) -> Sequence[int]:
        """A rank for each rule: the less open, the larger; of equally closed ones the first heard has the largest."""
        deciding = self.table.deciding
        return [closedness(rule) * self._step + self._step - 1 - place for place, rule in enumerate(deciding)]

    def _ranked(
        self, groups: Sequence[Node], ranks: Sequence[int], *, box: Box, forest: Forest | None = None
    ) -> tuple[Node, ...]:
        """Return the diagrams within a box, with other ranks at all leaves but silent ones."""
        home = forest or Forest(self.order, budget=BUDGET)
        return tuple(
            home.copy(group, lambda rank: SILENT if rank == SILENT else ranks[rank], within=box) for group in groups
        )


def narrowed(table: Table, box: Box) -> Table:
    """Return the table as it reads within a box: rules keep their place, but lose the boxes that nothing here meets."""

    def here(rules: Sequence[Rule]) -> tuple[Rule, ...]:
        return tuple(replace(rule, boxes=tuple(overlaps(rule.boxes, box))) for rule in rules)

    return replace(table, final=here(table.final), voices=tuple(here(voice) for voice in table.voices))


def overlaps(boxes: Iterable[Box], other: Box) -> Iterator[Box]:
    """Yield what is left of each box inside another one, without the conditions that hold there anyway."""
    for box in boxes:
        common = meet(box, other)
        if common is not None:
            yield {name: allowed for name, allowed in common.items() if allowed != other.get(name)}
