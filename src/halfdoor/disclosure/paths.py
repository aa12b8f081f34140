"""Ways through a decision diagram: the nearest situation with an answer, and how many situations have it."""

from collections.abc import Callable, Mapping, Sequence
from math import inf, prod

from halfdoor.disclosure.boxes import speakable
from halfdoor.disclosure.diagram import Node
from halfdoor.disclosure.rules import Box
from halfdoor.disclosure.vocabulary import BY_NAME, FACTS, Fact, Value

Cost = Callable[[str, Value], float]
"""What it costs that a fact has a value; ``inf`` where it cannot."""


def _costs(fact: Fact) -> dict[Value, float]:
    return {v: 0.0 if v == fact.default else 1.0 + place / 1000 for place, v in enumerate(fact.values)}


_UNUSUAL = {fact.name: _costs(fact) for fact in FACTS}


def unusual(name: str, value: Value) -> float:
    """A cost that keeps a situation close to the defaults, and to the first words of the vocabulary."""
    return _UNUSUAL[name][value]


def more_unusual(within: Box) -> Cost:
    """Return a cost that keeps a situation close to the most usual one inside a box."""
    least = {fact.name: unusual(fact.name, _usual(fact.name, within)) for fact in FACTS}
    return lambda name, value: _UNUSUAL[name][value] - least[name]


def distances(node: Node, wanted: Callable[[int], bool], cost: Cost) -> Mapping[Node, float]:
    """Return, node by node, the least cost of a way to a leaf of a wanted rank; ``inf`` where there is none."""
    found: dict[Node, float] = {}

    def distance(node: Node) -> float:
        if node not in found:
            if not node.name:
                found[node] = 0.0 if wanted(node.rank) else inf
            else:
                found[node] = min(
                    distance(child) + min(cost(node.name, value) for value in values) for child, values in node.branches
                )
        return found[node]

    distance(node)
    return found


def nearest(node: Node, wanted: Callable[[int], bool], cost: Cost = unusual) -> tuple[int, dict[str, Value]] | None:
    """Return a wanted rank with the cheapest values that lead to it, None where no leaf is wanted."""
    to_go = distances(node, wanted, cost)
    if to_go[node] == inf:
        return None
    values: dict[str, Value] = {}
    while node.name:
        _, value, child = min(
            ((cost(node.name, value) + to_go[child], value, child) for child, some in node.branches for value in some),
            key=lambda step: step[0],
        )
        values[node.name] = value
        node = child
    return node.rank, values


def complete(values: Mapping[str, Value], *, within: Box) -> dict[str, Value]:
    """
    Return a whole situation: these values, and for other facts the most usual value that the box allows.

    What a diagram did not ask makes no difference, so that it may as well be unknown.
    """
    return {fact.name: values[fact.name] if fact.name in values else _usual(fact.name, within) for fact in FACTS}


def _usual(name: str, within: Box) -> Value:
    allowed = within.get(name, BY_NAME[name].values)
    return min(allowed, key=_UNUSUAL[name].__getitem__)


def counts(root: Node, order: Sequence[str], *, within: Box) -> Mapping[int, int]:
    """
    Return how many situations within a box have each rank, of those in which every mark, age and status is known.

    ``order`` has the facts as the diagram asks them.
    """
    sizes = {fact.name: len(within.get(fact.name, speakable(fact))) for fact in FACTS}
    levels = [sizes[name] for name in order]
    found: dict[Node, Mapping[int, int]] = {}

    def count(node: Node) -> Mapping[int, int]:
        """Count over the facts from the level of the node on."""
        if not node.name:
            return {node.rank: 1}
        if node not in found:
            total: dict[int, int] = {}
            for child, values in node.branches:
                skipped = len(values) * prod(levels[node.level + 1 : child.level])
                for rank, number in count(child).items():
                    total[rank] = total.get(rank, 0) + skipped * number
            found[node] = total
        return found[node]

    others = prod(size for name, size in sizes.items() if name not in order) * prod(levels[: root.level])
    return {rank: number * others for rank, number in count(root).items()}
