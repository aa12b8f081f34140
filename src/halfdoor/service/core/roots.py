"""
The root key, which wraps every other: in a file that only its owner reads, or given by a command and in no file here.

A command (for a key management service, a hardware module, `age --decrypt`) is run once in each process, at its start,
without a shell and without our own settings in its environment. What it prints is the key: 32 bytes, or the same in
hexadecimal or base64. It is kept in memory alone; beside the other keys lies only a hash by which another key is told
from it.
"""

import base64
import binascii
import hmac
import os
import shlex
import subprocess
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from threading import Lock

from django.conf import settings

from halfdoor.service.core.starting import secret_file

_LENGTH = 32
_WAITS = 20.0
"""Seconds that a command may take."""

_given: dict[Path, bytes] = {}
_one_at_a_time = Lock()


class NoRootKey(Exception):
    """The root key is not there, or not the one in use. The text says what to do, and nothing of what was printed."""


def secret(version: int) -> bytes:
    """
    Return the root key of a version. The first one is made on first use.

    :raises NoRootKey: if it is not there, or the command gives none or another
    """
    if _marker(version).exists():
        return _from_command(version)
    path = _file(version)
    if not path.exists():
        if is_any():
            raise NoRootKey(f"{path} is not there. Put back the key file that was in use when this was written.")
        if settings.HALFDOOR_ROOT_COMMAND:
            return _from_command(version)
    return secret_file(path)


def newest() -> int:
    """Return the version of the root key that wraps what is made from now on."""
    return max(_versions(), default=1)


def is_any() -> bool:
    """Whether there is a root key yet."""
    return bool(_versions())


def by_command(version: int) -> bool:
    """Whether a root key is given by a command, and lies in no file."""
    return _marker(version).exists()


def files() -> list[Path]:
    """Return the files of root keys."""
    return sorted(_folder().glob("root-*.key"))


def make(*, in_file: bool = False) -> int:
    """
    Take a root key of the next version: from the command if there is one, else from a new file. Return its version.
    Older ones stay: copies made before need them.

    :raises NoRootKey: if the command gives none, or the one in use
    """
    older, version = newest(), newest() + 1
    if in_file or not settings.HALFDOOR_ROOT_COMMAND:
        secret_file(_file(version))
        return version
    found = _asked(version)
    if is_any() and hmac.compare_digest(found, secret(older)):
        raise NoRootKey(
            f"The command gave the key of version {older} again. It has to give another for version {version}: "
            "{version} in HALFDOOR_ROOT_COMMAND stands for the number."
        )
    _keep(version, found)
    return version


def fetch() -> None:
    """
    Ask for the newest root key now, so that a process that would open nothing says so before its first page.

    :raises NoRootKey: as `secret` does
    """
    if is_any() or settings.HALFDOOR_ROOT_COMMAND:
        secret(newest())


def _from_command(version: int) -> bytes:
    """Return the key that the command gives, asked once in this process."""
    with _one_at_a_time:
        if _marker(version) not in _given:
            _keep(version, _asked(version))
        return _given[_marker(version)]


def _keep(version: int, found: bytes) -> None:
    """Keep a key in memory, with its hash on the disk where it is a new one; else it has to be the one of that hash."""
    marker = _marker(version)
    if not marker.exists():
        _note(marker, _check(found))
    if not hmac.compare_digest(marker.read_text("utf-8").strip(), _check(found)):
        raise NoRootKey(f"The command gave another key than the one of version {version} that is in use here.")
    _given[marker] = found


def _asked(version: int) -> bytes:
    """Run the command, and return the key in what it printed. Nothing else of what it said is kept or shown."""
    command = [part.replace("{version}", str(version)) for part in shlex.split(settings.HALFDOOR_ROOT_COMMAND)]
    if not command:
        raise NoRootKey(f"The root key of version {version} is given by a command. Say which in HALFDOOR_ROOT_COMMAND.")
    ours = ("HALFDOOR_", "DJANGO_")
    try:
        ran = subprocess.run(  # noqa: S603 - whoever runs the service says which
            command,
            env={name: value for name, value in os.environ.items() if not name.startswith(ours)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_WAITS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _no_key(command, f"did not end within {_WAITS:g} seconds") from None
    except OSError as error:
        raise _no_key(command, f"cannot be run ({error.strerror})") from None
    if ran.returncode:
        raise _no_key(command, f"ended with {ran.returncode}")
    found = _key_in(ran.stdout)
    if found is None:
        raise _no_key(command, "did not print a key: 32 bytes, as they are or in hexadecimal or base64")
    return found


def _no_key(command: Sequence[str], says: str) -> NoRootKey:
    return NoRootKey(
        f"The command for the root key ({Path(command[0]).name}) {says}. Run what stands in HALFDOOR_ROOT_COMMAND "
        "yourself, as the user of the service, where nobody else sees what it prints."
    )


def _key_in(printed: bytes) -> bytes | None:
    if len(printed) == _LENGTH:
        return printed
    text = printed.strip()
    for read in (binascii.unhexlify, _base64):
        try:
            found = read(text)
        except (binascii.Error, ValueError):
            continue
        if len(found) == _LENGTH:
            return found
    return None


def _base64(text: bytes) -> bytes:
    return base64.b64decode(text, validate=True)


def _check(found: bytes) -> str:
    return sha256(b"halfdoor root key|" + found).hexdigest()


def _note(marker: Path, check: str) -> None:
    """Write the hash of a key down, once: a name that is there already is never written over."""
    marker.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(os.open(marker, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:  # noqa: PTH123
        file.write(f"{check}\n")
        file.flush()
        os.fsync(file.fileno())


def _versions() -> list[int]:
    found = [*files(), *_folder().glob("root-*.command")]
    return [int(path.stem.removeprefix("root-")) for path in found]


def _file(version: int) -> Path:
    return _folder() / f"root-{version}.key"


def _marker(version: int) -> Path:
    return _folder() / f"root-{version}.command"


def _folder() -> Path:
    return Path(settings.HALFDOOR_DATA) / "keys"
