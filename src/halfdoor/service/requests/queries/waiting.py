"""What waits for a clinician, by the day on which it is due: for *Today*. Nothing stands here that is not a link."""

from collections.abc import Collection, Iterator
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery, UUIDField
from django.utils.translation import gettext as _

from halfdoor.service.accounts.models import Account
from halfdoor.service.accounts.queries import known_by_ids
from halfdoor.service.core import keys
from halfdoor.service.core.health import Found, State
from halfdoor.service.core.models import Practice
from halfdoor.service.core.prepared import Among, Prepared
from halfdoor.service.people import queries as people
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
    Offer,
    OfferReply,
    Proposal,
    Reply,
    SecondReading,
    Side,
    Step,
    Unanswered,
)
from halfdoor.service.requests.queries.clinicians import readable_by, with_office, words_for
from halfdoor.service.requests.words import TOPICS
from halfdoor.service.web import addresses
from halfdoor.service.web.due import Due


def waiting_for(clinician: Account, *, at: datetime) -> list[Due]:
    """
    Return what somebody has to do something about: no answer yet, a young person's reply, a day to look again, and what
    follows an answer. What may be about somebody's safety stands first.
    """
    today = day_in(clinician.practice, at=at)
    hurt = _with_consequences(clinician)
    found = _about(clinician, {*hurt, *(pk for (pk,) in _BEGUN.ask(FamilyRequest, clinician.practice_id, today))})
    return [
        *(_line(row, _consequences(), today) for row in found if row.pk in hurt),
        *(_answering(row, clinician.practice) for row in found if _waits_for_answer(row, today)),
        *(line for row in found for line in _reading(row, clinician)),
        *(_line(row, _("Explain why it was told"), today) for row in found if row.owes_reasons),
        *(_line(row, _("Somebody would like to meet: find a time"), row.meet_by) for row in found if row.meet_by),
        *(_line(row, _("They ask that somebody else looks at the answer"), None) for row in found if row.to_review),
    ]


def _consequences() -> str:
    return _("It had consequences at home: talk with the young person, alone")


class _Waits(NamedTuple):
    """A request as far as a line says it, with what may wait about it."""

    pk: UUID
    about: str
    asker: str | None
    category: str
    office: str | None
    is_known: bool
    answered_at: datetime | None
    look_again_on: date | None
    replied_at: datetime | None
    choice: str | None
    followed_up_at: datetime | None
    promised_on: date | None
    clock_at: datetime | None
    longer_at: datetime | None
    proposed_by: UUID | None
    was_read: bool | None
    meet_by: date | None
    owes_reasons: bool
    to_review: bool


_NAMES = ("pk", "young_person__person__name", "asked_by__person__name", "category", "office_relation")
_COLUMNS = (*_NAMES, "is_known_caller", *_Waits._fields[len(_NAMES) + 1 :])


def _about(clinician: Account, requests: Collection[UUID]) -> list[_Waits]:
    """
    Return those of some requests that a clinician may read, each with what may wait about it. One query.

    Which requests are meant is known before: else a database looks closely at all that there ever were.
    """
    return [_Waits(*row) for row in _FOUND.ask(FamilyRequest, clinician.practice_id, clinician.pk, some=requests)]


def _found(practice: UUID, clinician: UUID, *requests: UUID) -> Any:
    some = readable_by(known_by_ids(practice, clinician)).filter(pk__in=requests)
    return _with_what_waits(with_office(some)).values_list(*_COLUMNS)


_FOUND = Among(_found, UUID, UUID)


def _begun(practice: UUID, today: date) -> Any:
    """
    Return the requests about which something could wait: a few of many, found by what each kind of waiting begins with.

    They are what the database looks at closely. What it is asked to leave out by a closer look it looks for in all.
    """
    of_it: Any = {"practice": practice}
    of_request: Any = {"practice": OuterRef("practice"), "request": OuterRef("request")}
    looked = Step.objects.filter(**of_request, kind__in=_LOOKED, taken_at__gte=OuterRef("answered_at"))
    later = Answer.objects.filter(**of_request, answered_at__gt=OuterRef("taken_at"))
    said = Step.objects.filter(**of_it, kind__in=(Step.Kind.REPLIED, Step.Kind.REVIEW_ASKED))
    begun = Unanswered.objects.filter(**of_it).values("request")
    begun = begun.union(
        Answer.objects.filter(~Exists(looked), **of_it, look_again_on__lte=today).values("request"),
        said.exclude(Exists(later)).values("request"),
        Proposal.objects.filter(**of_it).values("request"),
        ExceptionUsed.objects.filter(**of_it).values("request"),
        OfferReply.objects.filter(**of_it, word=OfferReply.Word.YES).values("offer__request"),
    )
    return FamilyRequest.objects.filter(**of_it, pk__in=begun).values_list("pk")


