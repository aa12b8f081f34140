"""
Whether something waits on somebody's page that they have not seen. Rooms above this one say so; one word to them,
which says nothing else, may follow.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

Waits = Callable[..., bool]
"""Takes an account and ``at=``, and returns whether something of the room's waits for them that they may know now."""

_SAYING: list[Waits] = []


def add(waits: Waits) -> None:
    """Let a room say whether something waits. Called from its ``AppConfig.ready``."""
    if waits not in _SAYING:
        _SAYING.append(waits)


def wait_for(account: Any, *, at: datetime) -> bool:
    """Return whether anything waits for somebody."""
    return any(waits(account, at=at) for waits in _SAYING)
