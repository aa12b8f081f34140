"""
A copy every few minutes, for as long as somebody wants it: no more than that is lost with the machine.

What stops sharing is never lost (`core.journal`), however old the newest copy is. Where nothing has changed, none is
made. The first copy of each day is put back beside the database and stays for some days; of the others the newest stay.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

import pyrage
from django.db import connection

from halfdoor.service.core import copies, health

NEWEST, DAYS = 36, 14
_OURS = "halfdoor-2*.tar.age"
_DAY = slice(len("halfdoor-"), len("halfdoor-20261128"))


@dataclass
class KeepingUp:
    """Whoever copies into a folder again and again, and what they know of the last time."""

    folder: Path
    also_for: Sequence[pyrage.x25519.Recipient] = ()
    days: int = DAYS
    _copied: str = ""
    _proved: set[date] = field(default_factory=set)

    def once(self, *, at: datetime) -> Path | None:
        """
        Make a copy if something has changed since the last one, and return its path.

        :raises CannotCopy: if it cannot be made, or does not hold; then the next time tries again
        """
        before, self._copied = self._copied, ""  # what fails is done again
        there = _how_it_is()  # before the copy: what is written meanwhile counts as new
        copy = None
        if there != before:
            copy = copies.take(self.folder, also_for=self.also_for, at=at)
            if at.date() not in self._proved:
                copies.prove(copy, copies.own_identity())
                self._proved = {at.date()}
                health.note_copy(copy, at=at)
            for old in superfluous(sorted(self.folder.glob(_OURS)), days=self.days):
                old.unlink()
        self._copied = there
        health.note_point(at=at)
        return copy


def superfluous(there: Sequence[Path], *, newest: int = NEWEST, days: int) -> list[Path]:
    """Return which of the copies go, oldest first: all but the newest, and the first of each of the last days."""
    firsts: dict[str, Path] = {}
    for copy in there:
        firsts.setdefault(copy.name[_DAY], copy)
    stay = {*there[-newest:], *(firsts[day] for day in sorted(firsts)[-max(days, 1) :])}
    return [copy for copy in there if copy not in stay]


def _how_it_is() -> str:
    """
    Return what is another thing as soon as anybody has changed something in the database.

    SQLite counts for each connection by itself, PostgreSQL for all databases of a server: there a copy may be one too
    many, and never one too few.
    """
    asked = {"sqlite": "PRAGMA data_version", "postgresql": "SELECT pg_snapshot_xmax(pg_current_snapshot())::text"}
    with connection.cursor() as cursor:
        cursor.execute(asked[connection.vendor])
        return str(cursor.fetchone()[0])
