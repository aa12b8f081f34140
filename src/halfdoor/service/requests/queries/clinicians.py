"""What clinicians of the circle read about requests."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from django.core.paginator import Page
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from halfdoor.service.accounts.models import Account
from halfdoor.service.accounts.queries import known_by_ids
from halfdoor.service.core.prepared import Prepared
from halfdoor.service.disclosures import gate
from halfdoor.service.disclosures.gate import Caller
from halfdoor.service.disclosures.gate import Question as GateQuestion
from halfdoor.service.people import queries as people
from halfdoor.service.people.choices import Relation
from halfdoor.service.people.facts import day_in
from halfdoor.service.people.models import Membership, YoungPerson
from halfdoor.service.requests.models import (
    Answer,
    FamilyRequest,
    FamilyRequestQuerySet,
    Official,
    Question,
    Reply,
    StatedFact,
    Step,
)
from halfdoor.service.requests.outlook import Outlook, first_name
from halfdoor.service.requests.queries.on_file import OnFile, on_file
from halfdoor.service.requests.words import MY_TOPICS, OFFICES, TOPICS
from halfdoor.service.web.paging import Paged

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Happened:
    """One dated step as it is read: what, when, by whom, the gate's answer where it was one, and what was said."""

    title: str
    at: datetime
    by: str
    disposition: str
    note: str


@dataclass(frozen=True, slots=True)
class Given:
    """The answer that was given last: ``text`` where something was shared that this reader may see."""

    outcome: str
    is_closed: bool
    text: str
    by: str
    at: datetime
    look_again_on: date


@dataclass(frozen=True, slots=True)
class Case:
    """One request as a clinician of the circle sees it."""

    request: FamilyRequest
    on_file: OnFile
    is_known: bool
    office: Official | None
    taken: tuple[Step, ...]
    outlook: Outlook
    question: Question | None
    reply: Reply | None
    answer: Given | None
    promised_on: date
    today: date
    steps: tuple[Happened, ...]

    @property
    def young_person(self) -> YoungPerson:
        return self.request.young_person

    @property
    def name(self) -> str:
        """The young person's first name."""
        return first_name(self.young_person)

    @property
    def who(self) -> str:
        return _who(self.request, self.office, known=self.is_known)

    @property
    def topic(self) -> str:
        return str(TOPICS[self.request.category])

    @property
    def my_topic(self) -> str:
        """What the young person reads that somebody asked about."""
        return str(MY_TOPICS[self.request.category])

    @property
    def is_open(self) -> bool:
        """Whether whoever asked still waits, or the young person has changed their mind since they were answered."""
        if self.answer is None:
            return True
        return self.reply is not None and self.reply.replied_at > self.answer.at

    @property
    def is_pressed(self) -> bool:
        """Whether the young person said that somebody is pushing them."""
        return self.reply is not None and self.reply.pressed == Reply.Pressed.YES

    @property
    def can_be_asked(self) -> bool:
        """Whether the question can be put to the young person's own page. Without one, they are asked in person."""
        asks_first = self.outlook.decision["disposition"] == "ask_first"
        return asks_first and self.question is None and self._can_be_reached

    @property
    def can_be_asked_all_the_same(self) -> bool:
        """Whether it could go unasked, and the question can be put to the young person's own page all the same."""
        return self.outlook.can_be_kept_back and self.question is None and self._can_be_reached

    @property
    def _can_be_reached(self) -> bool:
        has_a_page = self.young_person.person.account_id is not None
        return has_a_page and self.request.asked_by is not None and self.is_known

    @property
    def is_due(self) -> bool:
        """Whether the day has come on which an answer is to be looked at again."""
        return self.answer is not None and self.answer.look_again_on <= self.today

    @property
    def reads_it_here(self) -> bool:
        """Whether whoever asked has a page of their own to read the answer on."""
        member = self.request.asked_by
        if member is None or member.person.account_id is None or not self.is_known:
            return False
        return gate.may_know_of_care(member, at=self.outlook.at)


def callers(young_person: YoungPerson, *, reader: Account) -> dict[UUID, Membership]:
    """Return who in the circle may be asking, by id: everybody but the young person and their clinicians."""
    inside = (Relation.SELF, *people.CLINICIANS)
    circle = people.circle_of(young_person, reader=reader)
    return {member.pk: member for member in circle if member.relation not in inside}


