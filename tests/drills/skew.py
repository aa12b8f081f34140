"""A wrong clock: by a clock that went back, the gate opens nothing that is closed by the right one."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest

from halfdoor.disclosure.obligations import CODES
from tests.drills.ground import Ground

BACK = (61, 3_600, 86_400, 30 * 86_400, 400 * 86_400)
FORWARD = (1, 30, 59)


@pytest.mark.abuse("F4")
@pytest.mark.reliability("R10")
def drill(ground: Ground) -> None:
    """Ask everything by a clock that lies behind, with the guard and without it."""
    from tests.people import amina_and_her_family

    family, now, items = things_that_ended(amina_and_her_family())
    asked, wider = widened(family, items, now)
    ground.found(
        "R10",
        f"{asked} decisions by a clock {', '.join(str(timedelta(seconds=back)) for back in BACK)} behind the ledger",
        target="0 opened that are closed by the right clock",
        found=f"{wider} opened",
        met=wider == 0 and asked > 0,
        notes="a minute behind the newest line of the practice, nothing goes; a jump ahead cannot be seen",
    )
    with guard_taken_away():
        asked, wider = widened(family, items, now)
    ground.found(
        "R10",
        f"the same {asked} without the guard (control)",
        target="more than 0",
        found=f"{wider} opened",
        met=wider > 0,
    )
    near, wider = widened(family, items, now, by=FORWARD)
    ground.found(
        "R10",
        f"{near} decisions by a clock less than a minute behind",
        target="0 opened",
        found=f"{wider} opened",
        met=wider == 0,
    )


def things_that_ended(family: Any) -> tuple[Any, datetime, list[Any]]:
    """Let consents end, and put another line about somebody else on the ledger a day later."""
    from halfdoor.service.agreements import actions as agreements
    from halfdoor.service.agreements.choices import GivenBy
    from halfdoor.service.notes import actions as notes
    from halfdoor.service.people import actions as people
    from tests.people import EARLIER, NOON

    items = []
    for number, category in enumerate(("themes", "session_summary", "progress", "attendance")):
        agreements.authorize(
            family.tom,
            categories=[category],
            purposes=["support"],
            given_by=GivenBy.CLIENT,
            starts_on=EARLIER.date(),
            ends_on=(NOON - timedelta(days=1 + 7 * number)).date(),
            by=family.ruth,
            at=EARLIER,
        )
        items.append(
            notes.write("It goes well.", episode=family.episode, category=category, by=family.ruth, at=EARLIER)
        )
    people.admit("Somebody Else", born_on=None, by=family.ruth, at=NOON)
    return family, NOON + timedelta(seconds=1), items


def widened(family: Any, items: list[Any], now: datetime, *, by: tuple[int, ...] = BACK) -> tuple[int, int]:
    """Ask each way about each item by the right clock and by each wrong one; count what only the wrong one opens."""
    asked = wider = 0
    for item in items:
        for way in WAYS:
            right = opens(lambda way=way, item=item: way(family, item, now))
            for back in by:
                wrong = opens(lambda way=way, item=item, back=back: way(family, item, now - timedelta(seconds=back)))
                asked, wider = asked + 1, wider + (wrong and not right)
    return asked, wider


def opens(way: Callable[[], Any]) -> bool:
    """Whether a way lets something go; what it wrote is taken back."""
    from django.db import transaction

    from halfdoor.service.core.chain import ClockIsBehind
    from halfdoor.service.disclosures import gate

    with transaction.atomic():
        try:
            with transaction.atomic():
                found = bool(way())
        except (gate.NotReleased, gate.StillToDo, ClockIsBehind):
            found = False
        transaction.set_rollback(True)
    return found


def _listed(family: Any, item: Any, at: datetime) -> bool:
    from halfdoor.service.disclosures import gate
    from halfdoor.service.disclosures.models import Item

    return item.item_id in {one.item_id for one in gate.shareable_with(family.tom, Item.objects.all(), at=at).items}


def _shown(family: Any, item: Any, at: datetime) -> Any:
    from halfdoor.service.disclosures import gate

    return gate.show(family.tom, item.item_id, at=at)


def _released(family: Any, item: Any, at: datetime) -> bool:
    from halfdoor.service.disclosures import gate

    return bool(gate.release(family.tom, item.item_id, done=CODES, by=family.ruth, at=at).went)


WAYS = (_listed, _shown, _released)


@contextmanager
def guard_taken_away() -> Iterator[None]:
    """Let the gate decide by whatever clock, and not after the newest moment of the young person either."""
    from halfdoor.service.core import chain
    from halfdoor.service.people import actions as people

    guard, turn = chain.refuse_clock_behind, people._in_turn
    chain.refuse_clock_behind = lambda *_, **__: None
    people._in_turn = lambda young_person, *, raised_by, at: turn(young_person, raised_by=raised_by, at=at)._replace(
        at=at
    )
    try:
        yield
    finally:
        chain.refuse_clock_behind, people._in_turn = guard, turn
