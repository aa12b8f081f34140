"""Birthdays that change rights, told ahead: to clinicians as something to do, to the young person, to the family."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from halfdoor.service.accounts.models import Account, Role
from halfdoor.service.disclosures.answers import SharingMap
from halfdoor.service.disclosures.packs import ages_that_matter
from halfdoor.service.people import birthdays as days
from halfdoor.service.people import facts, queries
from halfdoor.service.people.birthdays import Birthday
from halfdoor.service.people.choices import Relation
from halfdoor.service.people.foreseeing import Change
from halfdoor.service.people.models import Membership, YoungPerson
from halfdoor.service.people.settings_of_care import FAMILY
from halfdoor.service.portals.queries.foreseen import between
from halfdoor.service.portals.queries.my_words import IN_MY_WORDS, NOT_ABOUT_ME
from halfdoor.service.requests.words import MY_TOPICS
from halfdoor.service.web import addresses
from halfdoor.service.web.due import Due


@dataclass(frozen=True, slots=True)
class Coming:
    """A birthday that comes, with what changes by what is on record, and whether it was gone through already."""

    young_person: YoungPerson
    birthday: Birthday
    changes: Sequence[Change]
    talked: bool


@dataclass(frozen=True, slots=True)
class MyTurn:
    """What becomes of some kinds of things on my birthday, for one person, in my words."""

    name: str
    topics: tuple[str, ...]
    then: str


@dataclass(frozen=True, slots=True)
class Mine:
    """My birthday, and what changes then."""

    on: date
    age: int
    turns: tuple[MyTurn, ...]


def due_for(account: Account, *, at: datetime) -> Iterator[Due]:
    """Yield the birthdays a clinician prepares with the young people of their circles."""
    if account.role not in (Role.THERAPIST, Role.LEAD):
        return
    ages = ages_that_matter(account.practice, at=at)
    for near in days.coming(account, ages=ages, at=at):
        words = _("%(name)s turns %(age)d") % {"name": near.name, "age": near.birthday.age}
        address = addresses.of("portals:birthday", near.pk)
        why = _("Their rights can change that day. Go through it with them before.")
        yield Due(address, words, why, near.birthday.on)


def coming(young_person: YoungPerson, *, reader: Account, at: datetime) -> Coming | None:
    """Return the next birthday that changes rights, with what changes, to a clinician of the circle."""
    birthday = _next(young_person, at=at)
    if birthday is None:
        return None
    changes = between(young_person, (birthday.on - timedelta(days=1), birthday.on), reader=reader)
    return Coming(young_person, birthday, changes, days.talked_about(young_person, birthday, reader=reader))


@dataclass
class Turning:
    """My next birthday that changes rights, looked for while my map is drawn, and what it turns over."""

    young_person: YoungPerson
    at: datetime
    birthday: Birthday | None = None

    def days(self, ages: Collection[int]) -> Sequence[datetime]:
        """Return noon of the day before and of the day itself; nothing where no such birthday is near."""
        today = facts.day_in(self.young_person.practice, at=self.at)
        self.birthday = days.next_of(self.young_person.born_on, ages=ages, today=today)
        if self.birthday is None:
            return ()
        return [_noon(self.young_person, self.birthday.on - timedelta(days=one)) for one in (1, 0)]

    def mine(self, drawn: Sequence[SharingMap]) -> Mine | None:
        """Return what the maps of these days say in my words, where something changes by wishes and ordinary rules."""
        if self.birthday is None:
            return None
        turns = tuple(_turns(*drawn))
        return Mine(self.birthday.on, self.birthday.age, turns) if turns else None


def _turns(before: SharingMap, after: SharingMap) -> Iterator[MyTurn]:
    then = {row.member.pk: row.answers for row in after.rows}
    for row in before.rows:
        if row.member.relation in (Relation.SELF, *queries.CLINICIANS):
            continue
        alike: dict[str, list[str]] = {}
        for category, was, becomes in zip(before.categories, row.answers, then[row.member.pk], strict=True):
            if was != becomes and category not in NOT_ABOUT_ME:
                alike.setdefault(str(IN_MY_WORDS[str(becomes)]), []).append(str(MY_TOPICS[category]))
        yield from (MyTurn(row.member.person.name, tuple(topics), words) for words, topics in alike.items())


def for_family(member: Membership, *, reader: Account, at: datetime) -> Birthday | None:
    """Return the birthday to whoever brings the young person up. It says nothing of what anybody wishes or may know."""
    return _next(member.young_person, at=at) if member.relation in FAMILY else None


def _next(young_person: YoungPerson, *, at: datetime) -> Birthday | None:
    found = days.near(young_person.born_on, today=facts.day_in(young_person.practice, at=at))
    # Which ages matter follows from the rules in force. Most of the year no birthday is near, and nobody need ask.
    return found if found and found.age in ages_that_matter(young_person.practice, at=at) else None


def _noon(young_person: YoungPerson, day: date) -> datetime:
    return datetime.combine(day, time(12), ZoneInfo(young_person.practice.time_zone))
