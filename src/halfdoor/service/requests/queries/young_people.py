"""What a young person reads: who asked what about them, and what they said. Never who is thought to press them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.paginator import Page
from django.db.models import Exists, OuterRef, QuerySet, Subquery

from halfdoor.service.accounts.models import Account
from halfdoor.service.accounts.queries import known_by_ids
from halfdoor.service.core.prepared import Prepared
from halfdoor.service.people import queries as people
from halfdoor.service.people.models import YoungPerson
from halfdoor.service.requests.models import (
    Afterwards,
    Answer,
    Explanation,
    FamilyRequest,
    Offer,
    OfferReply,
    Question,
    QuestionQuerySet,
    Reply,
    Side,
)
from halfdoor.service.requests.queries.clinicians import latest_reply
from halfdoor.service.requests.words import MY_TOPICS
from halfdoor.service.web.paging import Paged


@dataclass(frozen=True, slots=True)
class AskedAboutMe:
    """Somebody asked something: who, what, the therapist's word with it, and what I answered last, if anything."""

    pk: UUID
    who: str
    topic: str
    words: str
    asked_by: str
    asked_at: datetime
    reply: Reply | None


@dataclass(frozen=True, slots=True)
class AskedLine:
    """The same in a list: who asked what, and what I answered last, in words."""

    pk: UUID
    who: str
    topic: str
    said: str


@dataclass(frozen=True, slots=True)
class Meeting:
    """Somebody would like that we meet together; what I said to it last, and what I can say."""

    pk: UUID
    who: str
    words: str
    said: str
    choices: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Over:
    """Something that somebody asked was answered: I can say how it was for me."""

    request_id: UUID
    who: str
    topic: str
    at: datetime
    is_said: bool


@dataclass(frozen=True, slots=True)
class Why:
    """Why something was told although I had not agreed, in my therapist's words."""

    words: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Around:
    """What came of what people asked about me: meetings, answers, and reasons I am owed."""

    meetings: tuple[Meeting, ...]
    over: tuple[Over, ...]
    reasons: tuple[Why, ...]


_TO_A_MEETING = (OfferReply.Word.YES, OfferReply.Word.NOT_NOW, OfferReply.Word.NO)
_LATELY = timedelta(days=60)


def around(me: YoungPerson, *, reader: Account, at: datetime) -> Around | None:
    """Return what came lately of what people asked about whoever reads; nothing where nothing did."""
    mine = reader.practice_id, reader.pk
    told = _TOLD_WHY.rows(Explanation, reader.practice_id, me.pk, at - _LATELY)
    found = Around(
        meetings=tuple(_meeting(offer) for offer in _NEXT_MEETINGS.rows(Offer, *mine)),
        over=tuple(_over(asked) for asked in _LAST_ANSWERED.rows(FamilyRequest, *mine)),
        reasons=tuple(Why(one.words, one.by.display_name, one.at) for one in told),
    )
    return found if found.meetings or found.over or found.reasons else None


def _next_meetings(practice: UUID, reader: UUID) -> QuerySet[Offer]:
    return _meetings(known_by_ids(practice, reader)).order_by("-at", "code", "id")[:_MOST]


def _last_answered(practice: UUID, reader: UUID) -> QuerySet[FamilyRequest]:
    newest: QuerySet[FamilyRequest] = _answered_about(known_by_ids(practice, reader)).newest_first()[:_MOST]
    return newest


def _told_why(practice: UUID, me: UUID, since: datetime) -> QuerySet[Explanation]:
    rows = Explanation.objects.filter(practice=practice, young_person=me, side=Side.YOUNG_PERSON, is_told=True)
    return rows.filter(at__gt=since).select_related("by").order_by("-at", "-id")[:_MOST]


_NEXT_MEETINGS = Prepared(_next_meetings, UUID, UUID)
_LAST_ANSWERED = Prepared(_last_answered, UUID, UUID)
_TOLD_WHY = Prepared(_told_why, UUID, UUID, datetime)


def meeting_for(reader: Account, offer_id: UUID) -> Offer:
    """
    Return a meeting that was put to whoever reads.

    :raises Offer.DoesNotExist: if it was put to somebody else, or is not there at all
    """
    return _meetings(reader).get(pk=offer_id)


def answered_about(reader: Account, request_id: UUID) -> FamilyRequest:
    """
    Return something that was asked about whoever reads, of which they know, and that was answered.

    :raises FamilyRequest.DoesNotExist: if they do not know of it, or it is not there at all
    """
    found: FamilyRequest = _answered_about(reader).get(pk=request_id)
    return found


def over_page(request: Any) -> Over:
    """Return an answered question as its page shows it. What was said before is never shown again."""
    return _over(request)


_MOST = 5


