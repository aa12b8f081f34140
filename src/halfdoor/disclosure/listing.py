"""
Lists: which items may be shown to one person, said once for all of them instead of item by item.

A plan says it as boxes over the facts that differ from item to item. An item is shown if it lies in any of the boxes,
and that is so exactly where deciding it alone gives one of the wanted answers, also for marks that are unknown.

A handful of facts has so few combinations of values that rules tell apart that each can be a bit. A set of items is a
number then, and all items are decided at once, by the same steps as one.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import reduce
from math import prod
from operator import and_, or_

from halfdoor.disclosure.deciding import Judge
from halfdoor.disclosure.diagram import TooLarge
from halfdoor.disclosure.planes import Planes
from halfdoor.disclosure.records import Record
from halfdoor.disclosure.rules import Box, Disposition
from halfdoor.disclosure.table import CLOSED
from halfdoor.disclosure.vocabulary import BY_NAME, DEFAULTS, Value

FREELY = frozenset({Disposition.MUST_SHARE, Disposition.MAY_SHARE})

BUDGET = 1 << 22
"""How many combinations are looked at; what differs from item to item has some thousand."""


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
    items = _Items(judge.planes, known)
    return Plan(tuple(items.boxes(items.answered(answers))))


class _Alike:
    """Values of a fact that no rule tells apart: the boxes of rules that allow them, and the items that have them."""

    __slots__ = ("allowed_by", "first", "items", "values")

    def __init__(self, values: list[Value], allowed_by: int) -> None:
        self.values = values
        self.allowed_by = allowed_by
        self.first = self.items = 0


class _Items:
    """
    All items that rules tell apart, where some facts are known.

    A fact that is known to be unknown, and is decided over all values, has its turn among the facts of an item too:
    ``_here`` are the items where it is unknown, and the others are only there to be decided over.
    """

    def __init__(self, planes: Planes, known: Mapping[str, Value]) -> None:
        self._planes = planes
        self._boxes = planes.where(known)
        self._facts = dict(self._told_apart(known))
        size = prod(map(len, self._facts.values()))
        if size > BUDGET:
            raise TooLarge
        self._every = self._here = self._settled = (1 << size) - 1
        self._marks: list[list[_Alike]] = []
        stride = 1
        for name, some in self._facts.items():
            turn = stride * len(some)
            for place, alike in enumerate(some):
                alike.first = stride * place
                alike.items = (((1 << stride) - 1) << alike.first) * (self._every // ((1 << turn) - 1))
            stride = turn
            if BY_NAME[name].spreads:
                self._marks.append(some)
                self._settled &= ~some[-1].items
            if name in known:
                self._here &= some[-1].items

    def _told_apart(self, known: Mapping[str, Value]) -> Iterator[tuple[str, list[_Alike]]]:
        """Yield each fact that makes a difference, with its values by the boxes that allow them."""
        for name, allowing in self._planes.allowing.items():
            if name not in known or (known[name] == "unknown" and BY_NAME[name].spreads):
                told: dict[int, list[Value]] = {}
                for value, plane in allowing.items():
                    told.setdefault(self._boxes & plane, []).append(value)
                if len(told) > 1:
                    unknown = [_Alike(["unknown"], 0)] if BY_NAME[name].spreads else []
                    yield name, [*(_Alike(values, boxes) for boxes, values in told.items()), *unknown]

    def answered(self, answers: Collection[Disposition]) -> int:
        """Return the items of which the answer is one of these."""
        final, *voices = self._planes.groups
        heard = [0] * len(Disposition)
        left = silent = self._listen(final, self._settled, heard)
        for voice in voices:
            silent &= self._listen(voice, left, heard)
        heard[CLOSED.closedness] |= silent
        found = less_open = 0
        for disposition, items in zip(reversed(Disposition), reversed(heard), strict=True):
            items = self._spread(items)
            if disposition in answers:
                found |= items & ~less_open
            less_open |= items
        return found & self._here

    def _listen(self, group: int, items: int, heard: list[int]) -> int:
        """Add, by closedness, what the first match in a group says of these items; return those left in silence."""
        boxes, closed = self._boxes & group, self._planes.closed
        naming = [(self._planes.naming[name], some) for name, some in self._facts.items()]
        while boxes and items:
            number = boxes.bit_length()
            box = 1 << number - 1
            boxes ^= box
            matching = items
            for names, some in naming:
                if names & box:
                    matching &= reduce(or_, [alike.items for alike in some if alike.allowed_by & box], 0)
            heard[closed[number]] |= matching
            items ^= matching
        return items

    def _spread(self, items: int) -> int:
        """Return these items, and those whose unknown marks could make them one of these."""
        for *known, unknown in self._marks:
            for alike in known:
                items |= (items & alike.items) << unknown.first - alike.first
        return items

    def boxes(self, shown: int) -> Iterator[Box]:
        """Yield boxes that together are these items, each as wide as it can be."""
        left = shown
        while left:
            box = self._widest(left & -left, self._here & ~shown)
            left &= ~reduce(and_, box.values(), self._every)
            yield {
                name: frozenset(value for alike in self._facts[name] if alike.items & items for value in alike.values)
                for name, items in box.items()
                if items != self._every
            }

    def _widest(self, item: int, hidden: int) -> dict[str, int]:
        """Return a box around an item, fact by fact with as many values as no hidden item has beside the others."""
        box = {name: next(alike.items for alike in some if alike.items & item) for name, some in self._facts.items()}
        for name, some in self._facts.items():
            beside = reduce(and_, (items for other, items in box.items() if other != name), hidden)
            box[name] = reduce(or_, (alike.items for alike in some if not alike.items & beside))
        return box
