"""
Copies of the database: taken while it is in use, encrypted, and each put back at once to see that it can be.

A copy is a tar file encrypted in the age format (https://age-encryption.org/v1), so that the `age` tool opens it too.
The keys never lie in it: without them the texts in a copy stay sealed. Keys are copied by themselves, for somebody
else's key, and kept elsewhere.
"""

import fcntl
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

import pyrage
from django.conf import settings
from django.db import connection

from halfdoor.service.core import chain
from halfdoor.service.core.databases import dumping

MANIFEST, DATABASE = "manifest.json", "database"
_SOME_LINES = 20
_LINES_READ = re.compile(r"([0-9a-f-]{36}): (\d+) lines read")


class CannotCopy(Exception):
    """A copy was not made, or cannot be put back; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A copy, decrypted and checked: what it says of itself, and where its database lies."""

    vendor: str
    version: str
    at: datetime
    database: Path
    lines: Mapping[str, int]


def own_identity() -> pyrage.x25519.Identity:
    """Return the key that opens the copies made here, made on first use. It is copied with the other keys."""
    path = Path(settings.HALFDOOR_DATA) / "keys" / "copies.key"
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(handle, "w") as file:  # noqa: PTH123 - a handle has no path
            file.write(f"{pyrage.x25519.Identity.generate()}\n")
            file.flush()
            os.fsync(handle)
    return identity_at(path)


def identity_at(path: Path) -> pyrage.x25519.Identity:
    """
    Return the age identity in a file, as `age-keygen` writes it.

    :raises CannotCopy: if there is none
    """
    try:
        lines = [line.strip() for line in path.read_text().splitlines() if line.startswith("AGE-SECRET-KEY-")]
        return pyrage.x25519.Identity.from_str(lines[0])
    except (OSError, UnicodeDecodeError, IndexError, pyrage.IdentityError) as error:
        raise CannotCopy(f"{path} holds no age key. It has a line that begins with AGE-SECRET-KEY-1.") from error


def recipient(text: str) -> pyrage.x25519.Recipient:
    """
    Return whom a copy is for besides us.

    :raises CannotCopy: if it is no public age key
    """
    try:
        return pyrage.x25519.Recipient.from_str(text)
    except pyrage.RecipientError as error:
        raise CannotCopy(
            f"{text} is no public age key. Such a key begins with age1; `age-keygen` makes one."
        ) from error


def take(folder: Path, *, also_for: Sequence[pyrage.x25519.Recipient] = (), at: datetime) -> Path:
    """
    Write a copy of the database into a folder, encrypted for ourselves and others, and return its path.

    :raises CannotCopy: if it cannot be written
    """
    with _room() as room:
        lines = chain.lengths()  # before the copy: it has these at least
        try:
            dumping.dump(room / DATABASE)
        except dumping.CannotDump as error:
            raise CannotCopy(str(error)) from error
        said = {
            "format": 1,
            "at": at.isoformat(),
            "version": version("halfdoor"),
            "vendor": connection.vendor,
            "sha256": _hash_of(room / DATABASE),
            "lines": {str(practice): length for practice, length in lines.items()},
        }
        (room / MANIFEST).write_text(json.dumps(said, indent=1))
        whom = [own_identity().to_public(), *also_for]
        return _packed(folder / f"halfdoor-{at:%Y%m%dT%H%M%SZ}.tar.age", [room / MANIFEST, room / DATABASE], whom)


def take_keys(folder: Path, *, only_for: Sequence[pyrage.x25519.Recipient], at: datetime) -> Path:
    """
    Write a copy of the keys into a folder, for others than ourselves: what only we could open would help nobody.

    :raises CannotCopy: if it is for nobody, or cannot be written
    """
    if not only_for:
        raise CannotCopy("Say with --to who can open the copy of the keys: a public age key, of somebody you trust.")
    data = Path(settings.HALFDOOR_DATA)
    whose = [path for path in (data / "keys", data / "ledger.key") if path.exists()]
    return _packed(folder / f"halfdoor-keys-{at:%Y%m%dT%H%M%SZ}.tar.age", whose, only_for)


@contextmanager
def opened(copy: Path, identity: pyrage.x25519.Identity) -> Iterator[Opened]:
    """
    Decrypt a copy and check it, for as long as the block lasts.

    :raises CannotCopy: if it is cut off, changed, for somebody else, or none
    """
    with _room() as room:
        unpack(copy, identity, into=room)
        try:
            said = json.loads((room / MANIFEST).read_text())
            at = datetime.fromisoformat(said["at"])
            found = Opened(said["vendor"], said["version"], at, room / DATABASE, dict(said["lines"]))
            whole = _hash_of(found.database) == said["sha256"]
        except (OSError, ValueError, KeyError) as error:
            raise CannotCopy(f"{copy} is no copy of a database.") from error
        if not whole:
            raise CannotCopy(f"{copy} is damaged: its database is not the one that was put into it.")
        yield found


