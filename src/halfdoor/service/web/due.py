"""
What is due, by clock: the lines of *Today*. Rooms above this one say what waits for whoever looks; nobody else asks.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Due:
    """One thing to do: where it is done, what it is and why, in words, and by which day (none: when there is time)."""

    href: str
    words: str
    why: str
    due_on: date | None = None


Say = Callable[..., Iterable[Due]]
"""Takes an account and ``at=``, and returns what waits for them then; nothing where it is none of theirs."""

_SAYING: list[Say] = []


def add(say: Say) -> None:
    """Let a room say what is due. Called from its ``AppConfig.ready``."""
    if say not in _SAYING:
        _SAYING.append(say)


def of(account: Any, *, at: datetime) -> list[Due]:
    """Return everything that waits for somebody, the earliest day first."""
    lines = [one for say in _SAYING for one in say(account, at=at)]
    return sorted(lines, key=lambda one: (one.due_on or date.max, one.words))
