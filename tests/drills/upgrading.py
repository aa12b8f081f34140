"""
An upgrade that is killed at each step, from the state of the first migrations and from no tables at all.

A database with people in it is taken back to the first migration of each room. A child runs `halfdoor upgrade` and is
killed at its n-th step (`stepping`). What it leaves has to be the old tables and rows or the new ones, never something
between, and the same command, run again, has to end where an undisturbed one ends. The control takes away the one
transaction around it: then Django ends one after each migration, and some step must leave something between.
"""

from contextlib import nullcontext
from io import StringIO
from typing import Any

import pytest

from tests.drills.ground import Ground, a_note, let_go_of_the_database, moment
from tests.drills.stepping import empty, evenly, kept, killed_at, state_of, steps_of, with_the_servers_tools

STEPS, FIRST, CONTROLS = 2_000, 400, 60


@pytest.mark.reliability("R11")
@pytest.mark.abuse("F6")
def drill(ground: Ground) -> None:
    """Kill upgrades."""
    with_the_servers_tools()
    laid = let_people_in(ground)
    rooms = back_to_the_first()
    with kept(ground, "old") as lay_old:
        killed_often(ground, lay_old, laid, f"an upgrade of {rooms}, with people in the tables")
        control(ground, lay_old)
    first = "tables laid for the first time"
    killed_often(ground, lambda: empty(ground), None, first, least=10, full=FIRST)


def let_people_in(ground: Ground) -> str:
    """Let things happen to people, and return how the tables are laid in this version."""
    from halfdoor.service.disclosures import gate
    from halfdoor.service.people import drafts
    from tests.people import amina_and_her_family

    family = amina_and_her_family()
    for _ in range(5):
        gate.release(family.tom, a_note(family).item_id, by=family.ruth, at=moment())
    form = {"form": "reply", "typed": {"words": ["We come on Monday."]}}
    drafts.keep(family.amina, about=family.amina.pk, **form, by=family.sara.person.account, at=moment())
    let_go_of_the_database()
    return state_of(ground)[0]


def back_to_the_first() -> str:
    """Take each room back to its first migration; return how many steps forward there are from there."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    firsts = [key for key, one in MigrationExecutor(connection).loader.disk_migrations.items() if one.replaces]
    for room, name in firsts:
        call_command("migrate", room, name, verbosity=0)
    executor = MigrationExecutor(connection)
    ahead = executor.migration_plan(executor.loader.graph.leaf_nodes())
    let_go_of_the_database()
    return f"{len(ahead)} migrations in {len({one.app_label for one, _ in ahead})} rooms"


def upgrade(ground: Ground) -> None:
    from django.core.management import call_command

    call_command("upgrade", copy_to=ground.folder / "copies", stdout=StringIO())


def killed_often(ground: Ground, lay: Any, laid: str | None, what: str, *, full: int = STEPS, least: int = 30) -> None:
    """Kill it at many steps, look at what is left, and go on."""
    lay()
    old = state_of(ground)
    count, committed = steps_of(lambda: upgrade(ground))
    new, last = state_of(ground), committed[-1] + 1  # from there on it only looks
    steps = evenly(last, ground.many(full, least=least)) + evenly(
        count, ground.many(full // 10, least=3), first=last + 1
    )
    ends = {old: 0, new: 0}
    between, other = [], []
    for step in steps:
        lay()
        killed_at(step, lambda: upgrade(ground))
        left = state_of(ground)
        ends[left] = ends.get(left, 0) + 1
        between += [step] if left not in (old, new) else []
        upgrade(ground)
        let_go_of_the_database()
        other += [step] if state_of(ground) != new else []
    rooms = sorted(ground.folder.glob(".copy-*"))
    ground.found(
        "R11",
        f"{what}: kill -9 at {len(steps)} of its {count:,} steps, and run again",
        target="left with the old tables and rows or the new, then as one that nobody disturbed; nothing unsealed left",
        found=f"{ends[old]} times the old, {ends[new]} the new, {len(between)} between; run again {len(other)} "
        f"differ; {len(rooms)} unsealed copies left" + ("" if laid in (None, new[0]) else "; not as it was first laid"),
        met=not between and not other and not rooms and ends[new] > 0,
        notes="before and after each statement and commit, before each change of a file",
    )


def control(ground: Ground, lay: Any) -> None:
    """Do the same without the one transaction, at what comes right after a commit and evenly between."""
    from django.core.management import CommandError

    from halfdoor.service.core.management.commands import migrate

    whole, migrate._all_or_nothing = migrate._all_or_nothing, nullcontext
    try:
        lay()
        old = state_of(ground)
        _, committed = steps_of(lambda: upgrade(ground))
        new = state_of(ground)
        steps = committed[: ground.many(CONTROLS, least=12)]
        between, stuck = 0, 0
        for step in steps:
            lay()
            killed_at(step, lambda: upgrade(ground))
            between += state_of(ground) not in (old, new)
            try:
                upgrade(ground)
            except CommandError:
                stuck += 1
            let_go_of_the_database()
    finally:
        migrate._all_or_nothing = whole
    ground.found(
        "R11",
        f"the same at {len(steps)} of {len(committed)} commits, as Django does it by itself (control)",
        target="some left between",
        found=f"{between} between; {stuck} of them can never be upgraded again",
        met=between > 0,
    )
