"""
The steps between a question and its answer: speaking with whoever asks, with the young person, and weighing.

They come in the order in which they help, and none has to: what is left out is left out by somebody, with a reason.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from halfdoor.service.accounts.models import Account
from halfdoor.service.agreements import actions as agreements
from halfdoor.service.agreements.choices import WishSource, WishValue
from halfdoor.service.disclosures import gate
from halfdoor.service.people import actions as people
from halfdoor.service.requests import steps
from halfdoor.service.requests.models import CallCheck, FamilyRequest, Skipped, StatedFact, Step, Weighing
from halfdoor.service.requests.queries.clinicians import as_question
from halfdoor.service.requests.words import Way

WITH_THE_FAMILY = (
    Step.Kind.ACKNOWLEDGED,
    Step.Kind.EXPLORED,
    Step.Kind.BOUNDARIES,
    Step.Kind.NEEDS,
    Step.Kind.EACH_OTHER,
)
"""What is said to whoever asks, in the order in which it helps."""

CAN_BE_LEFT_OUT = (*WITH_THE_FAMILY, Step.Kind.CONSENT_CHECKED, Step.Kind.WEIGHED, Step.Kind.TALKED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """
    What a professional finds. ``harm`` and ``interests`` are the contract's words; ``serves`` and ``harms`` what speaks
    for sharing and against it.
    """

    harm: str
    interests: str
    serves: str
    harms: str


@transaction.atomic
def note_down(
    request: FamilyRequest, kinds: Collection[str], *, said: str, by: Account, at: datetime
) -> tuple[Step, ...]:
    """Write down which steps were taken with whoever asks, and what they said."""
    taken = [kind for kind in WITH_THE_FAMILY if kind in kinds]
    heard = Step.Kind.EXPLORED if Step.Kind.EXPLORED in taken or not taken else taken[0]
    if said and heard not in taken:
        taken.append(heard)
    return tuple(steps.take(request, kind, note=said if kind == heard else "", by=by, at=at) for kind in taken)


@transaction.atomic
def leave_out(request: FamilyRequest, kind: Step.Kind, *, reason: str, by: Account, at: datetime) -> Skipped:
    """Leave a step out, and say why."""
    assert kind in CAN_BE_LEFT_OUT, "a request is received, decided and answered whatever else is left out"
    skipped = Skipped(kind=kind)
    steps.of(request, skipped, by=by, at=at)
    skipped.reason = reason
    skipped.save(force_insert=True)
    return skipped


@transaction.atomic
def look_at_wishes(request: FamilyRequest, *, by: Account, at: datetime) -> Step:
    """Note that somebody looked at what the young person wishes and what was agreed to, as it stands now."""
    return steps.take(request, Step.Kind.CONSENT_CHECKED, by=by, at=at)


@transaction.atomic
def talk(request: FamilyRequest, said: str, *, wish: str = "", by: Account, at: datetime) -> Step:
    """
    Note a talk with the young person about the request, in their words; what they would like is on record from now on.
    """
    member = as_question(request).member
    if wish and member is not None:
        agreements.wish(
            request.young_person,
            value=WishValue(wish),
            source=WishSource.TOLD_THERAPIST,
            about=member,
            category=request.category,
            words=said,
            by=by,
            at=at,
        )
    return steps.take(request, Step.Kind.TALKED, note=said, by=by, at=at)


@transaction.atomic
def weigh(request: FamilyRequest, weighed: Weighed, *, by: Account, at: datetime) -> Weighing:
    """
    Put on record what a professional weighed, with both sides of it. What it finds counts from now on.
    """
    at = people.sharing_changes(request.young_person, at=at)
    row = Weighing(harm=weighed.harm, interests=weighed.interests)
    steps.of(request, row, by=by, at=at)
    row.serves, row.harms = weighed.serves, weighed.harms
    row.save(force_insert=True)
    for fact, value in (("harm_finding", weighed.harm), ("best_interests", weighed.interests)):
        StatedFact.objects.create(
            practice=request.practice, request=request, fact=fact, value=value, stated_at=at, stated_by=by
        )
    steps.take(request, Step.Kind.WEIGHED, by=by, at=at)
    disposition = str(gate.consider(as_question(request), at=at).disposition)
    steps.take(request, Step.Kind.DECIDED, disposition=disposition, by=by, at=at)
    return row


def seen_to(request: FamilyRequest, *, taken: Iterable[Step] | None = None) -> tuple[str, ...]:
    """Return the obligations, by code, that steps on record have met already; ``taken`` if they were read."""
    mine = {"practice": request.practice_id, "request": request}
    kinds = {step.kind for step in (Step.objects.filter(**mine) if taken is None else taken)}
    met: list[str] = []
    if CallCheck.objects.filter(**mine, way__in=Way.sure()).exists():
        met += ["verify_identity", "verify_requester"]
    if Step.Kind.WEIGHED in kinds:
        met += ["weigh_harm", "weigh_child_factors", "record_best_interests", "record_reasons"]
    if kinds & {Step.Kind.TALKED, Step.Kind.REPLIED}:
        met += ["ask_young_person_view", "tell_young_person_of_request"]
    return tuple(met)
