"""
Whom to tell: before a therapist speaks with school or care staff about something from therapy, the young person and
they agree who needs to know, and how each hears it.

What they agree about one person is a wish of that person's kind of thing, by which the gate decides from then on.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet, Subquery

from halfdoor.service.accounts.models import Account
from halfdoor.service.agreements import actions as agreements
from halfdoor.service.agreements.choices import WishSource, WishValue
from halfdoor.service.core import chain
from halfdoor.service.core.prepared import Prepared
from halfdoor.service.disclosures.choices import Agreed
from halfdoor.service.disclosures.models import Talk, TalkedAbout
from halfdoor.service.people import queries as people
from halfdoor.service.people.choices import Relation
from halfdoor.service.people.models import Membership, YoungPerson

_WISHES: Mapping[str, WishValue] = {
    Agreed.NEED_NOT_KNOW: WishValue.OBJECTS,
    Agreed.THERAPIST_TELLS: WishValue.AGREES,
    Agreed.TOGETHER: WishValue.PREFERS_TOGETHER,
    Agreed.THEMSELVES: WishValue.PREFERS_TO_TELL,
    Agreed.ASK_AGAIN: WishValue.NOT_ASKED,
}

_CARE_AND_SCHOOL = (
    Relation.RESIDENTIAL_CARER,
    Relation.HOME_MANAGER,
    Relation.EDUCATOR,
    Relation.SCHOOL_COUNSELLOR,
    Relation.FOSTER_CARER,
    Relation.SOCIAL_WORKER,
    Relation.PLACING_AUTHORITY,
)


class NobodyWasTalkedAbout(ValueError):
    """A talk about who needs to know that names nobody, or nothing to know, agrees nothing."""


@dataclass(frozen=True, slots=True)
class About:
    """One person in a talk, and what was agreed about them."""

    member: Membership
    agreed: Agreed


def whom_to_talk_about(young_person: YoungPerson, *, reader: Account) -> list[Membership]:
    """
    Return whom a therapist could tell something, school and care staff first: nobody who protects, as that is no
    matter of agreeing.
    """
    left_out = (Relation.SELF, *people.CLINICIANS, *people.SAFEGUARDING)
    others = [one for one in people.circle_of(young_person, reader=reader) if one.relation not in left_out]
    return sorted(others, key=lambda one: one.relation not in _CARE_AND_SCHOOL)


@transaction.atomic
def agree(
    young_person: YoungPerson,
    about: Sequence[About],
    *,
    categories: Iterable[str],
    words: str = "",
    by: Account,
    at: datetime,
) -> Talk:
    """
    Put on record what a young person and their therapist agreed about who needs to know these kinds of things.

    What is agreed with everybody of one kind, all their carers say, is also something the young person was told.

    :raises NobodyWasTalkedAbout: if it is about nobody, or about nothing
    """
    kinds = sorted(categories)
    if not about or not kinds:
        raise NobodyWasTalkedAbout("Say about whom you talked and what it is about, so that something is agreed.")
    talk = Talk(practice=young_person.practice, young_person=young_person, held_at=at, held_by=by)
    talk.words = words
    talk.save(force_insert=True)
    for one in about:
        _put_down(talk, one, kinds)
    told = _all_told(young_person, about, by=by)
    if told:
        agreements.tell_at_start(young_person, relations=told, categories=kinds, by=by, at=at)
    body = {"kind": "disclosures.talked", "young_person": str(young_person.pk), "talk": str(talk.pk)}
    chain.append(by.practice, body | {"categories": kinds, "by": str(by.pk)}, at=at)
    return talk


def _put_down(talk: Talk, one: About, kinds: Sequence[str]) -> None:
    """Keep what was agreed about one person, and the wish for each kind of thing that follows from it."""
    TalkedAbout.objects.create(
        practice=talk.practice, talk=talk, membership=one.member, agreed=one.agreed, categories=list(kinds)
    )
    for category in kinds:
        agreements.wish(
            talk.young_person,
            value=_WISHES[one.agreed],
            source=WishSource.TOLD_THERAPIST,
            about=one.member,
            category=category,
            by=talk.held_by,
            at=talk.held_at,
        )


def latest_talk(young_person: YoungPerson, *, reader: Account) -> tuple[Talk, list[TalkedAbout]] | None:
    """Return what was agreed last, and about whom, to the young person and their clinicians; else nothing."""
    if not people.is_theirs(young_person, reader=reader):
        return None
    found = list(_LATEST_TALK.rows(TalkedAbout, young_person.practice_id, young_person.pk))
    return (found[0].talk, found) if found else None


def _latest_talk(practice: UUID, young_person: UUID) -> QuerySet[TalkedAbout]:
    talks = Talk.objects.filter(practice=practice, young_person=young_person)
    newest = Subquery(talks.order_by("-held_at", "-id").values("pk")[:1])
    rows = TalkedAbout.objects.filter(practice=practice, talk=newest)
    return rows.select_related("membership__person", "talk__held_by").order_by("membership__person__name", "id")


_LATEST_TALK = Prepared(_latest_talk, UUID, UUID)


def _all_told(young_person: YoungPerson, about: Sequence[About], *, by: Account) -> list[Relation]:
    """Return the relations of which everybody is told: one of two carers being told says nothing of the other."""
    told = {one.member.pk for one in about if one.agreed == Agreed.THERAPIST_TELLS}
    around = whom_to_talk_about(young_person, reader=by)
    relations = {one.relation for one in around if one.pk in told}
    return [Relation(one) for one in sorted(relations) if all(m.pk in told for m in around if m.relation == one)]
