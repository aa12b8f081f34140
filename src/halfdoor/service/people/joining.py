"""Taking people into a circle of care: whole steps, made of the actions of one row each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from halfdoor.service.accounts.models import Account
from halfdoor.service.core import chain
from halfdoor.service.people import actions
from halfdoor.service.people.choices import Identity, LegalBasis, Level, Relation, Setting
from halfdoor.service.people.facts import day_in
from halfdoor.service.people.models import (
    Authority,
    CareRole,
    Episode,
    EpisodeTerms,
    IdentityCheck,
    Membership,
    Person,
    YoungPerson,
)
from halfdoor.service.people.queries import current_episode
from halfdoor.service.people.settings_of_care import usual_part


@dataclass(frozen=True, slots=True, kw_only=True)
class Joining:
    """
    Somebody who gets a place in a circle: one who is known already, or a name that is new.

    ``level`` is their authority where papers say something of it; without, nothing is recorded and nothing opens.
    """

    relation: Relation
    since_on: date
    person: Person | None = None
    name: str = ""
    level: Level | None = None
    evidence: str = ""
    document: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Admission:
    """A young person who comes into care: who, in what setting, on what basis, and by whom they are seen."""

    name: str
    born_on: date | None
    setting: Setting
    started_on: date
    legal_basis: LegalBasis
    clinicians: Sequence[tuple[Account, Relation]]
    evidence: str = ""
    document: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """Another setting of care, or another basis, from a day on."""

    setting: Setting
    legal_basis: LegalBasis
    on: date
    evidence: str = ""
    document: str = ""


@transaction.atomic
def join(young_person: YoungPerson, joining: Joining, *, by: Account, at: datetime) -> Membership:
    """
    Give somebody a place in the circle, with the part that is usual for it, and their authority if the papers say it.

    :raises AlreadyInCircle: if they have this place now
    """
    person = joining.person or actions.introduce(joining.name, by=by)
    member = actions.add_to_circle(
        young_person, person=person, relation=joining.relation, since_on=joining.since_on, by=by, at=at
    )
    part = CareRole(
        membership=member,
        effective_on=joining.since_on,
        **usual_part(joining.relation, _setting_of(young_person, at=at)),
    )
    shown = {"evidence": joining.evidence, "document": joining.document}
    actions.record(part, by=by, at=at)
    if joining.level is not None:
        authority = Authority(membership=member, level=joining.level, effective_on=joining.since_on)
        actions.record(authority, **shown, by=by, at=at)
    return member


@transaction.atomic
def admit(admission: Admission, *, by: Account, at: datetime) -> YoungPerson:
    """Take a young person into care with their episode and the clinicians who see them."""
    young_person = actions.admit(admission.name, born_on=admission.born_on, by=by, at=at)
    terms = EpisodeTerms(legal_basis=admission.legal_basis)
    began = actions.begin_episode(
        young_person,
        setting=admission.setting,
        started_on=admission.started_on,
        terms=terms,
        evidence=admission.evidence,
        document=admission.document,
        by=by,
        at=at,
    )
    for account, relation in admission.clinicians:
        take_on(young_person, clinician=account, relation=relation, since_on=began.started_on, by=by, at=at)
    return young_person


@transaction.atomic
def take_on(
    young_person: YoungPerson, *, clinician: Account, relation: Relation, since_on: date, by: Account, at: datetime
) -> Membership:
    """Give a clinician of the practice a place in a circle. We know who they are; they have no authority in law."""
    joining = Joining(relation=relation, since_on=since_on, person=person_of(clinician, by=by), level=Level.NONE)
    member = join(young_person, joining, by=by, at=at)
    known = IdentityCheck(membership=member, outcome=Identity.VERIFIED, effective_on=since_on)
    actions.record(known, by=by, at=at)
    return member


@transaction.atomic
def move_to(young_person: YoungPerson, move: Move, *, by: Account, at: datetime) -> Episode:
    """Let care go on in another setting or on another basis, as an episode of its own; the one before it ends."""
    at = actions.sharing_changes(young_person, at=at)
    before = current_episode(young_person, on=move.on)
    if before is not None:
        actions.end_episode(before, ended_on=move.on, by=by, at=at)
    return actions.begin_episode(
        young_person,
        setting=move.setting,
        started_on=move.on,
        terms=EpisodeTerms(legal_basis=move.legal_basis),
        evidence=move.evidence,
        document=move.document,
        by=by,
        at=at,
    )


def person_of(account: Account, *, by: Account) -> Person:
    """Return the person who signs in with an account, put down on first use."""
    person, _ = Person.objects.get_or_create(
        practice=by.practice, account=account, defaults={"name": account.display_name or account.username}
    )
    return person


def give_account(person: Person, account: Account, *, by: Account, at: datetime) -> None:
    """Let a person sign in with an account. They have one, whatever the number of circles they are in."""
    with transaction.atomic():
        held = Person.objects.select_for_update().get(practice=by.practice_id, pk=person.pk)
        if held.account_id not in (None, account.pk):
            raise ValueError("This person signs in with another account. One person has one account.")
        Person.objects.filter(practice=by.practice_id, pk=person.pk).update(account=account)
        body = {"kind": "people.account_given", "person": str(person.pk), "account": str(account.pk), "by": str(by.pk)}
        chain.append(by.practice, body, at=at)


def _setting_of(young_person: YoungPerson, *, at: datetime) -> str:
    episode = current_episode(young_person, on=day_in(young_person.practice, at=at))
    return str(episode.setting if episode else young_person.practice.setting)
