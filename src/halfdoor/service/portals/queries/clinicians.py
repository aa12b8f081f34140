"""Today, a young person's page, and the sharing map: what clinicians read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from halfdoor.service.accounts.models import Account
from halfdoor.service.disclosures import gate
from halfdoor.service.disclosures.answers import MapRow
from halfdoor.service.disclosures.choices import Category
from halfdoor.service.people import facts
from halfdoor.service.people import queries as people
from halfdoor.service.people.choices import Answer, Identity, LegalBasis, Level, Relation
from halfdoor.service.people.models import Membership, YoungPerson
from halfdoor.service.requests.outlook import Outlook
from halfdoor.service.requests.queries.clinicians import requests_about, who_asked
from halfdoor.service.requests.words import TOPICS
from halfdoor.service.web import due, sections
from halfdoor.service.web.due import Due
from halfdoor.service.web.sections import Section

_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Today:
    """What is waiting for a clinician, and their young people, each a page at a time."""

    day: date
    waiting: Page[Due]
    young_people: Page[YoungPerson]


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
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """An opened cell of the map: its title, the answer with what to say, and where to go when they ask (or nowhere)."""

    title: str
    outlook: Outlook
    asking: str


@dataclass(frozen=True, slots=True)
class Map:
    """
    The sharing map of one young person on one day, as the map component takes it, with the opened cell if there is
    one.
    """

    young_person: YoungPerson
    day: date
    is_another_day: bool
    kinds: tuple[str, ...]
    rows: tuple[dict[str, Any], ...]
    cell: Cell | None


def today(clinician: Account, *, page: str, waiting: str = "1", at: datetime) -> Today:
    """Return what waits for a clinician, the earliest promise first, and the young people whose circle they are in."""
    return Today(
        day=facts.day_in(clinician.practice, at=at),
        waiting=Paginator(due.of(clinician, at=at), _A_PAGE).get_page(waiting),
        young_people=Paginator(people.young_people_of(clinician), _A_PAGE).get_page(page),
    )


def file_of(young_person: YoungPerson, *, reader: Account, at: datetime) -> File:
    """Return a young person's page to a clinician of their circle."""
    circle = facts.load(young_person, at=at)
    members = people.circle_of(young_person, reader=reader)
    requests = requests_about(young_person, reader=reader)[:_A_PAGE]
    return File(
        young_person=young_person,
        facts=tuple(_about(young_person, circle)),
        circle=tuple(_member(one, circle.of_member(one)) for one in members if one.relation != Relation.SELF),
        requests=tuple(Asked(one.pk, who_asked(one), str(TOPICS[one.category]), one.received_at) for one in requests),
        sections=sections.of("file", young_person, reader=reader, at=at),
    )


def map_of(
    young_person: YoungPerson,
    *,
    day: date | None,
    opened: tuple[UUID, str] | None,
    reader: Account,
    at: datetime,
) -> Map:
    """
    Return who may know what, now or on another day, with one cell opened: (membership, category).

    :raises Membership.DoesNotExist: if the opened cell is nobody's in the circle
    """
    this_day = facts.day_in(young_person.practice, at=at)
    moment = at if day in (None, this_day) else _noon(young_person, day)
    drawn = gate.sharing_map(young_person, reader=reader, at=moment)
    others = [row for row in drawn.rows if row.member.relation != Relation.SELF]
    others.sort(key=lambda row: row.member.relation in people.CLINICIANS)  # who asks stands before who looks up
    return Map(
        young_person=young_person,
        day=day or this_day,
        is_another_day=moment != at,
        kinds=tuple(str(Category(category).label) for category in drawn.categories),
        rows=tuple(_row(row, drawn.categories, day=day if moment != at else None) for row in others),
        cell=_cell(others, opened, reader=reader, at=moment) if opened else None,
    )


def cell_address(member: Membership, category: str, *, day: date | None) -> str:
    """Return where a cell of the map opens."""
    address = reverse("portals:cell", args=[member.young_person_id, member.pk, category])
    return f"{address}?on={day.isoformat()}#cell" if day else f"{address}#cell"


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


def _row(row: MapRow, categories: Sequence[str], *, day: date | None) -> dict[str, Any]:
    return {
        "name": row.member.person.name,
        "relation": row.member.get_relation_display(),
        "cells": [
            {
                "kind": str(Category(category).label),
                "disposition": str(disposition),
                "href": cell_address(row.member, category, day=day),
            }
            for category, disposition in zip(categories, row.answers, strict=True)
        ],
    }


def _cell(rows: list[MapRow], opened: tuple[UUID, str], *, reader: Account, at: datetime) -> Cell:
    member_id, category = opened
    member = next((row.member for row in rows if row.member.pk == member_id), None)
    if member is None or category not in Category:
        raise Membership.DoesNotExist
    return Cell(
        title=_("%(who)s: %(topic)s") % {"who": member.person.name, "topic": Category(category).label},
        outlook=Outlook(gate.usual_question(member, category), reader, at),
        asking=_asking(member, category),
    )


def _asking(member: Membership, category: str) -> str:
    """Return where one goes when this member asks about this; nowhere for clinicians, who look it up themselves."""
    if member.relation in people.CLINICIANS:
        return ""
    return f"{reverse('requests:asking', args=[member.young_person_id])}?who={member.pk}&category={category}"


def _noon(young_person: YoungPerson, day: date) -> datetime:
    return datetime.combine(day, time(12), ZoneInfo(young_person.practice.time_zone))
