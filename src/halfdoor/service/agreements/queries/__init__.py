"""Reading what was agreed. Every function says who is reading."""

from django.db.models import QuerySet

from halfdoor.service.accounts.models import Account
from halfdoor.service.agreements.models import Authorization, Wish, Withdrawal
from halfdoor.service.people import queries as people
from halfdoor.service.people.models import YoungPerson


def wishes_of(young_person: YoungPerson, *, reader: Account) -> QuerySet[Wish]:
    """
    Return what the young person said, newest first, to themselves and to clinicians of their circle; else nothing.
    """
    rows = Wish.objects.filter(practice=young_person.practice_id, young_person=young_person)
    rows = rows if _may_read(young_person, reader) else rows.none()
    return rows.select_related("membership__person").order_by("-said_at", "-id")


def consents_of(young_person: YoungPerson, *, reader: Account) -> QuerySet[Authorization]:
    """Return the consents to share that nobody withdrew, newest first, to the same readers as wishes."""
    withdrawn = Withdrawal.objects.filter(practice=young_person.practice_id).values("authorization")
    rows = Authorization.objects.filter(practice=young_person.practice_id, young_person=young_person)
    rows = rows.exclude(pk__in=withdrawn) if _may_read(young_person, reader) else rows.none()
    return rows.select_related("membership__person").order_by("-recorded_at", "-id")


def _may_read(young_person: YoungPerson, reader: Account) -> bool:
    return people.is_theirs(young_person, reader=reader)
