"""Clocks that no single answer brings, as the packs of a practice's place have them."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from halfdoor.disclosure import clocking
from halfdoor.disclosure.rules import Duty
from halfdoor.service.core.models import Practice
from halfdoor.service.disclosures.duties import after


def longer_by(practice: Practice, duty: Duty) -> str:
    """Return by how much the limit of a duty may be made longer, once (ISO 8601); nothing where it may not."""
    if duty.unit == "working":
        return ""
    return clocking.longer_by(practice.place, code=duty.code, within=duty.within)


def last_day_by_word_of_mouth(practice: Practice, *, today: date) -> date:
    """Return the last day on which a wish holds that police or an agency did not write; today, where no pack says."""
    limit = clocking.limit_of(practice.place, "hold_by_word_of_mouth")
    noon = datetime.combine(today, time(12), ZoneInfo(practice.time_zone))
    return after(noon, limit.within).date() if limit else today


def summary_due_on(practice: Practice, *, since: datetime) -> date | None:
    """Return the day by which a summary of a session is to be there; none where no pack says."""
    limit = clocking.limit_of(practice.place, "session_summary")
    return after(since.astimezone(ZoneInfo(practice.time_zone)), limit.within).date() if limit else None
