"""Reading the circle of care. Every function says who is reading; what they may not see is not there."""

from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from halfdoor.service.accounts.models import Account
from halfdoor.service.people.choices import Relation
from halfdoor.service.people.models import Episode, EpisodeEnding, Membership, YoungPerson

CLINICIANS = (Relation.THERAPIST, Relation.CLINICAL_TEAM, Relation.CLINICAL_LEAD)
"""Whose work it is to know the circle and to decide what goes to whom."""

SAFEGUARDING = (
    Relation.CHILD_PROTECTION,
    Relation.POLICE,
    Relation.COURT,
    Relation.GUARDIAN_AD_LITEM,
    Relation.CUSTODY_EVALUATOR,
    Relation.THREATENED_PERSON,
)
"""Whose place in a circle tells by itself of harm, of danger or of a court."""


def memberships_of(account: Account) -> QuerySet[Membership]:
    """Return the places this account's person has in circles of care, by name of the young person."""
    rows = Membership.objects.filter(practice=account.practice_id).held_by(account).current()
    return rows.select_related("young_person__person", "young_person__practice", "person").order_by(
        "young_person__person__name", "id"
    )


def membership_of(account: Account, membership_id: UUID) -> Membership:
    """
    Return one of this account's own places in a circle of care.

    :raises Membership.DoesNotExist: if it is somebody else's, was ended, or is not there at all
    """
    return memberships_of(account).get(pk=membership_id)


def own_membership(account: Account) -> Membership:
    """
    Return the young person's own place in their circle.

    :raises Membership.DoesNotExist: if the account is not a young person's
    """
    return memberships_of(account).get(relation=Relation.SELF)


def young_people_of(clinician: Account) -> QuerySet[YoungPerson]:
    """Return the young people in whose circle this account is a clinician, by name."""
    place = (
        Membership.objects.held_by(clinician)
        .current()
        .filter(practice=OuterRef("practice"), young_person=OuterRef("pk"), relation__in=CLINICIANS)
    )
    rows = YoungPerson.objects.filter(Exists(place), practice=clinician.practice_id)
    return rows.select_related("person", "practice").order_by("person__name", "id")


def young_person_of(clinician: Account, young_person_id: UUID) -> YoungPerson:
    """
    Return a young person to a clinician of their circle.

    :raises YoungPerson.DoesNotExist: if the account is no clinician of theirs, or there is no such young person
    """
    return young_people_of(clinician).get(pk=young_person_id)


def circle_of(young_person: YoungPerson, *, reader: Account) -> list[Membership]:
    """Return the circle of care to the young person and to clinicians of it; nobody to anybody else."""
    members = list(Membership.objects.of(young_person).current().select_related("person", "young_person__practice"))
    readers = [member for member in members if member.relation in (Relation.SELF, *CLINICIANS)]
    if reader.pk not in [member.person.account_id for member in readers]:
        return []
    return sorted(members, key=lambda member: (member.relation != Relation.SELF, member.person.name, str(member.pk)))


def current_episode(young_person: YoungPerson, *, on: date) -> Episode | None:
    """Return the episode of care that began last and has not ended by this day."""
    ended = EpisodeEnding.objects.filter(practice=OuterRef("practice"), episode=OuterRef("pk"), ended_on__lte=on)
    running = Episode.objects.of(young_person).filter(started_on__lte=on).exclude(Exists(ended))
    return running.order_by("-started_on", "-id").first()
