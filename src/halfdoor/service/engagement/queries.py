"""Reading the library, and what was offered. Every function says who is reading."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from halfdoor.service.accounts.models import Account
from halfdoor.service.accounts.queries import known_by_ids
from halfdoor.service.core.prepared import Prepared
from halfdoor.service.disclosures import gate
from halfdoor.service.engagement.library import SHELVES, NoSuchPiece, Piece, piece_of, shelf_of
from halfdoor.service.engagement.models import Offer
from halfdoor.service.people import queries as people
from halfdoor.service.people.choices import Relation
from halfdoor.service.people.models import Membership, YoungPerson

STANDS_FOR = timedelta(days=60)
"""How long an offer stands on somebody's first page."""

_AT_ONCE = 3


@dataclass(frozen=True, slots=True)
class Shelf:
    """A shelf as it is read: its title (empty: one's own), and its pieces."""

    title: str
    pieces: tuple[Piece, ...]


def library_of(reader: Account) -> tuple[Shelf, ...]:
    """Return the shelves that somebody may read: one's own; for staff who see families, all of them."""
    own = shelf_of(reader.role)
    if reader.role in SHELVES:
        return (Shelf("", own),)
    return tuple(Shelf(str(title), shelf_of(audience)) for audience, title in SHELVES.items())


def offered_to(member: Membership, *, reader: Account, at: datetime) -> tuple[Piece, ...]:
    """Return what was offered lately to whoever reads, the newest first, each once; nothing to anybody else."""
    if member.person.account_id != reader.pk:
        return ()
    about = reader.practice_id, member.pk
    return _lately(_TO_MEMBER.ask(Offer, *about, at - STANDS_FOR), reader=reader)


def offered_to_me(young_person: YoungPerson, *, reader: Account, at: datetime) -> tuple[Piece, ...]:
    """Return what was offered lately to the young person whose page it is."""
    about = reader.practice_id, reader.pk, young_person.pk
    return _lately(_TO_ME.ask(Offer, *about, at - STANDS_FOR), reader=reader)


def _to_member(practice: UUID, member: UUID, since: datetime) -> QuerySet[Offer, Any]:
    rows = Offer.objects.filter(practice=practice, membership=member, offered_at__gt=since)
    return rows.order_by("-offered_at", "-id").values_list("piece")


def _to_me(practice: UUID, reader: UUID, young_person: UUID, since: datetime) -> QuerySet[Offer, Any]:
    own = people.own_places(known_by_ids(practice, reader)).filter(young_person=young_person).values("pk")
    rows = Offer.objects.filter(practice=practice, membership__in=own, offered_at__gt=since)
    return rows.order_by("-offered_at", "-id").values_list("piece")


_TO_MEMBER = Prepared(_to_member, UUID, UUID, datetime)
_TO_ME = Prepared(_to_me, UUID, UUID, UUID, datetime)


def _lately(offered: Iterable[tuple[str]], *, reader: Account) -> tuple[Piece, ...]:
    slugs = dict.fromkeys(slug for (slug,) in offered)
    return tuple(_still_there(reader.role, slugs))[:_AT_ONCE]


def can_be_offered(young_person: YoungPerson, *, reader: Account, at: datetime) -> list[tuple[Membership, list[Piece]]]:
    """
    Return to a clinician of the circle who in it reads pages of their own, with what can be offered to each.

    Whoever may not know that there is care at all is not among them: they have no page on which it could stand.
    """
    circle = [one for one in people.circle_of(young_person, reader=reader) if one.relation not in people.CLINICIANS]
    accounts = Account.objects.filter(practice=reader.practice_id).in_bulk([one.person.account_id for one in circle])
    found = []
    for member in circle:
        account = accounts.get(member.person.account_id)
        if account and (member.relation == Relation.SELF or gate.may_know_of_care(member, at=at)):
            found.append((member, [piece for piece in shelf_of(account.role) if not piece.tells]))
    return found


def _still_there(role: str, slugs: Iterable[str]) -> Iterator[Piece]:
    for slug in slugs:
        try:
            yield piece_of(role, slug)
        except NoSuchPiece:
            continue
