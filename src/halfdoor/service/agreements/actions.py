"""
Recording what was agreed. Every function says who acts and when, and writes its line into the practice's chain.

Each raises the young person's sharing version under its lock, so that a no is never overtaken by a release that was
under way.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from halfdoor.service.accounts.models import Account
from halfdoor.service.agreements.choices import GivenBy, Told, Topic, WishSource, WishValue
from halfdoor.service.agreements.models import Authorization, ToldAtStart, Wish, Withdrawal
from halfdoor.service.core import chain, stamps
from halfdoor.service.people.actions import sharing_changes
from halfdoor.service.people.choices import Relation
from halfdoor.service.people.models import Membership, YoungPerson


class AlreadyWithdrawn(ValueError):
    """A consent can be withdrawn once; withdrawing it again would hide when it really ended."""


@transaction.atomic
def wish(
    young_person: YoungPerson,
    *,
    value: WishValue,
    source: WishSource,
    about: Membership | None = None,
    category: str = "",
    topic: Topic = Topic.NONE,
    words: str = "",
    by: Account,
    at: datetime,
) -> Wish:
    """
    Record what the young person says about sharing this kind of information with this person (none: with anybody).
    """
    at = sharing_changes(young_person, at=at)
    said = Wish(
        practice=young_person.practice,
        young_person=young_person,
        membership=about,
        category=category,
        topic=topic,
        value=value,
        said_at=at,
        source=source,
        recorded_by=by,
    )
    said.words = words
    said.save(force_insert=True)
    chain.append(by.practice, _body("wish", young_person, by, row=said.pk, value=value, category=category), at=at)
    return said


@transaction.atomic
def authorize(
    recipient: Membership,
    *,
    categories: Iterable[str],
    purposes: Iterable[str],
    given_by: GivenBy,
    starts_on: date,
    ends_on: date,
    topics: Iterable[Topic] = (),
    evidence: str = "",
    by: Account,
    at: datetime,
) -> Authorization:
    """Record a signed consent to share: what, with whom, for what, from when until when."""
    young_person = recipient.young_person
    at = sharing_changes(young_person, at=at)
    consent = Authorization(
        practice=young_person.practice,
        young_person=young_person,
        membership=recipient,
        categories=sorted(categories),
        topics=sorted(topics),
        purposes=sorted(purposes),
        given_by=given_by,
        starts_on=starts_on,
        ends_on=ends_on,
        recorded_at=at,
        recorded_by=by,
    )
    consent.evidence = evidence
    consent.save(force_insert=True)
    chain.append(by.practice, _body("authorized", young_person, by, row=consent.pk, membership=recipient.pk), at=at)
    return consent


@transaction.atomic
def withdraw(consent: Authorization, *, because: str = "", by: Account, at: datetime) -> Withdrawal:
    """
    Withdraw a consent to share. Sharing that relied on it stops now; what was shared stays on record.

    :raises AlreadyWithdrawn: if it was withdrawn before
    """
    young_person = consent.young_person
    at = sharing_changes(young_person, at=at)
    if Withdrawal.objects.filter(practice=consent.practice_id, authorization=consent).exists():
        raise AlreadyWithdrawn(
            "This consent was withdrawn before, and nothing is shared on it. There is nothing left to do."
        )
    withdrawal = Withdrawal(practice=consent.practice, authorization=consent, withdrawn_at=at, recorded_by=by)
    withdrawal.because = because
    withdrawal.save(force_insert=True)
    line = chain.append(by.practice, _body("withdrawn", young_person, by, row=consent.pk), at=at)
    stamps.keep(consent.pk, line)
    return withdrawal


@transaction.atomic
def tell_at_start(
    young_person: YoungPerson,
    *,
    relations: Iterable[Relation],
    categories: Iterable[str],
    told: Told = Told.YES,
    by: Account,
    at: datetime,
) -> ToldAtStart:
    """Record that the young person was told (or was not) that these kinds of things go to these kinds of people."""
    at = sharing_changes(young_person, at=at)
    row = ToldAtStart.objects.create(
        practice=young_person.practice,
        young_person=young_person,
        relations=sorted(relations),
        categories=sorted(categories),
        told=told,
        told_at=at,
        recorded_by=by,
    )
    chain.append(by.practice, _body("told_at_start", young_person, by, row=row.pk, told=told), at=at)
    return row


def _body(kind: str, young_person: YoungPerson, by: Account, **more: object) -> dict[str, object]:
    """Return the body of a chain line: codes and ids, never a name or a text."""
    ids = {key: str(value) for key, value in more.items()}
    return {"kind": f"agreements.{kind}", "young_person": str(young_person.pk), "by": str(by.pk), **ids}
