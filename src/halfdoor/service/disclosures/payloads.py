"""
Where the content of an item lies: each kind of item has a room that can read its payloads, while the gate lets it.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from halfdoor.service.core.guarding import GuardedRow, reading
from halfdoor.service.people.models import YoungPerson

if TYPE_CHECKING:
    from halfdoor.service.disclosures.models import Item


@dataclass(frozen=True, slots=True)
class Payload:
    """What an item holds: its text, and the name of whoever said it, where a room keeps that."""

    text: str
    source: str = ""


Read = Callable[[Collection[UUID], YoungPerson, Collection[UUID]], Mapping[UUID, Payload]]
"""Returns what these items of one young person hold, in one query. Only of the last ones the source is opened."""

Earlier = Callable[["Item"], Sequence[tuple["Item", str]]]
"""Returns the earlier versions of an item, newest first: what stood in its columns then, and its text."""


@dataclass(frozen=True, slots=True)
class _Room:
    model: type[GuardedRow]
    read: Read
    earlier: Earlier | None


_registered: dict[str, _Room] = {}


def register(
    kind: str,
    model: type[GuardedRow],
    read: Read,
    *,
    earlier: Earlier | None = None,
) -> None:
    """
    Say which guarded model holds the payloads of items of this kind, and how the owning room reads them, and how they
    read before, where it keeps that.

    :raises ValueError: for a kind that is taken
    """
    if kind in _registered:
        raise ValueError(f"payloads of kind {kind} have a room already; give this kind another name")
    _registered[kind] = _Room(model, read, earlier)


def fetch(
    item_ids: Mapping[str, Collection[UUID]], young_person: YoungPerson, *, named: Collection[UUID] = ()
) -> dict[UUID, Payload]:
    """
    Return what items hold, given by kind, and for those ``named`` who said it. Only the gate calls this; one query a
    kind.
    """
    found: dict[UUID, Payload] = {}
    for kind, ids in item_ids.items():
        room = _registered[kind]
        with reading(room.model):
            found |= room.read(ids, young_person, named)
    return found


def earlier(item: "Item") -> Sequence[tuple["Item", str]]:
    """Return the earlier versions of an item, newest first. Only the gate calls this."""
    room = _registered[item.kind]
    if room.earlier is None:
        return ()
    with reading(room.model):
        return room.earlier(item)
