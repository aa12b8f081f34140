"""
Lists: which items may be shown to one person, said once for all of them instead of item by item.

A plan says it as boxes over the facts that differ from item to item. An item is shown if it lies in any of the boxes,
and that is so exactly where deciding it alone gives one of the wanted answers, also for marks that are unknown.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence

from halfdoor.disclosure.branching import BUDGET, Branches, branches
from halfdoor.disclosure.deciding import Judge
from halfdoor.disclosure.diagram import Forest, Node, below, sides
from halfdoor.disclosure.records import Record
from halfdoor.disclosure.rules import Box, Disposition
from halfdoor.disclosure.vocabulary import BY_NAME, DEFAULTS, Value

FREELY = frozenset({Disposition.MUST_SHARE, Disposition.MAY_SHARE})


class Plan(Record):
    """
    Boxes over the free facts. None: nothing is shown. One box without conditions: everything is.

    Boxes may overlap. Each is as wide as it can be, so that there are few of them with few conditions.
    """

    boxes: tuple[Box, ...]

    @property
    def shows_nothing(self) -> bool:
        return not self.boxes

    @property
    def shows_everything(self) -> bool:
        return any(not box for box in self.boxes)

    def shows(self, values: Mapping[str, Value]) -> bool:
        """Whether an item is shown, whose free facts have these values."""
        return any(all(values[name] in allowed for name, allowed in box.items()) for box in self.boxes)


def plan(
    judge: Judge,
    fixed: Mapping[str, Value],
    free: Sequence[str],
    *,
    answers: Collection[Disposition] = FREELY,
) -> Plan:
    """
    Return for which values of the free facts the answer is one of ``answers``.

    ``fixed`` has what is the same for every item, by the name of the fact; what is neither fixed nor free stands at its
    default.

    :raises TooLarge: where the free facts leave too much open, which no handful of facts does
    """
    known = {name: value for name, value in {**DEFAULTS, **fixed}.items() if name not in free}
    open_facts = {name: BY_NAME[name].values for name in free}
    region = Region(branches(judge.planes, known, open_facts, ranks=sides(answers)), answers)
    return Plan(tuple(region.boxes()))


class Region:
    """The situations with some answers, as a diagram with two leaves: ``_inside`` and ``_outside``."""

    def __init__(self, drawn: Branches, answers: Collection[Disposition]) -> None:
        sided = sides(answers)
        wanted = {sided[answer.closedness] for answer in answers}
        if len(wanted) == max(sided) == 1:
            (inside,) = wanted
            self._forest, self._root = drawn.forest, drawn.root
        else:
            inside = 1
            self._forest = Forest(drawn.forest.order, budget=BUDGET)
            self._root = self._forest.copy(drawn.root, lambda rank: int(rank in wanted))
        self._outside, self._inside = self._forest.leaf(1 - inside), self._forest.leaf(inside)
        self._values = drawn.alike
        self._alike = self._classes()

    def boxes(self) -> Iterator[Box]:
        """Yield boxes that together are the region, each as wide as it can be."""
        left = self._root
        while left is not self._outside:
            box = self._widest(self._way(left))
            yield {name: self._spelled(name, allowed) for name, allowed in box.items()}
            left = self._forest.merge(
                left, self._drawn(box), lambda here, covered: int(here > covered), self._uncovered
            )

    def _uncovered(self, here: Node, covered: Node) -> Node | None:
        """Return what is left of a node outside what is covered, if that is seen at once, as it always is of leaves."""
        if here is self._outside or covered is self._inside:
            return self._outside
        return here if covered is self._outside else None

    def _way(self, node: Node) -> dict[str, frozenset[Value]]:
        """Return the values along a way from a node into the region: every node has one."""
        box = {}
        while node.name:
            child, values = next(branch for branch in node.branches if branch[0] is not self._outside)
            box[node.name] = frozenset(values)
            node = child
        return box

    def _widest(self, box: dict[str, frozenset[Value]]) -> Box:
        """Drop conditions of a box and add values to it, as long as it stays in the region."""
        for name in list(box):
            narrow = box.pop(name)
            if self._holds(self._root, box):
                continue
            for values in self._alike[name]:
                if not values <= narrow and self._holds(self._root, {**box, name: values}):
                    narrow |= values
            box[name] = narrow
        return box

    def _holds(self, node: Node, box: Box) -> bool:
        """Whether the whole box, from this node down, lies in the region."""
        if not node.name:
            return node is self._inside
        allowed = box.get(node.name)
        return all(
            self._holds(child, box)
            for child, values in node.branches
            if allowed is None or not allowed.isdisjoint(values)
        )

    def _drawn(self, box: Box) -> Node:
        """Return the diagram of a box alone."""
        node = self._inside
        for level, name in reversed(list(enumerate(self._forest.order))):
            if name in box:
                inside, allowed = node, box[name]
                children = {value: inside if value in allowed else self._outside for value in self._values[name]}
                node = self._forest.node(level, children)
        return node

    def _spelled(self, name: str, allowed: frozenset[Value]) -> frozenset[Value]:
        """Return these values with all that they stand for."""
        return frozenset(value for standing in allowed for value in self._values[name][standing])

    def _classes(self) -> Mapping[str, tuple[frozenset[Value], ...]]:
        """Return, fact by fact, the values that no node tells apart."""
        told: dict[str, dict[Value, list[Node]]] = {}
        for node in below(self._root):
            if node.name:
                ways = told.setdefault(node.name, {value: [] for value in node.children})
                for value, child in node.children.items():
                    ways[value].append(child)
        classes: dict[str, dict[tuple[Node, ...], list[Value]]] = {}
        for name, ways in told.items():
            for value, way in ways.items():
                classes.setdefault(name, {}).setdefault(tuple(way), []).append(value)
        return {name: tuple(map(frozenset, alike.values())) for name, alike in classes.items()}
