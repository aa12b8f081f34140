"""This week, and what was shared with a shift: what caregivers and teams read."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.core.paginator import Page

from halfdoor.service.accounts.models import Account
from halfdoor.service.disclosures import gate
from halfdoor.service.disclosures.models import Item
from halfdoor.service.people.facts import day_in
from halfdoor.service.people.models import Membership
from halfdoor.service.requests.queries.families import AskedLine, asked_by
from halfdoor.service.requests.words import TOPICS
from halfdoor.service.web import sections
from halfdoor.service.web.sections import Section

_LATEST = 5


@dataclass(frozen=True, slots=True)
class Shared:
    """Something that was shared with whoever reads: what it is about, when it was written, and its words."""

    topic: str
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Child:
    """One young person, as somebody in their circle sees them: what was shared lately, and one's own questions."""

    membership_id: UUID
    name: str
    shared: tuple[Shared, ...]
    asked: Page[AskedLine]
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Week:
    day: date
    children: tuple[Child, ...]


def week(reader: Account, *, page: str = "1", on: str = "week", at: datetime) -> Week:
    """
    Return what stands now for whoever reads, for each young person in whose circle they know themselves to be.

    ``on`` is the page it stands on: ``week`` for caregivers, ``shift`` for teams.
    """
    known = gate.known_to(reader, at=at)
    children = tuple(
        _child(member, page=page, with_sections=sections.of(on, member, reader=reader, at=at), at=at)
        for member in known
    )
    return Week(day=day_in(reader.practice, at=at), children=children)


def _child(member: Membership, *, page: str, with_sections: tuple[Section, ...], at: datetime) -> Child:
    shared = gate.shareable_with(member, Item.objects.about(member.young_person), size=_LATEST, at=at)
    return Child(
        membership_id=member.pk,
        name=member.young_person.name,
        shared=tuple(Shared(str(TOPICS[one.category]), one.written_at, one.text) for one in shared.items),
        asked=asked_by(member, page=page),
        sections=with_sections,
    )
