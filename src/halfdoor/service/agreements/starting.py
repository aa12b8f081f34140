"""Putting down what was explained at the start, and how often a young person is asked again."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction

from halfdoor.service.accounts.models import Account
from halfdoor.service.agreements import actions
from halfdoor.service.agreements.choices import OFTENEST_DAYS, Taken
from halfdoor.service.agreements.models import AskedAgain, Cadence, Explained
from halfdoor.service.core import chain
from halfdoor.service.documents.models import Text
from halfdoor.service.people.choices import Relation
from halfdoor.service.people.models import Membership, YoungPerson


@transaction.atomic
def explain(
    member: Membership,
    text: Text,
    *,
    on: date,
    taken: Taken,
    words: str = "",
    told_relations: Collection[Relation] = (),
    told_categories: Collection[str] = (),
    by: Account,
    at: datetime,
) -> Explained:
    """
    Put down that somebody went through a paper with the young person or a caregiver.

    With ``told_...``, the young person was told, too, that these kinds of things go to these kinds of people; the rules
    ask for that.
    """
    row = Explained(
        practice=member.practice,
        young_person=member.young_person,
        membership=member,
        text=text,
        explained_on=on,
        taken=taken,
        recorded_at=at,
        recorded_by=by,
    )
    row.words = words
    row.save(force_insert=True)
    chain.append(by.practice, _body("explained", member.young_person, by, row=row.pk, membership=member.pk), at=at)
    if member.relation == Relation.SELF and told_relations and told_categories:
        actions.tell_at_start(member.young_person, relations=told_relations, categories=told_categories, by=by, at=at)
    return row


@transaction.atomic
def ask_again(young_person: YoungPerson, *, by: Account, at: datetime) -> AskedAgain:
    """Put down that the young person was asked again and all of it still stands; or that they say so themselves."""
    row = AskedAgain.objects.create(practice=young_person.practice, young_person=young_person, asked_at=at, asked_by=by)
    chain.append(by.practice, _body("asked_again", young_person, by), at=at)
    return row


@transaction.atomic
def set_cadence(young_person: YoungPerson, *, days: int, by: Account, at: datetime) -> Cadence:
    """
    Choose how often a young person is asked again.

    :raises ValueError: for fewer days than `OFTENEST_DAYS`
    """
    if days < OFTENEST_DAYS:
        raise ValueError(f"nobody is asked again before {OFTENEST_DAYS} days have passed, not {days}")
    row = Cadence.objects.create(
        practice=young_person.practice, young_person=young_person, days=days, set_at=at, set_by=by
    )
    chain.append(by.practice, _body("cadence", young_person, by, days=days), at=at)
    return row


def _body(kind: str, young_person: YoungPerson, by: Account, **more: object) -> dict[str, object]:
    ids = {key: value if isinstance(value, int) else str(value) for key, value in more.items()}
    return {"kind": f"agreements.{kind}", "young_person": str(young_person.pk), "by": str(by.pk), **ids}
