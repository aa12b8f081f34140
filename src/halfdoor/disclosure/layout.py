"""The boxes of a table as bits of an integer: the ground that every decision diagram of the table grows from."""

from collections.abc import Mapping
from dataclasses import dataclass

from halfdoor.disclosure.rules import Box, Rule
from halfdoor.disclosure.table import CLOSED, Table
from halfdoor.disclosure.vocabulary import BY_NAME, Value


@dataclass(frozen=True)
class Ranks:
    """
    What the leaves of a diagram tell apart: a rank for each deciding rule, the least open largest, and one for silence.

    Each closedness has ``step`` ranks, so that ``rank // step`` is a closedness.
    """

    of_rules: tuple[int, ...]
    of_silence: int
    step: int = 1


def by_disposition(table: Table) -> Ranks:
    """Leaves are dispositions: a rank is a closedness."""
    return Ranks(tuple(_closedness(rule) for rule in table.deciding), CLOSED.closedness)


def by_winner(table: Table) -> Ranks:
    """Leaves are deciding rules. Of equally closed voices the first is heard, so an earlier rule has a larger rank."""
    step = len(table.deciding) + 1
    ranks = tuple(_closedness(rule) * step + step - 1 - place for place, rule in enumerate(table.deciding))
    return Ranks(ranks, CLOSED.closedness * step, step)


def winner(table: Table, ranks: Ranks, rank: int) -> Rule | None:
    """Return the rule of a leaf that ``by_winner`` ranked, None for silence."""
    place = ranks.step - 1 - rank % ranks.step
    return table.deciding[place] if place < len(table.deciding) else None


def _closedness(rule: Rule) -> int:
    assert rule.effect is not None, f"an always-rule does not decide: {rule.id}"
    return rule.effect.closedness


@dataclass(frozen=True, slots=True)
class Level:
    """
    One fact, as a diagram asks it.

    ``naming`` are the boxes that name it. Values that all boxes treat alike share one of the ``masks``: the boxes
    that remain. ``classes`` has, value by value, the place of its mask; ``len(masks)`` is an unknown decided over all.
    """

    name: str
    naming: int
    masks: tuple[int, ...]
    values: tuple[Value, ...]
    classes: tuple[int, ...]

    @property
    def spreads(self) -> bool:
        """Whether there is an unknown to be decided over all values."""
        return len(self.masks) in self.classes

    def within(self, allowed: frozenset[Value]) -> "Level":
        """Return the level of some of the values only."""
        kept = [(value, place) for value, place in zip(self.values, self.classes, strict=True) if value in allowed]
        values = tuple(value for value, _ in kept)
        classes = tuple(place for _, place in kept)
        if len(self.masks) in classes:
            return Level(self.name, self.naming, self.masks, values, classes)
        used = sorted(set(classes))
        masks = tuple(self.masks[place] for place in used)
        return Level(self.name, self.naming, masks, values, tuple(used.index(place) for place in classes))


class Layout:
    """
    A table laid out as bits: one a box, in the order in which rules are heard.

    ``places`` has, bit by bit, the place of its rule in ``table.deciding``; ``spans`` the bits of the final rules and
    of each voice; ``order`` the facts that rules name, in the order in which diagrams ask them.
    """

    def __init__(self, table: Table) -> None:
        boxes = [box for rule in table.deciding for box in rule.boxes]
        self.table = table
        self.places = tuple(place for place, rule in enumerate(table.deciding) for _ in rule.boxes)
        self.everything = (1 << len(boxes)) - 1
        self.spans: list[int] = []
        end = 0
        for group in (table.final, *table.voices):
            start, end = end, end + sum(len(rule.boxes) for rule in group)
            self.spans.append((1 << end) - (1 << start))
        self.order = _order(table)
        self.levels: Mapping[str, Level] = {name: _level(name, boxes) for name in self.order}

    def level(self, name: str, within: Box) -> Level:
        """Return the level of a fact inside a box. That of a fact which no rule names tells nothing apart."""
        level = self.levels.get(name) or _level(name, [])
        return level.within(within[name]) if name in within else level


def _order(table: Table) -> tuple[str, ...]:
    """Facts that many rules name come first, above all rules that are heard early: who asks, and about what."""
    weight: dict[str, float] = {}
    for place, rule in enumerate(table.deciding):
        for box in rule.boxes:
            for name in box:
                weight[name] = weight.get(name, 0.0) + 0.98**place
    return tuple(sorted(weight, key=lambda name: (-weight[name], name)))


def _level(name: str, boxes: list[Box]) -> Level:
    fact = BY_NAME[name]
    naming = free = 0
    remaining: dict[Value, int] = dict.fromkeys(fact.values, 0)
    for place, box in enumerate(boxes):
        if name in box:
            naming |= 1 << place
            for value in box[name]:
                remaining[value] |= 1 << place
        else:
            free |= 1 << place
    known = [value for value in fact.values if not (fact.spreads and value == "unknown")]
    masks = tuple(dict.fromkeys(remaining[value] | free for value in known))
    place_of = {mask: place for place, mask in enumerate(masks)}
    classes = [place_of[remaining[value] | free] for value in known]
    return Level(name, naming, masks, fact.values, (*classes, *[len(masks)] * fact.spreads))
