"""
Changing the circle of care. Every function says who acts and when, and writes its line into the practice's chain.

Whatever can change who may know raises the young person's sharing version under its lock: a release that is under way
either came before, or decides again on what is now on record.
"""

from datetime import date, datetime, timedelta
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from halfdoor.service.accounts.models import Account
from halfdoor.service.core import chain
from halfdoor.service.core.models import Practice
from halfdoor.service.core.prepared import Prepared
from halfdoor.service.people.choices import Relation, ReviewOutcome, Setting
from halfdoor.service.people.facts import day_in
from halfdoor.service.people.models import (
    BirthdayCorrection,
    CourtLimit,
    CourtLimitReview,
    DatedFact,
    Episode,
    EpisodeEnding,
    EpisodeTerms,
    Membership,
    MembershipEnding,
    Person,
    SharingVersion,
    YoungPerson,
)

Fact = TypeVar("Fact", bound=DatedFact)


class NotYourOwnToReview(ValueError):
    """Whoever recorded a court order cannot be the second person who reviews it."""


class AlreadyInCircle(ValueError):
    """This person has this place in the circle already."""


@transaction.atomic
def admit(name: str, *, born_on: date | None, account: Account | None = None, by: Account, at: datetime) -> YoungPerson:
    """
    Take a young person into care: the person, their own place in the circle, and the key their record is sealed with.
    """
    person = Person.objects.create(practice=by.practice, name=name, account=account)
    young_person = YoungPerson.objects.create(practice=by.practice, person=person, born_on=born_on)
    SharingVersion.objects.create(practice=by.practice, young_person=young_person)
    chain.append(by.practice, line("admitted", young_person, by), at=at)
    add_to_circle(
        young_person, person=person, relation=Relation.SELF, since_on=day_in(by.practice, at=at), by=by, at=at
    )
    return young_person


def introduce(name: str, *, account: Account | None = None, by: Account) -> Person:
    """Put down a person who is not yet in anybody's circle."""
    return Person.objects.create(practice=by.practice, name=name, account=account)


@transaction.atomic
def add_to_circle(
    young_person: YoungPerson, *, person: Person, relation: Relation, since_on: date, by: Account, at: datetime
) -> Membership:
    """
    Give somebody a place in the circle of care. It gives no authority: that is a fact of its own, from papers.

    :raises AlreadyInCircle: if they have this place now
    """
    at = sharing_changes(young_person, at=at)
    if Membership.objects.of(young_person).current().filter(person=person, relation=relation).exists():
        raise AlreadyInCircle(_("%(who)s has this place in the circle already.") % {"who": person.name})
    member = Membership.objects.create(
        practice=young_person.practice, young_person=young_person, person=person, relation=relation, since_on=since_on
    )
    body = line("joined", young_person, by, membership=member.pk, person=person.pk, relation=relation)
    chain.append(by.practice, body, at=at)
    return member


@transaction.atomic
def end_membership(member: Membership, *, by: Account, at: datetime) -> MembershipEnding:
    """Somebody leaves the circle: from now on they are told nothing new."""
    at = sharing_changes(member.young_person, at=at)
    ending = MembershipEnding.objects.create(practice=member.practice, membership=member, ended_at=at, recorded_by=by)
    chain.append(by.practice, line("left", member.young_person, by, membership=member.pk), at=at)
    return ending


@transaction.atomic
def begin_episode(
    young_person: YoungPerson,
    *,
    setting: Setting,
    started_on: date,
    terms: EpisodeTerms,
    evidence: str = "",
    document: str = "",
    by: Account,
    at: datetime,
) -> Episode:
    """Begin an episode of care, with what it rests on (``terms`` without its episode and days) and how it was shown."""
    at = sharing_changes(young_person, at=at)
    episode = Episode.objects.create(
        practice=young_person.practice, young_person=young_person, setting=setting, started_on=started_on
    )
    terms.episode, terms.effective_on = episode, started_on
    chain.append(by.practice, line("episode_began", young_person, by, episode=episode.pk), at=at)
    record(terms, evidence=evidence, document=document, by=by, at=at)
    return episode


@transaction.atomic
def end_episode(episode: Episode, *, ended_on: date, by: Account, at: datetime) -> EpisodeEnding:
    """End an episode of care. What was written in it stays under the terms it was given on."""
    at = sharing_changes(episode.young_person, at=at)
    ending = EpisodeEnding.objects.create(
        practice=episode.practice, episode=episode, ended_on=ended_on, recorded_at=at, recorded_by=by
    )
    chain.append(by.practice, line("episode_ended", episode.young_person, by, episode=episode.pk), at=at)
    return ending


@transaction.atomic
def record(fact: Fact, *, evidence: str = "", document: str = "", by: Account, at: datetime) -> Fact:
    """
    Put a dated fact on record: what it says, from which day, who says so, on what evidence, and where the paper is.

    :raises ValidationError: if a value is not one of the fact's words
    """
    young_person = fact.about
    fact.clean_fields(exclude={field.name for field in fact._meta.fields} - set(fact.FACTS.values()))
    at = sharing_changes(young_person, at=at)
    fact.practice, fact.recorded_by, fact.recorded_at = young_person.practice, by, at
    fact.evidence, fact.document = evidence, document
    fact.save(force_insert=True)
    says = {name: getattr(fact, column) for name, column in fact.FACTS.items()}
    body = line(f"{fact._meta.model_name}_recorded", young_person, by, row=fact.pk, says=says)
    chain.append(by.practice, body | {"effective_on": fact.effective_on.isoformat()}, at=at)
    return fact


