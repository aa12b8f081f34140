"""
Where the content of an item lies: each kind of item has a room that can read its payloads, while the gate lets it.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from halfdoor.service.core.guarding import GuardedRow, reading
from halfdoor.service.people.models import YoungPerson

Read = Callable[[Collection[UUID], YoungPerson], Mapping[UUID, str]]
"""Returns the texts of these items of one young person, in one query."""


@dataclass(frozen=True, slots=True)
class _Payload:
    model: type[GuardedRow]
    read: Read


_registered: dict[str, _Payload] = {}


def register(kind: str, model: type[GuardedRow], read: Read) -> None:
    """
    Say which guarded model holds the payloads of items of this kind, and how the owning room reads them.

    :raises ValueError: for a kind that is taken
    """
    if kind in _registered:
        raise ValueError(f"payloads of kind {kind} have a room already; give this kind another name")
    _registered[kind] = _Payload(model, read)


def fetch(item_ids: Mapping[str, Collection[UUID]], young_person: YoungPerson) -> dict[UUID, str]:
    """Return the texts of items, given by kind. Only the gate calls this; one query a kind."""
    texts: dict[UUID, str] = {}
    for kind, ids in item_ids.items():
        payload = _registered[kind]
        with reading(payload.model):
            texts |= payload.read(ids, young_person)
    return texts
