"""Reading what was agreed. Every function says who is reading."""

from uuid import UUID

from django.db.models import QuerySet

from halfdoor.service.accounts.models import Account
from halfdoor.service.agreements.models import Authorization, Wish, Withdrawal
from halfdoor.service.core.prepared import Prepared
from halfdoor.service.people import queries as people
from halfdoor.service.people.models import Membership, YoungPerson


def wishes_of(young_person: YoungPerson, *, reader: Account) -> QuerySet[Wish]:
    """
    Return what the young person said, newest first, to themselves and to clinicians of their circle; else nothing.
    """
    rows = _wishes(young_person.practice_id, young_person.pk)
    return rows if _may_read(young_person, reader) else rows.none()


def wishes_about(member: Membership, *, reader: Account) -> QuerySet[Wish]:
    """Return the newest few of these that are about one person of the circle."""
    if not _may_read(member.young_person, reader):
        return Wish.objects.none()
    return _WISHES_ABOUT.rows(Wish, member.practice_id, member.young_person_id, member.pk)


def wishes_by_subject(young_person: YoungPerson, *, reader: Account) -> QuerySet[Wish]:
    """Return the newest of these that are about a subject."""
    if not _may_read(young_person, reader):
        return Wish.objects.none()
    return _BY_SUBJECT.rows(Wish, young_person.practice_id, young_person.pk)


def consents_of(young_person: YoungPerson, *, reader: Account) -> QuerySet[Authorization]:
    """Return the consents to share that nobody withdrew, newest first, to the same readers as wishes."""
    rows = _consents(young_person.practice_id, young_person.pk)
    return rows if _may_read(young_person, reader) else rows.none()


def consents_for(member: Membership, *, reader: Account) -> QuerySet[Authorization]:
    """Return the newest few of these to share with one person of the circle."""
    if not _may_read(member.young_person, reader):
        return Authorization.objects.none()
    return _CONSENTS_FOR.rows(Authorization, member.practice_id, member.young_person_id, member.pk)


def _wishes(practice: UUID, young_person: UUID) -> QuerySet[Wish]:
    rows = Wish.objects.filter(practice=practice, young_person=young_person)
    return rows.select_related("membership__person").order_by("-said_at", "-id")


def _consents(practice: UUID, young_person: UUID) -> QuerySet[Authorization]:
    withdrawn = Withdrawal.objects.filter(practice=practice).values("authorization")
    rows = Authorization.objects.filter(practice=practice, young_person=young_person).exclude(pk__in=withdrawn)
    return rows.select_related("membership__person").order_by("-recorded_at", "-id")


_FEW, _LATEST = 5, 20
_BY_SUBJECT = Prepared(lambda by, about: _wishes(by, about).exclude(topic="")[:_LATEST], UUID, UUID)
_WISHES_ABOUT = Prepared(lambda by, about, whom: _wishes(by, about).filter(membership=whom)[:_FEW], UUID, UUID, UUID)
_CONSENTS_FOR = Prepared(lambda by, about, whom: _consents(by, about).filter(membership=whom)[:_FEW], UUID, UUID, UUID)


def _may_read(young_person: YoungPerson, reader: Account) -> bool:
    return people.is_theirs(young_person, reader=reader)
