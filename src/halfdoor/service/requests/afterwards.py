"""Afterwards: how it was, for whoever asked and the young person, who alone is asked about consequences."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from halfdoor.service.accounts.models import Account
from halfdoor.service.requests import steps
from halfdoor.service.requests.models import Afterwards, Answer, FamilyRequest, Side, Step


@transaction.atomic
def from_family(request: FamilyRequest, how: str, *, words: str = "", by: Account, at: datetime) -> Afterwards:
    """Take how an answer was for whoever asked."""
    return _say(request, Side.FAMILY, how, words, Afterwards.Consequences.NOT_SAID, by=by, at=at)


@transaction.atomic
def from_young_person(
    request: FamilyRequest,
    how: str,
    *,
    words: str = "",
    consequences: str = Afterwards.Consequences.NOT_SAID,
    by: Account,
    at: datetime,
) -> Afterwards:
    """Take how it was for the young person. It goes to their clinicians alone, and can be said again."""
    return _say(request, Side.YOUNG_PERSON, how, words, consequences, by=by, at=at)


@transaction.atomic
def ask_for_review(request: FamilyRequest, *, by: Account, at: datetime) -> Step | None:
    """Whoever asked wants that somebody else looks at the answer. Once for each answer: more would bury its story."""
    FamilyRequest.objects.select_for_update(no_key=True).get(practice=request.practice_id, pk=request.pk)
    mine = {"practice": request.practice_id, "request": request}
    answered_at = Answer.objects.filter(**mine).aggregate(last=Max("answered_at"))["last"]
    asked = Step.objects.filter(**mine, kind=Step.Kind.REVIEW_ASKED)
    if answered_at is None or asked.filter(taken_at__gte=answered_at).exists():
        return None
    return steps.take(request, Step.Kind.REVIEW_ASKED, by=by, at=at)


def _say(
    request: FamilyRequest, side: Side, how: str, words: str, consequences: str, *, by: Account, at: datetime
) -> Afterwards:
    said = Afterwards(side=side, how=how)
    steps.of(request, said, by=by, at=at)
    said.words, said.consequences = words, consequences
    said.save(force_insert=True)
    steps.take(request, Step.Kind.AFTERWARDS, by=by, at=at)
    return said