_BEGUN = Prepared(_begun, UUID, date)


def doctor(at: datetime) -> Iterator[Found]:
    """Yield whether every request that nobody has answered is kept as such: else it stands on nobody's *Today*."""
    of_it: Any = {"practice": OuterRef("practice"), "request": OuterRef("pk")}
    waits, answers = Unanswered.objects.filter(**of_it), Answer.objects.filter(**of_it)
    lost = FamilyRequest.objects.filter(~Exists(answers), ~Exists(waits)).count()
    if lost:
        says = f"{lost} that nobody answered stand on no list: open each from its young person's page, and tell us"
        yield Found("requests", State.BAD, says)
    else:
        yield Found("requests", State.WELL, f"{Unanswered.objects.count()} wait for an answer")


_LOOKED = (Step.Kind.FOLLOWED_UP, Step.Kind.LOOKED_AGAIN)


def _with_what_waits(rows: Any) -> Any:
    """Return requests, each with what may wait about it. One query."""
    of_it = {"practice": OuterRef("practice"), "request": OuterRef("pk")}
    answers = Answer.objects.filter(**of_it).order_by("-answered_at", "-id")
    steps = Step.objects.filter(**of_it).order_by("-taken_at", "-id")
    replies = Reply.objects.filter(practice=OuterRef("practice"), question__request=OuterRef("pk"))
    return rows.annotate(
        answered_at=Subquery(answers.values("answered_at")[:1]),
        look_again_on=Subquery(answers.values("look_again_on")[:1]),
        replied_at=Subquery(steps.filter(kind=Step.Kind.REPLIED).values("taken_at")[:1]),
        choice=Subquery(replies.order_by("-replied_at", "-id").values("choice")[:1]),
        followed_up_at=Subquery(steps.filter(kind__in=_LOOKED).values("taken_at")[:1]),
        promised_on=Subquery(steps.filter(due_on__isnull=False).values("due_on")[:1]),
        clock_at=Subquery(Clock.objects.filter(**of_it).order_by("due_at").values("due_at")[:1]),
        longer_at=Subquery(Extension.objects.filter(**of_it).values("due_at")[:1]),
        proposed_by=Subquery(_open_proposals().values("by")[:1], output_field=UUIDField()),
        was_read=Subquery(_open_proposals().values("is_read")[:1]),
        meet_by=Subquery(_open_meetings().order_by("check_on").values("check_on")[:1]),
        owes_reasons=Exists(_unexplained()),
        to_review=Exists(_reviews()),
    )


def _waits_for_answer(row: _Waits, today: date) -> bool:
    """Say whether there is none yet, or a young person's reply since, or its day to look again has come."""
    answered, replied, looked = row.answered_at, row.replied_at, row.followed_up_at
    if answered is None or (replied is not None and replied > answered):
        return True
    return row.look_again_on is not None and row.look_again_on <= today and (looked is None or looked < answered)


def _open_proposals() -> Any:
    """Return the newest answer of a request that is put to a second reader, while it is not given."""
    of_it = {"practice": OuterRef("practice"), "request": OuterRef("request")}
    later, answered = Proposal.objects.filter(**of_it, at__gt=OuterRef("at")), Answer.objects.filter(**of_it)
    rows = Proposal.objects.filter(practice=OuterRef("practice"), request=OuterRef("pk")).exclude(Exists(later))
    read = SecondReading.objects.filter(practice=OuterRef("practice"), proposal=OuterRef("pk"))
    return rows.exclude(Exists(answered.filter(answered_at__gte=OuterRef("at")))).annotate(is_read=Exists(read))


