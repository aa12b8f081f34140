"""
An account of what was shared: to whom, when, what and what for, over a period.

What the law lets out of such an account is left out where that law holds; elsewhere everything is in it. A copy that a
family could read holds nothing that tells of a suspicion, a danger or a court. Where nothing may be told there is
nothing, and it reads as if there had been nothing.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet

from halfdoor.service.accounts.models import Account
from halfdoor.service.core import chain
from halfdoor.service.core.keys import KeyErased
from halfdoor.service.disclosures import gate, on_record
from halfdoor.service.disclosures.choices import SAFEGUARDING, Category, Copy, InWriting, LineKind
from halfdoor.service.disclosures.clocks import last_day_by_word_of_mouth
from halfdoor.service.disclosures.models import Accounting, Hold, Line
from halfdoor.service.disclosures.queries import KEEP_OUT
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
    """An account: its period, its copy, what is in it, and whether the law let something out of it."""

    young_person: YoungPerson
    copy: Copy
    period: Period
    made_at: datetime
    entries: tuple[Entry, ...]
    leaves_out_by_law: bool


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
    member: Membership | None = None,
    by: Account,
    at: datetime,
) -> Accounted:
    """
    Return an account to whoever asks, and write down that they asked.

    ``member`` is the place in the circle of somebody of the family who asks. What they themselves were told is theirs;
    what others were told they read where the gate lets them have the record, and that kind of thing.
    """
    lines = _lines(young_person, period, reader=by, member=member)
    entries = _entries(young_person, lines, copy, member=member, at=at)
    found = Accounted(young_person, copy, period, at, tuple(entries), has_exclusions(young_person))
    body = {"kind": "disclosures.accounted", "young_person": str(young_person.pk), "copy": copy.value}
    days = {"since": period.since.isoformat(), "until": period.until.isoformat()}
    whom = {"membership": str(member.pk) if member else "", "by": str(by.pk)}
    Accounting.objects.create(
        practice=by.practice,
        entry=chain.append(by.practice, body | days | whom, at=at),
        young_person=young_person,
        membership=member,
        copy=copy,
        since_on=period.since,
        until_on=period.until,
        at=at,
        by=by,
    )
    return found


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


def _lines(young_person: YoungPerson, period: Period, *, reader: Account, member: Membership | None) -> QuerySet[Line]:
    zone = ZoneInfo(young_person.practice.time_zone)
    first, last = (datetime.combine(day, time(), zone) for day in (period.since, period.until))
    rows = Line.objects.filter(
        practice=young_person.practice_id,
        young_person=young_person,
        kind=LineKind.RELEASE,
        at__gte=first,
        at__lt=last + timedelta(days=1),
    )
    may_read = member is not None or people.is_theirs(young_person, reader=reader)
    rows = rows if may_read else rows.none()
    return rows.select_related("entry", "membership__person").order_by("at", "id")


def _entries(
    young_person: YoungPerson, lines: QuerySet[Line], copy: Copy, *, member: Membership | None, at: datetime
) -> Iterator[Entry]:
    today = day_in(young_person.practice, at=at)
    held = set(
        Hold.objects.filter(practice=young_person.practice_id, until_on__gt=today).values_list("line", flat=True)
    )
    has_a_list = has_exclusions(young_person)
    open_kinds = _open_to(member, at=at) if member else None
    for line in lines:
        body = chain.body_of(line.entry)
        if copy is not Copy.STAFF and (line.pk in held or _tells_of_harm(line, body)):
            continue
        is_own = member is not None and line.membership_id == member.pk
        if member is not None and not is_own and not _may_read(line, open_kinds or frozenset()):
            continue
        if has_a_list and not is_own and _law_leaves_out(line, body):
            continue
        yield Entry(
            at=line.at,
            to=line.membership.person.name if line.membership else "",
            relation=line.relation,
            category=line.category,
            purpose=str(body["purpose"]),
        )


def _tells_of_harm(line: Line, body: Mapping[str, Any]) -> bool:
    """Whether a line by its kind, its recipient or its duties must not be read by somebody who may have done harm."""
    return line.category in SAFEGUARDING or line.relation in people.SAFEGUARDING or KEEP_OUT in _bound(body)


def _bound(body: Mapping[str, Any]) -> set[str]:
    """Return the codes of what a line obliged to."""
    return {code for decided in body["decided"] for code in decided["obligations"]}


def _law_leaves_out(line: Line, body: Mapping[str, Any]) -> bool:
    """Whether an account need not hold it: to the person or those involved, for the care itself, or on a signature."""
    if _LOG_IN in _bound(body):
        return False
    if line.relation in _THE_PERSON_AND_THOSE_INVOLVED or body["purpose"] in _CARE_ITSELF:
        return True
    try:
        kept = json.loads(line.situations)
    except KeyErased:
        return False
    situations = [json.loads(one["situation"]) for one in kept]
    return all(one.get("agreements", {}).get("authorization") == "covers" for one in situations)


def _may_read(line: Line, open_kinds: frozenset[str]) -> bool:
    """Whether somebody of the family reads what another was told. What others of a family were told is theirs."""
    return line.category in open_kinds and line.relation not in _FAMILY


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
