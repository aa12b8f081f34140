"""
Halves of young people's keys that lie in no database: without its half, no copy of a database opens a key.

Each practice has one file in the folder `keys`: slots of 32 random bytes, many of them made before anybody needs one,
so that a copy of the keys helps for a long time. To erase somebody, their slot is overwritten; a copy of the database
that was made before holds the other half alone. A copy of the keys made before holds this one, until it is destroyed.
"""

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from django.conf import settings

from halfdoor.service.core.starting import NotSecret

NONE = 0
"""The slot of a key that has no half elsewhere, because it was made before there were any."""

_SIZE = 32
_MORE = 512
_GONE = bytes(_SIZE)


class NoShares(Exception):
    """The file with the halves of keys is not there, or not the one of this database."""


def share(practice: UUID, slot: int) -> bytes | None:
    """
    Return the half in a slot; none, where it was destroyed.

    :raises NoShares: if there is no such slot
    """
    try:
        handle = os.open(_path(practice), os.O_RDONLY)
    except FileNotFoundError:
        raise NoShares(_says(practice)) from None
    try:
        if os.fstat(handle).st_mode & 0o077:
            raise NotSecret(f"Others may read {_path(practice)}. If nobody did: chmod 600 {_path(practice)}")
        found = os.pread(handle, _SIZE, _at(slot))
    finally:
        os.close(handle)
    if len(found) < _SIZE:
        raise NoShares(_says(practice))
    return None if found == _GONE else found


def free_from(practice: UUID, slot: int) -> int:
    """
    Return the first slot from this one on that holds a half, making more of them where they run out.

    :raises NoShares: if those before it are not there: new ones in their place would open nothing
    """
    with _alone(practice) as handle:
        if os.fstat(handle).st_size < _at(slot):
            raise NoShares(_says(practice))
        while os.pread(handle, _SIZE, _at(slot)) == _GONE:
            slot += 1
        while os.fstat(handle).st_size < _at(slot + 1):
            os.pwrite(handle, secrets.token_bytes(_SIZE * _MORE), os.fstat(handle).st_size)
            os.fsync(handle)
    return slot


def destroy(practice: UUID, slot: int) -> None:
    """Overwrite a half, for good."""
    with _alone(practice) as handle:
        if os.fstat(handle).st_size >= _at(slot + 1):
            os.pwrite(handle, _GONE, _at(slot))
            os.fsync(handle)


@contextmanager
def _alone(practice: UUID) -> Iterator[int]:
    path = _path(practice)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield handle
    finally:
        os.close(handle)


def _at(slot: int) -> int:
    """Return where a slot begins. The first is number one."""
    return (slot - 1) * _SIZE


def _path(practice: UUID) -> Path:
    return Path(settings.HALFDOOR_DATA) / "keys" / f"shares-{practice}.key"


def _says(practice: UUID) -> str:
    return (
        f"The file {_path(practice).name} in the folder `keys` of HALFDOOR_DATA is missing, or is not the one in use "
        "when this database was written. Put it back from the newest copy of the keys."
    )
