"""
Forgetting who somebody was: names, days of birth, sign-ins and places, of a young person and of those who are here for
them alone. Codes, days and ids stay, and say nothing without them. Only `records` asks for it, when it erases.
"""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from halfdoor.service.accounts import closing
from halfdoor.service.accounts.choices import WhyClosed
from halfdoor.service.accounts.models import Account, Role
from halfdoor.service.people.models import Membership, MembershipEnding, OutsideReference, Person, YoungPerson

_AT_WORK = (Role.THERAPIST, Role.LEAD, Role.OFFICE, Role.TEAM)


def here_for_them_alone(young_person: YoungPerson) -> QuerySet[Person]:
    """Return the young person and everybody who has or had a place in their circle and in no other, but no staff."""
    places = Membership.objects.filter(practice=OuterRef("practice"), person=OuterRef("pk"))
    named = Person.objects.filter(Exists(places.filter(young_person=young_person)), practice=young_person.practice_id)
    elsewhere = places.exclude(young_person=young_person)
    return named.exclude(Exists(elsewhere)).exclude(account__role__in=_AT_WORK)


def forget(young_person: YoungPerson, *, by: Account, at: datetime) -> None:
    """End every place in the circle, and forget who the young person and those here for them alone were."""
    people = list(here_for_them_alone(young_person).select_related("account"))
    places = Membership.objects.of(young_person).current()
    MembershipEnding.objects.bulk_create(
        MembershipEnding(practice=young_person.practice, membership=place, ended_at=at, recorded_by=by)
        for place in places
    )
    for person in people:
        if person.account:
            _forget_sign_in(person.account, by=by, at=at)
    Person.objects.filter(pk__in=[one.pk for one in people], practice=young_person.practice_id).update(name="")
    _forget_references(people)
    YoungPerson.objects.filter(practice=young_person.practice_id, pk=young_person.pk).update(born_on=None)


def _forget_sign_in(account: Account, *, by: Account, at: datetime) -> None:
    closing.close_as_before(account, WhyClosed.CARE_ENDED, by=by, at=at)
    Account.objects.filter(practice=account.practice_id, pk=account.pk).update(
        username=f"erased-{account.pk.hex}", display_name="", email=""
    )


def _forget_references(people: Collection[Person]) -> None:
    OutsideReference.objects.filter(person__in=people).delete()