def page_of_requests(young_person: YoungPerson, *, page: str, reader: Account) -> Page[FamilyRequest]:
    """Return who asked about a young person, newest first, to a clinician of their circle; else nothing."""
    return _ABOUT.page(FamilyRequest, reader.practice_id, reader.pk, young_person.pk, page=page)


def _about(practice: UUID, clinician: UUID, young_person: UUID) -> QuerySet[FamilyRequest]:
    # Asked about this one alone, and without joining them to each of their requests, the database reads the index of
    # these and stops at the end of a page; else it looks at every young person of the practice, and sorts all requests.
    theirs = people.young_people_of(known_by_ids(practice, clinician)).filter(pk=young_person).values("pk")
    rows = FamilyRequest.objects.filter(practice=practice, young_person=young_person, young_person__in=theirs)
    newest: QuerySet[FamilyRequest] = with_office(rows.select_related("asked_by__person", "received_by").newest_first())
    return newest


def request_of(clinician: Account, request_id: UUID) -> FamilyRequest:
    """
    Return one request to a clinician of the circle.

    :raises FamilyRequest.DoesNotExist: if it is not about a young person of theirs, or not there at all
    """
    found = next(iter(_ONE.rows(FamilyRequest, clinician.practice_id, clinician.pk, request_id)), None)
    if found is None:
        raise FamilyRequest.DoesNotExist
    found.young_person.found_for = clinician.pk
    if found.asked_by is not None:
        found.asked_by.young_person = found.young_person
    return found


def _one(practice: UUID, clinician: UUID, request: UUID) -> FamilyRequestQuerySet:
    # Asked whether this one is theirs, and not for all who are: see _about.
    theirs = people.young_people_of(known_by_ids(practice, clinician)).filter(pk=OuterRef("young_person"))
    return _with_whom(FamilyRequest.objects.filter(Exists(theirs), practice=practice, pk=request))


_ONE = Prepared(_one, UUID, UUID, UUID)


def case_of(request: FamilyRequest, *, reader: Account, at: datetime) -> Case:
    """Return everything about a request, decided as it stands now."""
    found = on_file(request, reader=reader)
    steps = sorted(found.steps, key=Step.order)
    promised_on = [step.due_on for step in steps if step.due_on][-1]
    question, office = _last(found.questions), _last(found.offices)
    asks = _asking(request, office, known=found.is_known, stated={one.fact: one.value for one in found.stated})
    return Case(
        request=request,
        on_file=found,
        is_known=found.is_known,
        office=office,
        taken=tuple(steps),
        outlook=Outlook(asks, reader, at, promised_on),
        question=question,
        reply=_last(found.replies),
        answer=_given(_last(found.answers), request, reader=reader, at=at),
        promised_on=promised_on,
        today=day_in(request.young_person.practice, at=at),
        steps=tuple(
            Happened(step.get_kind_display(), step.taken_at, step.taken_by.display_name, step.disposition, step.note)
            for step in steps
        ),
    )


def _last(rows: list[_T]) -> _T | None:
    return rows[-1] if rows else None


def as_question(request: FamilyRequest) -> GateQuestion:
    """Return what a request asks the gate, with the circumstances stated in it."""
    stated = StatedFact.objects.filter(practice=request.practice_id, request=request).order_by("stated_at", "id")
    facts = dict(stated.values_list("fact", "value"))
    return _asking(request, _office(request), known=is_known(request), stated=facts)


def _asking(request: FamilyRequest, office: Official | None, *, known: bool, stated: dict[str, str]) -> GateQuestion:
    return GateQuestion(
        young_person=request.young_person,
        recipient=_recipient(request, office, known=known),
        category=request.category,
        purpose=request.purpose,
        stated=stated | ({"order": office.paper} if office else {}),
    )


def is_known(request: FamilyRequest) -> bool:
    """Whether it is certain that whoever asked is who they said: see `FamilyRequestQuerySet.known`."""
    return FamilyRequest.objects.filter(practice=request.practice_id, pk=request.pk).known().exists()


