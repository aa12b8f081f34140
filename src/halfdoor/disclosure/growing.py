"""
Growing a decision diagram out of a list of rules of which the first match speaks.

A state is the set of boxes that may still match, as bits of an integer, the first heard lowest. What comes after a box
that matches for certain is dropped, so that states with the same future become the same number.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from halfdoor.disclosure.boxes import speakable
from halfdoor.disclosure.diagram import SILENT, Forest, Node
from halfdoor.disclosure.rules import Box, Rule
from halfdoor.disclosure.table import Table
from halfdoor.disclosure.vocabulary import BY_NAME, Fact, Value


@lru_cache(maxsize=128)
def asking_order(table: Table) -> tuple[str, ...]:
    """
    Return the facts that rules name, in an order that keeps diagrams small.

    What most rules name stands on top: who asks, and about what. Then comes always what rules name most often together
    with the facts just before, so that facts that belong together (a consent and whose it is) stand together. The
    numbers were found by trial on the shipped packs.
    """
    weight: dict[str, float] = {}
    link: dict[tuple[str, str], float] = {}
    for place, rule in enumerate(table.deciding):
        for box in rule.boxes:
            for name in box:
                weight[name] = weight.get(name, 0.0) + 0.95**place
                for other in box.keys() - {name}:
                    link[name, other] = link.get((name, other), 0.0) + 0.95**place / len(box)
    left = sorted(weight, key=lambda name: (-weight[name], name))
    order, left = left[:2], left[2:]
    while left:
        recent = [(other, 0.7**back) for back, other in enumerate(reversed(order))]
        nearness = {name: sum(link.get((name, other), 0.0) * near for other, near in recent) for name in left}
        following = max(left, key=lambda name: nearness[name] / weight[name] ** 0.7)
        order.append(following)
        left.remove(following)
    return tuple(order)


def grow(rules: Sequence[Rule], *, first: int, forest: Forest) -> Node:
    """
    Return the diagram of the rules, in the order in which they are heard. All marks, ages and status are known in it.

    The rank of a leaf is the place of its rule, counted from ``first``, or ``SILENT``.

    :raises TooLarge: where the forest's budget is spent
    """
    return _Grower(rules, first, forest).root()


class _Grower:
    """Grows one diagram; see the head of the module for what a state is."""

    def __init__(self, rules: Sequence[Rule], first: int, forest: Forest) -> None:
        boxes = [box for rule in rules for box in rule.boxes]
        self._forest = forest
        self._places = [place for place, rule in enumerate(rules, start=first) for _ in rule.boxes]
        self._everything = (1 << len(boxes)) - 1
        self._planes = [_planes(BY_NAME[name], boxes) for name in forest.order]
        self._naming = [sum(1 << bit for bit, box in enumerate(boxes) if name in box) for name in forest.order]
        self._open = [0]
        for naming in reversed(self._naming):
            self._open.insert(0, self._open[0] | naming)
        self._grown: dict[tuple[int, int], Node] = {}

    def root(self) -> Node:
        return self._grow(0, self._everything)

    def _grow(self, level: int, state: int) -> Node:
        certain = state & ~self._open[level]
        if certain:
            speaks = certain & -certain
            if not state & (speaks - 1):
                return self._forest.leaf(self._places[speaks.bit_length() - 1])
            state &= 2 * speaks - 1
        if not state:
            return self._forest.leaf(SILENT)
        while not state & self._naming[level]:
            level += 1
        found = self._grown.get((level, state))
        if found is None:
            found = self._grown[level, state] = self._split(level, state)
        return found

    def _split(self, level: int, state: int) -> Node:
        children: dict[Value, Node] = {}
        grown: dict[int, Node] = {}
        for value, plane in self._planes[level].items():
            part = state & plane
            if part not in grown:
                grown[part] = self._grow(level + 1, part)
            children[value] = grown[part]
        return self._forest.node(level, children)


def _planes(fact: Fact, boxes: Sequence[Box]) -> Mapping[Value, int]:
    """Return for each value that may be known the boxes that allow it."""
    planes = dict.fromkeys(speakable(fact), 0)
    free = 0
    for place, box in enumerate(boxes):
        if fact.name in box:
            for value in box[fact.name]:
                planes[value] |= 1 << place
        else:
            free |= 1 << place
    return {value: plane | free for value, plane in planes.items()}
