"""Wishes by subject and person, as the young person reads them and as they are asked again."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from halfdoor.service.accounts.models import Account
from halfdoor.service.accounts.queries import known_by_ids
from halfdoor.service.agreements.choices import OFTENEST_DAYS, Topic
from halfdoor.service.agreements.models import AskedAgain, Cadence, Wish
from halfdoor.service.agreements.queries import wishes_by_subject, wishes_of
from halfdoor.service.agreements.queries.consents import recipients_for_me
from halfdoor.service.agreements.words import WAYS
from halfdoor.service.core.models import Practice
from halfdoor.service.core.prepared import Prepared
from halfdoor.service.people import queries as people
from halfdoor.service.people.facts import day_in
from halfdoor.service.people.models import Episode, Membership, YoungPerson
from halfdoor.service.web import addresses
from halfdoor.service.web.due import Due

USUAL_DAYS = 90
"""After how many days a young person is asked again, unless somebody chose otherwise for them."""

_LATEST = 20
_SUBJECTS = tuple(topic for topic in Topic if topic != Topic.NONE)


@dataclass(frozen=True, slots=True)
class Subject:
    """One subject: what was said about it for this person last, and what else could be said."""

    topic: str
    words: str
    said: str
    said_at: datetime | None
    ways: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that was said before: about which subject and whom, what, and when."""

    about: str
    whom: str
    words: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a young person says by subject, about one person or (none) about everybody."""

    me: YoungPerson
    member: Membership | None
    people: tuple[Membership, ...]
    subjects: tuple[Subject, ...]
    before: tuple[Said, ...]
    last_asked_at: datetime | None


def wishes_for_me(reader: Account, membership_id: UUID | None) -> Wishes:
    """
    Return what a young person says by subject, about one person of their circle or about everybody.

    :raises Membership.DoesNotExist: if it is not a young person, or there is no such person in their circle
    """
    members = recipients_for_me(reader)
    member = next((one for one in members if one.pk == membership_id), None)
    if membership_id is not None and member is None:
        raise Membership.DoesNotExist
    me = people.own_membership(reader).young_person
    said = [wish for wish in wishes_of(me, reader=reader) if wish.topic and not wish.category]
    return Wishes(
        me=me,
        member=member,
        people=tuple(members),
        subjects=tuple(_subject(topic, said, membership_id) for topic in _SUBJECTS),
        before=tuple(_said(wish) for wish in said[:_LATEST]),
        last_asked_at=said[0].said_at if said else None,
    )


def _subject(topic: Topic, said: list[Wish], membership_id: UUID | None) -> Subject:
    newest = next((wish for wish in said if wish.topic == topic and wish.membership_id == membership_id), None)
    value = newest.value if newest else ""
    return Subject(
        topic=topic,
        words=str(topic.label),
        said=str(WAYS.get(value, "")) or (str(newest.get_value_display()) if newest else ""),
        said_at=newest.said_at if newest else None,
        ways=tuple((way, str(words)) for way, words in WAYS.items() if way != value),
    )


def _said(wish: Wish) -> Said:
    whom = wish.membership.person.name if wish.membership else _("everybody")
    words = str(WAYS.get(wish.value, "")) or str(wish.get_value_display())
    return Said(str(wish.get_topic_display()), whom, words, wish.said_at)


def subjects_said(young_person: YoungPerson, *, reader: Account) -> list[Said]:
    """Return what a young person said by subject, newest first, to themselves and their clinicians."""
    return [_said(wish) for wish in wishes_by_subject(young_person, reader=reader)]


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often a young person is asked again, when they last were, and when it is due."""

    days: int
    last_at: datetime | None
    due_on: date | None


def rhythm_of(young_person: YoungPerson, *, reader: Account) -> Rhythm:
    """Return the rhythm of one young person to a clinician of their circle."""
    row = next(iter(_RHYTHM_OF.ask(YoungPerson, reader.practice_id, reader.pk, young_person.pk)), None)
    return _rhythm(reader.practice, *row) if row else Rhythm(USUAL_DAYS, None, None)


