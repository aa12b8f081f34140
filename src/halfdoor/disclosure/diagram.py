"""
A decision diagram: facts are asked one after another, in one order, until the answer is certain.

Equal nodes exist once (hash-consing), and a fact that makes no difference is not asked. Some situation walks every path
from the root, so what holds of all leaves that a region reaches holds of every situation in it.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import reduce
from itertools import pairwise

from halfdoor.disclosure.rules import Box, Disposition
from halfdoor.disclosure.vocabulary import Value

DISPOSITIONS = tuple(Disposition)
SILENT = -1
"""The rank of a leaf where no rule matches."""

Rank = Callable[[int], int]
Early = Callable[["Node", "Node"], "Node | None"]
Merged = dict[tuple["Node", "Node"], "Node"]


class TooLarge(Exception):
    """The diagram would need more nodes than its budget allows."""


_ANY: Box = {}
_NONE: Mapping[str, Value] = {}


class Node:
    """
    A question about the fact ``name``, with a child for each of its values; or a leaf: no name, but a ``rank``.

    ``level`` is the place of the fact in the order of its forest; leaves stand below all levels. ``lowest`` and
    ``highest`` are the ranks between which all leaves below lie.
    """

    __slots__ = ("_branches", "children", "highest", "level", "lowest", "name")

    def __init__(self, level: int, name: str, children: Mapping[Value, "Node"], *, lowest: int, highest: int) -> None:
        self.level = level
        self.name = name
        self.children = children
        self.lowest = lowest
        self.highest = highest
        self._branches: tuple[tuple[Node, tuple[Value, ...]], ...] | None = None

    @property
    def rank(self) -> int:
        """What a leaf says."""
        return self.lowest

    @property
    def branches(self) -> tuple[tuple["Node", tuple[Value, ...]], ...]:
        """Each child once, with the values that lead to it, in the order of the vocabulary."""
        if self._branches is None:
            grouped: dict[Node, list[Value]] = {}
            for value, child in self.children.items():
                grouped.setdefault(child, []).append(value)
            self._branches = tuple((child, tuple(values)) for child, values in grouped.items())
        return self._branches

    def disposition(self, values: Mapping[str, Value]) -> Disposition:
        """Return the answer for a situation, given as every fact by name, where ranks are closednesses."""
        node = self
        while name := node.name:
            node = node.children[values[name]]
        return DISPOSITIONS[node.lowest]


def _never(one: Node, other: Node) -> Node | None:
    return None


class Forest:
    """The nodes of diagrams that share one order of facts: within a forest, equal functions are the same node."""

    def __init__(self, order: Sequence[str], *, budget: int) -> None:
        self.order = tuple(order)
        self._budget = budget
        self._leaves: dict[int, Node] = {}
        self._nodes: dict[tuple[int, tuple[Node, ...]], Node] = {}
        self._larger: Merged = {}

    def __len__(self) -> int:
        return len(self._nodes) + len(self._leaves)

    def leaf(self, rank: int) -> Node:
        found = self._leaves.get(rank)
        if found is None:
            found = self._leaves[rank] = Node(len(self.order), "", {}, lowest=rank, highest=rank)
        return found

    def node(self, level: int, children: Mapping[Value, Node]) -> Node:
        """
        Return the node that asks the fact of this level, or its child where all children are the same.

        :raises TooLarge: where that needs one node more than the budget
        """
        below = tuple(children.values())
        distinct = set(below)
        if len(distinct) == 1:
            return below[0]
        found = self._nodes.get((level, below))
        if found is None:
            if len(self._nodes) >= self._budget:
                raise TooLarge
            lowest, highest = min(child.lowest for child in distinct), max(child.highest for child in distinct)
            found = Node(level, self.order[level], children, lowest=lowest, highest=highest)
            self._nodes[level, below] = found
        return found

    def copy(self, root: Node, rank: Rank = int, *, within: Box = _ANY, fixed: Mapping[str, Value] = _NONE) -> Node:
        """
        Return what a diagram says within a box, and where some facts are fixed, with other ranks.

        It may stand in another forest that has the same order.
        """
        done: dict[Node, Node] = {}

        def copied(node: Node) -> Node:
            while node.name in fixed:
                node = node.children[fixed[node.name]]
            found = done.get(node)
            if found is None:
                found = done[node] = split(node) if node.name else self.leaf(rank(node.lowest))
            return found

        def split(node: Node) -> Node:
            allowed = within.get(node.name)
            twins = {
                child: copied(child)
                for child, values in node.branches
                if allowed is None or not allowed.isdisjoint(values)
            }
            if len(twins) == 1:
                return next(iter(twins.values()))
            kept = (
                node.children.items() if allowed is None else ((v, c) for v, c in node.children.items() if v in allowed)
            )
            return self.node(node.level, {value: twins[child] for value, child in kept})

        return copied(root)

    def spread(self, root: Node, names: Collection[str]) -> Node:
        """Return the node with one value more for each of these facts: the unknown, which says their largest rank."""
        done: dict[Node, Node] = {}

        def spreading(node: Node) -> Node:
            found = done.get(node)
            if found is None:
                found = done[node] = split(node) if node.name else node
            return found

        def split(node: Node) -> Node:
            children = {value: spreading(child) for value, child in node.children.items()}
            if node.name in names:
                children["unknown"] = reduce(self.larger, dict.fromkeys(children.values()))
            return self.node(node.level, children)

        return spreading(root)

    def larger(self, one: Node, other: Node) -> Node:
        """Return the node that everywhere says the larger of both ranks."""

        def early(one: Node, other: Node) -> Node | None:
            if one.highest <= other.lowest:
                return other
            return one if other.highest <= one.lowest else None

        return self.merge(one, other, max, early, self._larger)

    def first(self, one: Node, other: Node) -> Node:
        """Return the node that says what the one says, and the other where that is silent."""

        def early(one: Node, other: Node) -> Node | None:
            if one.lowest > SILENT:
                return one
            return other if one.highest == SILENT else None

        return self.merge(one, other, max, early)

    def merge(
        self, one: Node, other: Node, rank: Callable[[int, int], int], early: Early = _never, done: Merged | None = None
    ) -> Node:
        """
        Return the node that everywhere says what ``rank`` makes of both ranks.

        ``early`` may know the merged node of two before all of their leaves are compared. ``done`` remembers what was
        merged in the same way before.
        """
        done = {} if done is None else done

        def merged(one: Node, other: Node) -> Node:
            found = early(one, other) or done.get((one, other))
            if found is None:
                found = split(one, other) if one.name or other.name else self.leaf(rank(one.lowest, other.lowest))
                done[one, other] = found
            return found

        def split(one: Node, other: Node) -> Node:
            children = {value: merged(child, twin) for value, child, twin in side_by_side(one, other)}
            return self.node(min(one.level, other.level), children)

        return merged(one, other)


def together(groups: Sequence[Node], silence: int, forest: Forest) -> Node:
    """Return what the final rules say, else the least open of the voices, else ``silence``."""
    final, *voices = groups
    heard = reduce(forest.larger, voices)
    return forest.first(final, forest.first(heard, forest.leaf(silence)))


def sides(allowed: Collection[Disposition]) -> list[int]:
    """Return a rank for each closedness, which rises only where allowed dispositions begin or end."""
    ranks = [0]
    for one, other in pairwise(DISPOSITIONS):
        ranks.append(ranks[-1] + ((one in allowed) != (other in allowed)))
    return ranks


def side_by_side(one: Node, other: Node) -> Iterator[tuple[Value, Node, Node]]:
    """Yield, for each value of the fact that stands higher, what is left of both."""
    if one.level < other.level:
        return ((value, child, other) for value, child in one.children.items())
    if one.level > other.level:
        return ((value, one, child) for value, child in other.children.items())
    twins = other.children.values()
    return ((value, child, twin) for (value, child), twin in zip(one.children.items(), twins, strict=True))


def below(root: Node) -> set[Node]:
    """Return a node and all that can be reached from it, leaves included."""
    seen = {root}
    waiting = [root]
    while waiting:
        for child, _ in waiting.pop().branches:
            if child not in seen:
                seen.add(child)
                waiting.append(child)
    return seen
