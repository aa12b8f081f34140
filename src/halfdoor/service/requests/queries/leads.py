"""What a clinical lead reads of departures: one by one in their circles, in numbers for the whole practice."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, QuerySet

from halfdoor.service.accounts.models import Account
from halfdoor.service.people import queries as people
from halfdoor.service.people.facts import day_in
from halfdoor.service.requests.models import Departure, DepartureReview
from halfdoor.service.requests.queries.clinicians import who_asked
from halfdoor.service.requests.words import TOPICS

_BACK = timedelta(days=365)


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


def to_review(lead: Account) -> list[Made]:
    """Return the departures in circles of this lead that nobody has reviewed, the oldest first. Their own are read."""
    reviewed = DepartureReview.objects.filter(practice=OuterRef("practice"), departure=OuterRef("pk"))
    return [_made(one, lead) for one in _in_circles_of(lead).exclude(Exists(reviewed)).order_by("at", "id")]


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
