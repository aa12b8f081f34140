"""What a clinical lead reads of departures: one by one in their circles, in numbers for the whole practice."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.paginator import Page
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from halfdoor.service.accounts.models import Account, Role
from halfdoor.service.core import keys
from halfdoor.service.people import queries as people
from halfdoor.service.people.facts import day_in
from halfdoor.service.requests.models import Departure, DepartureReview, FamilyRequest
from halfdoor.service.requests.queries.clinicians import who_asked, with_office
from halfdoor.service.requests.words import TOPICS
from halfdoor.service.web.due import Due
from halfdoor.service.web.paging import paged

_BACK = timedelta(days=365)
_A_PAGE = 25


@dataclass(frozen=True, slots=True)
class Made:
    """A departure: by whom, from which rule, from what to what, why, and what a lead said of it."""

    pk: UUID
    request_id: UUID
    by: str
    about: str
    who: str
    topic: str
    rule: str
    decided: str
    instead: str
    reasons: str
    at: datetime
    is_own: bool
    review: DepartureReview | None


@dataclass(frozen=True, slots=True)
class Line:
    """How often one clinician departed from one rule in one direction."""

    by: str
    rule: str
    decided: str
    instead: str
    times: int


@dataclass(frozen=True, slots=True)
class Bar:
    """One month in the picture: its words, how many, and where the bar stands in it."""

    month: str
    times: int
    x: int
    y: int
    height: int


@dataclass(frozen=True, slots=True)
class Pattern:
    """Departures of a year, as a table and by month."""

    lines: tuple[Line, ...]
    bars: tuple[Bar, ...]


def to_review(lead: Account, *, page: str = "1") -> Page[Any]:
    """Return a page of the departures in circles of this lead that nobody has reviewed, the oldest first."""
    shown = paged(_waiting(lead), page=page, size=_A_PAGE)
    keys.fetch({one.young_person_id for one in shown}, practice=lead.practice_id)
    asked = with_office(FamilyRequest.objects.filter(practice=lead.practice_id))
    requests = asked.select_related("asked_by__person").in_bulk([one.request_id for one in shown])
    made = []
    for one in shown:
        one.request = requests[one.request_id]
        made.append(_as_made(one, lead, None))
    return Page(made, shown.number, shown.paginator)


def due_for(account: Account, *, at: datetime) -> Iterator[Due]:
    """Yield to a lead that departures wait for their review; to whoever made one it is not theirs to read."""
    if account.role == Role.LEAD:
        oldest = _waiting(account).exclude(by=account).values_list("at", flat=True).first()
        if oldest:
            why = _("A colleague was more careful than the rules. Read why.")
            yield Due(reverse("requests:departures"), _("Decided otherwise, not read yet"), why)


def _waiting(lead: Account) -> QuerySet[Departure]:
    """Return the departures in circles of this lead that nobody has reviewed, the oldest first. Their own are read."""
    reviewed = DepartureReview.objects.filter(practice=OuterRef("practice"), departure=OuterRef("pk"))
    return _in_circles_of(lead).exclude(Exists(reviewed)).order_by("at", "id")


def departure_of(lead: Account, departure_id: UUID) -> Departure:
    """
    Return a departure to a lead of the circle.

    :raises Departure.DoesNotExist: if it is in no circle of theirs, or not there at all
    """
    return _in_circles_of(lead).get(pk=departure_id)


def page_of(departure: Departure, *, reader: Account) -> Made:
    """Return a departure as its page shows it, for whoever got it."""
    return _made(departure, reader)


def pattern(lead: Account, *, at: datetime) -> Pattern:
    """Return how often who departed from which rule in the last year: numbers of the practice, about nobody."""
    rows = Departure.objects.filter(practice=lead.practice_id, at__gt=at - _BACK)
    counted = rows.values_list("by__display_name", "rule", "decided", "instead").annotate(times=Count("id"))
    lines = tuple(Line(*one) for one in counted.order_by("-times", "by__display_name", "rule"))
    days = [day_in(lead.practice, at=one) for one in rows.values_list("at", flat=True)]
    return Pattern(lines, _bars(Counter((day.year, day.month) for day in days), at=at))


_HEIGHT, _WIDE = 100, 40


def _bars(counted: Counter[tuple[int, int]], *, at: datetime) -> tuple[Bar, ...]:
    most = max(counted.values(), default=1)
    months = [divmod(at.year * 12 + at.month - 1 - back, 12) for back in range(11, -1, -1)]
    bars = []
    for place, (year, month) in enumerate(months):
        times = counted[year, month + 1]
        height = round(_HEIGHT * times / most)
        bars.append(Bar(f"{year}-{month + 1:02}", times, place * _WIDE, _HEIGHT - height, height))
    return tuple(bars)


def _in_circles_of(lead: Account) -> QuerySet[Departure]:
    mine = people.young_people_of(lead).values("pk")
    rows = Departure.objects.filter(practice=lead.practice_id, young_person__in=mine)
    return rows.select_related(
        "by", "young_person__person", "request__asked_by__person", "request__young_person__person"
    )


def _made(one: Departure, reader: Account) -> Made:
    review = DepartureReview.objects.filter(practice=one.practice_id, departure=one).select_related("by").first()
    return _as_made(one, reader, review)


def _as_made(one: Departure, reader: Account, review: DepartureReview | None) -> Made:
    return Made(
        pk=one.pk,
        request_id=one.request_id,
        by=one.by.display_name,
        about=one.young_person.name,
        who=who_asked(one.request),
        topic=str(TOPICS[one.request.category]),
        rule=one.rule,
        decided=one.decided,
        instead=one.instead,
        reasons=one.reasons,
        at=one.at,
        is_own=one.by_id == reader.pk,
        review=review,
    )
