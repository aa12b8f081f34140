"""
Taking a request from the first word to the answer. Every function says who acts and when, and adds to the chain.

What goes out goes by the gate's release, in the same transaction as the answer that holds it. Whatever looks at the
answer before it acts takes the lock of sharing first, and acts at the moment which that gives.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from halfdoor.service.accounts.models import Account
from halfdoor.service.agreements import actions as agreements
from halfdoor.service.agreements import queries as agreed
from halfdoor.service.agreements.choices import Topic, WishSource, WishValue
from halfdoor.service.core.guarding import writing
from halfdoor.service.disclosures import gate
from halfdoor.service.disclosures.actions import enter_item
from halfdoor.service.disclosures.choices import Category, Purpose
from halfdoor.service.people import queries as people
from halfdoor.service.people.actions import lock_sharing
from halfdoor.service.people.facts import day_in
from halfdoor.service.people.models import Membership, YoungPerson
from halfdoor.service.requests import calls, clocks, departing, explaining, offers, steps
from halfdoor.service.requests.conversation import seen_to
from halfdoor.service.requests.facts import ASKABLE
from halfdoor.service.requests.models import (
    KIND,
    Answer,
    AnswerText,
    FamilyRequest,
    Question,
    Reply,
    Step,
    Unanswered,
)
from halfdoor.service.requests.outlook import ANSWERED_WITHIN
from halfdoor.service.requests.queries.clinicians import as_question, can_be_reached, may_name_the_no
from halfdoor.service.requests.words import Channel, Paper, Way

_WISHES: Mapping[str, WishValue] = {
    Reply.Choice.YOU_TELL: WishValue.AGREES,
    Reply.Choice.THIS_PART: WishValue.AGREES_IN_PART,
    Reply.Choice.I_TELL: WishValue.PREFERS_TO_TELL,
    Reply.Choice.TOGETHER: WishValue.PREFERS_TOGETHER,
    Reply.Choice.NOT_NOW: WishValue.OBJECTS,
    Reply.Choice.NO: WishValue.OBJECTS,
}
_A_NO = (Reply.Choice.NOT_NOW, Reply.Choice.NO)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """
    What was asked and how. ``caller`` describes somebody who is not in the circle of care, ``sure`` how it is known
    who calls or writes; ``office`` is the relation of an official, who brings a ``paper``.
    """

    category: str
    channel: Channel
    purpose: str = Purpose.SUPPORT
    caller: str = ""
    motive: str = ""
    sure: Way = Way.NOT_YET
    office: str = ""
    paper: Paper = Paper.NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """
    What whoever asked is told: ``text`` goes to them where something may go; ``said`` is for the record.

    ``alternatives`` are the contract's codes, ``pieces`` general texts to go with them; ``done`` codes of obligations
    that whoever answers has seen to. ``instead`` is a more closed answer than the rules give, with ``reasons``: see
    `departing`.
    """

    look_again_on: date
    text: str = ""
    topic: Topic = Topic.NONE
    said: str = ""
    alternatives: tuple[str, ...] = ()
    done: tuple[str, ...] = ()
    pieces: tuple[str, ...] = ()
    instead: str = ""
    reasons: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """
    What the young person would like. ``part`` is which part may be told; ``may_say_so`` that the no may be named as
    theirs; ``pressed`` whether somebody is pushing them, which goes to their clinicians alone.
    """

    choice: Reply.Choice
    part: str = ""
    may_say_so: bool = False
    pressed: str = Reply.Pressed.NOT_SAID


class ChangedMeanwhile(Exception):
    """The answer is another one than when the page was opened: something that matters was put on record in between."""

    def __init__(self) -> None:
        super().__init__(
            _("The answer has changed since you opened this page, so nothing was sent. Read it again, then answer.")
        )


@transaction.atomic
def receive(
    young_person: YoungPerson, asked: Asked, *, asked_by: Membership | None, by: Account, at: datetime
) -> FamilyRequest:
    """Write down that somebody asks. From now on there is a day by which they hear from us."""
    request = FamilyRequest(
        practice=young_person.practice,
        young_person=young_person,
        asked_by=asked_by,
        channel=asked.channel,
        category=asked.category,
        purpose=asked.purpose,
        received_at=at,
        received_by=by,
    )
    request.caller, request.motive = asked.caller, asked.motive
    request.save(force_insert=True)
    Unanswered.objects.create(practice=request.practice, request=request)
    due_on = day_in(young_person.practice, at=at + ANSWERED_WITHIN)
    steps.take(request, Step.Kind.RECEIVED, due_on=due_on, by=by, at=at)
    if asked.office:
        calls.asks_as(request, asked.office, asked.paper, by=by, at=at)
    if asked.channel != Channel.PORTAL and asked.sure != Way.NOT_YET:
        calls.make_sure(request, asked.sure, by=by, at=at)
    clocks.start(request, as_question(request), by=by, at=at)
    return request


@transaction.atomic
def record_facts(
    request: FamilyRequest, stated: Mapping[str, str], *, evidence: str, by: Account, at: datetime
) -> None:
    """Put on record what came out on the telephone, each fact where it belongs, and decide again."""
    at = lock_sharing(request.young_person, at=at)
    for name, value in stated.items():
        ASKABLE[name].record(request, value, evidence, by, at)
    steps.take(request, Step.Kind.FACTS_RECORDED, by=by, at=at)
    clocks.start(request, as_question(request), by=by, at=at)
    steps.take(request, Step.Kind.DECIDED, disposition=_disposition(request, at=at), by=by, at=at)


@transaction.atomic
def come_back_later(request: FamilyRequest, told: Told, *, by: Account, at: datetime) -> Step:
    """Tell whoever asked that we come back to them by a day."""
    at = lock_sharing(request.young_person, at=at)
    steps.take(request, Step.Kind.DECIDED, disposition=_disposition(request, at=at), by=by, at=at)
    return steps.take(request, Step.Kind.ACKNOWLEDGED, due_on=told.look_again_on, note=told.said, by=by, at=at)


@transaction.atomic
def ask_young_person(request: FamilyRequest, *, words: str, reasons: str = "", by: Account, at: datetime) -> Question:
    """
    Put the request to the young person's own page. Once it stands there, it stays as it was put.

    With ``reasons`` they are asked although it could go unasked: a departure from the rules, on the careful side.

    :raises ChangedMeanwhile: if it is not for the young person to say now, or nobody they know asked
    """
    FamilyRequest.objects.select_for_update().get(practice=request.practice_id, pk=request.pk)
    stands = Question.objects.filter(practice=request.practice_id, request=request).first()
    if stands is not None:
        return stands
    if not can_be_reached(request):
        raise ChangedMeanwhile
    if _disposition(request, at=at) != "ask_first":
        _depart(request, "ask_first", reasons=reasons, by=by, at=at)
    question = Question(
        practice=request.practice, request=request, young_person=request.young_person, asked_at=at, asked_by=by
    )
    question.words = words
    question.save(force_insert=True)
    steps.take(request, Step.Kind.ASKED, by=by, at=at)
    return question


@transaction.atomic
def reply(question: Question, said: Said, *, by: Account, at: datetime) -> Reply:
    """
    Take what the young person would like; the newest holds, and changing it is this same step.

    A yes that somebody is pushing for is no wish of theirs and opens nothing. A no counts however it came about.
    """
    at = lock_sharing(question.young_person, at=at)
    row = Reply(
        practice=question.practice,
        question=question,
        young_person=question.young_person,
        choice=said.choice,
        may_say_so=said.may_say_so and said.choice in _A_NO,
        replied_at=at,
        replied_by=by,
    )
    row.part, row.pressed = said.part if said.choice == Reply.Choice.THIS_PART else "", said.pressed
    row.save(force_insert=True)
    _wish(row, pressed=said.pressed == Reply.Pressed.YES, by=by, at=at)
    steps.take(question.request, Step.Kind.REPLIED, by=by, at=at)
    return row


@transaction.atomic
def share(request: FamilyRequest, told: Told, *, by: Account, at: datetime) -> Answer:
    """
    Answer with what may go: it becomes an item of its own and is released to whoever asked, in this transaction.

    :raises ChangedMeanwhile: if the gate, deciding again, does not let it go
    :raises StillToDo: if something has to be done first
    """
    at, item = lock_sharing(request.young_person, at=at), None
    question, since = as_question(request), {"request_received": request.received_at}
    if told.instead:
        _depart(request, told.instead, reasons=told.reasons, by=by, at=at)
    done = {*told.done, *seen_to(request)}
    if question.member is None:
        receipt = gate.conclude(question, done=done, since=since, by=by, at=at)
    else:
        item = _write(request, told, by=by, at=at)
        receipt = gate.release(question.member, item, purpose=request.purpose, done=done, since=since, by=by, at=at)
    if not receipt.went:
        raise ChangedMeanwhile
    note = told.text if item is None else ""
    return _answer(request, told, Answer.Outcome.SHARED, item=item, receipt=receipt, note=note, by=by, at=at)


@transaction.atomic
def keep_closed(request: FamilyRequest, told: Told, *, by: Account, at: datetime) -> Answer:
    """
    Answer that it stays closed for now, with what can be done instead and a day on which somebody looks again.

    :raises ChangedMeanwhile: if something may go by now, and nobody decided otherwise
    """
    at = lock_sharing(request.young_person, at=at)
    question, since = as_question(request), {"request_received": request.received_at}
    if told.instead:
        _depart(request, told.instead, reasons=told.reasons, by=by, at=at)
        receipt = gate.keep_back(question, by=by, at=at)
    else:
        receipt = gate.conclude(question, done={*told.done, *seen_to(request)}, since=since, by=by, at=at)
    if receipt.went:
        raise ChangedMeanwhile
    neither = receipt.decision.acknowledge == "neither_confirm_nor_deny"
    outcome = Answer.Outcome.NEITHER if neither else Answer.Outcome.CLOSED
    given = _answer(request, told, outcome, item=None, receipt=receipt, note=told.said, by=by, at=at)
    if outcome == Answer.Outcome.CLOSED:
        offers.make(request, told.alternatives, pieces=told.pieces, on=told.look_again_on, by=by, at=at)
    return given


@transaction.atomic
def follow_up(request: FamilyRequest, *, said: str, by: Account, at: datetime) -> Step:
    """Note that somebody came back to an answer on its day, and how it was."""
    return steps.take(request, Step.Kind.FOLLOWED_UP, note=said, by=by, at=at)


def _write(request: FamilyRequest, told: Told, *, by: Account, at: datetime) -> UUID:
    """Enter what is to be told as an item, with its text sealed, and return the item's id."""
    episode = people.current_episode(request.young_person, on=day_in(request.practice, at=at))
    assert episode is not None, "somebody without an episode of care has nothing to be told about"
    item = enter_item(KIND, episode=episode, category=Category(request.category), topic=told.topic, by=by, at=at)
    text = AnswerText(practice=request.practice, young_person=request.young_person, item=item)
    text.text = told.text
    with writing(AnswerText):
        text.save(force_insert=True)
    return item.pk


