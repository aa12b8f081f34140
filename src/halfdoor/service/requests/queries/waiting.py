"""What waits for a clinician, by the day on which it is due: for *Today*. Nothing stands here that is not a link."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from halfdoor.service.accounts.models import Account
from halfdoor.service.people.facts import day_in
from halfdoor.service.requests.clocks import working_day_by
from halfdoor.service.requests.models import (
    Afterwards,
    Answer,
    Clock,
    ExceptionUsed,
    Explanation,
    Extension,
    FamilyRequest,
    FamilyRequestQuerySet,
    Offer,
    OfferReply,
    Proposal,
    Reply,
    SecondReading,
    Side,
    Step,
)
from halfdoor.service.requests.queries.clinicians import readable_by, who_asked, with_office
from halfdoor.service.requests.words import TOPICS
from halfdoor.service.web.due import Due


def waiting_for(clinician: Account, *, at: datetime) -> list[Due]:
    """
    Return what somebody has to do something about: no answer yet, a young person's reply, a day to look again, and what
    follows an answer. What may be about somebody's safety stands first.
    """
    today = day_in(clinician.practice, at=at)
    mine = readable_by(clinician)
    return [
        *_consequences(mine, today),
        *_to_answer(mine, today),
        *_to_read(mine, clinician),
        *_to_explain(mine, today),
        *_to_meet(mine),
        *_to_review(mine),
    ]


def _to_answer(mine: FamilyRequestQuerySet, today: date) -> Iterator[Due]:
    of_it = {"practice": OuterRef("practice"), "request": OuterRef("pk")}
    answers = Answer.objects.filter(**of_it).order_by("-answered_at", "-id")
    steps = Step.objects.filter(**of_it).order_by("-taken_at", "-id")
    replies = Reply.objects.filter(practice=OuterRef("practice"), question__request=OuterRef("pk"))
    looked = (Step.Kind.FOLLOWED_UP, Step.Kind.LOOKED_AGAIN)
    rows = with_office(mine).annotate(
        answered_at=Subquery(answers.values("answered_at")[:1]),
        outcome=Subquery(answers.values("outcome")[:1]),
        look_again_on=Subquery(answers.values("look_again_on")[:1]),
        replied_at=Subquery(steps.filter(kind=Step.Kind.REPLIED).values("taken_at")[:1]),
        choice=Subquery(replies.order_by("-replied_at", "-id").values("choice")[:1]),
        followed_up_at=Subquery(steps.filter(kind__in=looked).values("taken_at")[:1]),
        promised_on=Subquery(steps.filter(due_on__isnull=False).values("due_on")[:1]),
        clock_at=Subquery(Clock.objects.filter(**of_it).order_by("due_at").values("due_at")[:1]),
        longer_at=Subquery(Extension.objects.filter(**of_it).values("due_at")[:1]),
    )
    not_yet = Q(followed_up_at=None) | Q(followed_up_at__lt=F("answered_at"))
    is_due = Q(look_again_on__lte=today) & not_yet
    for row in rows.filter(Q(answered_at=None) | Q(replied_at__gt=F("answered_at")) | is_due):
        yield _answering(row)


def _answering(row: Any) -> Due:
    if row.answered_at is None:
        why = _("The young person has replied") if row.replied_at else _("Not answered yet")
        due_on, is_law = _by_law(row)
        return _line(row, _("%(why)s, by law") % {"why": why} if is_law else why, due_on)
    if row.replied_at is not None and row.replied_at > row.answered_at:
        return _line(row, _("The young person has replied again"), None)
    why = _("To be looked at again")
    if row.choice == Reply.Choice.I_TELL:
        why = _("The young person wanted to tell it: have they?")
    elif row.choice == Reply.Choice.TOGETHER:
        why = _("The young person wanted to tell it together: is there a time?")
    return _line(row, why, row.look_again_on)


def _by_law(row: Any) -> tuple[date | None, bool]:
    """Return the day by which it is answered: the one we promised, or the law's where that comes first."""
    law_at = row.longer_at or row.clock_at
    if law_at is None:
        return row.promised_on, False
    law_on = working_day_by(day_in(row.practice, at=law_at))
    return (law_on, True) if row.promised_on is None or law_on <= row.promised_on else (row.promised_on, False)


