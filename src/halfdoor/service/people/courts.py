"""Limits by a court that wait for a second reader, and those that are about to run out."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When

from halfdoor.service.accounts.models import Account, Role
from halfdoor.service.accounts.queries import known_by_ids
from halfdoor.service.core.prepared import Prepared
from halfdoor.service.people import queries
from halfdoor.service.people.facts import day_in
from halfdoor.service.people.models import CourtLimit, CourtLimitReview

AHEAD = timedelta(days=30)
"""How long before an order runs out somebody is told."""


@dataclass(frozen=True, slots=True)
class RunsOut:
    """A limit that ends on a day. It gives nothing back by itself: somebody looks at what then holds."""

    limit: CourtLimit
    on: date


def waiting_for_a_second_reader(reader: Account) -> QuerySet[CourtLimit]:
    """
    Return limits that nobody has read a second time and that this reader may read, the oldest first: not those they
    recorded themselves. A lead reads those of the practice, a therapist those of their own circles.
    """
    read = CourtLimitReview.objects.filter(practice=OuterRef("practice"), court_limit=OuterRef("pk"))
    return _readable(reader).exclude(Exists(read)).exclude(recorded_by=reader).order_by("recorded_at", "id")


def limit_to_read(reader: Account, limit_id: UUID) -> CourtLimit:
    """
    Return one that waits for a second reader.

    :raises CourtLimit.DoesNotExist: if it does not, or is not this reader's to read
    """
    return waiting_for_a_second_reader(reader).get(pk=limit_id)


def due_for(clinician: Account, *, at: datetime) -> tuple[list[CourtLimit], list[RunsOut]]:
    """
    Return the limits that wait for a second reader, and those in the clinician's own circles that run out soon or did
    so lately, by their day. One query.
    """
    today = day_in(clinician.practice, at=at)
    asked = _DUE_TO_LEAD if clinician.role == Role.LEAD else _DUE
    found: list[Any] = list(asked.rows(CourtLimit, clinician.practice_id, clinician.pk, today - AHEAD, today + AHEAD))
    orders = sorted((row for row in found if row.runs_out), key=lambda row: (row.lapses_on, str(row.pk)))
    return [row for row in found if row.waits], [RunsOut(row, row.lapses_on) for row in orders]


def _due(practice: UUID, clinician: UUID, after: date, until: date, *, role: str = "") -> QuerySet[CourtLimit]:
    reader = known_by_ids(practice, clinician, role=role)
    read = CourtLimitReview.objects.filter(practice=OuterRef("practice"), court_limit=OuterRef("pk"))
    mine = Q(membership__young_person__in=queries.young_people_of(reader).values("pk"))
    near = Q(lapses_on__lte=until, lapses_on__gt=after)
    waits = ~Q(Exists(read)) & ~Q(recorded_by=reader) & (Q() if role == Role.LEAD else mine)
    flags = {"waits": waits, "runs_out": near & mine}
    rows = _limits(reader).annotate(
        **{name: Case(When(which, then=Value(True)), default=Value(False)) for name, which in flags.items()}
    )
    return rows.filter(Q(waits=True) | Q(runs_out=True)).order_by("recorded_at", "id")


_DUE = Prepared(_due, UUID, UUID, date, date)
_DUE_TO_LEAD = Prepared(partial(_due, role=Role.LEAD), UUID, UUID, date, date)


def _readable(reader: Account) -> QuerySet[CourtLimit]:
    if reader.role == Role.LEAD:
        return _limits(reader)
    mine = queries.young_people_of(reader).values("pk")
    return _limits(reader).filter(Q(membership__young_person__in=mine))


def _limits(reader: Account) -> QuerySet[CourtLimit]:
    rows = CourtLimit.objects.filter(practice=reader.practice_id)
    return rows.select_related("membership__person", "membership__young_person__person", "recorded_by")
