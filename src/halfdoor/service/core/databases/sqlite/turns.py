"""
Who writes next on SQLite, which has one lock for all that write and no line in front of it.

Whoever has just written and writes again finds that lock free, while those who wait sleep, up to a tenth of a second
at a time (`sqliteDefaultBusyCallback` in SQLite's `main.c`): one of eight may wait for seconds. So a transaction goes
through two doors before it asks SQLite, both of them locks on files beside the database: the first is for whoever is
next, the second for whoever writes. Who has written finds somebody between the doors, and waits like all others. The
kernel opens the doors of a process that dies. They keep nothing right: SQLite's own lock does, also without them.
"""

import fcntl
import os
import time
from pathlib import Path

_BETWEEN = 0.001
"""Seconds between two looks at a door: less than a synced commit takes."""


class Turn:
    """One connection's place among those that write to a database."""

    def __init__(self, database: Path) -> None:
        self._next = _Door(database.with_name(f"{database.name}-next"))
        self._now = _Door(database.with_name(f"{database.name}-now"))

    def take(self, *, patience: float) -> None:
        """Wait until it is our turn; after so many seconds go on without it, and let SQLite say who holds it up."""
        until = time.monotonic() + patience
        if self._next.taken(until):
            self._now.taken(until)
        self._next.leave()

    def give(self) -> None:
        """Let the next one go."""
        self._now.leave()

    def close(self) -> None:
        """Close the files, as the connection is closed."""
        self._next.close()
        self._now.close()


class _Door:
    """A file that one at a time holds locked."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: int | None = None
        self._mine = False

    def taken(self, until: float) -> bool:
        """Say whether it is ours, after waiting for it as long as that."""
        if self._file is None:
            self._file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        while not self._mine:
            try:
                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                self._mine = True
            except BlockingIOError:
                if time.monotonic() > until:
                    break
                time.sleep(_BETWEEN)
        return self._mine

    def leave(self) -> None:
        """Let somebody else have it."""
        if self._mine and self._file is not None:
            fcntl.flock(self._file, fcntl.LOCK_UN)
        self._mine = False

    def close(self) -> None:
        """Leave it, and close the file."""
        self.leave()
        if self._file is not None:
            os.close(self._file)
            self._file = None
