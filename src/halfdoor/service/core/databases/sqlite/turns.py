"""
Who writes next on SQLite, which has one lock for all that write and no line in front of it.

Whoever has just written and writes again finds that lock free, while those who wait sleep, up to a tenth of a second
at a time (`sqliteDefaultBusyCallback` in SQLite's `main.c`): one of eight may wait for seconds. So a transaction goes
through two doors before it asks SQLite, both of them locks on files beside the database: the first is for whoever is
next, the second for whoever writes. Who has written finds somebody between the doors, and waits like all others. The
kernel opens the doors of a process that dies. They keep nothing right: SQLite's own lock does, also without them.

Of one process only one thread at a time goes to the doors, and looks at them every millisecond. The others sleep at a
lock of the process: if all of them looked, they would take Python's own lock from those who work.
"""

import fcntl
import os
import time
from functools import cache
from pathlib import Path
from threading import Lock

_BETWEEN = 0.001
"""Seconds between two looks at a door: less than a synced commit takes."""


class Turn:
    """One connection's place among those that write to a database."""

    def __init__(self, database: Path) -> None:
        self._here, self._is_held = _of_process(database.absolute()), False
        self._next = _Door(database.with_name(f"{database.name}-next"))
        self._now = _Door(database.with_name(f"{database.name}-now"))

    def take(self, *, patience: float) -> None:
        """Wait until it is our turn; after so many seconds go on without it, and let SQLite say who holds it up."""
        until = time.monotonic() + patience
        self._is_held = self._is_held or self._here.acquire(timeout=patience)
        if self._is_held and self._next.taken(until):
            self._now.taken(until)
        self._next.leave()

    def give(self) -> None:
        """Let the next one go."""
        self._now.leave()
        if self._is_held:
            self._is_held = False
            self._here.release()

    def close(self) -> None:
        """Close the files, as the connection is closed."""
        self.give()
        self._next.close()
        self._now.close()


@cache
def _of_process(database: Path) -> Lock:
    """Return the lock at which the threads of this process wait for a database."""
    return Lock()


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
