"""Reading the circle of care. Every function says who is reading; what they may not see is not there."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, UUIDField, Value

from halfdoor.service.accounts.models import Account, Role
from halfdoor.service.core.models import Practice
from halfdoor.service.core.prepared import Prepared
from halfdoor.service.people.choices import Relation
from halfdoor.service.people.models import Episode, EpisodeEnding, Membership, Person, YoungPerson
from halfdoor.service.people.settings_of_care import CLINICIANS

__all__ = [
    "CLINICIANS",
    "SAFEGUARDING",
    "circle_of",
    "clinicians_of",
    "current_episode",
    "is_clinician_of",
    "is_theirs",
    "kept_by",
    "kept_circle",
    "kept_member",
    "kept_young_person",
    "membership_of",
    "memberships_of",
    "own_membership",
    "own_places",
    "people_named",
    "people_who_are",
    "words_to_find",
    "young_people_of",
    "young_person_of",
]

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
    return _places(account.practice_id, account.pk)


def _places(practice: UUID, account: UUID) -> QuerySet[Membership]:
    rows = Membership.objects.filter(practice=practice, person__account=account).current()
    return rows.select_related("young_person__person", "young_person__practice", "person__account").order_by(
        "young_person__person__name", "id"
    )


_OWN_PLACE = Prepared(lambda practice, by: _places(practice, by).filter(relation=Relation.SELF), UUID, UUID)


def with_everyday_carers(young_people: Iterable[YoungPerson], *, reader: Account) -> set[UUID]:
    """Return those of these young people of the reader's circles for whom somebody beside family cares every day."""
    asked = {one.pk for one in young_people}
    if not asked:
        return set()
    return asked & {one for (one,) in _CARED_FOR.ask(Membership, reader.practice_id, reader.pk)}


def _cared_for(practice: UUID, reader: UUID) -> QuerySet[Membership, Any]:
    caring = Membership.objects.filter(
        practice=practice,
        young_person__in=_young_people(practice, reader).values("pk"),
        relation__in=(Relation.FOSTER_CARER, Relation.RESIDENTIAL_CARER, Relation.HOME_MANAGER),
    )
    return caring.current().values_list("young_person")


_CARED_FOR = Prepared(_cared_for, UUID, UUID)


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
    member = next(iter(_OWN_PLACE.rows(Membership, account.practice_id, account.pk)), None)
    if member is None:
        raise Membership.DoesNotExist
    member.young_person.found_for = account.pk
    return member


def own_record(account: Account) -> YoungPerson:
    """
    Return the young person whose account it is, with their circle, in one query: `circle_of` asks no second time.

    :raises YoungPerson.DoesNotExist: if the account is not a young person's
    """
    members = list(_OWN_CIRCLE.rows(Membership, account.practice_id, account.pk))
    own = [one for one in members if one.relation == Relation.SELF and one.person.account_id == account.pk]
    if not own:
        raise YoungPerson.DoesNotExist
    me: YoungPerson = own[0].young_person
    me.found_for = account.pk
    me.found_circle = [one for one in members if one.young_person_id == me.pk]
    return me


def own_places(account: Account) -> QuerySet[Membership]:
    """Return a young person's own place in their circle, as rows to narrow others by; none for anybody else."""
    return memberships_of(account).filter(relation=Relation.SELF)


def young_people_of(clinician: Account) -> QuerySet[YoungPerson]:
    """Return the young people in whose circle this account is a clinician, by name."""
    return _young_people(clinician.practice_id, clinician.pk)


def _young_people(practice: UUID, clinician: UUID) -> QuerySet[YoungPerson]:
    place = (
        Membership.objects.filter(person__account=clinician)
        .current()
        .filter(practice=OuterRef("practice"), young_person=OuterRef("pk"), relation__in=CLINICIANS)
    )
    rows = YoungPerson.objects.filter(Exists(place), practice=practice)
    rows = rows.annotate(found_for=Value(clinician, UUIDField()))  # type: ignore[no-redef]
    return rows.select_related("person", "practice").order_by("person__name", "id")


_ONE = Prepared(lambda practice, by, one: _young_people(practice, by).filter(pk=one), UUID, UUID, UUID)


def young_person_of(clinician: Account, young_person_id: UUID) -> YoungPerson:
    """
    Return a young person to a clinician of their circle.

    :raises YoungPerson.DoesNotExist: if the account is no clinician of theirs, or there is no such young person
    """
    found = next(iter(_ONE.rows(YoungPerson, clinician.practice_id, clinician.pk, young_person_id)), None)
    if found is None:
        raise YoungPerson.DoesNotExist
    return found


def kept_by(staff: Account) -> QuerySet[YoungPerson]:
    """
    Return the young people whose circles this account keeps, by name: the office all, clinicians their own. Who was
    erased has no place any more, not even their own.
    """
    if staff.role != Role.OFFICE:
        return young_people_of(staff)
    own = Membership.objects.current().filter(practice=OuterRef("practice"), young_person=OuterRef("pk"))
    rows = YoungPerson.objects.filter(Exists(own.filter(relation=Relation.SELF)), practice=staff.practice_id)
    return rows.select_related("person", "practice").order_by("person__name", "id")


def kept_young_person(staff: Account, young_person_id: UUID) -> YoungPerson:
    """
    Return a young person to whoever keeps their circle.

    :raises YoungPerson.DoesNotExist: if this account does not, or there is no such young person
    """
    if staff.role != Role.OFFICE:
        return young_person_of(staff, young_person_id)
    return kept_by(staff).get(pk=young_person_id)


