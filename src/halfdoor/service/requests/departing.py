"""
Deciding otherwise than the rules: a clinician may be more careful than they are, with reasons, and never less.

What would open more is no departure: put on record what you know or weighed, and the rules decide again. What the law
compels cannot be kept back. Every departure is read by a clinical lead who did not make it.
"""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from django.db import transaction

from halfdoor.service.accounts.models import Account
from halfdoor.service.core import chain
from halfdoor.service.people.actions import lock_sharing
from halfdoor.service.requests import steps
from halfdoor.service.requests.models import Departure, DepartureReview, FamilyRequest, Step

CLOSER: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"may_share": ("share_limited", "ask_first", "withhold"), "share_limited": ("ask_first", "withhold")}
)
"""From which answer one may depart to which: only to more closed ones, and from none that the law compels."""


class NotThatWay(Exception):
    """A departure would open something, or keep back what the law compels."""


class NotYourOwnDeparture(Exception):
    """Whoever departed is not who reviews it."""


@transaction.atomic
def depart(
    request: FamilyRequest, decision: Mapping[str, Any], instead: str, *, reasons: str, by: Account, at: datetime
) -> Departure:
    """
    Decide otherwise than the rules, with reasons. The answer that follows is given like any other.

    :raises NotThatWay: if it would open more, or the law compels
    """
    at = lock_sharing(request.young_person, at=at)
    decided = decision["disposition"]
    if instead not in CLOSER.get(decided, ()):
        raise NotThatWay
    departure = Departure(decided=decided, instead=instead, rule=decision["reasons"][0]["rule"])
    steps.of(request, departure, by=by, at=at)
    departure.reasons = reasons
    departure.save(force_insert=True)
    steps.take(request, Step.Kind.DEPARTED, disposition=instead, note=reasons, by=by, at=at)
    return departure


@transaction.atomic
def review(
    departure: Departure, outcome: DepartureReview.Outcome, *, words: str, by: Account, at: datetime
) -> DepartureReview:
    """
    Say what a clinical lead thinks of a departure.

    :raises NotYourOwnDeparture: if they made it themselves
    """
    if departure.by_id == by.pk:
        raise NotYourOwnDeparture
    reviewed = DepartureReview(
        practice=departure.practice,
        departure=departure,
        young_person=departure.young_person,
        outcome=outcome,
        at=at,
        by=by,
    )
    reviewed.words = words
    reviewed.save(force_insert=True)
    body = {
        "kind": "requests.departure_reviewed",
        "departure": str(departure.pk),
        "outcome": str(outcome),
        "by": str(by.pk),
    }
    chain.append(departure.practice, body, at=at)
    return reviewed
