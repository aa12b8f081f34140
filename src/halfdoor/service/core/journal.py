"""
The second journal: every line of the chain once more, in a file that no restore of the database puts back.

A database put back from yesterday has forgotten what was withdrawn today, and would share it again. So each line is
written here too, and is on the disk before its transaction ends: whoever is told that something holds can rely on it.
Where the journal cannot be written, nothing can be done at all, and nothing is shared either.

One file a practice: the line as it stands in the chain, then, once its transaction has ended well, a plus sign with the
line's hash. Keep the folder on another disk or another machine than the database: `HALFDOOR_JOURNAL`.
"""

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction

from halfdoor.service.core.models import ChainEntry, Practice
from halfdoor.service.core.trees import leaf

_DONE = "+ "


class JournalBroken(OSError):
    """The journal cannot be written, so nothing that has to stand in it can be done."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One line of the journal: the chain's words, their hash, and whether its transaction is known to have ended."""

    entry: str
    leaf: str
    done: bool

    @property
    def sequence(self) -> int:
        """Its place in the chain."""
        return int(json.loads(self.entry)["sequence"])


def path_of(practice: UUID) -> Path:
    """Return the file that holds a practice's journal."""
    return _path_in(settings.HALFDOOR_JOURNAL, practice)


@lru_cache(maxsize=512)
def _path_in(folder: str | Path, practice: UUID) -> Path:
    return Path(folder) / f"{practice}.lines"


def write(practice: UUID, lines: Sequence[ChainEntry]) -> None:
    """
    Put lines on the disk before their transaction ends, and say so once it has ended well.

    :raises JournalBroken: if they are not on the disk
    """
    _append(practice, [line.entry for line in lines])
    done = [f"{_DONE}{line.leaf}" for line in lines]
    # Lost with the power, this word is missing, and the line counts as one that may have held.
    transaction.on_commit(lambda: _append(practice, done, lasting=False), robust=True)


def unknown_to(practice: Practice, *, doubtful_too: bool) -> tuple[list[Kept], int]:
    """
    Return what the journal holds and the chain does not, oldest first, and how far the journal has been read now.

    Read is only what came since the database read it last: one put back to an earlier day remembers an earlier place.

    :param doubtful_too: also lines of which nobody knows whether their transaction ended well: after a restore they
        count; otherwise the chain itself says that it did not
    """
    kept, upto = _read(path_of(practice.pk), since=practice.journal_read_to)
    unknown = [one for one in kept if one.done or doubtful_too]
    return [one for some in _parted(unknown) for one in _missing(practice, some)], upto


def is_writable() -> None:
    """
    Look whether a line could be written now.

    :raises JournalBroken: if not
    """
    _write_at(Path(settings.HALFDOOR_JOURNAL) / "writable", "\n")


def _missing(practice: Practice, some: Sequence[Kept]) -> Iterator[Kept]:
    rows = ChainEntry.objects.filter(practice=practice, sequence__in=[one.sequence for one in some])
    known = set(rows.values_list("leaf", flat=True))
    return (one for one in some if one.leaf not in known)


def _parted(kept: Sequence[Kept], size: int = 500) -> Iterator[Sequence[Kept]]:
    return (kept[first : first + size] for first in range(0, len(kept), size))


def _read(path: Path, *, since: int) -> tuple[list[Kept], int]:
    """Return the whole lines after a place in the file, each once, and where the file ends."""
    if not path.exists():
        return [], 0
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(since if since <= size else 0)  # a shorter file is another one: read all of it
        text = file.read()
    found: dict[str, str] = {}
    done = set()
    for line in text.decode(errors="replace").splitlines():
        if line.startswith(_DONE):
            done.add(line.removeprefix(_DONE))
        elif line.startswith("{") and line.endswith("}"):  # what was cut off in the middle was never said to hold
            found[leaf(line.encode())] = line
    return [Kept(entry, hashed, hashed in done) for hashed, entry in found.items()], size


def _append(practice: UUID, lines: Sequence[str], *, lasting: bool = True) -> None:
    # A line cut off by a full disk ends here, not in the middle of the next one.
    _write_at(path_of(practice), "\n" + "\n".join(lines) + "\n", lasting=lasting)


def _write_at(path: Path, words: str, *, lasting: bool = True) -> None:
    text = words.encode()
    try:
        handle, is_new = _open(path)
        try:
            if os.write(handle, text) != len(text):
                raise OSError("the disk is full")
            if lasting:
                os.fsync(handle)
        finally:
            os.close(handle)
        if is_new:
            _last(path.parent)
    except OSError as error:
        raise JournalBroken(
            f"The journal in HALFDOOR_JOURNAL cannot be written ({error.strerror or error}), so nothing was saved and "
            "nothing is shared. Make room on that disk, or mount it again."
        ) from error


def _open(path: Path) -> tuple[int, bool]:
    """Return a file to add to, made with its folder if it is not there, and whether it was."""
    how = os.O_WRONLY | os.O_APPEND
    try:
        return os.open(path, how), False
    except FileNotFoundError:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        return os.open(path, how | os.O_CREAT, 0o600), True


def _last(folder: Path) -> None:
    """Put the name of a new file on the disk too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def strangers() -> list[Path]:
    """Return the journals of practices that the database does not know."""
    known = {path_of(practice) for practice in Practice.objects.values_list("pk", flat=True)}
    return sorted(path for path in Path(settings.HALFDOOR_JOURNAL).glob("*.lines") if path not in known)
