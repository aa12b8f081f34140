"""Boxes as shapes: where two meet, and whether many cover one."""

from collections.abc import Iterator, Sequence

from halfdoor.disclosure.boxes import speakable
from halfdoor.disclosure.rules import Box
from halfdoor.disclosure.vocabulary import BY_NAME


def meet(one: Box, other: Box) -> Box | None:
    """Return the box of all situations that lie in both; None where there are none."""
    if not touch(one, other):
        return None
    return {**one, **{name: one.get(name, allowed) & allowed for name, allowed in other.items()}}


def touch(one: Box, other: Box) -> bool:
    """Whether some situation lies in both."""
    return not any(name in other and other[name].isdisjoint(allowed) for name, allowed in one.items())


def covered(box: Box, by: Sequence[Box]) -> bool:
    """
    Whether every situation in the box lies in one of the others.

    Exact, by cutting away one box after the other; boxes that do not touch what is left cost nothing.
    """
    touching = [other for other in by if touch(box, other)]
    if not touching:
        return False
    widest = min(touching, key=len)
    rest = [other for other in touching if other is not widest]
    return all(covered(piece, rest) for piece in _without(box, widest))


def _without(box: Box, cut: Box) -> Iterator[Box]:
    """Yield boxes that make up what is left of the box, one for each fact on which they part."""
    left = dict(box)
    for name, allowed in cut.items():
        had = left.get(name, frozenset(speakable(BY_NAME[name])))
        if had - allowed:
            yield {**left, name: had - allowed}
        left[name] = had & allowed
