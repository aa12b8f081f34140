"""
Drawing what is hidden: which things, how many, when, in which words, before the viewer comes and between their steps.

``make test`` looks at one example behind each door, ``make check`` at five, the same each time; ``make assault`` at two
hundred, others.
"""

import os
from collections.abc import Iterable
from dataclasses import replace

from hypothesis import strategies as st

from tests.worlds.hidden import WORDS, Hidden, elsewhere, near
from tests.worlds.kinds import KINDS
from tests.worlds.viewers import Viewer

EXAMPLES = int(os.environ.get("HALFDOOR_WORLDS", "1"))
"""How many examples are looked at behind each door."""

IS_ASSAULT = EXAMPLES > 5
PLANS = (1, 2, 3, 0) if IS_ASSAULT else (1,)
MOST = 2 if IS_ASSAULT else 1
_STEPS = 60


def hidden_from(viewer: Viewer) -> st.SearchStrategy[tuple[Hidden, ...]]:
    """Return what can be hidden from somebody, in any number and order: near them, and elsewhere."""
    kinds = [*((name, True) for name in near(viewer)), *((name, False) for name in elsewhere(viewer))]
    earlier = st.tuples(st.integers(1, 400), st.none())
    between = st.tuples(st.just(1), st.integers(0, _STEPS))

    def one(drawn: tuple[tuple[str, bool], str, tuple[int, int | None]]) -> Hidden:
        (kind, is_near), words, (hours_ago, step) = drawn
        return Hidden(kind, is_near, words, hours_ago - 0.5, step)

    each = st.tuples(st.sampled_from(kinds), st.sampled_from(WORDS), earlier | between).map(one)
    drawn = st.lists(each, min_size=6, max_size=12, unique_by=lambda each: (each.kind, each.is_near))
    return drawn.map(in_an_order_that_can_happen)


def in_an_order_that_can_happen(drawn: Iterable[Hidden]) -> tuple[Hidden, ...]:
    """Let what cannot happen any more after another thing change places with it, so that each world can come to be."""
    hidden = list(drawn)
    places = {(one.kind, one.is_near): place for place, one in enumerate(hidden)}

    def when(place: int) -> tuple[int, float, int]:
        one = hidden[place]
        return (0, -one.hours_ago, place) if one.between is None else (1, one.between, place)

    for (kind, is_near), late in places.items():
        early = places.get((KINDS[kind].until, is_near))
        if early is not None and when(early) < when(late):
            hidden[early], hidden[late] = (
                replace(hidden[early], kind=kind),
                replace(hidden[late], kind=KINDS[kind].until),
            )
    return tuple(hidden)