def unpack(copy: Path, identity: pyrage.x25519.Identity, *, into: Path) -> None:
    """
    Decrypt a copy into a folder.

    :raises CannotCopy: if that fails
    """
    packed = into / "packed"
    try:
        with copy.open("rb") as sealed, packed.open("wb") as plain:
            pyrage.decrypt_io(sealed, plain, [identity])
        with tarfile.open(packed) as tar:
            tar.extractall(into, filter="data")
    except (OSError, tarfile.TarError, pyrage.DecryptError) as error:
        raise CannotCopy(
            f"{copy} cannot be opened: it is cut off, changed, or for another key than this one ({error})."
        ) from error
    finally:
        packed.unlink(missing_ok=True)


def prove(copy: Path, identity: pyrage.x25519.Identity) -> list[str]:
    """
    Put a copy back beside the database, check its ledger and decide some lines again; return what was found, in words.

    :raises CannotCopy: if it does not hold
    """
    with opened(copy, identity) as found, _room() as beside:
        (beside / "keys").symlink_to(Path(settings.HALFDOOR_DATA) / "keys")
        try:
            with dumping.put_back_beside(found.database, found.vendor, beside) as where:
                said = _run(where, beside, "ledger", "verify", f"--replay={_SOME_LINES}")
        except dumping.CannotDump as error:
            raise CannotCopy(str(error)) from error
        _must_be_all(found, said)
    return said


def _must_be_all(copy: Opened, said: Sequence[str]) -> None:
    """Refuse a copy that has fewer lines than the ledger had when it was made: a whole file can be an empty one."""
    read = {found[1]: int(found[2]) for line in said if (found := _LINES_READ.match(line))}
    for practice, length in copy.lines.items():
        if read.get(practice, 0) < length:
            raise CannotCopy(
                f"The copy does not hold: {practice} had {length} lines, the copy has {read.get(practice, 0)}."
            )


def _run(where: Mapping[str, str], data: Path, *command: str) -> list[str]:
    """Run one of our commands on another database, and return what it counted."""
    settled = {"HALFDOOR_DATA": str(data), "HALFDOOR_JOURNAL": str(data / "journal"), "HALFDOOR_SECRET_KEY": "unused"}
    ran = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "halfdoor.service", *command],
        env={**os.environ, **settled, **where},
        capture_output=True,
        text=True,
        check=False,
    )
    if ran.returncode:
        said = (ran.stdout + ran.stderr).strip().splitlines()
        raise CannotCopy(f"The copy does not hold. {' '.join(command)}: {said[-1] if said else 'no answer'}")
    return [line for line in ran.stdout.splitlines() if "lines read" in line or "decided again" in line]


def _packed(path: Path, what: Sequence[Path], whom: Sequence[pyrage.x25519.Recipient]) -> Path:
    """Pack files and encrypt them. The file has its name when it is whole and on the disk, not before."""
    with _room() as room:
        with tarfile.open(room / "packed", "w") as tar:
            for one in what:
                tar.add(one, arcname=one.name)
        part = path.with_suffix(".part")
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with open(handle, "wb") as sealed, (room / "packed").open("rb") as plain:  # noqa: PTH123
                pyrage.encrypt_io(plain, sealed, list(whom))
                sealed.flush()
                os.fsync(handle)
            part.rename(path)
        except OSError as error:
            part.unlink(missing_ok=True)
            raise CannotCopy(f"{path.parent} cannot be written: {error.strerror}.") from error
    return path


@contextmanager
def _room() -> Iterator[Path]:
    """Return a folder for what is not encrypted, beside the database and as well guarded; it goes when we do."""
    data = Path(settings.HALFDOOR_DATA)
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (data / ".copying").open("w") as door:
        fcntl.flock(door, fcntl.LOCK_EX)
        _sweep(data)
        room = Path(tempfile.mkdtemp(prefix=".copy-", dir=data))
        held = os.open(room, os.O_RDONLY)
        fcntl.flock(held, fcntl.LOCK_EX)
    try:
        yield room
    finally:
        shutil.rmtree(room, ignore_errors=True)
        os.close(held)


def _sweep(data: Path) -> None:
    """Take away what somebody left who was killed while they copied: nobody holds it any more."""
    for left in data.glob(".copy-*"):
        handle = os.open(left, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(left, ignore_errors=True)
        except BlockingIOError:
            continue
        finally:
            os.close(handle)


def _hash_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