def _answer(
    request: FamilyRequest,
    told: Told,
    outcome: Answer.Outcome,
    *,
    item: UUID | None,
    receipt: gate.Receipt,
    note: str,
    by: Account,
    at: datetime,
) -> Answer:
    again = Answer.objects.filter(practice=request.practice_id, request=request).exists()
    given = Answer.objects.create(
        practice=request.practice,
        request=request,
        outcome=outcome,
        item_id=item,
        alternatives=list(told.alternatives),
        names_the_no=outcome == Answer.Outcome.CLOSED and may_name_the_no(request),
        look_again_on=told.look_again_on,
        answered_at=at,
        answered_by=by,
    )
    Unanswered.objects.filter(practice=request.practice_id, request=request).delete()
    disposition = told.instead or str(receipt.decision.disposition)
    kind = Step.Kind.ANSWERED
    steps.take(request, kind, disposition=disposition, note=note, stamp_for=given.pk, by=by, at=at)
    if again:
        steps.take(request, Step.Kind.LOOKED_AGAIN, by=by, at=at)
    explaining.note(request, given, receipt, by=by, at=at)
    return given


def _wish(said: Reply, *, pressed: bool, by: Account, at: datetime) -> None:
    """Put the reply on record as a wish about whoever asked and what they asked about."""
    request = said.question.request
    value = _WISHES[said.choice]
    if pressed and value.closedness < WishValue.NOT_ASKED.closedness:
        before = agreed.wishes_of(request.young_person, reader=by)
        before = before.filter(membership=request.asked_by, category=request.category)
        stands = max((WishValue(wish.value) for wish in before[:1]), key=lambda one: one.closedness, default=value)
        value = max(WishValue.NOT_ASKED, stands, key=lambda one: one.closedness)
    agreements.wish(
        request.young_person,
        value=value,
        source=WishSource.OWN_PAGE,
        about=request.asked_by,
        category=request.category,
        words=said.part,
        by=by,
        at=at,
    )


def _depart(request: FamilyRequest, instead: str, *, reasons: str, by: Account, at: datetime) -> None:
    """
    Decide otherwise than the rules, before the answer is given.

    :raises ChangedMeanwhile: if one cannot depart that way, or gives no reasons
    """
    decision = gate.consider(as_question(request), at=at).as_json()
    if not reasons:
        raise ChangedMeanwhile
    try:
        departing.depart(request, decision, instead, reasons=reasons, by=by, at=at)
    except departing.NotThatWay as refusal:
        raise ChangedMeanwhile from refusal


def _disposition(request: FamilyRequest, *, at: datetime) -> str:
    return str(gate.consider(as_question(request), at=at).disposition)
