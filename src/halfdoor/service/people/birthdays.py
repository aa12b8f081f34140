"""Which birthdays come soon. At which ages rights change, the rules know; whoever asks brings those ages along."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache, reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from halfdoor.service.accounts.models import Account
from halfdoor.service.accounts.queries import known_by_ids
from halfdoor.service.core import chain
from halfdoor.service.core.prepared import Prepared
from halfdoor.service.people import actions, queries
from halfdoor.service.people.facts import age_on, day_in
from halfdoor.service.people.models import BirthdayTalk, YoungPerson

AHEAD = timedelta(days=60)
"""How long before a birthday it is told."""
_A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Birthday:
    """The day on which somebody turns so old."""

    on: date
    age: int


@dataclass(frozen=True, slots=True)
class Near:
    """A young person whose birthday comes, as far as a list names them."""

    pk: UUID
    name: str
    birthday: Birthday


def next_of(born_on: date | None, *, ages: Collection[int], today: date) -> Birthday | None:
    """Return the next birthday in the time ahead, today included, if it is one of these ages."""
    found = near(born_on, today=today)
    return found if found and found.age in ages else None


def near(born_on: date | None, *, today: date) -> Birthday | None:
    """Return the next birthday in the time ahead, today included, of whatever age."""
    now = age_on(born_on, today - timedelta(days=1))
    if born_on is None or now is None:
        return None
    on = _birthday(born_on, born_on.year + now + 1)
    return Birthday(on, now + 1) if today <= on <= today + AHEAD else None


def coming(clinician: Account, *, ages: Collection[int], at: datetime) -> list[Near]:
    """Return the birthdays that come in a clinician's circles and were not gone through yet, the next one first."""
    today, spans = day_in(clinician.practice, at=at), sorted(ages)
    days = [day for age in spans for day in _born_for(age, today)]
    found = [
        Near(pk, name or _("erased"), birthday)
        for pk, name, born_on, talked_of in _born(len(spans)).ask(
            YoungPerson, clinician.practice_id, clinician.pk, *days
        )
        if (birthday := next_of(born_on, ages=ages, today=today)) and birthday.age > (talked_of or 0)
    ]
    return sorted(found, key=lambda one: (one.birthday.on, one.name))


def _born_for(age: int, today: date) -> tuple[date, date]:
    """Return between which days somebody was born who turns so old in the time ahead; a day more for 29 February."""
    return _birthday(today, today.year - age) - _A_DAY, _birthday(today + AHEAD, (today + AHEAD).year - age) + _A_DAY


@cache
def _born(spans: int) -> Prepared:
    """Return the question who of a clinician's young people was born in one of so many spans of days."""

    def build(practice: UUID, clinician: UUID, *days: date) -> QuerySet[YoungPerson, Any]:
        talks = BirthdayTalk.objects.filter(practice=OuterRef("practice"), young_person=OuterRef("pk"))
        within = (Q(born_on__range=span) for span in zip(days[::2], days[1::2], strict=True))
        rows = queries.young_people_of(known_by_ids(practice, clinician)).filter(reduce(or_, within, Q(pk__in=())))
        rows = rows.annotate(talked_of=Subquery(talks.order_by("-age").values("age")[:1]))
        return rows.values_list("pk", "person__name", "born_on", "talked_of")

    return Prepared(build, UUID, UUID, *[date] * (2 * spans))


def talked_about(young_person: YoungPerson, birthday: Birthday, *, reader: Account) -> bool:
    """Whether a birthday was gone through, to a clinician of the circle."""
    mine = queries.is_clinician_of(young_person, reader=reader)
    rows = BirthdayTalk.objects.filter(practice=young_person.practice_id, young_person=young_person, age=birthday.age)
    return mine and rows.exists()


@transaction.atomic
def talk_about(young_person: YoungPerson, birthday: Birthday, *, words: str, by: Account, at: datetime) -> BirthdayTalk:
    """Put on record that a birthday was gone through with the young person, and what they said. Once is enough."""
    stands = BirthdayTalk.objects.filter(practice=young_person.practice_id, young_person=young_person, age=birthday.age)
    if (before := stands.first()) is not None:
        return before
    talk = BirthdayTalk(
        practice=young_person.practice, young_person=young_person, age=birthday.age, talked_at=at, talked_by=by
    )
    talk.words = words
    talk.save(force_insert=True)
    chain.append(by.practice, actions.line("birthday_talked_about", young_person, by, row=talk.pk), at=at)
    return talk


def _birthday(born_on: date, year: int) -> date:
    """Return the birthday in a year; of somebody born on 29 February it is 1 March in other years."""
    try:
        return born_on.replace(year=year)
    except ValueError:
        return date(year, 3, 1)
