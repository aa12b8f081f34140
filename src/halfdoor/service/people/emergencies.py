"""
Emergency access: a clinician who is not in a circle opens a record, because somebody is in danger and nobody of the
circle can be reached.

It gives a place in the circle, as a clinician has one, for an hour; a line on the chain comes first. The circle's own
clinicians and the leads are told at once, the young person reads it on their own page, and a second person looks at it
within two working days. Until that is done, once it is overdue, nobody opens another record so.
"""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from halfdoor.service.accounts.models import Account, Role
from halfdoor.service.core import chain, jobs
from halfdoor.service.core.prepared import Prepared
from halfdoor.service.people import actions, joining, queries
from halfdoor.service.people.choices import EmergencyOutcome, Relation, WhyEmergency
from halfdoor.service.people.facts import day_in
from halfdoor.service.people.models import EmergencyAccess, EmergencyReview, Membership, YoungPerson
from halfdoor.service.people.settings_of_care import CLINICIANS
from halfdoor.service.people.tasks import turn_cover
from halfdoor.service.people.turning import CAN_COVER, turn

LASTS = timedelta(hours=1)
_TOLD_FOR = timedelta(days=90)
_REVIEWED_WITHIN = 2
_SATURDAY = 5


class NotNow(ValueError):
    """It cannot be opened, or looked at, so; the message says why and what to do."""


def sought(name: str, born_on: date, *, by: Account) -> YoungPerson | None:
    """
    Return the one young person of this name and day of birth; none where there is none, or more than one.

    There is no list to look through: whoever has somebody on the telephone can ask for both.
    """
    rows = YoungPerson.objects.filter(practice=by.practice_id, person__name__iexact=name.strip(), born_on=born_on)
    found = list(rows.select_related("person", "practice")[:2])
    return found[0] if len(found) == 1 else None


@transaction.atomic
def missed(*, by: Account, at: datetime) -> None:
    """Put on record that somebody asked for a young person who is not here: guessing shows."""
    chain.append(by.practice, {"kind": "people.emergency_not_found", "by": str(by.pk)}, at=at)


@transaction.atomic
def open_record(
    young_person: YoungPerson, *, why: WhyEmergency, words: str, by: Account, at: datetime
) -> EmergencyAccess:
    """
    Open a record for an hour.

    :raises NotNow: if they are in the circle already, may not, or have one to be looked at first
    """
    if by.role not in CAN_COVER:
        raise NotNow(_("Only a therapist or a clinical lead can open a record in an emergency."))
    if queries.young_people_of(by).filter(pk=young_person.pk).exists():
        raise NotNow(_("You are in this circle already."))
    today = day_in(by.practice, at=at)
    if waiting(by.practice_id).filter(opened_by=by, review_due_on__lt=today).exists():
        raise NotNow(_("An earlier emergency of yours has not been looked at yet. Ask your lead to do that first."))
    body = actions.line("emergency_opened", young_person, by, why=why)
    chain.append(by.practice, body, at=at)  # first, so that it stands there whatever comes
    place = joining.take_on(young_person, clinician=by, relation=Relation.CLINICAL_TEAM, since_on=today, by=by, at=at)
    access = EmergencyAccess(
        practice=by.practice,
        young_person=young_person,
        membership=place,
        why=why,
        opened_at=at,
        ends_at=at + LASTS,
        review_due_on=_working_days_after(today, _REVIEWED_WITHIN),
        opened_by=by,
    )
    access.words = words
    access.save(force_insert=True)
    # From now on each of their requests looks whether the hour is over; the job only tidies up.
    Account.objects.filter(practice=by.practice_id, pk=by.pk).update(turns_on=today)
    jobs.enqueue(turn_cover, practice=by.practice_id, due_at=access.ends_at, at=at, account=str(by.pk))
    return access


@transaction.atomic
def close(access: EmergencyAccess, *, by: Account, at: datetime) -> None:
    """End it before its hour is over, unless it has ended."""
    for place in Membership.objects.filter(practice=access.practice_id, pk=access.membership_id).current():
        actions.end_membership(place, by=by, at=at)
    turn(access.opened_by, at=at)


@transaction.atomic
def review(
    access: EmergencyAccess, *, outcome: EmergencyOutcome, words: str, by: Account, at: datetime
) -> EmergencyReview:
    """
    Put down what a second person found.

    :raises NotNow: for whoever opened it, and where somebody has looked at it before
    """
    EmergencyAccess.objects.select_for_update().get(practice=access.practice_id, pk=access.pk)
    if access.opened_by_id == by.pk:
        raise NotNow(_("You opened it yourself. A second person has to look at it."))
    if EmergencyReview.objects.filter(practice=access.practice_id, access=access).exists():
        raise NotNow(_("Somebody has looked at it already."))
    found = EmergencyReview(
        practice=access.practice,
        access=access,
        young_person_id=access.young_person_id,
        outcome=outcome,
        reviewed_at=at,
        reviewed_by=by,
    )
    found.words = words
    found.save(force_insert=True)
    body = actions.line("emergency_reviewed", access.young_person, by, access=access.pk, outcome=outcome)
    chain.append(by.practice, body, at=at)
    return found


def waiting(practice_id: UUID) -> QuerySet[EmergencyAccess]:
    """Return what nobody has looked at yet, the earliest first."""
    looked = EmergencyReview.objects.filter(practice=OuterRef("practice"), access=OuterRef("pk"))
    rows = EmergencyAccess.objects.filter(practice=practice_id).exclude(Exists(looked))
    return rows.select_related("young_person__person", "young_person__practice", "opened_by").order_by("opened_at")


def shown_to(reader: Account) -> QuerySet[EmergencyAccess]:
    """
    Return the emergencies somebody may read of: their own, those of their own young people, and to a lead all.
    """
    rows = EmergencyAccess.objects.filter(practice=reader.practice_id)
    if reader.role != Role.LEAD:
        theirs = Membership.objects.held_by(reader).current().filter(relation__in=CLINICIANS)
        rows = rows.filter(young_person__in=theirs.values("young_person")) | rows.filter(opened_by=reader)
    return rows.select_related("young_person__person", "young_person__practice", "practice", "opened_by__practice")


def told_to(young_person: YoungPerson, *, reader: Account, at: datetime) -> list[EmergencyAccess]:
    """Return to a young person who opened their record in an emergency in the last three months, the newest first."""
    about = young_person.practice_id, young_person.pk
    return list(_OPENED.rows(EmergencyAccess, *about, at - _TOLD_FOR, at))


def _opened(practice: UUID, young_person: UUID, after: datetime, until: datetime) -> QuerySet[EmergencyAccess]:
    rows = EmergencyAccess.objects.filter(practice=practice, young_person=young_person)
    rows = rows.filter(opened_at__gt=after, opened_at__lte=until)
    return rows.select_related("opened_by").order_by("-opened_at")


_OPENED = Prepared(_opened, UUID, UUID, datetime, datetime)


def review_of(access: EmergencyAccess) -> EmergencyReview | None:
    """Return what a second person found, if one has looked."""
    rows = EmergencyReview.objects.filter(practice=access.practice_id, access=access)
    return rows.select_related("reviewed_by").first()


def has_ended(access: EmergencyAccess) -> bool:
    """Whether the place it gave has ended."""
    return not Membership.objects.filter(practice=access.practice_id, pk=access.membership_id).current().exists()


def _working_days_after(day: date, number: int) -> date:
    while number:
        day += timedelta(days=1)
        number -= day.weekday() < _SATURDAY
    return day
