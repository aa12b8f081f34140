"""Esme Okafor: whether she can decide was looked at three times, about one thing at a time."""

from datetime import datetime

from halfdoor.service.accounts.models import Account, Role
from halfdoor.service.disclosures import packs
from halfdoor.service.people import actions as people
from halfdoor.service.people import birthdays
from halfdoor.service.people.choices import Competence, Identity, Level, Relation
from halfdoor.service.people.models import CompetenceAssessment, IdentityCheck
from halfdoor.service.portals.demo.circles import Around, Circle, Invented, put_on_record
from halfdoor.service.portals.demo.staff import Staff
from halfdoor.service.portals.demo.stories.parts import DAY, MONTH, themselves


def can_decide(name: str, staff: Staff, at: datetime) -> None:
    """One assessment has lapsed, one found that she cannot yet, one holds for some days more. Soon she is older."""
    parents = (
        Around(name="Ngozi Okafor", relation=Relation.PARENT, level=Level.SHARED, role=Role.CAREGIVER),
        Around(name="Chidi Okafor", relation=Relation.PARENT, level=Level.SHARED),
    )
    told = {Relation.PARENT: ("existence_of_care", "attendance", "scheduling", "progress")}
    esme = Invented(name=name, age=13, signs_in=True, told=told, around=parents)
    by = staff.therapist
    circle = put_on_record(esme, clinicians=staff.clinicians(), at=at - 14 * MONTH)
    seen = IdentityCheck(membership=themselves(circle), outcome=Identity.VERIFIED, effective_on=(at - MONTH).date())
    people.record(seen, evidence="Her school card, seen here. We know her.", by=by, at=at - MONTH)
    _found(circle, "themes", Competence.COMPETENT, 200, 20, "She weighed it aloud, both ways.", by=by, at=at)
    _found(circle, "diagnosis", Competence.NOT_COMPETENT, 120, -245, "She would say yes to please me.", by=by, at=at)
    _found(circle, "goals_and_plan", Competence.COMPETENT, 90, -9, "She wrote them down herself.", by=by, at=at)
    _almost_older(circle, by=by, at=at)


def _found(
    circle: Circle, category: str, outcome: Competence, ago: int, lapsed: int, why: str, *, by: Account, at: datetime
) -> None:
    then = at - ago * DAY
    row = CompetenceAssessment(
        young_person=circle.young_person,
        outcome=outcome,
        category=category,
        effective_on=then.date(),
        lapses_on=(at - lapsed * DAY).date(),
    )
    people.record(row, evidence=why, by=by, at=then)


def _almost_older(circle: Circle, *, by: Account, at: datetime) -> None:
    """Move her birthday to eleven days from now, and talk about what it changes."""
    day = (at + 11 * DAY).date()
    born_on = day.replace(year=day.year - 14, day=min(day.day, 28))
    people.correct_birthday(circle.young_person, born_on=born_on, because="Seen on her passport", by=by, at=at - MONTH)
    circle.young_person.refresh_from_db()
    ages = packs.ages_that_matter(by.practice, at=at)
    coming = birthdays.next_of(born_on, ages=ages, today=at.date())
    if coming is not None and coming.on <= (at + MONTH).date():
        words = "From then on she is asked about more herself. She would like her mother to hear it from her."
        birthdays.talk_about(circle.young_person, coming, words=words, by=by, at=at - 2 * DAY)
