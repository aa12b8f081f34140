"""
Branching: the diagram of the few facts that a situation leaves open, straight from the planes.

The facts that are fixed have ruled out most boxes already. So this takes as long as what is open, not as what there is,
and however tangled a table is as a whole, a handful of open facts can be looked through.
"""

from collections.abc import Collection, Mapping, Sequence
from functools import reduce
from operator import and_, or_

from halfdoor.disclosure.diagram import SILENT, Forest, Node, TooLarge, together
from halfdoor.disclosure.growing import asking_order
from halfdoor.disclosure.paths import Cost
from halfdoor.disclosure.planes import Planes
from halfdoor.disclosure.table import CLOSED
from halfdoor.disclosure.vocabulary import BY_NAME, Value

BUDGET = 50_000
"""How many states are looked at."""


def branches(
    planes: Planes,
    fixed: Mapping[str, Value],
    free: Mapping[str, Collection[Value]],
    *,
    without: int = 0,
    ranks: Sequence[int] = range(6),
    effort: Cost = lambda *_: 0.0,
) -> Node:
    """
    Return the diagram over the free facts, each with some of its values, where the others are fixed.

    Leaves have the rank of their closedness, which may only rise with it. Of values that no rule tells apart here the
    first that takes the least effort stands for all. Unknown marks, age and status are decided over all values, fixed
    or free (and then with all values, not just some). ``without`` are boxes to leave out.

    :raises TooLarge: where too much is open
    """
    state = planes.where(fixed) & ~without
    told: dict[str, Mapping[int, list[Value]]] = {}
    for name in asking_order(planes.table):
        if name in free or (fixed[name] == "unknown" and BY_NAME[name].spreads):
            told[name] = _told_apart(planes.allowing[name], free.get(name), state)
            state &= reduce(or_, told[name])
    values = {
        name: [(min(alike, key=lambda value: effort(name, value)), boxes) for boxes, alike in classes.items()]
        for name, classes in told.items()
        if len(classes) > 1
    }
    forest = Forest(tuple(values), budget=BUDGET)
    root = _Grower(forest, planes, ranks, list(values.values())).root(state)
    over_all = {name for name in values if BY_NAME[name].spreads and "unknown" in free.get(name, ("unknown",))}
    root = forest.spread(root, over_all) if over_all else root
    fixed_unknown = dict.fromkeys(over_all - free.keys(), "unknown")
    return forest.copy(root, fixed=fixed_unknown) if fixed_unknown else root


def _told_apart(
    allowing: Mapping[Value, int], allowed: Collection[Value] | None, state: int
) -> Mapping[int, list[Value]]:
    """Return the values of a fact by the boxes of the state that allow them."""
    classes: dict[int, list[Value]] = {}
    for value, plane in allowing.items():
        if allowed is None or value in allowed:
            classes.setdefault(state & plane, []).append(value)
    return classes


class _Grower:
    """
    Grows the diagram of rules of which the first match speaks. A state is the set of boxes that may still match.

    What is heard after a box that matches for certain is dropped, and so is what is heard just before it and says the
    same: states with the same future become the same number.
    """

    def __init__(
        self, forest: Forest, planes: Planes, ranks: Sequence[int], values: Sequence[Sequence[tuple[Value, int]]]
    ) -> None:
        self._forest = forest
        self._ranks = ranks
        self._groups = planes.groups
        self._closed = planes.closed
        self._differing = [
            sum(boxes for boxes, other in zip(planes.by_closedness, ranks, strict=True) if other != rank)
            for rank in ranks
        ]
        self._values = values
        self._telling = [reduce(or_, boxes) & ~reduce(and_, boxes) for boxes in ([b for _, b in v] for v in values)]
        self._open = [0]
        for telling in reversed(self._telling):
            self._open.insert(0, self._open[0] | telling)
        self._grown: dict[tuple[int, int], Node] = {}

    def root(self, state: int) -> Node:
        first, *voices = self._groups
        final = self.grow(0, state & first)
        if final.lowest > SILENT:
            return final
        heard = (self.grow(0, state & voice) for voice in voices)
        return together([final, *heard], self._ranks[CLOSED.closedness], self._forest)

    def grow(self, level: int, state: int) -> Node:
        certain = (state & ~self._open[level]).bit_length()
        if certain:
            closed = self._closed[certain]
            differing = state >> certain << certain & self._differing[closed]
            if not differing:
                return self._forest.leaf(self._ranks[closed])
            last = differing & -differing
            state = state & -last | 1 << certain - 1
        elif not state:
            return self._forest.leaf(SILENT)
        while not state & self._telling[level]:
            level += 1
        found = self._grown.get((level, state))
        if found is None:
            if len(self._grown) >= BUDGET:
                raise TooLarge
            found = self._grown[level, state] = self._split(level, state)
        return found

    def _split(self, level: int, state: int) -> Node:
        grown: dict[int, Node] = {}
        children: dict[Value, Node] = {}
        for value, plane in self._values[level]:
            part = state & plane
            if part not in grown:
                grown[part] = self.grow(level + 1, part)
            children[value] = grown[part]
        return self._forest.node(level, children)
