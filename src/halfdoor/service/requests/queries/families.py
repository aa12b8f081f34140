"""What whoever asked reads: their questions and the answers. Nothing tells whether the young person was asked."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.paginator import Page
from django.db.models import OuterRef, QuerySet, Subquery

from halfdoor.service.accounts.models import Account, Role
from halfdoor.service.core import stamps
from halfdoor.service.disclosures import gate
from halfdoor.service.disclosures.payloads import Payload
from halfdoor.service.people.models import Membership, YoungPerson
from halfdoor.service.requests import wording
from halfdoor.service.requests.models import (
    Afterwards,
    Answer,
    AnswerText,
    Explanation,
    Extension,
    FamilyRequest,
    Offer,
    OfferReply,
    Side,
    Step,
)
from halfdoor.service.requests.offers import TOGETHER
from halfdoor.service.requests.outlook import first_name, setting_of
from halfdoor.service.requests.pieces import Piece, chosen
from halfdoor.service.requests.queries.clinicians import is_known, may_name_the_no
from halfdoor.service.requests.words import ALTERNATIVES, TOPICS, USUAL_ALTERNATIVES, Channel
from halfdoor.service.web.paging import Paged


@dataclass(frozen=True, slots=True)
class AskedLine:
    """One of somebody's own questions in a list."""

    pk: UUID
    topic: str
    at: datetime
    is_answered: bool
    promised_on: date


@dataclass(frozen=True, slots=True)
class Offered:
    """Something that can be done instead: general texts to read, what to bring, or a meeting one can say yes to."""

    code: str
    words: str
    pieces: tuple[Piece, ...]
    choices: tuple[tuple[str, str], ...]
    said: str


@dataclass(frozen=True, slots=True)
class Answered:
    """
    An answer: ``text`` where something was shared, with why (``why``) where an exception was used, else ``sentences``;
    and what happens next. With the stamp of the line of the ledger that says that it was given.

    There is always something that can be done instead: a page without would tell that it was open once.
    """

    text: str
    why: tuple[str, ...]
    sentences: tuple[str, ...]
    alternatives: tuple[Offered, ...]
    is_again: bool
    can_be_reviewed: bool
    by: str
    at: datetime
    look_again_on: date
    stamp: str = field(compare=False)


@dataclass(frozen=True, slots=True)
class AskedPage:
    """
    One of somebody's own questions. Without an answer it tells the day by which there will be one, and no more.

    ``motive`` is what they wrote here themselves. What staff wrote down of a call or a letter is for staff.
    """

    membership_id: UUID
    child: str
    topic: str
    at: datetime
    motive: str
    emergency: str
    lead: str
    promised_on: date
    longer: str
    answer: Answered | None
    said_how_it_was: bool


def answered_since(member: Membership, *, since: datetime) -> bool:
    """
    Return whether a question of this member's own was answered since a moment. For that member themselves: what
    somebody asked in their name is none of it.
    """
    mine = FamilyRequest.objects.filter(practice=member.practice_id, asked_by=member).known()
    return Answer.objects.filter(practice=member.practice_id, request__in=mine, answered_at__gt=since).exists()


def asked_by(member: Membership, *, page: str = "1") -> Page[AskedLine]:
    """Return a page of somebody's own questions about one young person, newest first. For that member themselves."""
    shown: Page[Any] = _ASKED.page(FamilyRequest, member.practice_id, member.pk, page=page)
    lines = [
        AskedLine(one.pk, str(TOPICS[one.category]), one.received_at, one.answered_at is not None, one.promised_on)
        for one in shown
    ]
    return Page(lines, shown.number, shown.paginator)


