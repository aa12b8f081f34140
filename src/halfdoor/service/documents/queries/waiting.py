"""What papers ask of somebody: to answer one; of staff, to sign beside somebody and to read a paper again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from halfdoor.service.accounts.models import Account
from halfdoor.service.accounts.queries import known_by_ids
from halfdoor.service.core.prepared import Prepared
from halfdoor.service.documents.choices import Kind, Party, party_of
from halfdoor.service.documents.models import Asking, Signing, Version
from halfdoor.service.documents.queries import answers, library
from halfdoor.service.people import queries as people
from halfdoor.service.people.facts import day_in
from halfdoor.service.people.models import Membership, YoungPerson
from halfdoor.service.web import addresses
from halfdoor.service.web.due import Due


def due_for(reader: Account, *, at: datetime) -> list[Due]:
    """Return what waits for whoever reads: the signatures of a clinician, the reviews of who keeps the papers."""
    beside = [
        Due(
            addresses.of("documents:signed", one.pk),
            _("%(name)s signed: %(paper)s")
            % {"name": one.membership.person.name, "paper": one.version.get_kind_display()},
            _("It waits for your signature beside it"),
        )
        for one in answers.to_countersign(reader)
    ]
    again = [
        Due(
            reverse("documents:paper", args=[shelf.kind]),
            str(shelf.kind.label),
            _("A paper of the practice is to be read again"),
            shelf.due_on,
        )
        for shelf in library.reviews_due(reader, at=at)
    ]
    return beside + again


@dataclass(frozen=True, slots=True)
class Waiting:
    """A paper that waits for somebody's answer: what they were asked when, and its title."""

    asking_id: UUID
    asked_at: datetime
    title: str


def waiting_for_family(member: Membership, *, reader: Account, at: datetime) -> tuple[Waiting, ...]:
    """Return what waits for the answer of whoever reads, whose place in a circle they may know of this is."""
    if member.person.account_id != reader.pk or party_of(member.relation) is not Party.CAREGIVER:
        return ()
    today = day_in(reader.practice, at=at)
    return _waiting(_OF_MEMBER.rows(Asking, reader.practice_id, member.pk, today))


def waiting_for_me(young_person: YoungPerson, *, reader: Account, at: datetime) -> tuple[Waiting, ...]:
    """Return what waits for a young person's own answer, to themselves."""
    today = day_in(reader.practice, at=at)
    return _waiting(_OF_ME.rows(Asking, reader.practice_id, reader.pk, young_person.pk, today))


def _of_me(practice: UUID, reader: UUID, young_person: UUID, today: date) -> "QuerySet[Asking]":
    mine = people.own_places(known_by_ids(practice, reader)).filter(young_person=young_person).values("pk")
    return _asked(practice, today).filter(membership__in=mine)


def _asked(practice: UUID, today: date) -> "QuerySet[Asking]":
    """Return askings with what was said to each last, and which version is in force."""
    signed = Signing.objects.own().filter(
        practice=OuterRef("practice"), membership=OuterRef("membership"), version__kind=OuterRef("kind")
    )
    newest = signed.order_by("-signed_at", "-id")
    versions = Version.objects.filter(practice=OuterRef("practice"), kind=OuterRef("kind"), effective_on__lte=today)
    rows = Asking.objects.open().filter(practice=practice)
    rows = rows.annotate(
        said_at=Subquery(newest.values("signed_at")[:1]),
        said_to=Subquery(newest.values("version__number")[:1]),
        said=Subquery(newest.values("answer")[:1]),
        in_force=Subquery(versions.order_by("-number").values("number")[:1]),
    )
    return rows.order_by("asked_at")


_OF_MEMBER = Prepared(
    lambda practice, member, today: _asked(practice, today).filter(membership=member), UUID, UUID, date
)
_OF_ME = Prepared(_of_me, UUID, UUID, UUID, date)


def _waiting(rows: Iterable[Any]) -> tuple[Waiting, ...]:
    """Return those of one person's askings that wait, each paper once, in the order of the shelf."""
    last = {row.kind: row for row in rows if row.in_force is not None}
    shown = (last[kind] for kind in Kind.values if kind in last)
    return tuple(
        Waiting(row.pk, row.asked_at, str(Kind(row.kind).label))
        for row in shown
        if answers.waits(row.asked_at, row.in_force, (row.said_at, row.said_to, row.said) if row.said_at else None)
    )
