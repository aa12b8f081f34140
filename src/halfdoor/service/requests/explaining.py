"""
Explaining an exception: when the law, an order or somebody's safety opened an answer, both sides hear why.

The family reads set words; the young person reads their therapist's. Where telling would add danger nothing is told,
and the reason stands on record.
"""

from datetime import datetime

from django.db import transaction

from halfdoor.service.accounts.models import Account
from halfdoor.service.disclosures.actions import fulfil
from halfdoor.service.disclosures.gate import Receipt
from halfdoor.service.disclosures.models import Obligation
from halfdoor.service.requests import steps
from halfdoor.service.requests.models import Answer, ExceptionUsed, Explanation, FamilyRequest, Side, Step

TIERS = ("duty", "order", "safety")
"""Where a rule stands that opens whatever anybody wishes."""

_TELLING = ("tell_young_person", "tell_young_person_promptly", "tell_young_person_first")


class ToldAlready(Exception):
    """This side was told, or it was decided not to."""


def note(request: FamilyRequest, answer: Answer, receipt: Receipt, *, by: Account, at: datetime) -> None:
    """Note that an answer rests on an exception, if it does. Called in the transaction of the answer."""
    rule = receipt.decision.rule
    if receipt.went and rule is not None and str(rule.tier) in TIERS:
        used = ExceptionUsed(answer=answer, line=receipt.line, tier=str(rule.tier))
        steps.of(request, used, by=by, at=at)
        used.save(force_insert=True)


@transaction.atomic
def explain(used: ExceptionUsed, side: Side, *, is_told: bool, words: str, by: Account, at: datetime) -> Explanation:
    """
    Tell one side why, or write down why telling would add danger.

    :raises ToldAlready: if this was settled before
    """
    FamilyRequest.objects.select_for_update(no_key=True).get(practice=used.practice_id, pk=used.request_id)
    if Explanation.objects.filter(practice=used.practice_id, used=used, side=side).exists():
        raise ToldAlready
    told = Explanation(used=used, side=side, is_told=is_told)
    steps.of(used.request, told, by=by, at=at)
    told.words = words
    told.save(force_insert=True)
    steps.take(used.request, Step.Kind.WHY_TOLD, note=words, by=by, at=at)
    if side == Side.YOUNG_PERSON:
        owed = Obligation.objects.open().filter(practice=used.practice_id, line=used.line_id, code__in=_TELLING)
        for obligation in owed:
            fulfil(obligation, by=by, at=at)
    return told