def can_be_reached(request: FamilyRequest) -> bool:
    """Whether the young person has a page of their own, and somebody they know asked, whom it can name."""
    has_a_page = request.young_person.person.account_id is not None
    return has_a_page and request.asked_by is not None and is_known(request)


def _recipient(request: FamilyRequest, office: Official | None, *, known: bool) -> Membership | Caller:
    """Return who asks, as far as we know: a name that nobody checked is nobody's."""
    if office is not None:
        return Caller(relation=office.relation, identity="verified" if known else "unverified")
    return request.asked_by if known and request.asked_by else Caller()


def _office(request: FamilyRequest) -> Official | None:
    return Official.objects.filter(practice=request.practice_id, request=request).order_by("at", "id").last()


def latest_reply(question: Question) -> Reply | None:
    """Return what the young person said last."""
    rows = Reply.objects.filter(practice=question.practice_id, question=question)
    return rows.order_by("replied_at", "id").last()


def may_name_the_no(request: FamilyRequest) -> bool:
    """Whether the young person says no and wants that said: what they said last, which they can change."""
    question = Question.objects.filter(practice=request.practice_id, request=request).first()
    reply = latest_reply(question) if question else None
    return reply is not None and reply.may_say_so


def who_asked(request: FamilyRequest) -> str:
    """Return whoever asked in words, for clinicians."""
    read: bool | None = getattr(request, "is_known_caller", None)
    if read is not None:  # it was read together with others: see with_office
        return _words_of(request, getattr(request, "office_relation", None), known=read)
    return _who(request, None if request.asked_by else _office(request), known=is_known(request))


def _who(request: FamilyRequest, office: Official | None, *, known: bool) -> str:
    return _words_of(request, office.relation if office else None, known=known)


def _words_of(request: FamilyRequest, office: str | None, *, known: bool) -> str:
    return words_for(request.asked_by.person.name if request.asked_by else None, office, known=known)


def words_for(name: str | None, office: str | None, *, known: bool) -> str:
    """Return whoever asked in words, by their name (nobody of the circle: none) and whether it is known to be them."""
    if name is not None:
        return name if known else _("Somebody who says they are %(name)s") % {"name": name}
    return str(OFFICES[office]) if office else _("Somebody outside the circle of care")


def with_office(rows: QuerySet[FamilyRequest]) -> Any:
    """Return requests with which office asks and whether they are known, so that a list does not ask for each."""
    known = FamilyRequest.objects.filter(practice=OuterRef("practice"), pk=OuterRef("pk")).known()
    office = Official.objects.filter(practice=OuterRef("practice"), request=OuterRef("pk")).order_by("-at", "-id")
    return rows.annotate(office_relation=Subquery(office.values("relation")[:1]), is_known_caller=Exists(known))


_ABOUT = Paged(_about, UUID, UUID, UUID, size=50)


def readable_by(clinician: Account) -> FamilyRequestQuerySet:
    """Return the requests about young people in whose circle this account is a clinician."""
    mine = people.young_people_of(clinician).values("pk")
    return _with_whom(FamilyRequest.objects.filter(practice=clinician.practice_id, young_person__in=mine))


def _with_whom(rows: FamilyRequestQuerySet) -> FamilyRequestQuerySet:
    return rows.select_related("young_person__person", "young_person__practice", "asked_by__person", "received_by")


def _given(given: Answer | None, request: FamilyRequest, *, reader: Account, at: datetime) -> Given | None:
    if given is None:
        return None
    return Given(
        outcome=str(given.get_outcome_display()),
        is_closed=given.outcome == Answer.Outcome.CLOSED,
        text=_text(given, request, reader=reader, at=at) if given.item_id else "",
        by=given.answered_by.display_name,
        at=given.answered_at,
        look_again_on=given.look_again_on,
    )


def _text(given: Answer, request: FamilyRequest, *, reader: Account, at: datetime) -> str:
    """Return what was shared, through the gate like for anybody who reads it."""
    place = people.memberships_of(reader).filter(young_person=request.young_person).first()
    assert place is not None, "a clinician of the circle has a place in it"
    assert given.item_id is not None, "only what was shared has a text"
    try:
        return gate.show(place, given.item_id, at=at).text
    except gate.NotReleased:
        return ""
