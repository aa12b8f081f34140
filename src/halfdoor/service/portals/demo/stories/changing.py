"""Families that change: an authority shares, a caseworker follows another, an adoption, a grandmother as guardian."""

from datetime import datetime

from halfdoor.service.accounts.models import Account, Role
from halfdoor.service.people import events, involving
from halfdoor.service.people.choices import (
    Answer,
    EventKind,
    LegalBasis,
    Level,
    LookedAfter,
    Part,
    PlacedBy,
    Relation,
    YoungPersonsView,
)
from halfdoor.service.people.events import Event
from halfdoor.service.people.joining import Joining
from halfdoor.service.people.models import Membership
from halfdoor.service.portals.demo.circles import Around, Circle, Invented, put_on_record
from halfdoor.service.portals.demo.staff import Staff
from halfdoor.service.portals.demo.stories.parts import DAY, MONTH, answers, asks


def adopted(name: str, staff: Staff, at: datetime) -> None:
    """Samir came with his first mother and has new parents now. She keeps what she was told, and hears nothing new."""
    around = (
        Around(name="Amara Okoro", relation=Relation.PARENT, level=Level.FULL),
        Around(name="Hal Jennings", relation=Relation.SOCIAL_WORKER, level=Level.SHARED, needs=Answer.YES),
        Around(name="Marga Lindt", relation=Relation.FOSTER_CARER, needs=Answer.YES),
    )
    told = {Relation.PARENT: ("existence_of_care", "attendance", "progress")}
    samir = Invented(name=name, age=9, basis=LegalBasis.AGENCY_CONSENT, told=told, around=around)
    circle = put_on_record(samir, clinicians=staff.clinicians(), at=at - 20 * MONTH)
    _in_care(circle, by=staff.therapist, at=at)
    _new_parents(circle, by=staff.therapist, at=at - 2 * MONTH)
    joan = Membership.objects.get(young_person=circle.young_person, person__name="Joan Abara")
    by = staff.therapist
    asked = asks(joan, "progress", "We want to do it right. What helps him?", by=by, at=at - 10 * DAY)
    answers(asked, "He asks for help sooner, and he counts on bedtimes. Keep them as they are.", by=by, at=at - 9 * DAY)


def _in_care(circle: Circle, *, by: Account, at: datetime) -> None:
    """The county shares responsibility; half a year later another caseworker follows."""
    young_person, day = circle.young_person, at - 18 * MONTH
    shares = Event(
        kind=EventKind.AUTHORITY_SHARES,
        happened_on=day.date(),
        authorities={circle.members["Amara Okoro"]: Level.SHARED},
        looked_after=LookedAfter.CARE_ORDER,
        placed_by=PlacedBy.OTHER,
        evidence="Order of the family court, seen",
    )
    events.record_event(young_person, shares, by=by, at=day)
    day = at - 12 * MONTH
    since = day.date()
    new = Joining(relation=Relation.SOCIAL_WORKER, since_on=since, name="Tess Moran", level=Level.SHARED)
    follows = Event(
        kind=EventKind.NEW_CASEWORKER,
        happened_on=since,
        leaves=(circle.members["Hal Jennings"],),
        joins=(new,),
        evidence="A letter of the county, and a call with both",
    )
    events.record_event(young_person, follows, by=by, at=day)


def _new_parents(circle: Circle, *, by: Account, at: datetime) -> None:
    since = at.date()
    parents = [
        Joining(relation=Relation.PARENT, since_on=since, name=one, level=Level.FULL)
        for one in ("Joan Abara", "Will Abara")
    ]
    adoption = Event(
        kind=EventKind.ADOPTION,
        happened_on=since,
        authorities={circle.members["Amara Okoro"]: Level.ENDED},
        leaves=(circle.members["Marga Lindt"],),
        joins=parents,
        looked_after=LookedAfter.NOT_LOOKED_AFTER,
        placed_by=PlacedBy.NOT_PLACED,
        evidence="Decree of adoption, seen; a copy is in the paper file",
    )
    events.record_event(circle.young_person, adoption, by=by, at=at)


def his_grandmother_raises_him(name: str, staff: Staff, at: datetime) -> None:
    """Custody changes, then Luca's grandmother becomes his guardian, and his mother takes no part for a while."""
    around = (
        Around(name="Bianca Moretti", relation=Relation.PARENT, level=Level.SHARED, role=Role.CAREGIVER),
        Around(name="Aldo Moretti", relation=Relation.PARENT, level=Level.SHARED),
        Around(name="Nonna Moretti", relation=Relation.RELATIVE),
    )
    told = {Relation.PARENT: ("existence_of_care", "attendance", "progress", "goals_and_plan")}
    luca = Invented(name=name, age=14, told=told, around=around)
    by = staff.colleague
    circle = put_on_record(luca, clinicians=staff.clinicians(of=by), at=at - 16 * MONTH)
    mother, father, grandmother = (circle.members[one.name] for one in around)
    day = at - 10 * MONTH
    custody = Event(
        kind=EventKind.CUSTODY_CHANGE,
        happened_on=day.date(),
        authorities={father: Level.INFORMATION_ONLY, mother: Level.FULL},
        evidence="Agreement of both before the court",
    )
    events.record_event(circle.young_person, custody, by=by, at=day)
    review = involving.Review(
        part=Part.NO_LONGER,
        view=YoungPersonsView.WISHES_OTHERWISE,
        effective_on=(at - 5 * MONTH).date(),
        because="She is ill, and asked not to be called for some months.",
        words="I wish that she came. I know why she does not.",
    )
    involving.review_part(mother, review, by=by, at=at - 5 * MONTH)
    day = at - 3 * MONTH
    guardian = Event(
        kind=EventKind.SPECIAL_GUARDIAN,
        happened_on=day.date(),
        authorities={mother: Level.INFORMATION_ONLY, grandmother: Level.FULL},
        evidence="Order of guardianship, seen",
    )
    events.record_event(circle.young_person, guardian, by=by, at=day)
    asked = asks(grandmother, "goals_and_plan", "I am to bring him up. What is he working on?", by=by, at=at - MONTH)
    answers(asked, "Saying early that it is too much, and one evening a week with friends.", by=by, at=at - 29 * DAY)
