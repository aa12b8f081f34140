"""What papers ask of somebody: to answer one; of staff, to sign beside somebody and to read a paper again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from halfdoor.service.accounts.models import Account
from halfdoor.service.documents.choices import Kind, Party, party_of
from halfdoor.service.documents.models import Asking, Signing, Version
from halfdoor.service.documents.queries import answers, library
from halfdoor.service.people import queries as people
from halfdoor.service.people.facts import day_in
from halfdoor.service.people.models import Membership, YoungPerson
from halfdoor.service.web.due import Due


def due_for(reader: Account, *, at: datetime) -> list[Due]:
    """Return what waits for whoever reads: the signatures of a clinician, the reviews of who keeps the papers."""
    beside = [
        Due(
            reverse("documents:signed", args=[one.pk]),
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
    return _waiting(Asking.objects.filter(membership=member), reader=reader, at=at)


def waiting_for_me(young_person: YoungPerson, *, reader: Account, at: datetime) -> tuple[Waiting, ...]:
    """Return what waits for a young person's own answer, to themselves."""
    mine = people.own_places(reader).filter(young_person=young_person).values("pk")
    return _waiting(Asking.objects.filter(membership__in=mine), reader=reader, at=at)


def _waiting(askings: "QuerySet[Asking]", *, reader: Account, at: datetime) -> tuple[Waiting, ...]:
    """Return those of one person's askings that wait, each paper once, in the order of the shelf. One query."""
    signed = Signing.objects.own().filter(
        practice=OuterRef("practice"), membership=OuterRef("membership"), version__kind=OuterRef("kind")
    )
    newest = signed.order_by("-signed_at", "-id")
    today = day_in(reader.practice, at=at)
    versions = Version.objects.filter(practice=OuterRef("practice"), kind=OuterRef("kind"), effective_on__lte=today)
    rows: Iterable[Any] = (
        Asking.objects.open()
        .filter(practice=reader.practice_id, pk__in=askings.values("pk"))
        .annotate(
            said_at=Subquery(newest.values("signed_at")[:1]),
            said_to=Subquery(newest.values("version__number")[:1]),
            said=Subquery(newest.values("answer")[:1]),
            in_force=Subquery(versions.order_by("-number").values("number")[:1]),
        )
        .order_by("asked_at")
    )
    last = {row.kind: row for row in rows if row.in_force is not None}
    shown = (last[kind] for kind in Kind.values if kind in last)
    return tuple(
        Waiting(row.pk, row.asked_at, str(Kind(row.kind).label))
        for row in shown
        if answers.waits(row.asked_at, row.in_force, (row.said_at, row.said_to, row.said) if row.said_at else None)
    )