def _asked(practice: UUID, member: UUID) -> QuerySet[FamilyRequest]:
    mine = {"practice": OuterRef("practice"), "request": OuterRef("pk")}
    promised = Step.objects.filter(**mine, due_on__isnull=False).order_by("-taken_at", "-id").values("due_on")
    rows = FamilyRequest.objects.filter(practice=practice, asked_by=member).known().newest_first()
    # The moment, and not whether there is one: for that, PostgreSQL would look at all answers that were ever given.
    answered = Answer.objects.filter(**mine).order_by("-answered_at").values("answered_at")
    rows = rows.annotate(answered_at=Subquery(answered[:1]), promised_on=Subquery(promised[:1]))
    return rows.defer("caller_sealed", "motive_sealed")


_ASKED = Paged(_asked, UUID, UUID, size=20)


def place_of(reader: Account, membership_id: UUID, *, at: datetime) -> Membership:
    """
    Return the place in a circle from which whoever reads can ask.

    :raises Membership.DoesNotExist: if it is not theirs, or they may not know that there is care at all
    """
    known = {member.pk: member for member in gate.known_to(reader, at=at)}
    if membership_id not in known:
        raise Membership.DoesNotExist
    return known[membership_id]


def asked_page(reader: Account, request_id: UUID, *, at: datetime) -> AskedPage:
    """
    Return one of the reader's own questions.

    :raises FamilyRequest.DoesNotExist: if they did not ask it, have left the circle, may not know that there is care
        at all, or it is not there
    """
    mine = gate.known_to(reader, at=at)
    rows = FamilyRequest.objects.filter(practice=reader.practice_id, asked_by__in=mine).known()
    request = rows.select_related(*_NEEDED).get(pk=request_id)
    return _page(request, lead=_lead(reader), at=at)


def own_request(reader: Account, request_id: UUID, *, at: datetime) -> FamilyRequest:
    """
    Return one of the reader's own questions that was answered, to say something to the answer.

    :raises FamilyRequest.DoesNotExist: as ``asked_page``, or if there is no answer yet
    """
    mine = gate.known_to(reader, at=at)
    rows = FamilyRequest.objects.filter(practice=reader.practice_id, asked_by__in=mine).known().answered()
    return rows.select_related(*_NEEDED).get(pk=request_id)


def letter_of(request: FamilyRequest, *, at: datetime) -> AskedPage:
    """
    Return what whoever asked reads, to be printed, to a clinician who found the request.

    :raises Answer.DoesNotExist: if it was not answered, was answered with something, or nobody we know asked
    """
    given = _answers(request).last()
    if given is None or given.outcome != Answer.Outcome.CLOSED or request.asked_by is None or not is_known(request):
        raise Answer.DoesNotExist
    return _page(request, lead=_lead(given.answered_by), at=at)


def offered_codes(request: FamilyRequest) -> tuple[str, ...]:
    """Return what can be done instead, by code, as the answer that was given last says."""
    given = _answers(request).last()
    return tuple(given.alternatives or USUAL_ALTERNATIVES) if given else ()


def texts(
    item_ids: Collection[UUID], young_person: YoungPerson, named: Collection[UUID] = ()
) -> Mapping[UUID, Payload]:
    """Return the texts of these items; nobody else said them. Only the gate can call this: the rows are guarded."""
    rows = AnswerText.objects.filter(practice=young_person.practice_id, young_person=young_person, item__in=item_ids)
    return {row.item_id: Payload(row.text) for row in rows}


_NEEDED = ("asked_by__person__account", "asked_by__young_person__practice", "young_person__person", "practice")


def _answers(request: FamilyRequest) -> QuerySet[Answer]:
    answers = Answer.objects.filter(practice=request.practice_id, request=request).select_related("answered_by")
    return answers.order_by("answered_at", "id")


