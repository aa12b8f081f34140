"""
What each person could see otherwise, before it is put on record.

This room holds the papers and never asks the judgement. A room above, which can, says here how: it lets the change
happen, looks, and takes it back.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from halfdoor.service.accounts.models import Account
from halfdoor.service.people.models import YoungPerson


@dataclass(frozen=True, slots=True)
class Turn:
    """Kinds of information that change for somebody in the same way: the answers, in the judgement's words."""

    topics: tuple[str, ...]
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """What changes for one person in the circle. ``joins`` says that they have no place in it yet."""

    name: str
    relation: str
    joins: bool
    turns: tuple[Turn, ...]


Foresee = Callable[[YoungPerson, Callable[[], object], date, Account, datetime], Sequence[Change] | None]

_registered: list[Foresee] = []


def register(foresee: Foresee) -> None:
    """Let a room above say what would change."""
    _registered[:] = [foresee]


def foreseen(
    young_person: YoungPerson, act: Callable[[], object], *, on: date, reader: Account, at: datetime
) -> Sequence[Change] | None:
    """
    Return what would change for whom from a day on if this were done; nothing of it is done. To clinicians of the
    circle: nothing at all to anybody else, and ``None`` says so.
    """
    for foresee in _registered:
        return foresee(young_person, act, on, reader, at)
    return None
