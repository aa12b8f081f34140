"""What would change the answer: the smallest changes that can come about, each said as something that happens."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from heapq import heappop, heappush
from itertools import count, islice
from math import inf

from halfdoor.disclosure.branching import branches
from halfdoor.disclosure.diagram import Node, TooLarge
from halfdoor.disclosure.happenings import HAPPENINGS
from halfdoor.disclosure.paths import Cost, distances
from halfdoor.disclosure.planes import Planes
from halfdoor.disclosure.records import Record
from halfdoor.disclosure.rules import Disposition
from halfdoor.disclosure.situation import Situation
from halfdoor.disclosure.vocabulary import BY_NAME, Value

_MOST = 5
"""How many changes are told."""

_ENOUGH = 4.0
"""Changes that take more effort than this are not told."""

_LOOKED_AT = 60
"""How many ways to another answer are looked at: most that are not told only add to a smaller change."""

_TRIALS = 2000
"""How many changes are tried where the rules are too tangled to see where they lead."""


class Change(Record):
    """Facts, by name, that would lead to another answer; the rule is "" where no rule decides then."""

    facts: Mapping[str, Value]
    disposition: Disposition
    rule: str

    @property
    def says(self) -> str:
        """The change in words: what has happened then."""
        return " and ".join(HAPPENINGS[name][value].says for name, value in self.facts.items())

    def as_json(self) -> dict[str, object]:
        """Return the change in the shape of the contract."""
        facts = {BY_NAME[name].path: value for name, value in self.facts.items()}
        return {"facts": facts, "disposition": str(self.disposition), "rule": self.rule}


def changes(
    planes: Planes, situation: Situation, *, visible: Callable[[str], bool] = lambda name: True
) -> list[Change]:
    """
    Return up to five smallest changes that lead to another answer, the smallest first.

    None has a part that would be enough for the same answer, and every answer that can be reached is among them. (Where
    the rules are too tangled for that, only the changes of least effort are tried, one by one.)

    ``visible`` says of a fact, by name, whether the reader may know it; no other fact is in what is returned.
    """
    values = situation.values
    open_to = {name: _open_to(name, values[name]) for name in HAPPENINGS if name in planes.naming and visible(name)}
    free = {name: possible for name, possible in open_to.items() if len(possible) > 1}
    fixed = {name: value for name, value in values.items() if name not in free}
    now, effort = planes.disposition(situation), _effort(values)
    ways: Iterable[tuple[int, Mapping[str, Value]]]
    try:
        root = branches(planes, fixed, free, effort=effort)
        ways = islice(_ways(root, now.closedness, effort), _LOOKED_AT)
    except TooLarge:
        ways = _tried(planes, situation, free)
    smallest: list[tuple[int, Mapping[str, Value]]] = []
    for rank, way in ways:
        if not any(rank == same and smaller.items() <= way.items() for same, smaller in smallest):
            smallest.append((rank, way))
    return [_verified(planes, situation, way) for way in _told(smallest)]


def _told(ways: Sequence[tuple[int, Mapping[str, Value]]]) -> list[Mapping[str, Value]]:
    """Return the ways to tell: the smallest to each other answer, then the smallest of the rest."""
    ranks = [rank for rank, _ in ways]
    firsts = [place for place, rank in enumerate(ranks) if ranks.index(rank) == place]
    others = [place for place in range(len(ways)) if place not in firsts]
    return [ways[place][1] for place in sorted([*firsts, *others][:_MOST])]


def _verified(planes: Planes, situation: Situation, way: Mapping[str, Value]) -> Change:
    """Return the change after deciding again."""
    disposition, rule = planes.answer(Situation.of({**situation.values, **way}, at=situation.at))
    assert disposition is not planes.disposition(situation), "a way in the diagram leads to another answer"
    return Change(way, disposition, rule.id if rule else "")


def _open_to(name: str, value: Value) -> frozenset[Value]:
    """Return the value of a fact and those that it can come to have."""
    return frozenset({value, *(new for new, happening in HAPPENINGS[name].items() if happening.can(value))})


def _effort(values: Mapping[str, Value]) -> Cost:
    """Return what it takes that a fact has a value, where these stand now."""

    def effort(name: str, value: Value) -> float:
        if value == values[name]:
            return 0.0
        happening = HAPPENINGS.get(name, {}).get(value)
        return happening.weight if happening else inf

    return effort


def _ways(root: Node, now: int, effort: Cost) -> Iterator[tuple[int, Mapping[str, Value]]]:
    """Yield another rank and what has to happen for it, by growing effort."""
    to_go = distances(root, lambda rank: rank != now, effort)
    turn = count()
    waiting = [(to_go[root], next(turn), 0.0, root, dict[str, Value]())]
    while waiting and waiting[0][0] <= _ENOUGH:
        _, _, spent, node, way = heappop(waiting)
        if not node.name:
            yield node.rank, way
        for child, values in node.branches:
            step, value = min(((effort(node.name, value), value) for value in values), key=lambda pair: pair[0])
            then = {**way, node.name: value} if step else way
            heappush(waiting, (spent + step + to_go[child], next(turn), spent + step, child, then))


def _tried(
    planes: Planes, situation: Situation, free: Mapping[str, Collection[Value]]
) -> Iterator[tuple[int, Mapping[str, Value]]]:
    """Yield the same without a diagram, by deciding what would be if this or that happened, again by growing effort."""
    values, now = situation.values, planes.disposition(situation)
    steps = [(name, value) for name, some in free.items() for value in BY_NAME[name].values if value in some]
    steps = [(name, value) for name, value in steps if value != values[name]]
    effort, turn = _effort(values), count()
    waiting = [(0.0, next(turn), 0, dict[str, Value]())]
    for _ in range(_TRIALS):
        if not waiting:
            return
        spent, _, first, way = heappop(waiting)
        answer = planes.disposition(Situation.of({**values, **way}, at=situation.at))
        if answer is not now:
            yield answer.closedness, way
        for place, (name, value) in enumerate(steps[first:], start=first + 1):
            then = spent + effort(name, value)
            if name not in way and then <= _ENOUGH:
                heappush(waiting, (then, next(turn), place, {**way, name: value}))
