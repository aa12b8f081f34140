"""
The table as bit-planes: a bit for each box, and for each phrase a plane with the bits of the boxes that allow it.

ANDing the planes of a situation's phrases leaves the boxes that match. The box heard first has the highest bit, so that
the bit length of what is left is the number of the box that speaks. Linear to build; it cannot blow up.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import reduce
from itertools import pairwise
from operator import and_

from halfdoor.disclosure.boxes import speakable
from halfdoor.disclosure.phrases import PHRASES, USUAL
from halfdoor.disclosure.rules import Box, Disposition, Rule
from halfdoor.disclosure.situation import Situation
from halfdoor.disclosure.table import CLOSED, Table
from halfdoor.disclosure.vocabulary import Fact, Value

_HALF = len(USUAL) // 2
_FIRST = (1 << _HALF) - 1
"""A situation's ``away`` is looked up in two halves: the bits of the first phrases, and the others."""

_SAID: tuple[Disposition, ...] = (CLOSED, *Disposition)
_ANSWERS = tuple(_SAID[row.bit_length()] for row in range(1 << len(Disposition)))
"""
The answer for each row of bits: the more bits, the less open; none is silence. So rows laid over each other say the
least open of their answers.
"""


class Planes:
    """
    An evaluator of one table. Boxes are numbered from 1 by bit length, the first heard highest; 0 stands for silence.

    ``rules`` has the rule of each number, ``closed`` how closed its answer is; ``groups`` are the final rules and each
    voice. A mask is a set of boxes that match. Of a fact that rules name, ``naming`` has the boxes that name it, and
    ``allowing``, for each value that may be known, those that allow it.
    """

    def __init__(self, table: Table) -> None:
        self.table = table
        groups = (table.final, *table.voices, table.always)
        heard = [(box, rule) for group in groups for rule in group for box in rule.boxes]
        boxes = [box for box, _ in reversed(heard)]
        self.rules: tuple[Rule | None, ...] = (None, *(rule for _, rule in reversed(heard)))
        self._every = (1 << len(boxes)) - 1
        self._dispositions = tuple((rule and rule.effect) or CLOSED for rule in self.rules)
        self.closed = tuple(disposition.closedness for disposition in self._dispositions)
        self.by_closedness = tuple(
            sum(1 << number >> 1 for number, closed in enumerate(self.closed) if closed == every)
            for every in range(len(Disposition))
        )
        self._rest, turns = _spans(self.rules)
        self._ranks = tuple(zip(self.closed, turns, strict=True))
        ends = [sum(len(rule.boxes) for group in groups[turn:] for rule in group) for turn in range(1, len(groups) + 1)]
        self._final = ends[0]
        self.groups = tuple((1 << top) - (1 << end) for top, end in pairwise([len(boxes), *ends[:-1]]))
        self._voices = tuple(((1 << top) - 1, end) for top, end in pairwise(ends[:-1]))
        self._law, self._ethics, self._practice = (
            tuple((2 << closed) - 1 if number > end else 0 for number, closed in enumerate(self.closed))
            for _, end in self._voices
        )
        _, (self._from_ethics_on, _), (self._from_practice_on, _) = self._voices
        self.naming: dict[str, int] = {}
        self.allowing: dict[str, Mapping[Value, int]] = {}
        self._classes: dict[str, tuple[int, ...]] = {}
        drawn: list[int] = []
        for phrase in PHRASES:
            planes = [self._every]
            for fact in phrase:
                of_fact = self._drawn(fact, boxes)
                planes = [plane & allowing for plane in planes for allowing in of_fact]
            drawn += planes
        # Most phrases are alike to the rules. Evaluators wait for memory, so that each plane is there but once.
        once: dict[int, int] = {}
        self._planes = [once.setdefault(plane, plane) for plane in drawn]
        usual = [self._planes[number] for number in USUAL]
        self._first_usual = _where_not_away(usual[:_HALF], self._every, once)
        self._others_usual = _where_not_away(usual[_HALF:], self._every, once)

    def _drawn(self, fact: Fact, boxes: Sequence[Box]) -> list[int]:
        """Return the boxes that allow each value of a fact. The unknown of a fact that spreads rules nothing out."""
        naming = {1 << place: box[fact.name] for place, box in enumerate(boxes) if fact.name in box}
        if not naming:
            return [self._every] * len(fact.values)
        self.naming[fact.name] = sum(naming)
        planes = dict.fromkeys(speakable(fact), self._every & ~sum(naming))
        for bit, allowed in naming.items():
            for value in allowed:
                planes[value] |= bit
        self.allowing[fact.name] = planes
        if fact.spreads:
            self._classes[fact.name] = tuple(dict.fromkeys(planes.values()))
        return [planes.get(value, self._every) for value in fact.values]

    def disposition(self, situation: Situation) -> Disposition:
        """Return the answer alone. What ``standing`` and ``speaking`` say is written out here, for speed."""
        away, planes = situation.away, self._planes
        mask = self._first_usual[away & _FIRST] & self._others_usual[away >> _HALF]
        for phrase in situation.phrases:
            mask &= planes[phrase]
        if situation.unknown:
            mask = self.completed(mask, situation.unknown)
        first = mask.bit_length()
        if first > self._final:
            return self._dispositions[first]
        ethics = (mask & self._from_ethics_on).bit_length()
        practice = (mask & self._from_practice_on).bit_length()
        return _ANSWERS[self._law[first] | self._ethics[ethics] | self._practice[practice]]

    def answer(self, situation: Situation) -> tuple[Disposition, Rule | None]:
        """Return the answer with the rule that decides; None where every voice is silent."""
        number = self.speaking(self.standing(situation))
        return self._dispositions[number], self.rules[number]

    def standing(self, situation: Situation) -> int:
        """Return the boxes that match; of the completions where facts are unknown, in the one that stands."""
        mask = self.matching(situation)
        return self.completed(mask, situation.unknown) if situation.unknown else mask

    def matching(self, situation: Situation) -> int:
        """Return the boxes that may match: all that the known facts do not rule out."""
        away, planes = situation.away, self._planes
        mask = self._first_usual[away & _FIRST] & self._others_usual[away >> _HALF]
        for phrase in situation.phrases:
            mask &= planes[phrase]
        return mask

    def where(self, values: Mapping[str, Value]) -> int:
        """Return the boxes that some facts, by name, do not rule out."""
        mask = self._every
        for name in self.allowing.keys() & values.keys():
            mask &= self.allowing[name].get(values[name], self._every)
        return mask

    def boxes(self, rules: Collection[Rule]) -> int:
        """Return the boxes of some rules."""
        ids = {rule.id for rule in rules}
        return sum(1 << place for place, rule in enumerate(self.rules[1:]) if rule and rule.id in ids)

    def completed(self, mask: int, unknown: Iterable[str]) -> int:
        """
        Return what matches under that combination of values of the unknown facts whose answer is least open.

        Of equally closed ones it is that of the rule heard first, and then the first in the order of the contract.
        """
        answers = self.completions(mask, unknown)
        ranks, speaking = self._ranks, self.speaking
        return answers[max(answers, key=lambda telling: ranks[speaking(telling)])]

    def completions(self, mask: int, unknown: Iterable[str]) -> dict[int, int]:
        """
        Return what matches under the combinations of values of the unknown facts, in the order of the contract.

        The keys hold only the boxes that can still tell answers apart; of combinations that they do not tell apart the
        first is there.
        """
        spread = [self._classes[name] for name in unknown if name in self._classes]
        sure = reduce(and_, (plane for classes in spread for plane in classes), mask)
        masks = {mask & self._telling(sure): mask}
        for classes in spread:
            found: dict[int, int] = {}
            for telling, full in masks.items():
                for plane in classes:
                    if telling & plane not in found:
                        found[telling & plane] = full & plane
            masks = found
        return masks

    def mattering(self, mask: int, unknown: Iterable[str]) -> tuple[str, ...]:
        """Return the unknown facts whose value can make a difference to the answer, whatever the others are."""
        spread = {name: self._classes[name] for name in unknown if name in self._classes}
        sure = reduce(and_, (plane for classes in spread.values() for plane in classes), mask)
        telling = mask & self._telling(sure)
        return tuple(name for name in spread if self._matters(name, telling, spread))

    def _matters(self, name: str, telling: int, spread: Mapping[str, Sequence[int]]) -> bool:
        masks = {telling}
        for other, classes in spread.items():
            if other != name:
                masks = {mask & plane for mask in masks for plane in classes}
        return any(len({self.said(mask & plane) for plane in spread[name]}) > 1 for mask in masks)

    def _telling(self, sure: int) -> int:
        """Return the boxes that can still change the answer where those in ``sure`` match for certain."""
        number = sure.bit_length()
        if number > self._final:
            return self._every & ~self._rest[number]
        telling = self._every >> self._final << self._final
        for heard, end in self._voices:
            number = (sure & heard).bit_length()
            telling |= heard & ~(self._rest[number] if number > end else (1 << end) - 1)
        return telling

    def speaking(self, mask: int) -> int:
        """Return the number of the box that decides; 0 where every voice is silent."""
        number = mask.bit_length()
        if number > self._final:
            return number
        closed = self.closed
        speaker, least = 0, -1
        for heard, end in self._voices:
            number = (mask & heard).bit_length()
            if number > end and closed[number] > least:
                speaker, least = number, closed[number]
        return speaker

    def said(self, mask: int) -> Disposition:
        """Return the answer where these boxes match."""
        return self._dispositions[self.speaking(mask)]

    def fired(self, mask: int) -> Iterator[Rule]:
        """Yield the rules of these boxes, each once, in the order in which they are heard, always-rules last."""
        while mask:
            number = mask.bit_length()
            rule = self.rules[number]
            assert rule is not None, "only silence has no rule"
            yield rule
            mask &= self._rest[number]


def _where_not_away(usual: Sequence[int], every: int, once: dict[int, int]) -> list[int]:
    """Return for each row of bits the boxes that allow the usual number of every phrase whose bit is not set."""
    found = [every]
    for plane in usual:
        found = [boxes & plane for boxes in found] + found
    return [once.setdefault(boxes, boxes) for boxes in found]


def _spans(rules: Sequence[Rule | None]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return for each number the bits of all rules heard later, and the turn of its rule: the later, the lower."""
    rest, turns = [0], [0]
    for number, rule in enumerate(rules[1:], start=1):
        again = rule is rules[number - 1]
        rest.append(rest[-1] if again else (1 << (number - 1)) - 1)
        turns.append(turns[-1] if again else turns[-1] + 1)
    return tuple(rest), tuple(turns)
