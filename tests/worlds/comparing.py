"""Looking at two worlds as one viewer, in as many examples as are wanted, and counting what was really looked at."""

import sys
from collections import Counter
from dataclasses import replace
from functools import cache

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.worlds.cast import Cast
from tests.worlds.drawing import EXAMPLES, IS_ASSAULT, MOST, PLANS, hidden_from
from tests.worlds.hidden import Hidden
from tests.worlds.observing import first_difference
from tests.worlds.surfaces import not_reached
from tests.worlds.viewers import Viewer
from tests.worlds.worlds import Example, Looked, look_at


def compare(viewer: Viewer, cast: Cast) -> None:
    """
    Look at a world with something hidden and at the same world without, again and again.

    :raises AssertionError: if something differs, or if too little was looked at for that to mean anything
    """
    examples, counted = max(1, viewer.share * EXAMPLES // 5), Counter[str]()
    kinds, surfaces = set[tuple[str, bool]](), set[str]()

    @cache
    def control(plan: int) -> Looked:
        return look_at(Example(viewer, plan, most=MOST), cast)

    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        derandomize=not IS_ASSAULT,
        suppress_health_check=list(HealthCheck),
    )
    @given(hidden=hidden_from(viewer), plan=st.sampled_from(PLANS))
    def look(hidden: tuple[Hidden, ...], plan: int) -> None:
        example = Example(viewer, plan, hidden, MOST)
        looked, plain = look_at(example, cast), control(plan)
        differs = first_difference(plain.seen, looked.seen)
        assert not differs, f"{viewer.name}: {differs}\n{_by_themselves(example, plain, cast)}"
        counted.update(worlds=1, rows=looked.hidden_rows, pages=len(looked.seen))
        kinds.update((one.kind, one.is_near) for one in hidden)
        surfaces.update(looked.surfaces)

    look()
    sys.stdout.write(f"{viewer.name}: {dict(counted)}, {len(kinds)} kinds hidden, {len(surfaces)} surfaces\n")
    assert counted["worlds"] >= examples
    assert counted["rows"] >= _ROWS * examples, "almost nothing differed between the worlds"
    assert len(kinds) >= min(_KINDS * examples, 2 * _KINDS), "almost always the same was hidden"
    unseen = sorted(not_reached(viewer, surfaces))
    assert not unseen, f"of these pages {viewer.name} saw nothing: {unseen}"


_ROWS, _KINDS = 10, 6
"""How many rows differ at least in an example on average, and how many kinds of things are hidden."""


def _by_themselves(example: Example, plain: Looked, cast: Cast) -> str:
    """Say which of the hidden things make the difference each by itself."""
    alone = ((one, look_at(replace(example, hidden=(one,)), cast)) for one in example.hidden)
    told = ((one, first_difference(plain.seen, looked.seen)) for one, looked in alone)
    return "\n".join(f"  {one} alone: {differs}" for one, differs in told if differs) or "  only together"