@transaction.atomic
def review_court_limit(
    court_limit: CourtLimit, *, outcome: ReviewOutcome, by: Account, at: datetime
) -> CourtLimitReview:
    """
    Say, as a second person who read the order, whether it stands.

    :raises NotYourOwnToReview: if the reviewer is who recorded it
    """
    if court_limit.recorded_by_id == by.pk:
        raise NotYourOwnToReview(
            "A court order is reviewed by a second person. Ask a colleague to read it, and to say whether it stands."
        )
    young_person = court_limit.about
    at = sharing_changes(young_person, at=at)
    review = CourtLimitReview.objects.create(
        practice=court_limit.practice, court_limit=court_limit, outcome=outcome, reviewed_at=at, reviewed_by=by
    )
    body = line("court_limit_reviewed", young_person, by, row=court_limit.pk, says={"outcome": outcome.value})
    chain.append(by.practice, body, at=at)
    return review


@transaction.atomic
def correct_birthday(
    young_person: YoungPerson, *, born_on: date | None, because: str, by: Account, at: datetime
) -> BirthdayCorrection:
    """Put the day somebody was born right. What was decided by the wrong one stays in the ledger as it was."""
    at = sharing_changes(young_person, at=at)
    held = YoungPerson.objects.select_for_update().get(practice=young_person.practice_id, pk=young_person.pk)
    correction = BirthdayCorrection(
        practice=young_person.practice,
        young_person=young_person,
        before_on=held.born_on,
        after_on=born_on,
        corrected_at=at,
        corrected_by=by,
    )
    correction.because = because
    correction.save(force_insert=True)
    YoungPerson.objects.filter(practice=held.practice_id, pk=held.pk).update(born_on=born_on)
    chain.append(by.practice, line("birthday_corrected", young_person, by, row=correction.pk), at=at)
    return correction


def sharing_changes(young_person: YoungPerson, *, at: datetime) -> datetime:
    """
    Lock the young person's sharing version, raise it, and return the moment of the change. To be called inside a
    transaction, and before anything is read, by whatever changes who may know.

    :return: the moment given, or one just after the newest that came first: reading the clock is not the order of acts
    """
    return _in_turn(young_person, raised_by=1, at=at).at


def lock_sharing(young_person: YoungPerson, *, at: datetime) -> datetime:
    """
    Hold the young person's sharing version until the transaction ends, and return the moment at which to decide, as
    ``sharing_changes`` does. For releases, and for whatever checks before it shares.
    """
    return hold_sharing(young_person, at=at).at


class Held(NamedTuple):
    """
    The lock on who may know: the moment at which to decide, the number that every change raises, the newest moment at
    which anything had happened under it before, and when the newest line of the whole practice was written.
    """

    at: datetime
    number: int
    newest_at: datetime
    written_at: datetime = chain.BEFORE_ALL


def hold_sharing(young_person: YoungPerson, *, at: datetime) -> Held:
    """Do what ``lock_sharing`` does, and return what is known of the lock."""
    return _in_turn(young_person, raised_by=0, at=at)


def sharing_changes_for_all(practice: Practice, *, at: datetime) -> datetime:
    """
    Do what ``sharing_changes`` does for every young person of a practice at once: for rules that hold for all of them.

    Whoever is releasing something ends first; whoever comes later decides after the moment that is returned.
    """
    versions = SharingVersion.objects.select_for_update().filter(practice=practice).order_by("pk")
    newest = max((version.newest_at for version in versions), default=at)
    if at <= newest:
        at = newest + timedelta(microseconds=1)
    SharingVersion.objects.filter(practice=practice).update(number=F("number") + 1, newest_at=at)
    return at


def _in_turn(young_person: YoungPerson, *, raised_by: int, at: datetime) -> Held:
    version: Any = next(iter(_VERSION.rows(SharingVersion, young_person.practice_id, young_person.pk)), None)
    if version is None:
        raise SharingVersion.DoesNotExist
    newest_at = version.newest_at
    if at < newest_at:
        at = newest_at + timedelta(microseconds=1)
    version.number += raised_by
    version.newest_at = at
    version.save(update_fields=["number", "newest_at"])
    return Held(at, version.number, newest_at, chain.moment_of(version.newest_line))


def _version(practice: UUID, young_person: UUID) -> QuerySet[SharingVersion]:
    rows = SharingVersion.objects.select_for_update().annotate(newest_line=chain.newest_line())
    return rows.filter(practice=practice, young_person=young_person)


_VERSION = Prepared(_version, UUID, UUID)


def line(kind: str, young_person: YoungPerson, by: Account, **more: object) -> dict[str, object]:
    """Return the body of a chain line: codes and ids, never a name or a text."""
    more = {key: value if isinstance(value, dict) else str(value) for key, value in more.items()}
    return {"kind": f"people.{kind}", "young_person": str(young_person.pk), "by": str(by.pk), **more}
