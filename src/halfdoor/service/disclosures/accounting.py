"""
An account of what was shared: to whom, when, what and what for, over a period.

What the law lets out of such an account is left out where that law holds; elsewhere everything is in it. A copy that a
family could read holds nothing that tells of a suspicion, a danger or a court. Where nothing may be told there is
nothing, and it reads as if there had been nothing.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Case, JSONField, Q, QuerySet, TextField, Value, When
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Cast

from halfdoor.service.accounts.models import Account
from halfdoor.service.core import chain, stamps
from halfdoor.service.core.keys import KeyErased
from halfdoor.service.disclosures import gate, ledger, on_record
from halfdoor.service.disclosures.choices import SAFEGUARDING, Category, Copy, InWriting, LineKind
from halfdoor.service.disclosures.clocks import last_day_by_word_of_mouth
from halfdoor.service.disclosures.models import Accounting, Hold, Line
from halfdoor.service.disclosures.queries import obliged, without_what_is_kept_out
from halfdoor.service.people import queries as people
from halfdoor.service.people.choices import Relation
from halfdoor.service.people.facts import day_in
from halfdoor.service.people.models import Membership, YoungPerson

YEARS = 6
"""How far back an account reaches where nobody says otherwise, and at most where that law holds."""

_THE_PERSON_AND_THOSE_INVOLVED = (
    Relation.SELF,
    Relation.PARENT,
    Relation.STEP_PARENT,
    Relation.GUARDIAN,
    Relation.FOSTER_CARER,
    Relation.RELATIVE,
    Relation.FRIEND,
)
"""The person whose right it is or who stands in for them, and those involved in the care by what they know."""

_FAMILY = _THE_PERSON_AND_THOSE_INVOLVED[1:]
_CARE_ITSELF = ("treatment", "payment")
_LOG_IN = "log_in_accounting"
_A_PAGE, _A_FEW, _ALL = 50, 500, 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that was shared. ``to`` is empty for somebody outside the circle, whom the relation alone names."""

    at: datetime
    to: str
    relation: str
    category: str
    purpose: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    since: date
    until: date


@dataclass(frozen=True, slots=True)
class Accounted:
    """
    An account: its period, its copy, what is in it, and whether the law let something out of it.

    A part of one says after which line it goes on, where it does (``older``). ``stamp`` is that of the line which says
    that it was given; with it, every line before it is vouched for.
    """

    young_person: YoungPerson
    copy: Copy
    period: Period
    made_at: datetime
    entries: tuple[Entry, ...]
    leaves_out_by_law: bool
    older: str = ""
    stamp: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Part:
    """A page of an account: what is older than the line ``after`` (none: the newest)."""

    after: UUID | None = None


class HeldTooLong(ValueError):
    """A statement by word of mouth holds for thirty days at most."""


def usual_period(young_person: YoungPerson, *, at: datetime) -> Period:
    """Return the years up to today for which an account is usually asked for."""
    today = day_in(young_person.practice, at=at)
    return Period(since=today.replace(year=today.year - YEARS, day=min(today.day, 28)), until=today)


def has_exclusions(young_person: YoungPerson) -> bool:
    """Whether the law of the place lets kinds of sharing out of an account. British law lets none out."""
    return young_person.practice.place.startswith("us")


@transaction.atomic
def account_of(
    young_person: YoungPerson,
    copy: Copy,
    period: Period,
    *,
    part: Part | None = None,
    member: Membership | None = None,
    by: Account,
    at: datetime,
) -> Accounted:
    """
    Return an account to whoever asks, and write down that they asked: all of it, or a part, newest first.

    ``member`` is the place in the circle of somebody of the family who asks. What they themselves were told is theirs;
    what others were told they read where the gate lets them have the record, and that kind of thing.
    """
    lines = _lines(young_person, copy, period, reader=by, member=member, at=at)
    found, older = _some_of(lines, part) if part else (list(_newest_first(lines, at_once=_ALL))[::-1], "")
    body = {"kind": "disclosures.accounted", "young_person": str(young_person.pk), "copy": copy.value}
    days = {"since": period.since.isoformat(), "until": period.until.isoformat()}
    whom = {"membership": str(member.pk) if member else "", "by": str(by.pk)}
    line = chain.append(by.practice, body | days | whom, at=at)
    Accounting.objects.create(
        practice=by.practice,
        entry=line,
        young_person=young_person,
        membership=member,
        copy=copy,
        since_on=period.since,
        until_on=period.until,
        at=at,
        by=by,
    )
    entries, by_law = tuple(map(_entry, found)), has_exclusions(young_person)
    return Accounted(young_person, copy, period, at, entries, by_law, older, stamps.of_line(line))


def given_before(young_person: YoungPerson, *, reader: Account) -> QuerySet[Accounting]:
    """Return the accounts that were given, newest first, to clinicians of the circle; else nothing."""
    rows = Accounting.objects.filter(practice=young_person.practice_id, young_person=young_person)
    rows = rows if people.is_clinician_of(young_person, reader=reader) else rows.none()
    return rows.select_related("by", "membership__person").order_by("-at", "-id")


@transaction.atomic
def hold(line: Line, *, until: date, in_writing: InWriting, said: str, by: Account, at: datetime) -> Hold:
    """
    Leave a line out of accounts until a day: police or an agency said that it would hinder their work.

    :raises HeldTooLong: if it was said by word of mouth and would hold longer than that may
    """
    last_on = last_day_by_word_of_mouth(line.practice, today=day_in(line.practice, at=at))
    if in_writing is InWriting.NO and until > last_on:
        raise HeldTooLong("What was said by word of mouth does not hold that long. Choose an earlier day.")
    row = Hold(practice=line.practice, line=line, in_writing=in_writing, until_on=until, recorded_at=at, recorded_by=by)
    row.said = said
    row.save(force_insert=True)
    body = {"kind": "disclosures.held", "line": str(line.pk), "until": until.isoformat(), "by": str(by.pk)}
    chain.append(by.practice, body, at=at)
    return row


