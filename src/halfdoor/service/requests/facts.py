"""
Facts that can be asked for while somebody is on the telephone: in which words, and where each goes on record.

What the circle of care or the agreements keep goes there as a dated row, by their own actions. A circumstance of this
one request is kept with the request.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from halfdoor.service.accounts.models import Account
from halfdoor.service.agreements import actions as agreements
from halfdoor.service.agreements.choices import Told, WishSource, WishValue
from halfdoor.service.people import actions as people
from halfdoor.service.people import facts as circle
from halfdoor.service.people.choices import Answer, Competence, Identity, Level, Relation
from halfdoor.service.people.models import Authority, CareRole, CompetenceAssessment, IdentityCheck, Membership
from halfdoor.service.requests.models import FamilyRequest, StatedFact
from halfdoor.service.requests.words import Way

Choices = tuple[tuple[str, str | Promise], ...]
Record = Callable[[FamilyRequest, str, str, Account, datetime], object]
"""Puts a value with its evidence on record: (request, value, evidence, by, at)."""


@dataclass(frozen=True, slots=True)
class Askable:
    """A fact one can ask for: the question, what can be answered, and how the answer goes on record."""

    words: Promise
    choices: Choices
    record: Record
    about_a_member: bool = False


_YES_OR_NO: Choices = ((Answer.YES.value, _("Yes")), (Answer.NO.value, _("No")))


def _member(request: FamilyRequest) -> Membership:
    assert request.asked_by is not None, "asked only about a member of the circle"
    return request.asked_by


def _today(request: FamilyRequest, at: datetime) -> dict[str, object]:
    return {"effective_on": circle.day_in(request.young_person.practice, at=at)}


def _identity(request: FamilyRequest, way: str, evidence: str, by: Account, at: datetime) -> object:
    outcome = Identity.UNVERIFIED if way == Way.NOT_YET else Identity.VERIFIED
    fact = IdentityCheck(membership=_member(request), outcome=outcome, **_today(request, at))
    return people.record(fact, evidence=f"{way} {evidence}".strip(), by=by, at=at)


def _authority(request: FamilyRequest, level: str, evidence: str, by: Account, at: datetime) -> object:
    fact = Authority(membership=_member(request), level=level, **_today(request, at))
    return people.record(fact, evidence=evidence, by=by, at=at)


def _part(name: str) -> Record:
    """Record one half of somebody's part in the care, and leave the other as it stands."""

    def record(request: FamilyRequest, answer: str, evidence: str, by: Account, at: datetime) -> object:
        member = _member(request)
        known = circle.load(request.young_person, at=at).of_member(member)
        stands = {fact: str(known[fact]) for fact in CareRole.FACTS if fact in known}
        fact = CareRole(membership=member, **(stands | {name: answer}), **_today(request, at))
        return people.record(fact, evidence=evidence, by=by, at=at)

    return record


def _competence(request: FamilyRequest, outcome: str, evidence: str, by: Account, at: datetime) -> object:
    fact = CompetenceAssessment(
        young_person=request.young_person, outcome=outcome, category=request.category, **_today(request, at)
    )
    return people.record(fact, evidence=evidence, by=by, at=at)


def _told(request: FamilyRequest, told: str, evidence: str, by: Account, at: datetime) -> object:
    return agreements.tell_at_start(
        request.young_person,
        relations=[Relation(_member(request).relation)],
        categories=[request.category],
        told=Told(told),
        by=by,
        at=at,
    )


def _wish(request: FamilyRequest, value: str, evidence: str, by: Account, at: datetime) -> object:
    return agreements.wish(
        request.young_person,
        value=WishValue(value),
        source=WishSource.TOLD_THERAPIST,
        about=_member(request),
        category=request.category,
        words=evidence,
        by=by,
        at=at,
    )


def _stated(name: str) -> Record:
    def record(request: FamilyRequest, value: str, evidence: str, by: Account, at: datetime) -> object:
        at = people.sharing_changes(request.young_person, at=at)
        return StatedFact.objects.create(
            practice=request.practice, request=request, fact=name, value=value, stated_at=at, stated_by=by
        )

    return record


ASKABLE: Mapping[str, Askable] = {
    "identity": Askable(
        _("Do you know that it is really them?"),
        tuple((way.value, way.label) for way in (*Way.sure(), Way.NOT_YET)),
        _identity,
        True,
    ),
    "authority": Askable(
        _("What do the papers say about their authority? Only what you have seen."),
        tuple((value, words) for value, words in Level.choices if value != Level.UNKNOWN),
        _authority,
        True,
    ),
    "involved_in_care": Askable(_("Do they take part in the care?"), _YES_OR_NO, _part("involved_in_care"), True),
    "needs_it_for_role": Askable(
        _("Do they need this for their work with the young person?"), _YES_OR_NO, _part("needs_it_for_role"), True
    ),
    "told_at_start": Askable(
        _("Was the young person told at the start that this goes to people like them?"), _YES_OR_NO, _told, True
    ),
    "wish": Askable(
        _("Have you talked about it with the young person already? What did they say?"),
        tuple((value.value, value.label) for value in WishValue if value is not WishValue.NOT_ASKED),
        _wish,
        True,
    ),
    "competence": Askable(
        _("Have you assessed whether the young person can decide this themselves?"),
        tuple((value.value, value.label) for value in Competence if value is not Competence.NOT_ASSESSED),
        _competence,
    ),
    "risk": Askable(
        _("Is there a risk of harm, as you see it now?"),
        (
            ("none_known", _("None that I know of")),
            ("concern", _("A concern")),
            ("serious", _("Serious")),
            ("serious_and_imminent", _("Serious, and it cannot wait")),
        ),
        _stated("risk"),
    ),
    "emergency": Askable(_("Is this an emergency?"), _YES_OR_NO, _stated("emergency")),
    "best_interests": Askable(
        _("Have you weighed what sharing would do?"),
        (
            ("for_sharing", _("Yes: it would serve the young person")),
            ("nothing_against", _("Yes: I found nothing against it")),
            ("against_sharing", _("Yes: it would not serve the young person")),
        ),
        _stated("best_interests"),
    ),
    "recipient_already_knows": Askable(
        _("Do they know it already, from the young person?"), _YES_OR_NO, _stated("recipient_already_knows")
    ),
    "acting_for": Askable(
        _("For whom do they act?"),
        (
            ("self", _("For themselves")),
            ("client", _("For the young person")),
            ("parent", _("For a parent")),
            ("guardian", _("For a guardian")),
            ("authority", _("For an authority")),
        ),
        _stated("acting_for"),
    ),
}
"""Facts by name, as a clinician is asked for them. What is not here is settled with papers, not on the telephone."""
