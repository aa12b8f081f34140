"""
Whose rows are at hand: those of one practice, which every statement is told to keep to.

It is said once, where a practice becomes known: when a session is read, a job is taken, somebody signs in. PostgreSQL
keeps to it by itself (`core.databases.postgresql.second_wall`), and no row of another practice is ever made into an
object (`core.rows`). Until it is said, there are no rows at all.

It holds for the block that says it, in its thread or task, and for nobody else.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

EVERYWHERE = UUID(int=0)
"""Stands for every practice. No practice has this id."""

_at_hand: ContextVar[UUID | None] = ContextVar("practice_at_hand", default=None)
_session: ContextVar[str] = ContextVar("session_named", default="")


class OutOfReach(Exception):
    """A row of another practice than the one at hand, or of any practice while none is at hand."""


def at_hand() -> UUID | None:
    """Return whose rows are at hand; `EVERYWHERE`, or none."""
    return _at_hand.get()


def session_named() -> str:
    """Return the key of the session that is looked up right now."""
    return _session.get()


def check(practice: UUID | None) -> None:
    """
    Let a row of a practice pass if it is at hand.

    :raises OutOfReach: if it is not
    """
    at = _at_hand.get()
    if at != practice and at != EVERYWHERE:
        raise OutOfReach(
            "A row of a practice that is not at hand. Say whose rows are needed with core.within.within(practice)."
        )


@contextmanager
def within(practice: UUID) -> Iterator[None]:
    """Keep to the rows of one practice while the block lasts."""
    token = _at_hand.set(practice)
    try:
        yield
    finally:
        _at_hand.reset(token)


@contextmanager
def everywhere() -> Iterator[None]:
    """
    Reach every practice while the block lasts. For the operator's commands, and before a practice is known.

    A test lists who may. Whoever keeps to one practice does not get out of it this way.

    :raises OutOfReach: within a practice
    """
    if _at_hand.get() not in (None, EVERYWHERE):
        raise OutOfReach("Whoever keeps to one practice reaches no other.")
    with within(EVERYWHERE):
        yield


@contextmanager
def nowhere() -> Iterator[None]:
    """Reach no row of any practice until one is entered; what was entered ends with the block."""
    token = _at_hand.set(None)
    try:
        yield
    finally:
        _at_hand.reset(token)


def enter(practice: UUID) -> None:
    """Keep to the rows of a practice for the rest of the request: somebody is on their way in there."""
    _at_hand.set(practice)


@contextmanager
def naming(session: str) -> Iterator[None]:
    """Name the session that is looked up in the block: only who knows its key finds it."""
    token = _session.set(session)
    try:
        yield
    finally:
        _session.reset(token)
