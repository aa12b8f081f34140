"""Keeping a circle of care in the demonstration: an event, an assessment, a birthday, a cover, contacts."""

from datetime import datetime, timedelta

from halfdoor.service.accounts.models import Account, Role
from halfdoor.service.people import actions as people
from halfdoor.service.people import covering, events, involving, reaching
from halfdoor.service.people.choices import (
    Competence,
    ContactKind,
    EventKind,
    Part,
    WhyCovered,
    YoungPersonsView,
)
from halfdoor.service.people.models import CompetenceAssessment
from halfdoor.service.portals.demo.circles import Circle, account_of

_SOON = timedelta(days=20)
_LATELY = timedelta(days=40)


def keep(amina: Circle, ivy: Circle, *, by: Account, at: datetime) -> None:
    """Put on record what happened around two of the invented families."""
    _separated(amina, by=by, at=at - _LATELY)
    _assessed(amina, by=by, at=at - _LATELY)
    _turns_eighteen(ivy, by=by, at=at)
    house = ((amina.members["Sara Khan"].person, "khan@example.org"), (amina.young_person.person, "khan+a@example.org"))
    for person, value in house:
        reaching.put_down(person, kind=ContactKind.EMAIL, value=value, by=by, at=at)
    lena = account_of("Lena Vance", Role.LEAD, where=by.practice)
    away = covering.Absence(
        clinician=by,
        cover=lena,
        why=WhyCovered.AWAY,
        starts_on=(at + timedelta(days=10)).date(),
        ends_on=(at + timedelta(days=24)).date(),
    )
    covering.arrange(away, by=by, at=at)


def _separated(amina: Circle, *, by: Account, at: datetime) -> None:
    event = events.Event(
        kind=EventKind.SEPARATION, happened_on=at.date(), evidence="Both parents told us, each by themselves."
    )
    events.record_event(amina.young_person, event, by=by, at=at)
    review = involving.Review(
        part=Part.AGAIN,
        view=YoungPersonsView.WANTS_IT,
        effective_on=at.date(),
        because="Tom wants to go on coming to the family sessions, apart from Sara.",
        words="I want both of them to come. Not on the same day.",
    )
    involving.review_part(amina.members["Tom Reed"], review, by=by, at=at)


def _assessed(amina: Circle, *, by: Account, at: datetime) -> None:
    assessed = CompetenceAssessment(
        young_person=amina.young_person,
        outcome=Competence.COMPETENT,
        category="themes",
        effective_on=at.date(),
        lapses_on=(at + _LATELY + _SOON).date(),
    )
    reasons = "She could say what would follow if her parents knew, and what if they did not, and why she minds."
    people.record(assessed, evidence=reasons, by=by, at=at)


def _turns_eighteen(ivy: Circle, *, by: Account, at: datetime) -> None:
    day = (at + _SOON).date()
    born_on = day.replace(year=day.year - 18) if (day.month, day.day) != (2, 29) else day.replace(year=day.year - 20)
    people.correct_birthday(ivy.young_person, born_on=born_on, because="Seen on her passport", by=by, at=at)