def _page(request: FamilyRequest, *, lead: str, at: datetime) -> AskedPage:
    member, mine = request.asked_by, {"practice": request.practice_id, "request": request}
    assert member is not None, "whoever asked from the circle is a member of it"
    answers = list(_answers(request))
    given = answers[-1] if answers else None
    promises = Step.objects.filter(**mine, due_on__isnull=False)
    promised_on = promises.order_by("taken_at", "id").values_list("due_on", flat=True).last()
    assert promised_on is not None, "a request is received with a day by which whoever asked hears from us"
    longer = Extension.objects.filter(**mine).first()
    return AskedPage(
        membership_id=member.pk,
        child=first_name(request.young_person),
        topic=str(TOPICS[request.category]),
        at=request.received_at,
        motive=request.motive if request.channel == Channel.PORTAL else "",
        emergency=wording.emergency_number(request.practice.place),
        lead=lead,
        promised_on=promised_on,
        longer=str(longer.get_reason_display()) if longer else "",
        answer=_answered(request, given, member, is_again=len(answers) > 1, at=at) if given else None,
        said_how_it_was=Afterwards.objects.filter(**mine, side=Side.FAMILY).exists(),
    )


def _answered(request: FamilyRequest, given: Answer, member: Membership, *, is_again: bool, at: datetime) -> Answered:
    text = _text(given, member, purpose=request.purpose, at=at)
    setting = setting_of(request.young_person, back_on=given.look_again_on)
    names_the_no = given.names_the_no and may_name_the_no(request)
    closed = wording.closed_answer(request.category, names_the_no=names_the_no, setting=setting)
    reviews = Step.objects.filter(practice=request.practice_id, request=request, kind=Step.Kind.REVIEW_ASKED)
    return Answered(
        text=text,
        why=_why(given) if text else (),
        sentences=() if text else closed,
        alternatives=_all_offered(request, given.alternatives or USUAL_ALTERNATIVES),
        is_again=is_again,
        can_be_reviewed=not reviews.filter(taken_at__gt=given.answered_at).exists(),
        by=given.answered_by.display_name,
        at=given.answered_at,
        look_again_on=given.look_again_on,
        stamp=stamps.of(given.pk, practice=given.practice_id),
    )


def _why(given: Answer) -> tuple[str, ...]:
    """Return why an exception was used, as far as whoever asked is told."""
    told = Explanation.objects.filter(
        practice=given.practice_id, used__answer=given, side=Side.FAMILY, is_told=True
    ).select_related("used")
    return tuple(wording.why_an_exception(one.used.tier, to_young_person=False) for one in told)


def _all_offered(request: FamilyRequest, codes: Sequence[str]) -> tuple[Offered, ...]:
    """Return offers as whoever asked reads them: alike whether or not they were put down as some for them."""
    mine = {"practice": request.practice_id}
    newest = {one.code: one for one in Offer.objects.filter(**mine, request=request).order_by("at", "id")}
    said = OfferReply.objects.filter(**mine, offer__request=request, side=Side.FAMILY).select_related("offer")
    words = {one.offer.code: str(one.get_word_display()) for one in said.order_by("at", "id")}
    return tuple(_offered(code, newest.get(code), words.get(code, "")) for code in codes)


def _offered(code: str, newest: Offer | None, said: str) -> Offered:
    return Offered(
        code=code,
        words=str(ALTERNATIVES[code]),
        pieces=chosen(newest.pieces if newest else []) if code == "resources" else (),
        choices=tuple((str(one), str(one.label)) for one in _WORDS_OF_A_FAMILY) if code in TOGETHER else (),
        said=said,
    )


_WORDS_OF_A_FAMILY = (OfferReply.Word.YES, OfferReply.Word.NOT_NOW, OfferReply.Word.NO)


def _text(given: Answer, member: Membership, *, purpose: str, at: datetime) -> str:
    """Return what was shared, if it may still be seen: what was closed since then reads like any closed answer."""
    if given.item_id is None:
        return ""
    try:
        return gate.show(member, given.item_id, purpose=purpose, at=at).text
    except gate.NotReleased:
        return ""


def _lead(reader: Account) -> str:
    lead = Account.objects.filter(practice=reader.practice_id, role=Role.LEAD, is_active=True).order_by("id").first()
    return lead.display_name if lead else ""
