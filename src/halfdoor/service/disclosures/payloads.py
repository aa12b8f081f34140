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

Read = Callable[[Collection[UUID], YoungPerson], Mapping[UUID, str]]
"""Returns the texts of these items of one young person, in one query; or the names of whoever said them."""

Earlier = Callable[["Item"], Sequence[tuple["Item", str]]]
"""Returns the earlier versions of an item, newest first: what stood in its columns then, and its text."""


@dataclass(frozen=True, slots=True)
class _Payload:
    model: type[GuardedRow]
    read: Read
    sources: Read | None
    earlier: Earlier | None


_registered: dict[str, _Payload] = {}


def register(
    kind: str,
    model: type[GuardedRow],
    read: Read,
    *,
    sources: Read | None = None,
    earlier: Earlier | None = None,
) -> None:
    """
    Say which guarded model holds the payloads of items of this kind, and how the owning room reads them, who said them
    and how they read before, where it keeps that.

    :raises ValueError: for a kind that is taken
    """
    if kind in _registered:
        raise ValueError(f"payloads of kind {kind} have a room already; give this kind another name")
    _registered[kind] = _Payload(model, read, sources, earlier)


def fetch(item_ids: Mapping[str, Collection[UUID]], young_person: YoungPerson) -> dict[UUID, str]:
    """Return the texts of items, given by kind. Only the gate calls this; one query a kind."""
    texts: dict[UUID, str] = {}
    for kind, ids in item_ids.items():
        payload = _registered[kind]
        with reading(payload.model):
            texts |= payload.read(ids, young_person)
    return texts


def sources(item_ids: Mapping[str, Collection[UUID]], young_person: YoungPerson) -> dict[UUID, str]:
    """Return who said these items, given by kind, where a room keeps that. Only the gate calls this."""
    names: dict[UUID, str] = {}
    for kind, ids in item_ids.items():
        payload = _registered[kind]
        if payload.sources is not None and ids:
            with reading(payload.model):
                names |= payload.sources(ids, young_person)
    return names


def earlier(item: "Item") -> Sequence[tuple["Item", str]]:
    """Return the earlier versions of an item, newest first. Only the gate calls this."""
    payload = _registered[item.kind]
    if payload.earlier is None:
        return ()
    with reading(payload.model):
        return payload.earlier(item)
