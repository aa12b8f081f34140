"""
Giving the places of a cover, and ending them, as the days come.

A job does it at midnight. Whoever comes in does it too, so that nobody sees a circle a minute longer because a job was
late, and nobody who covers waits for one.
"""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from halfdoor.service.accounts.models import Account, Role
from halfdoor.service.people import actions, joining
from halfdoor.service.people.choices import Relation, WhyCovered
from halfdoor.service.people.facts import day_in
from halfdoor.service.people.models import (
    Cover,
    CoverEnding,
    CoverPlace,
    EmergencyAccess,
    Membership,
    MembershipEnding,
)
from halfdoor.service.people.settings_of_care import CLINICIANS

CAN_COVER = (Role.THERAPIST, Role.LEAD)
"""Who has circles that can be covered, and can cover for others."""


def turn(account: Account, *, at: datetime) -> None:
    """Give an account the places its covers bring by now, end those of covers that are over, and note the next day."""
    today = day_in(account.practice, at=at)
    for place in _over(account, today=today):
        actions.end_membership(place.membership, by=place.cover.recorded_by, at=at)
    for given in _hours_over(account, at=at):
        actions.end_membership(given, by=account, at=at)
    held = [cover for cover in _held(account) if cover.ends_on is None or cover.ends_on > today]
    for cover in held:
        if cover.starts_on <= today:
            with transaction.atomic():
                _give_places(cover, at=at)
                if cover.why == WhyCovered.LEAVES:
                    _take_places(cover, at=at)
    # While a cover holds, each visit looks: somebody may have come into care meanwhile.
    next_on = today if _in_an_emergency(account) else min((max(one.starts_on, today) for one in held), default=None)
    Account.objects.filter(practice=account.practice_id, pk=account.pk).update(turns_on=next_on)


def _hours_over(account: Account, *, at: datetime) -> QuerySet[Membership]:
    """Return the places that emergencies gave somebody, whose hour is over and which have not ended."""
    over = EmergencyAccess.objects.filter(practice=account.practice_id, opened_by=account, ends_at__lte=at)
    rows = Membership.objects.filter(practice=account.practice_id, pk__in=over.values("membership")).current()
    return rows.select_related("young_person__practice", "practice")


def _in_an_emergency(account: Account) -> bool:
    given = EmergencyAccess.objects.filter(practice=account.practice_id, opened_by=account).values("membership")
    return Membership.objects.filter(practice=account.practice_id, pk__in=given).current().exists()


def _held(account: Account) -> QuerySet[Cover]:
    """Return covers by somebody, or for somebody who leaves, that nobody has ended."""
    whose = Q(cover=account) | Q(clinician=account, why=WhyCovered.LEAVES)
    rows = Cover.objects.filter(whose, practice=account.practice_id).exclude(Exists(ended()))
    return rows.select_related("clinician__practice", "cover__practice", "recorded_by__practice")


def _over(account: Account, *, today: date) -> QuerySet[CoverPlace]:
    """Return places of somebody by covers that are over, which have not ended yet."""
    ended = CoverEnding.objects.filter(practice=OuterRef("practice"), cover=OuterRef("cover"))
    rows = CoverPlace.objects.filter(practice=account.practice_id, cover__cover=account).exclude(Exists(_left()))
    rows = rows.filter(Q(cover__ends_on__lte=today) | Exists(ended))
    return rows.select_related(
        "membership__young_person__practice", "membership__practice", "cover__recorded_by__practice"
    )


def _give_places(cover: Cover, *, at: datetime) -> None:
    """Give the cover a place in each circle of whoever is away in which they have none."""
    by_cover = CoverPlace.objects.filter(practice=OuterRef("practice"), membership=OuterRef("pk"))
    # Whoever opened a record for an hour hands that on to nobody.
    for_an_hour = EmergencyAccess.objects.filter(practice=OuterRef("practice"), membership=OuterRef("pk"))
    here = (
        Membership.objects.current()
        .held_by(cover.cover)
        .filter(practice=OuterRef("practice"), young_person=OuterRef("young_person"), relation__in=CLINICIANS)
    )
    places = Membership.objects.filter(practice=cover.practice_id, relation__in=CLINICIANS).current()
    places = places.held_by(cover.clinician).exclude(Exists(by_cover) | Exists(for_an_hour) | Exists(here))
    for place in places.select_related("young_person__practice", "young_person__person"):
        given = joining.take_on(
            place.young_person,
            clinician=cover.cover,
            relation=Relation(place.relation),
            since_on=day_in(cover.practice, at=at),
            by=cover.recorded_by,
            at=at,
        )
        CoverPlace.objects.create(practice=cover.practice, cover=cover, membership=given)


def _take_places(cover: Cover, *, at: datetime) -> None:
    """End the places of whoever left."""
    places = Membership.objects.filter(practice=cover.practice_id, relation__in=CLINICIANS).current()
    for place in places.held_by(cover.clinician).select_related("young_person__practice", "practice"):
        actions.end_membership(place, by=cover.recorded_by, at=at)


def ended() -> QuerySet[CoverEnding]:
    """Return the endings of a cover, for a query about covers."""
    return CoverEnding.objects.filter(practice=OuterRef("practice"), cover=OuterRef("pk"))


def _left() -> QuerySet[MembershipEnding]:
    return MembershipEnding.objects.filter(practice=OuterRef("practice"), membership=OuterRef("membership"))
