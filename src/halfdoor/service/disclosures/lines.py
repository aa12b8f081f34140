"""
The ledger as clinicians of the circle read it: lines by filter, each opened to its decision and its place in the chain.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.paginator import Page
from django.db import transaction
from django.db.models import QuerySet

from halfdoor.disclosure import judging
from halfdoor.service.accounts.models import Account
from halfdoor.service.core import chain
from halfdoor.service.core.keys import KeyErased
from halfdoor.service.core.models import ChainEntry, Practice
from halfdoor.service.core.prepared import Prepared
from halfdoor.service.core.trees import leaf
from halfdoor.service.disclosures import ledger, packs
from halfdoor.service.disclosures.ledger import Outcome, Replay
from halfdoor.service.disclosures.models import ChainCheck, Hold, Line
from halfdoor.service.people import queries as people
from halfdoor.service.people.models import YoungPerson
from halfdoor.service.web.paging import Paged, paged

_AT_MOST = 50
"""How many decisions of one line are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """Which lines are wanted: of one recipient, kind of information, kind of line, answer, rule, or day."""

    membership: UUID | None = None
    category: str = ""
    kind: str = ""
    disposition: str = ""
    rule: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """
    How a line is known in the practice's chain, and whether it fits: its hash its words, and the lines around it.

    ``fits`` says nothing about lines further away; the check of the whole chain does. The number of the line stands
    nowhere: it would say how much is put on record about everybody else.
    """

    leaf: str
    fits: bool


@dataclass(frozen=True, slots=True)
class Opened:
    """A line with the decisions it rests on (in the contract's JSON), decided again, and its place in the chain."""

    line: Line
    purpose: str
    replay: Replay
    decisions: Sequence[Mapping[str, Any]]
    rules: Sequence[str]
    place: Place
    holds: Sequence[Hold]

    @property
    def is_same(self) -> bool:
        return self.replay.outcome is Outcome.SAME

    @property
    def is_erased(self) -> bool:
        return self.replay.outcome is Outcome.ERASED


def page_of(young_person: YoungPerson, sought: Sought, *, page: str, reader: Account) -> Page[Line]:
    """Return a page of the same lines as ``lines``."""
    if sought == Sought() and people.is_clinician_of(young_person, reader=reader):
        return _ALL.page(Line, young_person.practice_id, young_person.pk, page=page)
    return paged(lines(young_person, sought, reader=reader), page=page, size=_A_PAGE)


def lines(young_person: YoungPerson, sought: Sought, *, reader: Account) -> QuerySet[Line]:
    """Return lines about a young person, newest first, to clinicians of their circle; else nothing."""
    rows = _about(young_person.practice_id, young_person.pk)
    if not people.is_clinician_of(young_person, reader=reader):
        return rows.none()
    exactly = {
        "membership": sought.membership,
        "category": sought.category,
        "kind": sought.kind,
        "disposition": sought.disposition,
    }
    rows = rows.filter(**{name: value for name, value in exactly.items() if value})
    if sought.rule:
        rows = rows.filter(entry__entry__contains=json.dumps(sought.rule))
    if sought.day:
        midnight = datetime.combine(sought.day, time(), ZoneInfo(young_person.practice.time_zone))
        rows = rows.filter(at__gte=midnight, at__lt=midnight + timedelta(days=1))
    return rows


def _about(practice: UUID, young_person: UUID) -> QuerySet[Line]:
    rows = Line.objects.filter(practice=practice, young_person=young_person)
    return rows.select_related("membership__person", "by").order_by("-at", "-id")


_A_PAGE = 50
_ALL = Paged(_about, UUID, UUID, size=_A_PAGE)


def line_of(young_person: YoungPerson, line_id: UUID, *, reader: Account) -> Line:
    """
    Return one line about a young person to a clinician of their circle.

    :raises Line.DoesNotExist: if it is about somebody else, is not theirs to read, or is not there at all
    """
    return lines(young_person, Sought(), reader=reader).select_related("entry", "practice").get(pk=line_id)


def opened(line: Line) -> Opened:
    """Return a line decided again. For whoever got it from ``line_of``."""
    body = chain.body_of(line.entry)
    replay = ledger.replay(line)
    return Opened(
        line=line,
        purpose=str(body["purpose"]),
        replay=replay,
        decisions=_decisions(line, body["packs"]) if replay.outcome in (Outcome.SAME, Outcome.DIFFERENT) else (),
        rules=sorted({rule for decided in body["decided"] for rule in decided["rules"]}),
        place=_place(line.entry),
        holds=list(Hold.objects.filter(practice=line.practice_id, line=line).order_by("-recorded_at", "-id")),
    )


def latest_check(practice: Practice) -> ChainCheck | None:
    """Return what the last reading of the whole chain found."""
    return next(iter(_LATEST_CHECK.rows(ChainCheck, practice.pk)), None)


_LATEST_CHECK = Prepared(lambda practice: ChainCheck.objects.filter(practice=practice).order_by("-at", "-id")[:1], UUID)


def check_chain(practice: Practice, *, at: datetime) -> ChainCheck:
    """Read the practice's whole chain, and keep what was found."""
    found = chain.verify(practice)
    with transaction.atomic():
        return ChainCheck.objects.create(
            practice=practice, lines=found.checked, head=found.head, says=found.says, at=at
        )


def _decisions(line: Line, hashes: Mapping[str, str]) -> list[Mapping[str, Any]]:
    try:
        kept = ledger.situations_of(line)
    except KeyErased:
        return []
    versions = packs.kept(list(hashes.values()), practice=line.practice)
    situations = (json.loads(one["situation"]) for one in kept[:_AT_MOST])
    return [judging.replay(situation, packs=versions).as_json() for situation in situations]


def _place(entry: ChainEntry) -> Place:
    """Return where a line stands, looked at with the line before it and the line after it."""
    around = ChainEntry.objects.filter(
        practice=entry.practice_id, sequence__range=(entry.sequence - 1, entry.sequence + 1)
    )
    by_number = {one.sequence: one for one in around}
    before, after = by_number.get(entry.sequence - 1), by_number.get(entry.sequence + 1)
    said = json.loads(entry.entry)
    fits = (
        leaf(entry.entry.encode()) == entry.leaf
        and said["sequence"] == entry.sequence
        and said["previous"] == (before.leaf if before else chain.BEFORE_THE_FIRST)
        and (after is None or json.loads(after.entry)["previous"] == entry.leaf)
    )
    return Place(entry.leaf, fits)
