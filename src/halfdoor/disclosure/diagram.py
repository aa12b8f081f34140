"""
A decision diagram: facts are asked one after another, in one order, until the answer is certain.

Equal nodes exist once (hash-consing), and a fact that makes no difference is not asked. Some situation walks every path
from the root, so what holds of all leaves that a region reaches holds of every situation in it.
"""

from collections.abc import Callable, Mapping, Sequence

from halfdoor.disclosure.rules import Disposition
from halfdoor.disclosure.vocabulary import Value

DISPOSITIONS = tuple(Disposition)


class TooLarge(Exception):
    """The diagram would need more nodes than its budget allows."""


class Node:
    """
    A question about the fact ``name``, with a child for each of its values; or a leaf: no name, but a ``rank``.

    Of two leaves the one with the larger rank is less open. Where leaves are dispositions, it is their closedness.
    """

    __slots__ = ("_branches", "children", "level", "name", "rank")

    def __init__(self, level: int, name: str, children: Mapping[Value, "Node"], rank: int) -> None:
        self.level = level
        self.name = name
        self.children = children
        self.rank = rank
        self._branches: tuple[tuple[Node, tuple[Value, ...]], ...] | None = None

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
        """Return the answer for a situation, given as every fact by name, in a diagram of dispositions."""
        node = self
        while name := node.name:
            node = node.children[values[name]]
        return DISPOSITIONS[node.rank]


Merged = dict[tuple[Node, Node], Node]


class Forest:
    """
    The nodes of diagrams that share one order of facts: within a forest, equal functions are the same node.

    The level of a node is the place of its fact in ``order``; that of a leaf is ``len(order)``.
    """

    def __init__(self, order: Sequence[str], *, budget: int) -> None:
        self.order = tuple(order)
        self._budget = budget
        self._leaves: dict[int, Node] = {}
        self._nodes: dict[tuple[int, tuple[Node, ...]], Node] = {}
        self._unions: Merged = {}

    def __len__(self) -> int:
        return len(self._nodes) + len(self._leaves)

    def leaf(self, rank: int) -> Node:
        found = self._leaves.get(rank)
        if found is None:
            found = self._leaves[rank] = Node(len(self.order), "", {}, rank)
        return found

    def node(self, level: int, values: Sequence[Value], children: tuple[Node, ...]) -> Node:
        """
        Return the node that asks the fact of this level, or its child where all children are the same.

        :raises TooLarge: where that needs one node more than the budget
        """
        first = children[0]
        if children.count(first) == len(children):
            return first
        found = self._nodes.get((level, children))
        if found is None:
            if len(self._nodes) >= self._budget:
                raise TooLarge
            found = Node(level, self.order[level], dict(zip(values, children, strict=True)), -1)
            self._nodes[level, children] = found
        return found

    def union(self, one: Node, other: Node) -> Node:
        """Return the node that everywhere gives the less open of both answers."""
        return one if one is other else self.merge(one, other, max, self._unions)

    def merge(self, one: Node, other: Node, rank: Callable[[int, int], int], done: Merged | None = None) -> Node:
        """
        Return the node that everywhere gives what ``rank`` makes of both ranks.

        ``done`` remembers merges; share it only between merges by the same ``rank``.
        """
        done = {} if done is None else done
        found = done.get((one, other))
        if found is None:
            level = min(one.level, other.level)
            if level == len(self.order):
                found = self.leaf(rank(one.rank, other.rank))
            else:
                values = tuple((one if one.level == level else other).children)
                pairs = [(_child(one, level, value), _child(other, level, value)) for value in values]
                found = self.node(level, values, tuple([self.merge(*pair, rank, done) for pair in pairs]))
            done[one, other] = found
        return found

    def restrict(self, node: Node, fixed: Mapping[str, Value]) -> Node:
        """Return what is left of a diagram where some facts are known. No node of it asks any of these."""
        done: dict[Node, Node] = {}

        def left(node: Node) -> Node:
            while node.name in fixed:
                node = node.children[fixed[node.name]]
            if not node.name:
                return node
            found = done.get(node)
            if found is None:
                children = tuple(map(left, node.children.values()))
                found = done[node] = self.node(node.level, tuple(node.children), children)
            return found

        return left(node)


def _child(node: Node, level: int, value: Value) -> Node:
    return node.children[value] if node.level == level else node


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
