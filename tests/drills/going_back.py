"""
The way back: a copy from before is put back, and whoever puts it back is killed at each step.

In the copy a young person's wish is yes and her mother is signed in; afterwards it is no. A child runs `halfdoor
restore` and is killed at its n-th step (`stepping`). Then the service begins as it always does. Either it refuses to
serve at all, or the database is the old one, whole, or the copy with its doors shut, what was forgotten on record, and
nobody signed in. The same command, run again, ends with the last. The control takes away the word that says a restore
was begun.

The proof that goes before, which changes nothing, is left out: the copy was proved.
"""

from collections import Counter
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from tests.drills.ground import Ground, is_sound, let_go_of_the_database, moment
from tests.drills.stepping import empty, evenly, kept, killed_at, state_of, steps_of, with_the_servers_tools

STEPS, CONTROLS = 1_000, 200


@pytest.mark.reliability("R11", "R4")
@pytest.mark.abuse("F3", "F6")
def drill(ground: Ground) -> None:
    """Kill restores."""
    from halfdoor.service.core import copies, restoring

    with_the_servers_tools()
    copy = let_her_change_her_mind(ground)
    copies.prove = lambda *_: []
    if ground.database == "postgres":
        empty(ground)  # there a copy goes into an empty database, and the old one stays where it is
    with kept(ground, "old") as lay:
        ends, wrong, count, many = killed_often(ground, lay, copy, ground.many(STEPS, least=30))
        ground.found(
            "R11",
            f"a copy put back with `halfdoor restore`: kill -9 at {many} of its {count:,} steps, and run again",
            target="shut, or the old whole, or the copy with what it forgot on record; run again: the last",
            found=f"{ends['shut']} shut, {ends['old']} the old, {ends['back']} the copy, {ends['between']} between; "
            f"run again {wrong} wrong",
            met=not wrong and not ends["between"] and min(ends["shut"], ends["old"]) > 0,
        )
        restoring.begun = lambda: ""
        ends, _, _, many = killed_often(ground, lay, copy, ground.many(CONTROLS, least=30), again=False)
        ground.found(
            "R11",
            f"the same at {many} steps, without the word that says a restore was begun (control)",
            target="some served between",
            found=f"{ends['between']} between",
            met=ends["between"] > 0,
        )


def let_her_change_her_mind(ground: Ground) -> Path:
    """Let Amina say yes, make a copy, and let her say no."""
    from halfdoor.service.agreements import actions as agreements
    from halfdoor.service.agreements.choices import WishSource, WishValue
    from halfdoor.service.core import copies, operating
    from tests.doors import signed_in
    from tests.people import amina_and_her_family

    family = amina_and_her_family()

    def says(value: WishValue) -> None:
        told: dict[str, Any] = {"source": WishSource.TOLD_THERAPIST, "about": family.sara, "category": "progress"}
        agreements.wish(family.amina, value=value, **told, by=family.ruth, at=moment())

    says(WishValue.AGREES)
    signed_in(family.sara.person.account)
    with operating.as_owner():
        copy = copies.take(ground.folder / "copies", at=moment())
    says(WishValue.OBJECTS)
    let_go_of_the_database()
    return copy


def restore(copy: Path) -> None:
    from django.core.management import call_command

    call_command("restore", copy, replace=True, stdout=StringIO())


def killed_often(
    ground: Ground, lay: Callable[[], None], copy: Path, some: int, *, again: bool = True
) -> tuple[Counter[str], int, int, int]:
    """Kill it at some of its steps; return how it was left, how often wrong at the end, and of how many steps."""
    lay()
    old = state_of(ground)
    count, committed = steps_of(lambda: restore(copy))
    last = committed[-1] + 1
    steps = evenly(last, some) + evenly(count, 1 + some // 10, first=last + 1)
    ends, wrong = Counter[str](), 0
    for step in steps:
        lay()
        killed_at(step, lambda: restore(copy))
        left = "old" if state_of(ground) == old and not is_begun() else how_it_begins()
        ends[left] += 1
        let_go_of_the_database()
        if again and left != "back":
            restore(copy)
            wrong += how_it_begins() != "back" or bool(is_sound())
            let_go_of_the_database()
    return ends, wrong, count, len(steps)


def is_begun() -> bool:
    from halfdoor.service.core import restoring

    return bool(restoring.begun())


def how_it_begins() -> str:
    """Begin as the service does, and return whether it is shut, back with all that was forgotten, or between."""
    from django.contrib.sessions.models import Session

    from halfdoor.service.core import clock, fitting
    from halfdoor.service.core.models import Practice
    from halfdoor.service.disclosures.gaps import actions as gaps
    from halfdoor.service.disclosures.models import LostLine

    try:
        fitting.must_fit()
    except fitting.NotOfThisVersion:
        return "shut"
    gaps.compare_all(at=clock.now())
    is_shut = Practice.objects.filter(doors_shut=True).exists()
    forgot = any(line.kind == "agreements.wish" for line in LostLine.objects.all())
    return "back" if is_shut and forgot and not Session.objects.exists() else "between"