def _to_read(mine: FamilyRequestQuerySet, clinician: Account) -> Iterator[Due]:
    read = SecondReading.objects.filter(practice=OuterRef("practice"), proposal=OuterRef("pk"))
    later = Proposal.objects.filter(practice=OuterRef("practice"), request=OuterRef("request"), at__gt=OuterRef("at"))
    answered = Answer.objects.filter(
        practice=OuterRef("practice"), request=OuterRef("request"), answered_at__gte=OuterRef("at")
    )
    rows = Proposal.objects.filter(practice=clinician.practice_id, request__in=mine).exclude(Exists(later))
    for proposal in rows.exclude(Exists(answered)).annotate(is_read=Exists(read)):
        if not proposal.is_read and proposal.by_id != clinician.pk:
            yield from _lines(mine, [proposal.request_id], _("Waits for a second reader"), None)
        elif proposal.is_read and proposal.by_id == clinician.pk:
            yield from _lines(mine, [proposal.request_id], _("Came back from the second reader"), None)


def _to_explain(mine: FamilyRequestQuerySet, today: date) -> Iterator[Due]:
    told = Explanation.objects.filter(practice=OuterRef("practice"), used=OuterRef("pk"))
    used = ExceptionUsed.objects.filter(request__in=mine).exclude(Exists(told.filter(side=Side.YOUNG_PERSON)))
    yield from _lines(mine, used.values_list("request", flat=True), _("Explain why it was told"), today)


def _to_meet(mine: FamilyRequestQuerySet) -> Iterator[Due]:
    of_it = OfferReply.objects.filter(practice=OuterRef("practice"), offer=OuterRef("pk"))
    yes = of_it.filter(side__in=(Side.FAMILY, Side.YOUNG_PERSON), word=OfferReply.Word.YES)
    open_ones = Offer.objects.filter(Exists(yes), request__in=mine).exclude(Exists(of_it.filter(side=Side.CLINICIAN)))
    for offer in open_ones:
        yield from _lines(mine, [offer.request_id], _("Somebody would like to meet: find a time"), offer.check_on)


def _to_review(mine: FamilyRequestQuerySet) -> Iterator[Due]:
    later = Answer.objects.filter(
        practice=OuterRef("practice"), request=OuterRef("request"), answered_at__gt=OuterRef("taken_at")
    )
    asked = Step.objects.filter(request__in=mine, kind=Step.Kind.REVIEW_ASKED).exclude(Exists(later))
    why = _("They ask that somebody else looks at the answer")
    yield from _lines(mine, asked.values_list("request", flat=True), why, None)


def _consequences(mine: FamilyRequestQuerySet, today: date) -> Iterator[Due]:
    """Yield where a young person said that it had consequences at home, until somebody has come back to it."""
    seen = Step.objects.filter(
        practice=OuterRef("practice"),
        request=OuterRef("request"),
        kind__in=(Step.Kind.FOLLOWED_UP, Step.Kind.TALKED),
        taken_at__gt=OuterRef("at"),
    )
    rows = Afterwards.objects.filter(request__in=mine, side=Side.YOUNG_PERSON).exclude(Exists(seen))
    ids = [row.request_id for row in rows if row.consequences == Afterwards.Consequences.YES]
    yield from _lines(mine, ids, _("It had consequences at home: talk with the young person, alone"), today)


def _lines(mine: FamilyRequestQuerySet, ids: Sequence[UUID] | Any, why: str, due_on: date | None) -> Iterator[Due]:
    for request in mine.filter(pk__in=list(ids)):
        yield _line(request, why, due_on)


def _line(request: FamilyRequest, why: str, due_on: date | None) -> Due:
    named = {"who": who_asked(request), "about": request.young_person.name, "topic": str(TOPICS[request.category])}
    words = _("%(who)s about %(about)s: %(topic)s") % named
    return Due(reverse("requests:request", args=[request.pk]), words, why, due_on)
