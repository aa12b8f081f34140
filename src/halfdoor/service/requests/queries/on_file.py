"""All that was ever written down about one request, read at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from halfdoor.service.accounts.models import Account
from halfdoor.service.accounts.queries import known_by_ids
from halfdoor.service.core.together import Together
from halfdoor.service.people.models import Draft
from halfdoor.service.requests import models
from halfdoor.service.requests.models import FamilyRequest

_WHO = {"Step": "taken_by", "Answer": "answered_by", "Weighing": "by", "Proposal": "by"}


@dataclass(frozen=True, slots=True)
class OnFile:
    """The rows about a request, the oldest first. ``drafts`` are those of whoever reads."""

    is_known: bool
    steps: list[models.Step]
    stated: list[models.StatedFact]
    questions: list[models.Question]
    replies: list[models.Reply]
    answers: list[models.Answer]
    offices: list[models.Official]
    skipped: list[models.Skipped]
    checks: list[models.CallCheck]
    clocks: list[models.Clock]
    extensions: list[models.Extension]
    weighings: list[models.Weighing]
    proposals: list[models.Proposal]
    readings: list[models.SecondReading]
    used: list[models.ExceptionUsed]
    explanations: list[models.Explanation]
    offers: list[models.Offer]
    offer_replies: list[models.OfferReply]
    afterwards: list[models.Afterwards]
    drafts: list[Draft]


def on_file(request: FamilyRequest, *, reader: Account) -> OnFile:
    """Return everything about a request that this clinician was given. Two queries."""
    practice = request.practice_id
    known, *found = _WRITTEN.ask(practice, request.pk, reader.pk)
    _name(found, practice=practice)
    for rows in found:
        rows.sort(key=_order)
    return OnFile(bool(known), *found)


def _written(practice: UUID, request: UUID, reader: UUID) -> "tuple[QuerySet[Any, Any], ...]":
    mine: dict[str, Any] = {"practice": practice, "request": request}
    return (
        FamilyRequest.objects.filter(practice=practice, pk=request).known(),
        models.Step.objects.filter(**mine),
        models.StatedFact.objects.filter(**mine),
        models.Question.objects.filter(**mine),
        models.Reply.objects.filter(practice=practice, question__request=request),
        models.Answer.objects.filter(**mine),
        models.Official.objects.filter(**mine),
        models.Skipped.objects.filter(**mine),
        models.CallCheck.objects.filter(**mine),
        models.Clock.objects.filter(**mine),
        models.Extension.objects.filter(**mine),
        models.Weighing.objects.filter(**mine),
        models.Proposal.objects.filter(**mine),
        models.SecondReading.objects.filter(**mine),
        models.ExceptionUsed.objects.filter(**mine),
        models.Explanation.objects.filter(**mine),
        models.Offer.objects.filter(**mine),
        models.OfferReply.objects.filter(practice=practice, offer__request=request),
        models.Afterwards.objects.filter(**mine),
        Draft.objects.filter(practice=practice, about=request).of(known_by_ids(practice, reader)),
    )


_WRITTEN = Together(_written, UUID, UUID, UUID)


def _name(found: Iterable[list[Any]], *, practice: UUID) -> None:
    """Put the accounts beside the rows whose page says who did something."""
    named = [(row, _WHO[type(row).__name__]) for rows in found for row in rows if type(row).__name__ in _WHO]
    wanted = {getattr(row, f"{who}_id") for row, who in named}
    accounts = Account.objects.filter(practice=practice).in_bulk(wanted)
    for row, who in named:
        setattr(row, who, accounts[getattr(row, f"{who}_id")])


_MOMENTS = ("at", "taken_at", "stated_at", "asked_at", "replied_at", "answered_at", "kept_at")


def _order(row: Any) -> Any:
    moment = next(name for name in _MOMENTS if hasattr(row, name))
    return attrgetter(moment, "pk")(row)
