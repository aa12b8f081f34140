"""Who has to be told of a breach of confidentiality in a practice's place, and by when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from halfdoor.disclosure.breaching import Notice, notices_in
from halfdoor.disclosure.rules import Duty
from halfdoor.service.core.models import Practice
from halfdoor.service.disclosures.duties import due_at


@dataclass(frozen=True, slots=True)
class Clock:
    """
    A notice that is due: to whom (``person``, ``regulator``, ``media``), the rule behind it, and the last moment.

    ``at_once`` is whether the law names no time, but no delay.
    """

    to: str
    due_at: datetime
    at_once: bool
    rule: Mapping[str, object]


def clocks(practice: Practice, *, known: Mapping[str, str], known_at: datetime) -> tuple[Clock, ...]:
    """Return what a breach calls for, by its assessment (``known``) and the moment at which we learned of it."""
    year = known_at.astimezone(ZoneInfo(practice.time_zone)).year
    since = {"event_known": known_at, "year_ended": datetime(year + 1, 1, 1, tzinfo=ZoneInfo(practice.time_zone))}
    return tuple(_clock(notice, since=since) for notice in notices_in(practice.place, known=known))


def _clock(notice: Notice, *, since: Mapping[str, datetime]) -> Clock:
    duty = Duty("report_breach", within=notice.within, since=notice.since, unit="calendar")
    return Clock(
        to=notice.to,
        due_at=due_at(duty, since=since, at=since[notice.since]) or since[notice.since],
        at_once=not notice.within,
        rule={
            "rule": notice.id,
            "says": notice.says,
            "cites": [{"source": cite.source, "section": cite.section} for cite in notice.cites],
            "confidence": notice.confidence,
            "reviewed": notice.reviewed,
        },
    )
