"""One world: what is visible and what is hidden happen in order of time, then the viewer goes through all of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from typing import Any
from unittest.mock import patch
from zoneinfo import ZoneInfo

import time_machine
from django.core import mail
from django.db import connection, transaction
from django.test import Client

from halfdoor.service.accounts.models import Account
from halfdoor.service.core import stamps
from halfdoor.service.messages import actions as messages
from tests.doors import signed_in
from tests.duties import bound_by_releases, said_of_releases
from tests.people import NOON
from tests.worlds import visible
from tests.worlds.cast import Cast, everybody
from tests.worlds.hidden import Hidden
from tests.worlds.observing import Eyes, Seen
from tests.worlds.viewers import Part, Viewer
from tests.worlds.walking import A_STEP, Walk, moment_of


@dataclass(frozen=True, slots=True)
class Example:
    """
    Who looks, by which plan, and what happens in one world alone. ``most`` is how many pages they open that differ only
    in their key.
    """

    viewer: Viewer
    plan: int
    hidden: tuple[Hidden, ...] = ()
    most: int = 1

    @property
    def control(self) -> "Example":
        """The same with nothing hidden."""
        return replace(self, hidden=())


@dataclass(slots=True)
class Looked:
    """What a viewer saw in one world, and how many rows were put there that they may know nothing of."""

    seen: list[Seen] = field(default_factory=list)
    hidden_rows: int = 0

    @property
    def surfaces(self) -> frozenset[str]:
        """What they saw, in names of pages."""
        return frozenset(one.surface for one in self.seen)


def founded() -> Cast:
    """Put on record what every world begins with."""
    cast = everybody()
    for circle in (cast.amina, cast.leo):
        for hours, happens in visible.LONG_SINCE:
            happens(circle, NOON - timedelta(hours=hours))
    return cast


@contextmanager
def standing(example: Example, cast: Cast, looked: Looked) -> Iterator[Client]:
    """Let a world stand as it is when the viewer comes, signed in; it is undone afterwards."""
    with transaction.atomic():
        viewer, mail.outbox = example.viewer, []
        account = viewer.account(cast)
        viewer.before(cast, NOON - timedelta(hours=640))
        _in_order(example, cast, looked)
        account.last_login = NOON
        account.save(update_fields=["last_login"])
        with time_machine.travel(NOON, tick=False):
            client = signed_in(account)
        yield client
        transaction.set_rollback(True)


# On a page a stamp is left out of what is compared (observing.RANDOM). On paper it is drawn and packed, so it has to
# be the same in both worlds before it is drawn. Whether it is the right one: disclosures/tests/test_accounting.py.
_A_STAMP = "stamp+/0" * (stamps.LENGTH // 8)


def look_at(example: Example, cast: Cast) -> Looked:
    """Return everything that the viewer sees in one world: the mail of two evenings, and every page between them."""
    looked, eyes, account = Looked(), Eyes(), example.viewer.account(cast)
    with standing(example, cast, looked) as client, patch.object(stamps, "of_line", lambda _: _A_STAMP):
        with time_machine.travel(NOON, tick=False):
            looked.seen += _mail_to(account, eyes)

        def before(number: int) -> None:
            for one in example.hidden:
                if one.between == number:
                    _hide(one, example.viewer, cast, looked, at=moment_of(number) - A_STEP / 2)

        looked.seen += Walk(client, example.plan, before, example.most, eyes).through(*example.viewer.starts(cast))
        evening = datetime.combine(NOON.date(), time(18), ZoneInfo(account.practice.time_zone))
        with time_machine.travel(evening, tick=False):
            messages.send_round(account.practice, at=evening)
            looked.seen += _mail_to(account, eyes)
        assert bound_by_releases() == said_of_releases(), "what is kept out of accounts is found by its rows"
    return looked


def _in_order(example: Example, cast: Cast, looked: Looked) -> None:
    """Let everything happen that happens before the viewer comes: what is hidden between what is visible."""
    viewer = example.viewer
    around = replace(cast.circle_of(viewer.around), quiet=viewer.other if viewer.part == Part.YOUNG_PERSON else "")
    happenings: list[tuple[float, Any]] = [(hours, happens) for hours, happens in visible.LATELY]
    happenings += [(one.hours_ago, one) for one in example.hidden if one.between is None]
    for hours, happens in sorted(happenings, key=lambda each: -each[0]):
        at = NOON - timedelta(hours=hours)
        if isinstance(happens, Hidden):
            _hide(happens, viewer, cast, looked, at=at)
        else:
            with time_machine.travel(at, tick=False):
                happens(around, at)


def _hide(one: Hidden, viewer: Viewer, cast: Cast, looked: Looked, *, at: datetime) -> None:
    """Let something hidden happen, and count the rows that it leaves."""

    def count(execute: Any, sql: str, *rest: Any) -> Any:
        looked.hidden_rows += sql.startswith("INSERT")
        return execute(sql, *rest)

    with time_machine.travel(at, tick=False), connection.execute_wrapper(count):
        one.happen(viewer, cast, at=at)


def _mail_to(account: Account, eyes: Eyes) -> list[Seen]:
    """Return the mail that came to somebody since this was asked last."""
    came, mail.outbox = mail.outbox, []
    return [eyes.receive(one) for one in came if f"{account.username}@example.org" in one.to]
