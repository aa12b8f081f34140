"""Today, and a young person's page: what clinicians read."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.paginator import Page
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from halfdoor.service.accounts.models import Account, Role
from halfdoor.service.people import facts, sign_ins
from halfdoor.service.people import queries as people
from halfdoor.service.people.choices import Answer, Identity, LegalBasis, Level, Relation
from halfdoor.service.people.models import Membership, YoungPerson
from halfdoor.service.portals.queries.waiting import Waiting, waiting_for
from halfdoor.service.requests.queries.clinicians import page_of_requests, who_asked
from halfdoor.service.requests.words import TOPICS
from halfdoor.service.web import sections
from halfdoor.service.web.sections import Section

_MANY_NAMES = 15


@dataclass(frozen=True, slots=True)
class Today:
    """What is waiting for a clinician, and their young people, each a page at a time. A lead reads it as the board."""

    day: date
    is_board: bool
    waiting: Waiting
    young_people: Page[YoungPerson]

    @property
    def folds_names(self) -> bool:
        """Whether so many names lie below a board that they are folded: it is read for what waits."""
        return self.is_board and self.young_people.paginator.count > _MANY_NAMES


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in the circle of care, and what is on record about them, in words."""

    name: str
    relation: str
    authority: str
    identity: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A request in the list of a young person's page."""

    pk: UUID
    who: str
    topic: str
    at: datetime


@dataclass(frozen=True, slots=True)
class File:
    """A young person's page: what is on record about them as (term, words), their circle, and who has asked."""

    young_person: YoungPerson
    facts: tuple[tuple[str, str], ...]
    circle: tuple[Member, ...]
    requests: tuple[Asked, ...]
    page: Page[Any]
    sections: tuple[Section, ...]


def today(clinician: Account, *, page: str, waiting: str = "1", at: datetime) -> Today:
    """Return what waits for a clinician, the earliest promise first, and the young people whose circle they are in."""
    return Today(
        day=facts.day_in(clinician.practice, at=at),
        is_board=clinician.role == Role.LEAD,
        waiting=waiting_for(clinician, page=waiting, at=at),
        young_people=sign_ins.with_new_ways_in(clinician, page=page, at=at),
    )


def file_of(young_person: YoungPerson, *, page: str = "1", reader: Account, at: datetime) -> File:
    """Return a young person's page to a clinician of their circle."""
    circle = facts.load(young_person, at=at)
    members = people.circle_of(young_person, reader=reader)
    requests = page_of_requests(young_person, page=page, reader=reader)
    return File(
        young_person=young_person,
        facts=tuple(_about(young_person, circle)),
        circle=tuple(_member(one, circle.of_member(one)) for one in members if one.relation != Relation.SELF),
        requests=tuple(Asked(one.pk, who_asked(one), str(TOPICS[one.category]), one.received_at) for one in requests),
        page=requests,
        sections=sections.of("file", young_person, reader=reader, at=at),
    )


def _about(young_person: YoungPerson, circle: facts.Circle) -> list[tuple[str, str]]:
    known = circle.of_young_person("")
    age, episode = known.get("age"), people.current_episode(young_person, on=circle.today)
    about = [(_("Age"), ngettext("%d year", "%d years", int(age)) % age if age is not None else _("not known"))]
    if episode is not None:
        basis = str(circle.of_episode(episode.pk).get("legal_basis", LegalBasis.UNKNOWN))
        about += [
            (_("Care"), str(episode.get_setting_display())),
            (_("How it was agreed"), str(LegalBasis(basis).label)),
        ]
    return about


def _member(member: Membership, known: facts.Facts) -> Member:
    notes = []
    if known.get("order") or known.get("authority") == Level.LIMITED_BY_ORDER:
        notes.append(_("A court order limits what may be told."))
    if known.get("suspected_of_harm") == Answer.YES:
        notes.append(_("Suspected of harm. Do not alert them."))
    return Member(
        name=member.person.name,
        relation=str(member.get_relation_display()),
        authority=str(Level(str(known.get("authority", Level.UNKNOWN))).label),
        identity=str(Identity(str(known.get("identity", Identity.UNVERIFIED))).label),
        notes=tuple(notes),
    )