def _open_meetings() -> QuerySet[Offer]:
    """Return what one side said yes to, and for which nobody has found a time."""
    said = OfferReply.objects.filter(practice=OuterRef("practice"), offer=OuterRef("pk"))
    yes = said.filter(side__in=(Side.FAMILY, Side.YOUNG_PERSON), word=OfferReply.Word.YES)
    rows = Offer.objects.filter(Exists(yes), practice=OuterRef("practice"), request=OuterRef("pk"))
    return rows.exclude(Exists(said.filter(side=Side.CLINICIAN)))


def _unexplained() -> QuerySet[ExceptionUsed]:
    told = Explanation.objects.filter(practice=OuterRef("practice"), used=OuterRef("pk"), side=Side.YOUNG_PERSON)
    used = ExceptionUsed.objects.filter(practice=OuterRef("practice"), request=OuterRef("pk"))
    return used.exclude(Exists(told))


def _reviews() -> QuerySet[Step]:
    later = Answer.objects.filter(
        practice=OuterRef("practice"), request=OuterRef("request"), answered_at__gt=OuterRef("taken_at")
    )
    asked = Step.objects.filter(practice=OuterRef("practice"), request=OuterRef("pk"), kind=Step.Kind.REVIEW_ASKED)
    return asked.exclude(Exists(later))


def _reading(row: _Waits, clinician: Account) -> Iterator[Due]:
    if row.proposed_by and not row.was_read and row.proposed_by != clinician.pk:
        yield _line(row, _("Waits for a second reader"), None)
    elif row.proposed_by == clinician.pk and row.was_read:
        yield _line(row, _("Came back from the second reader"), None)


def _answering(row: _Waits, practice: Practice) -> Due:
    if row.answered_at is None:
        why = _("The young person has replied") if row.replied_at else _("Not answered yet")
        due_on, is_law = _by_law(row, practice)
        return _line(row, _("%(why)s, by law") % {"why": why} if is_law else why, due_on)
    if row.replied_at is not None and row.replied_at > row.answered_at:
        return _line(row, _("The young person has replied again"), None)
    why = _("To be looked at again")
    if row.choice == Reply.Choice.I_TELL:
        why = _("The young person wanted to tell it: have they?")
    elif row.choice == Reply.Choice.TOGETHER:
        why = _("The young person wanted to tell it together: is there a time?")
    return _line(row, why, row.look_again_on)


def _by_law(row: _Waits, practice: Practice) -> tuple[date | None, bool]:
    """Return the day by which it is answered: the one we promised, or the law's where that comes first."""
    law_at = row.longer_at or row.clock_at
    if law_at is None:
        return row.promised_on, False
    law_on = working_day_by(day_in(practice, at=law_at))
    return (law_on, True) if row.promised_on is None or law_on <= row.promised_on else (row.promised_on, False)


def _with_consequences(clinician: Account) -> frozenset[UUID]:
    """Return where a young person said that it had consequences at home, until somebody has come back to it."""
    rows = list(_AFTERWARDS.rows(Afterwards, clinician.practice_id, clinician.pk))
    if rows:
        keys.fetch({row.young_person_id for row in rows}, practice=clinician.practice_id)
    return frozenset(row.request_id for row in rows if row.consequences == Afterwards.Consequences.YES)


def _afterwards(practice: UUID, clinician: UUID) -> QuerySet[Afterwards]:
    seen = Step.objects.filter(
        practice=OuterRef("practice"),
        request=OuterRef("request"),
        kind__in=(Step.Kind.FOLLOWED_UP, Step.Kind.TALKED),
        taken_at__gt=OuterRef("at"),
    )
    mine = people.young_people_of(known_by_ids(practice, clinician)).values("pk")
    said = Afterwards.objects.filter(practice=practice, young_person__in=mine, side=Side.YOUNG_PERSON)
    return said.exclude(Exists(seen))


_AFTERWARDS = Prepared(_afterwards, UUID, UUID)


def _line(row: _Waits, why: str, due_on: date | None) -> Due:
    who = words_for(row.asker, row.office, known=row.is_known)
    named = {"who": who, "about": row.about or _("erased"), "topic": str(TOPICS[row.category])}
    words = _("%(who)s about %(about)s: %(topic)s") % named
    return Due(addresses.of("requests:request", row.pk), words, why, due_on)
