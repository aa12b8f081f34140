"""
Guarded rows: what may be read only through the gate.

Two permits open the wall of `core.wall`. `reading` belongs to `disclosures.gate` alone; `writing` belongs to the
actions of the room that owns the model, and lets them insert, update and delete but not look.
"""

import inspect
import sys
from contextlib import AbstractContextManager
from typing import Any, ClassVar, NoReturn

from django.db import models

from halfdoor.service.core.rows import Row
from halfdoor.service.core.wall import NotThroughTheGate, permit, readable, writable

__all__ = ["GuardedQuerySet", "GuardedRow", "NotThroughTheGate", "reading", "writing"]


class GuardedQuerySet(models.QuerySet[Any]):
    """The rows of a guarded model. It raises `NotThroughTheGate` whenever it is evaluated without a permit."""

    def __reduce__(self) -> NoReturn:
        raise NotThroughTheGate("A query over guarded rows cannot be stored. Ask the gate again when you need them.")


class GuardedRow(Row):
    """A row whose table stands behind the wall. It cannot be pickled: a stored copy would pass no gate."""

    is_guarded: ClassVar[bool] = True

    objects = GuardedQuerySet.as_manager()

    class Meta(Row.Meta):
        abstract = True
        base_manager_name = "objects"

    def __reduce__(self) -> NoReturn:
        raise NotThroughTheGate("A guarded row cannot be stored elsewhere. Keep its id and ask the gate again.")


def reading(*guarded: type[GuardedRow]) -> AbstractContextManager[None]:
    """Let queries name these models while the block lasts. For `disclosures.gate` only."""
    _not_in_a_generator()
    return permit(readable, _tables(guarded))


def writing(*guarded: type[GuardedRow]) -> AbstractContextManager[None]:
    """Let the owning room's actions insert, update and delete rows of these models while the block lasts."""
    _not_in_a_generator()
    return permit(writable, _tables(guarded))


def _not_in_a_generator() -> None:
    """Refuse a permit in a block that can be left open: whoever runs a generator would have it while it waits."""
    if sys._getframe(2).f_code.co_flags & (inspect.CO_GENERATOR | inspect.CO_ASYNC_GENERATOR):
        raise NotThroughTheGate("A permit cannot be held across a yield. Read first, then yield what was read.")


def _tables(guarded: tuple[type[GuardedRow], ...]) -> frozenset[str]:
    return frozenset(model._meta.db_table for model in guarded)
