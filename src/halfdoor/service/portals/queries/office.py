"""The front desk: what the office reads first. Nothing on it tells anything clinical."""

from dataclasses import dataclass
from datetime import date, datetime

from halfdoor.service.accounts.models import Account
from halfdoor.service.people import queries as people
from halfdoor.service.people.facts import day_in
from halfdoor.service.portals.queries.waiting import Waiting, waiting_for


@dataclass(frozen=True, slots=True)
class Desk:
    """What waits for the office, and how many circles it keeps."""

    day: date
    waiting: Waiting
    circles: int


def desk(reader: Account, *, page: str, at: datetime) -> Desk:
    """Return the front desk to somebody of the office."""
    return Desk(
        day=day_in(reader.practice, at=at),
        waiting=waiting_for(reader, page=page, at=at),
        circles=people.kept_by(reader).count(),
    )
