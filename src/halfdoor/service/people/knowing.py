"""
Who may know that there is care at all: the gate says it, and rooms below the gate ask here.

While nobody can say, nobody knows.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from halfdoor.service.accounts.models import Account
from halfdoor.service.people.models import Membership


class KnownTo(Protocol):
    """Returns the places of whoever reads in circles of care, as far as they may know of the care now."""

    def __call__(self, reader: Account, *, at: datetime) -> list[Membership]:
        """Answer for one reader at a moment."""


_says: list[KnownTo] = []


def register(known_to: KnownTo) -> Callable[[], None]:
    """Let the gate say it; return how to take that away again."""
    _says.append(known_to)
    return lambda: _says.remove(known_to)


def known_to(reader: Account, *, at: datetime) -> list[Membership]:
    """Return the places of whoever reads in circles of care of which they may know; none while nobody can say."""
    return _says[-1](reader, at=at) if _says else []