def due_to_ask(reader: Account, *, at: datetime) -> list[Due]:
    """Return which young people a clinician is to ask again. One query; of whoever was asked lately no row is read."""
    today = day_in(reader.practice, at=at)
    # A moment is a day early at most by the calendar, and one more where the clocks were put forward.
    since = [(at - timedelta(days=days - 2), today - timedelta(days=days)) for days in (USUAL_DAYS, OFTENEST_DAYS)]
    rows = _RHYTHMS.ask(YoungPerson, reader.practice_id, reader.pk, *chain.from_iterable(since))
    found = ((pk, name, _rhythm(reader.practice, *rhythm)) for pk, name, *rhythm in rows)
    return [
        Due(
            addresses.of("agreements:agreements", pk),
            _("Ask %(name)s again what may be told") % {"name": name},
            _("Wishes change; they were last asked some time ago"),
            rhythm.due_on,
        )
        for pk, name, rhythm in found
        if rhythm.due_on and rhythm.due_on <= today
    ]


def _with_rhythm(clinician: Account) -> Any:
    """Return a clinician's young people with when they last said something, were asked, and began."""
    mine = {"practice": OuterRef("practice"), "young_person": OuterRef("pk")}
    wish = Wish.objects.filter(**mine).order_by("-said_at").values("said_at")[:1]
    asked = AskedAgain.objects.filter(**mine).order_by("-asked_at").values("asked_at")[:1]
    cadence = Cadence.objects.filter(**mine).order_by("-set_at", "-id").values("days")[:1]
    began = Episode.objects.filter(**mine).order_by("started_on").values("started_on")[:1]
    return people.young_people_of(clinician).annotate(
        wished_at=Subquery(wish), asked_at=Subquery(asked), cadence=Subquery(cadence), began_on=Subquery(began)
    )


def _rhythms(practice: UUID, clinician: UUID, usual: datetime, began: date, often: datetime, lately: date) -> Any:
    chose = Exists(Cadence.objects.filter(practice=OuterRef("practice"), young_person=OuterRef("pk")))
    rows = _with_rhythm(known_by_ids(practice, clinician))
    rows = rows.exclude(Q(~chose, _asked_since(usual, began)) | Q(chose, _asked_since(often, lately)))
    return rows.values_list("pk", "person__name", *_RHYTHM)


def _asked_since(at: datetime, day: date) -> Q:
    """Whether somebody said something or was asked since a moment, or began after a day and was never asked."""
    mine: Any = {"practice": OuterRef("practice"), "young_person": OuterRef("pk")}
    said, asked = Wish.objects.filter(**mine), AskedAgain.objects.filter(**mine)
    lately = Q(Exists(said.filter(said_at__gt=at))) | Q(Exists(asked.filter(asked_at__gt=at)))
    before = Exists(said) | Exists(asked) | Exists(Episode.objects.filter(**mine, started_on__lte=day))
    return lately | ~Q(before)


_RHYTHMS = Prepared(_rhythms, UUID, UUID, datetime, date, datetime, date)
_RHYTHM = ("wished_at", "asked_at", "cadence", "began_on")


def _rhythm_of(practice: UUID, clinician: UUID, young_person: UUID) -> Any:
    return _with_rhythm(known_by_ids(practice, clinician)).filter(pk=young_person).values_list(*_RHYTHM)


_RHYTHM_OF = Prepared(_rhythm_of, UUID, UUID, UUID)


def _rhythm(
    practice: Practice,
    wished_at: datetime | None,
    asked_at: datetime | None,
    cadence: int | None,
    began_on: date | None,
) -> Rhythm:
    days = cadence or USUAL_DAYS
    last_at = max((moment for moment in (wished_at, asked_at) if moment), default=None)
    since = day_in(practice, at=last_at) if last_at else began_on
    return Rhythm(days, last_at, since + timedelta(days=days) if since else None)
