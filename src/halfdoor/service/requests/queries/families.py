"""What whoever asked reads: their questions and the answers. Nothing tells whether the young person was asked."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Subquery

from halfdoor.service.accounts.models import Account, Role
from halfdoor.service.disclosures import gate
from halfdoor.service.people.models import Membership, YoungPerson
from halfdoor.service.requests import wording
from halfdoor.service.requests.models import Answer, AnswerText, FamilyRequest, Step
from halfdoor.service.requests.outlook import first_name, setting_of
from halfdoor.service.requests.queries.clinicians import may_name_the_no
from halfdoor.service.requests.words import ALTERNATIVES, TOPICS, USUAL_ALTERNATIVES, Channel

_A_PAGE = 20


@dataclass(frozen=True, slots=True)
class AskedLine:
    """One of somebody's own questions in a list."""

    pk: UUID
    topic: str
    at: datetime
    is_answered: bool
    promised_on: date


@dataclass(frozen=True, slots=True)
class Answered:
    """
    An answer: ``text`` where something was shared, else ``sentences``; and what happens next.

    There is always something that can be done instead: a page without would tell that it was open once.
    """

    text: str
    sentences: tuple[str, ...]
    alternatives: tuple[str, ...]
    by: str
    at: datetime
    look_again_on: date


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
    answer: Answered | None


def answered_since(member: Membership, *, since: datetime) -> bool:
    """Return whether a question of this member's own was answered since a moment. For that member themselves."""
    rows = Answer.objects.filter(practice=member.practice_id, request__asked_by=member, answered_at__gt=since)
    return rows.exists()


def asked_by(member: Membership, *, page: str = "1") -> Page[AskedLine]:
    """Return a page of somebody's own questions about one young person, newest first. For that member themselves."""
    mine = {"practice": OuterRef("practice"), "request": OuterRef("pk")}
    promised = Step.objects.filter(**mine, due_on__isnull=False).order_by("-taken_at", "-id").values("due_on")
    rows = FamilyRequest.objects.filter(practice=member.practice_id, asked_by=member).newest_first()
    known = rows.annotate(answered=Exists(Answer.objects.filter(**mine)), promised_on=Subquery(promised[:1]))
    columns = known.values_list("pk", "category", "received_at", "answered", "promised_on")
    paginator: Paginator[Any] = Paginator(columns, _A_PAGE)
    shown = paginator.get_page(page)
    lines = [AskedLine(pk, str(TOPICS[category]), *rest) for pk, category, *rest in shown]
    return Page(lines, shown.number, paginator)


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
    rows = FamilyRequest.objects.filter(practice=reader.practice_id, asked_by__in=mine)
    request = rows.select_related(
        "asked_by__person__account", "asked_by__young_person__practice", "young_person__person"
    ).get(pk=request_id)
    member = request.asked_by
    assert member is not None, "whoever asked from the circle is a member of it"
    answers = Answer.objects.filter(practice=request.practice_id, request=request).select_related("answered_by")
    given = answers.order_by("answered_at", "id").last()
    promises = Step.objects.filter(practice=request.practice_id, request=request, due_on__isnull=False)
    promised_on = promises.order_by("taken_at", "id").values_list("due_on", flat=True).last()
    assert promised_on is not None, "a request is received with a day by which whoever asked hears from us"
    return AskedPage(
        membership_id=member.pk,
        child=first_name(request.young_person),
        topic=str(TOPICS[request.category]),
        at=request.received_at,
        motive=request.motive if request.channel == Channel.PORTAL else "",
        emergency=wording.emergency_number(request.practice.place),
        lead=_lead(reader),
        promised_on=promised_on,
        answer=_answered(request, given, member, at=at) if given else None,
    )


def texts(item_ids: Collection[UUID], young_person: YoungPerson) -> Mapping[UUID, str]:
    """Return the texts of these items. Only the gate can call this: the rows are guarded."""
    rows = AnswerText.objects.filter(practice=young_person.practice_id, young_person=young_person, item__in=item_ids)
    return {row.item_id: row.text for row in rows}


def _answered(request: FamilyRequest, given: Answer, member: Membership, *, at: datetime) -> Answered:
    text = _text(given, member, purpose=request.purpose, at=at)
    setting = setting_of(request.young_person, back_on=given.look_again_on)
    names_the_no = given.names_the_no and may_name_the_no(request)
    closed = wording.closed_answer(request.category, names_the_no=names_the_no, setting=setting)
    return Answered(
        text=text,
        sentences=() if text else closed,
        alternatives=tuple(str(ALTERNATIVES[code]) for code in given.alternatives or USUAL_ALTERNATIVES),
        by=given.answered_by.display_name,
        at=given.answered_at,
        look_again_on=given.look_again_on,
    )


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
