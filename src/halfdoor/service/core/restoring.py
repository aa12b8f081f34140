"""
A database that is being put back from a copy, and until when nobody may be served from it.

Between the moment when the copy lies where the database was and the moment when it was compared with the second
journal, the database has forgotten what was stopped and does not know that it has. A machine that stops just then would
open its doors when it starts again. So a word stands beside the journal, on the disk, from before until after.
"""

import os
from pathlib import Path

from django.conf import settings


def begin(copy: Path) -> None:
    """Say that this copy is being put back, before anything is changed."""
    word = _word()
    word.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with word.open("w", encoding="utf-8") as file:
        file.write(copy.name)
        file.flush()
        os.fsync(file.fileno())
    settle(word.parent)


def end() -> None:
    """Say that it is put back, and compared."""
    _word().unlink(missing_ok=True)
    settle(_word().parent)


def begun() -> str:
    """Return the name of the copy that is being put back; nothing if none is."""
    return _word().read_text("utf-8") or "a copy" if _word().exists() else ""


def settle(folder: Path) -> None:
    """Put the names in a folder on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _word() -> Path:
    return Path(settings.HALFDOOR_JOURNAL) / "being-put-back"