def _meetings(reader: Account) -> QuerySet[Offer]:
    me = people.own_places(reader).values("young_person")
    over = OfferReply.objects.filter(practice=OuterRef("practice"), offer=OuterRef("pk"), side=Side.CLINICIAN)
    replies = OfferReply.objects.filter(practice=OuterRef("practice"), offer=OuterRef("pk"), side=Side.YOUNG_PERSON)
    rows = Offer.objects.filter(practice=reader.practice_id, young_person__in=me, shows_to_young_person=True)
    rows = rows.annotate(said=Subquery(replies.order_by("-at", "-id").values("word")[:1]))
    return rows.exclude(Exists(over)).select_related("request__asked_by__person", "by")


def _meeting(offer: Any) -> Meeting:
    asked_by = offer.request.asked_by
    assert asked_by is not None, "a meeting is with somebody of the circle"
    return Meeting(
        pk=offer.pk,
        who=asked_by.person.name,
        words=offer.by.display_name,
        said=str(OfferReply.Word(offer.said).label) if offer.said else "",
        choices=tuple((str(word), str(word.label)) for word in _TO_A_MEETING),
    )


def _answered_about(reader: Account) -> Any:
    """Return what was asked about whoever reads and answered: only what was put to them before it was."""
    of_it = {"practice": OuterRef("practice"), "request": OuterRef("pk")}
    answers = Answer.objects.filter(**of_it).order_by("-answered_at", "-id")
    said = Afterwards.objects.filter(**of_it, side=Side.YOUNG_PERSON)
    put = _to(reader).order_by().values("request")
    rows = FamilyRequest.objects.filter(practice=reader.practice_id, asked_by__isnull=False, pk__in=put).answered()
    rows = rows.exclude(asked_by__relation__in=people.SAFEGUARDING)
    rows = rows.annotate(last_answered_at=Subquery(answers.values("answered_at")[:1]), is_said=Exists(said))
    return rows.select_related("asked_by__person", "young_person__person", "young_person__practice", "practice")


def _over(request: Any) -> Over:
    assert request.asked_by is not None, "only what a member of the circle asked is put to the young person"
    return Over(
        request_id=request.pk,
        who=request.asked_by.person.name,
        topic=str(MY_TOPICS[request.category]),
        at=request.last_answered_at,
        is_said=request.is_said,
    )


def asked_about(reader: Account, *, page: str) -> Page[AskedLine]:
    """Return what is being asked about whoever reads, newest first, a page at a time."""
    found = _ASKED.page(Question, reader.practice_id, reader.pk, page=page)
    return Page([_line(question) for question in found], found.number, found.paginator)


def _asked_with_what_was_said(practice: UUID, reader: UUID) -> QuerySet[Question]:
    replies = Reply.objects.filter(practice=OuterRef("practice"), question=OuterRef("pk"))
    said = Subquery(replies.order_by("-replied_at", "-id").values("choice")[:1])
    return _to(known_by_ids(practice, reader)).annotate(said=said).order_by("-asked_at", "-id")


_ASKED = Paged(_asked_with_what_was_said, UUID, UUID, size=20)


def _line(question: Any) -> AskedLine:
    asked_by = question.request.asked_by
    said = str(Reply.Choice(question.said).label) if question.said else ""
    return AskedLine(question.pk, asked_by.person.name, str(MY_TOPICS[question.request.category]), said)


def asked_since(reader: Account, *, since: datetime) -> bool:
    """Return whether a question was put to whoever reads since a moment, and they have not answered it."""
    return _to(reader).unanswered().filter(asked_at__gt=since).exists()


def question_to(reader: Account, question_id: UUID) -> Question:
    """
    Return a question put to whoever reads.

    :raises Question.DoesNotExist: if it was put to somebody else, or is not there at all
    """
    return _to(reader).get(pk=question_id)


def page_of(question: Question) -> AskedAboutMe:
    """Return a question as its page shows it."""
    return _asked(question)


def chosen_before(asked: AskedAboutMe) -> dict[str, str]:
    """Return the last reply as the form shows it again. Whether somebody was pushing is never shown again."""
    if asked.reply is None:
        return {}
    said_so = "mine" if asked.reply.may_say_so else "ours"
    return {"choice": asked.reply.choice, "part": asked.reply.part, "say_so": said_so}


def _to(reader: Account) -> QuestionQuerySet:
    me = people.own_places(reader).values("young_person")
    rows = Question.objects.filter(practice=reader.practice_id, young_person__in=me, request__asked_by__isnull=False)
    return rows.select_related("request__asked_by__person", "asked_by", "young_person__practice")


def _asked(question: Question) -> AskedAboutMe:
    asked_by = question.request.asked_by
    assert asked_by is not None, "only what a member of the circle asked is put to the young person"
    return AskedAboutMe(
        pk=question.pk,
        who=asked_by.person.name,
        topic=str(MY_TOPICS[question.request.category]),
        words=question.words,
        asked_by=question.asked_by.display_name,
        asked_at=question.asked_at,
        reply=latest_reply(question),
    )
