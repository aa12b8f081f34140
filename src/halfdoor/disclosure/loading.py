"""Packs from the disk. The only module of the engine that reads files."""

import tomllib
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType

from halfdoor.disclosure.boxes import PackError
from halfdoor.disclosure.parsing import DECIDES_NOTHING, HEADER, OF_A_BODY, parse
from halfdoor.disclosure.rules import Pack

__all__ = ["PackError", "bodies", "from_files", "load", "pack_files", "shipped", "shipped_tables"]


def load(place: Path | Traversable) -> Pack:
    """
    Return the pack in a folder, or in a single file.

    :raises PackError: naming file, rule, field, the value and what is allowed
    """
    return from_files(pack_files(place))


def pack_files(place: Path | Traversable) -> Mapping[str, bytes]:
    """
    Return the TOML files of a pack by name. Whoever keeps them gets the same pack again with ``from_files``.

    :raises PackError: where there is nothing to read
    """
    try:
        if place.is_dir():
            return {entry.name: entry.read_bytes() for entry in place.iterdir() if entry.name.endswith(".toml")}
        return {HEADER: place.read_bytes()}
    except OSError as error:
        raise PackError(f"cannot be read: {error.strerror}", file=str(place)) from None


def from_files(content: Mapping[str, bytes]) -> Pack:
    """
    Return the pack that these files hold, by name. Its hash leaves out what decides nothing: invariants, retention,
    notices of a breach, clocks.

    :raises PackError: as ``load``
    """
    digest = sha256()
    for name in sorted(content.keys() - DECIDES_NOTHING):
        digest.update(f"{name}\0{len(content[name])}\0".encode() + content[name])
    return parse({name: _toml(name, content[name]) for name in sorted(content)}, sha256=digest.hexdigest())


@cache
def shipped() -> tuple[Pack, ...]:
    """Return the packs that come with Halfdoor and speak to everybody, by id. Read once."""
    return tuple(load(folder) for folder in _folders() if not folder.name.startswith(OF_A_BODY))


@cache
def bodies() -> Mapping[str, Pack]:
    """Return the shipped packs that speak only to the members of a professional body, by that body. Read once."""
    packs = (load(folder) for folder in _folders() if folder.name.startswith(OF_A_BODY))
    return MappingProxyType({pack.body: pack for pack in packs})


def shipped_tables(name: str) -> Mapping[str, Mapping[str, object]]:
    """Return one TOML file of each shipped pack that has it, by the pack's id."""
    found = {folder.name: folder / name for folder in _folders()}
    return {pack: _toml(name, file.read_bytes()) for pack, file in found.items() if file.is_file()}


def _folders() -> list[Traversable]:
    folders = [folder for folder in files("halfdoor.packs").iterdir() if folder.joinpath(HEADER).is_file()]
    return sorted(folders, key=lambda folder: folder.name)


def _toml(name: str, content: bytes) -> Mapping[str, object]:
    try:
        return tomllib.loads(content.decode())
    except UnicodeDecodeError as error:
        raise PackError(f"not UTF-8 from byte {error.start + 1} on", file=name) from None
    except tomllib.TOMLDecodeError as error:
        raise PackError(f"not TOML: {error}", file=name) from None
    except RecursionError:
        raise PackError("not TOML: Nested too deeply", file=name) from None
    except ValueError:
        raise PackError("not TOML: Number too long", file=name) from None