def kept_circle(young_person: YoungPerson, *, reader: Account) -> list[Membership]:
    """
    Return the circle to whoever keeps it. The office keeps papers of families: nobody stands there whose place alone
    tells of harm, of danger or of a court.
    """
    if reader.role != Role.OFFICE or reader.practice_id != young_person.practice_id:
        return circle_of(young_person, reader=reader)
    members = Membership.objects.of(young_person).current().exclude(relation__in=SAFEGUARDING)
    return _in_order(members.select_related("person", "young_person__practice"))


def kept_member(young_person: YoungPerson, membership_id: UUID, *, reader: Account) -> Membership:
    """
    Return somebody of the circle, but the young person, to whoever keeps it.

    :raises Membership.DoesNotExist: if that is nobody there
    """
    for member in kept_circle(young_person, reader=reader):
        if member.pk == membership_id and member.relation != Relation.SELF:
            return member
    raise Membership.DoesNotExist


def words_to_find(typed: str) -> str:
    """Return what to look for in names. A zero byte is in none, and no database takes one."""
    return typed.replace("\0", "").strip()[:200]


def people_named(words: str, *, reader: Account) -> QuerySet[Person]:
    """
    Return people of the practice with these words in their name, to whoever takes somebody into a circle: the office,
    and clinicians those of their own circles and their colleagues, so that a search tells nobody who comes here.
    """
    rows = Person.objects.filter(practice=reader.practice_id, name__icontains=words)
    if reader.role != Role.OFFICE:
        mine = young_people_of(reader).values("pk")
        near = Membership.objects.filter(practice=OuterRef("practice"), person=OuterRef("pk"), young_person__in=mine)
        at_work = Q(account__role__in=(Role.THERAPIST, Role.LEAD))
        rows = rows.filter(Exists(near) | at_work)
    return rows.order_by("name", "id")


def people_who_are(relations: Iterable[Relation], *, reader: Account) -> QuerySet[Person]:
    """Return people who are this to a young person whose circle the reader keeps, by name: caseworkers, authorities."""
    kept = kept_by(reader).values("pk")
    places = Membership.objects.current().filter(
        practice=OuterRef("practice"), person=OuterRef("pk"), relation__in=list(relations), young_person__in=kept
    )
    return Person.objects.filter(Exists(places), practice=reader.practice_id).order_by("name", "id")


def clinicians_of(practice: Practice) -> QuerySet[Account]:
    """Return the clinicians who work in a practice, by name. Everybody on its staff knows them."""
    rows = Account.objects.filter(practice=practice, is_active=True, role__in=(Role.THERAPIST, Role.LEAD))
    return rows.order_by("display_name", "id")


def is_theirs(young_person: YoungPerson, *, reader: Account) -> bool:
    """Whether a reader is the young person or a clinician of their circle. No query, where they were found as such."""
    return young_person.found_for == reader.pk or bool(circle_of(young_person, reader=reader))


def is_clinician_of(young_person: YoungPerson, *, reader: Account) -> bool:
    """Whether a reader is a clinician of the young person's circle. No query, where they were found as such."""
    if reader.role == Role.YOUNG_PERSON:
        return False
    return young_person.found_for == reader.pk or young_people_of(reader).filter(pk=young_person.pk).exists()


def circle_of(young_person: YoungPerson, *, reader: Account) -> list[Membership]:
    """Return the circle of care to the young person and to clinicians of it; nobody to anybody else."""
    members = young_person.found_circle if young_person.found_for == reader.pk else None
    if members is None:
        members = list(_CIRCLE.rows(Membership, young_person.practice_id, young_person.pk))
    readers = [member for member in members if member.relation in (Relation.SELF, *CLINICIANS)]
    if reader.pk not in [member.person.account_id for member in readers]:
        return []
    return _in_order(members)


def _circle(practice: UUID, young_person: UUID) -> QuerySet[Membership]:
    rows = Membership.objects.filter(practice=practice, young_person=young_person).current()
    return rows.select_related("person", "young_person__practice")


_CIRCLE = Prepared(_circle, UUID, UUID)


def _own_circle(practice: UUID, account: UUID) -> QuerySet[Membership]:
    own = _places(practice, account).filter(relation=Relation.SELF).order_by()
    rows = Membership.objects.filter(practice=practice, young_person__in=own.values("young_person")).current()
    return rows.select_related("person", "young_person__practice", "young_person__person")


_OWN_CIRCLE = Prepared(_own_circle, UUID, UUID)


def current_episode(young_person: YoungPerson, *, on: date) -> Episode | None:
    """Return the episode of care that began last and has not ended by this day."""
    return next(iter(_RUNNING.rows(Episode, young_person.practice_id, young_person.pk, on)), None)


def _running(practice: UUID, young_person: UUID, on: date) -> QuerySet[Episode]:
    ended = EpisodeEnding.objects.filter(practice=OuterRef("practice"), episode=OuterRef("pk"), ended_on__lte=on)
    rows = Episode.objects.filter(practice=practice, young_person=young_person, started_on__lte=on)
    return rows.exclude(Exists(ended)).order_by("-started_on", "-id")[:1]


_RUNNING = Prepared(_running, UUID, UUID, date)


def _in_order(members: Iterable[Membership]) -> list[Membership]:
    return sorted(members, key=lambda member: (member.relation != Relation.SELF, member.person.name, str(member.pk)))
