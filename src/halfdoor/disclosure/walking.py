"""The quickest way to an answer: a diagram as pairs within pairs, walked by a situation as numbers."""

from collections.abc import Mapping
from functools import cache

from halfdoor.disclosure.diagram import DISPOSITIONS, Node
from halfdoor.disclosure.rules import Disposition
from halfdoor.disclosure.vocabulary import FACTS, Value

Numbered = tuple[int, ...]
"""A situation: for each fact, in the order of the contract, the place of its value among all its values."""

Step = tuple[int, tuple["Step", ...]]
"""Which number of the situation to look at, and where each leads. At the end the answer, below zero, and no way on."""

_PLACES: Mapping[str, int] = {fact.name: place for place, fact in enumerate(FACTS)}
_NUMBERS = [(fact.name, {value: number for number, value in enumerate(fact.values)}) for fact in FACTS]


def numbered(values: Mapping[str, Value]) -> Numbered:
    """Return a situation, given as every fact by name, as numbers."""
    return tuple([numbers[values[name]] for name, numbers in _NUMBERS])


class Walk:
    """Answers situations by the diagram of dispositions of a table, in which unknowns are decided already."""

    __slots__ = ("_first",)

    def __init__(self, root: Node) -> None:
        @cache
        def step(node: Node) -> Step:
            if not node.name:
                return ~node.rank, ()
            return _PLACES[node.name], tuple(map(step, node.children.values()))

        self._first = step(root)

    def disposition(self, situation: Numbered) -> Disposition:
        """Return the answer alone."""
        place, ways = self._first
        while place >= 0:
            place, ways = ways[situation[place]]
        return DISPOSITIONS[~place]