class _Found(NamedTuple):
    """A line as far as an account says it. One that ``is_theirs`` no law lets out."""

    pk: UUID
    at: datetime
    to: str | None
    relation: str
    category: str
    purpose: str
    is_theirs: bool


def _lines(
    young_person: YoungPerson,
    copy: Copy,
    period: Period,
    *,
    reader: Account,
    member: Membership | None,
    at: datetime,
) -> Any:
    """Return what this reader may have in this copy, but for what law lets out because somebody had signed for it."""
    zone = ZoneInfo(young_person.practice.time_zone)
    first, last = (datetime.combine(day, time(), zone) for day in (period.since, period.until))
    releases = Line.objects.filter(
        practice=young_person.practice_id,
        young_person=young_person,
        kind=LineKind.RELEASE,
        at__gte=first,
        at__lt=last + timedelta(days=1),
    )
    rows: Any = releases.annotate(purpose=_PURPOSE)
    may_read = member is not None or people.is_theirs(young_person, reader=reader)
    rows = rows if may_read else rows.none()
    if copy is not Copy.STAFF:  # nothing that must not be read by somebody who may have done harm
        rows = rows.exclude(category__in=SAFEGUARDING).exclude(relation__in=people.SAFEGUARDING)
        today = day_in(young_person.practice, at=at)
        rows = without_what_is_kept_out(rows, young_person.practice_id, young_person.pk, on=today)
    own = Q(membership=member) if member else Q(pk__in=())
    if member is not None:  # what others of a family were told is theirs
        rows = rows.filter(own | Q(category__in=_open_to(member, at=at)) & ~Q(relation__in=_FAMILY))
    if not has_exclusions(young_person):
        return rows.annotate(is_theirs=Value(True))
    is_theirs = own | Q(pk__in=obliged(young_person.practice_id, young_person.pk, to=_LOG_IN))
    # By whom it went to first: what for stands in the chain, and is read only for the few lines that this leaves.
    rows = rows.filter(is_theirs | ~Q(relation__in=_THE_PERSON_AND_THOSE_INVOLVED))
    rows = rows.filter(is_theirs | ~Q(purpose__in=_CARE_ITSELF))
    return rows.annotate(is_theirs=Case(When(is_theirs, then=Value(True)), default=Value(False)))


def _entry(line: _Found) -> Entry:
    return Entry(at=line.at, to=line.to or "", relation=line.relation, category=line.category, purpose=line.purpose)


_PURPOSE = Cast(KeyTextTransform("purpose", KeyTransform("body", Cast("entry__entry", JSONField()))), TextField())


def _some_of(lines: QuerySet[Line], part: Part) -> tuple[list[_Found], str]:
    """Return a page of lines, and the last of them where there are older ones."""
    last = lines.filter(pk=part.after).values_list("at", "pk").first() if part.after else None
    found = list(islice(_newest_first(lines, after=last, at_once=_A_PAGE + 1), _A_PAGE + 1))
    return found[:_A_PAGE], str(found[_A_PAGE - 1].pk) if len(found) > _A_PAGE else ""


def _newest_first(
    lines: QuerySet[Line], *, after: tuple[datetime, UUID] | None = None, at_once: int
) -> Iterator[_Found]:
    """Yield lines after one, read some at a time, without those that somebody had signed for."""
    while True:
        rows = lines.filter(Q(at__lt=after[0]) | Q(pk__lt=after[1]), at__lte=after[0]) if after else lines
        names = ("pk", "at", "membership__person__name", "relation", "category", "purpose", "is_theirs")
        found = [_Found(*row) for row in rows.order_by("-at", "-pk").values_list(*names)[:at_once]]
        signed = _signed([one.pk for one in found if not one.is_theirs])
        yield from (one for one in found if one.pk not in signed)
        if len(found) < at_once:
            return
        after = found[-1].at, found[-1].pk


def _signed(lines: Sequence[UUID]) -> set[UUID]:
    """Return the lines that somebody had signed for. Of somebody who was erased nothing is known any more."""
    signed = set()
    for start in range(0, len(lines), _A_FEW):
        some = lines[start : start + _A_FEW]
        for line in Line.objects.filter(pk__in=some).only("practice", "young_person", "situations_sealed"):
            try:
                kept = ledger.situations_of(line)
            except KeyErased:
                continue
            situations = [json.loads(one["situation"]) for one in kept]
            if all(one.get("agreements", {}).get("authorization") == "covers" for one in situations):
                signed.add(line.pk)
    return signed


def _open_to(member: Membership, *, at: datetime) -> frozenset[str]:
    """Return the kinds of information of which this member may have the record; none, where they may not have it."""
    young_person = member.young_person
    found = on_record.of(young_person, at=at.astimezone(ZoneInfo(young_person.practice.time_zone)))

    def opens(category: str, purpose: str) -> bool:
        question = gate.Question(
            young_person=young_person,
            recipient=member,
            category=category,
            purpose=purpose,
            initiated_by="recipient",
        )
        return found.judge.disposition(found.dossier.of_question(question)).opens

    if not opens("full_record", "access_request"):
        return frozenset()
    return frozenset(kind for kind in _KINDS if opens(kind, "access_request"))


_KINDS = tuple(kind for kind in Category.values if kind not in SAFEGUARDING)
