"""
A copy of the record for somebody of the circle: asked for at their door, let go by a clinician who made sure who it is,
and put together only when it is fetched, by the gate, item by item: what they may not have then is not in it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from halfdoor.service.accounts.models import Account
from halfdoor.service.core import chain, stamps
from halfdoor.service.disclosures import gate
from halfdoor.service.disclosures.answers import Released
from halfdoor.service.disclosures.models import Item
from halfdoor.service.people import queries as people
from halfdoor.service.people.actions import lock_sharing
from halfdoor.service.people.choices import Identity
from halfdoor.service.people.facts import day_in
from halfdoor.service.people.models import IdentityCheck, Membership
from halfdoor.service.records.actions import NotNow, NotTheirs, line, note_what_waits
from halfdoor.service.records.choices import Outcome
from halfdoor.service.records.models import CopyAsked, CopySettled

OPEN_FOR = timedelta(days=14)
"""How long a copy can be fetched once a clinician has let it go."""


@dataclass(frozen=True, slots=True)
class Asked:
    """How it stands with the newest copy that somebody asked for: nothing yet, waiting, to be fetched, or talked of."""

    row: CopyAsked | None
    settled: CopySettled | None
    at: datetime

    @property
    def waits(self) -> bool:
        return self.row is not None and self.settled is None

    @property
    def is_open(self) -> bool:
        return self.settled is not None and self.settled.outcome == Outcome.AGREED and self.at < self.settled.until_at

    @property
    def is_to_be_talked_of(self) -> bool:
        return self.settled is not None and self.settled.outcome == Outcome.DROPPED


def newest(member: Membership, *, at: datetime) -> Asked:
    """Return how it stands with the copy that a member of the circle asked for last."""
    rows = CopyAsked.objects.filter(practice=member.practice_id, membership=member).order_by("-asked_at", "-id")
    row = rows.first()
    settled = CopySettled.objects.filter(practice=member.practice_id, asked=row).first() if row else None
    return Asked(row, settled, at)


@transaction.atomic
def ask(member: Membership, *, by: Account, at: datetime) -> CopyAsked:
    """
    Ask for a copy. Nothing goes by that.

    :raises NotNow: if one waits, or can be fetched
    """
    at = lock_sharing(member.young_person, at=at)
    there = newest(member, at=at)
    if there.waits or there.is_open:
        raise NotNow(_("You have asked already."))
    row = CopyAsked.objects.create(
        practice=member.practice, young_person=member.young_person, membership=member, asked_at=at, asked_by=by
    )
    chain.append(by.practice, line("copy_asked", member.young_person, by, membership=member.pk, copy=row.pk), at=at)
    note_what_waits(by.practice_id)
    return row


@transaction.atomic
def settle(asked: CopyAsked, outcome: Outcome, *, by: Account, at: datetime) -> CopySettled:
    """
    Let a copy be fetched for some days, or talk with whoever asked first.

    :raises NotTheirs: for anybody but a clinician of the circle
    :raises NotNow: if it is settled, or it is not on record that somebody made sure who asked
    """
    if not people.is_clinician_of(asked.young_person, reader=by):
        raise NotTheirs("Only a clinician of the circle lets a copy go.")
    at = lock_sharing(asked.young_person, at=at)
    if not CopyAsked.objects.filter(practice=by.practice, pk=asked.pk).waiting().exists():
        raise NotNow(_("This is settled already."))
    if outcome == Outcome.AGREED and not is_known(asked.membership, at=at):
        raise NotNow(_("It is not on record that somebody made sure who this is. Record it in the circle of care."))
    row = CopySettled.objects.create(
        practice=by.practice, asked=asked, outcome=outcome, until_at=at + OPEN_FOR, settled_at=at, settled_by=by
    )
    said = line(f"copy_{outcome}", asked.young_person, by, membership=asked.membership_id, copy=asked.pk)
    chain.append(by.practice, said, at=at)
    note_what_waits(by.practice_id)
    return row


def is_known(member: Membership, *, at: datetime) -> bool:
    """Whether the newest word on record is that somebody made sure who this is."""
    today = day_in(member.practice, at=at)
    rows = IdentityCheck.objects.filter(practice=member.practice_id, membership=member, effective_on__lte=today)
    last = rows.order_by("-effective_on", "-recorded_at", "-id").first()
    lapsed = last is not None and last.lapses_on is not None and last.lapses_on <= today
    return last is not None and last.outcome == Identity.VERIFIED and not lapsed


class Copied(NamedTuple):
    """What is in a copy, and the stamp of the line that says that it was fetched."""

    items: tuple[Released, ...]
    stamp: str


def fetch(member: Membership, *, by: Account, at: datetime) -> Copied:
    """
    Return everything that the gate lets this member have now, oldest first, each with its line in the ledger.

    :raises NotReleased: if nobody let a copy go, or its days are over
    """
    there = newest(member, at=at)
    if not there.is_open or there.row is None:
        raise gate.NotReleased
    found: list[Released] = []
    number, more = 1, True
    while more:
        page = gate.shareable_with(member, Item.objects.all(), order=gate.Order.OLDEST, page=number, at=at)
        found += page.items
        number, more = number + 1, page.has_next
    with transaction.atomic():
        said = line("copy_fetched", member.young_person, by, membership=member.pk, copy=there.row.pk)
        entry = chain.append(by.practice, said, at=at)
    return Copied(tuple(found), stamps.of_line(entry))


def copy_of(reader: Account, copy_id: UUID) -> CopyAsked:
    """
    Return a copy that was asked for to a clinician of the circle.

    :raises CopyAsked.DoesNotExist: if they are none, or there is none of this id
    """
    rows = CopyAsked.objects.filter(practice=reader.practice_id, young_person__in=people.young_people_of(reader))
    return rows.select_related("membership__person__account", "young_person__person", "young_person__practice").get(
        pk=copy_id
    )
