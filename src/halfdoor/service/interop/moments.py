"""FHIR's dates and moments: a day, a month or a year stand for all of it, in the offset of the moment asked about."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime

_DAYS = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,6})?(?:Z|[+-]\d{2}:\d{2})")


@dataclass(frozen=True, slots=True)
class Point:
    """A point in time as it was written: a moment, or the days from ``first`` to ``last``."""

    first: date
    last: date
    moment: datetime | None = None

    def begun(self, at: datetime) -> bool:
        """Return whether something that starts here has started."""
        return self.moment <= at if self.moment else self.first <= at.date()

    def over(self, at: datetime) -> bool:
        """Return whether something that ends here has ended. It ends after the last day, or the moment, it names."""
        return self.moment < at if self.moment else self.last < at.date()


@dataclass(frozen=True, slots=True)
class Span:
    """From one point until another; without a point it is open on that side."""

    start: Point | None
    end: Point | None


def point(text: object) -> Point | None:
    """Return the point that a FHIR ``dateTime`` names, or nothing where it names none."""
    if not isinstance(text, str):
        return None
    try:
        if _MOMENT.fullmatch(text):
            moment = datetime.fromisoformat(text)
            return Point(moment.date(), moment.date(), moment)
        if days := _DAYS.fullmatch(text):
            year, month, day = (int(part) if part else None for part in days.groups())
            return _days(int(year or 0), month, day)
    except ValueError:
        return None
    return None


def _days(year: int, month: int | None, day: int | None) -> Point:
    if month is None:
        return Point(date(year, 1, 1), date(year, 12, 31))
    if day is None:
        return Point(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))
    return Point(date(year, month, day), date(year, month, day))
