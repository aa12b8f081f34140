"""
What has already gone on a consent: the ledger knows it, which lies above this room, and registers here who can say it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from halfdoor.service.accounts.models import Account
from halfdoor.service.agreements.models import Authorization


@dataclass(frozen=True, slots=True)
class Gone:
    """One kind of information that went to the recipient of a consent, and when."""

    category: str
    at: datetime


Say = Callable[..., list[Gone]]
"""Takes a consent, ``reader=`` and ``at=``, and returns what went while it held, as far as the reader may know."""

_says: list[Say] = []


def register(say: Say) -> None:
    """Let the ledger say it."""
    _says.append(say)


def gone_on(consent: Authorization, *, reader: Account, at: datetime) -> list[Gone]:
    """Return what had gone on a consent, newest first; nothing while nobody can say."""
    return _says[-1](consent, reader=reader, at=at) if _says else []
