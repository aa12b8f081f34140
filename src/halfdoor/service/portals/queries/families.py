"""This week, and what was shared with a shift: what caregivers and teams read."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.core.paginator import Page, Paginator

from halfdoor.service.accounts.models import Account
from halfdoor.service.disclosures import gate
from halfdoor.service.people.facts import day_in
from halfdoor.service.people.models import Membership
from halfdoor.service.requests.queries.families import AskedLine, asked_by
from halfdoor.service.requests.words import TOPICS
from halfdoor.service.web import sections
from halfdoor.service.web.sections import Section

_LATEST, _PLACES = 5, 50
_OF_ANY_KIND = ()


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
    """
    What stands for one young person, and all those in whose circle whoever reads knows themselves to be.

    Where none is opened, ``unread`` are the places where something waits that they have not read.
    """

    day: date
    child: Child | None
    places: Page[Membership]
    unread: frozenset[UUID]


def week(
    reader: Account,
    *,
    of: UUID | None = None,
    opens_first: bool = True,
    page: str = "1",
    on: str = "week",
    at: datetime,
) -> Week:
    """
    Return what stands now for whoever reads: for the young person of one of their places, or for the first.

    Of several, one is opened at a time: what was shared about a young person is looked at when somebody wants to read
    about them. Where the first is not to be opened by itself, it is while there is only one.

    :raises Membership.DoesNotExist: if the place is not theirs, or they may not know that there is care at all
    """
    known = gate.known_to(reader, at=at)
    by_id = {member.pk: member for member in known}
    if of is not None and of not in by_id:
        raise Membership.DoesNotExist
    opened = by_id[of] if of else known[0] if known and (opens_first or len(known) == 1) else None
    places = Paginator(known, _PLACES).get_page(page)
    if opened is None:
        return Week(day_in(reader.practice, at=at), None, places, gate.with_something_new(list(places), at=at))
    shown = _child(opened, page=page, with_sections=sections.of(on, opened, reader=reader, at=at), at=at)
    return Week(day_in(reader.practice, at=at), shown, places, frozenset())


def _child(member: Membership, *, page: str, with_sections: tuple[Section, ...], at: datetime) -> Child:
    shared = gate.shareable_with(member, _OF_ANY_KIND, size=_LATEST, at=at)
    return Child(
        membership_id=member.pk,
        name=member.young_person.name,
        shared=tuple(Shared(str(TOPICS[one.category]), one.written_at, one.text) for one in shared.items),
        asked=asked_by(member, page=page),
        sections=with_sections,
    )
