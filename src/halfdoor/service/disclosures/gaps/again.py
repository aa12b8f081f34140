"""What is done again by itself after a restore, by the kind of the line that was lost. Rooms above say what."""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Any

from halfdoor.service.core.models import Practice
from halfdoor.service.disclosures.gaps.rows import LostLine

Do = Callable[[Practice, Mapping[str, Any], datetime], None]
"""Takes the practice, what the lost line said, and the moment at which it was missed."""

_DOING: dict[str, Do] = {}


def add(kind: str, do: Do) -> None:
    """Let a room say what is done again. Called from its ``AppConfig.ready``."""
    _DOING[kind] = do


def do_again(practice: Practice, lost: Collection[LostLine], *, at: datetime) -> None:
    """Do again what the restored database forgot, in the order in which it was done."""
    for line in sorted(lost, key=lambda one: one.sequence):
        if line.kind in _DOING:
            _DOING[line.kind](practice, line.body, at)
