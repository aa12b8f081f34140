"""What can be done instead: offers that really can be taken up, each with a day on which somebody sees what became."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction

from halfdoor.service.accounts.models import Account
from halfdoor.service.core import chain
from halfdoor.service.people.facts import day_in
from halfdoor.service.requests import steps
from halfdoor.service.requests.models import FamilyRequest, Offer, OfferReply, Question, Side, Step

TOGETHER = ("family_session", "tell_together")
"""Offers that stand on both sides' pages: nobody meets together without both."""


@transaction.atomic
def make(
    request: FamilyRequest, codes: Iterable[str], *, pieces: Iterable[str] = (), on: date, by: Account, at: datetime
) -> tuple[Offer, ...]:
    """
    Offer what can be done instead. A meeting stands on the young person's page too where they were asked before; they
    say for themselves.
    """
    made = []
    was_asked = Question.objects.filter(practice=request.practice_id, request=request).exists()
    for code in codes:
        shows = code in TOGETHER and was_asked
        offer = Offer(code=code, pieces=list(pieces) if code in WITH_PIECES else [], check_on=on)
        offer.shows_to_young_person = shows
        steps.of(request, offer, by=by, at=at)
        offer.save(force_insert=True)
        made.append(offer)
    if made:
        steps.take(request, Step.Kind.OFFERED, by=by, at=at)
    return tuple(made)


@transaction.atomic
def say(offer: Offer, side: Side, word: str, *, by: Account, at: datetime) -> OfferReply:
    """Take what one side says to an offer, or what a clinician says became of it. The newest of a side holds."""
    said = OfferReply.objects.create(practice=offer.practice, offer=offer, side=side, word=word, at=at, by=by)
    body = {"kind": "requests.offer_answered", "offer": str(offer.pk), "side": str(side), "word": word}
    chain.append(offer.practice, body | {"by": str(by.pk)}, at=at)
    return said


@transaction.atomic
def say_for_family(request: FamilyRequest, code: str, word: str, *, by: Account, at: datetime) -> OfferReply:
    """Take what whoever asked says to something that can be done instead."""
    offers = Offer.objects.filter(practice=request.practice_id, request=request, code=code)
    offer = offers.order_by("at", "id").last()
    if offer is None:  # the answer was open once, and reads like any closed one
        on = day_in(by.practice, at=at) + TO_SEE_TO_IT
        offer = make(request, [code], on=on, by=by, at=at)[0]
    return say(offer, Side.FAMILY, word, by=by, at=at)


@transaction.atomic
def say_for_young_person(offer: Offer, word: str, *, by: Account, at: datetime) -> OfferReply:
    """Take what the young person says to a meeting. Whoever asked is never shown it."""
    return say(offer, Side.YOUNG_PERSON, word, by=by, at=at)


TO_SEE_TO_IT = timedelta(days=7)
FAMILY_WORDS = (OfferReply.Word.YES.value, OfferReply.Word.NOT_NOW.value, OfferReply.Word.NO.value)
WITH_PIECES = ("general_information", "resources")
"""Offers that come with general texts, which say nothing about anybody."""
