"""
Where the content of an item lies: each kind of item has a room that can read its payloads, while the gate lets it.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from halfdoor.service.core import authors, keys, within
from halfdoor.service.core.guarding import GuardedRow, reading
from halfdoor.service.core.models import Practice
from halfdoor.service.disclosures.models import Item
from halfdoor.service.people.models import YoungPerson


@dataclass(frozen=True, slots=True)
class Payload:
    """What an item holds: its text, and the name of whoever said it, where a room keeps that."""

    text: str
    source: str = ""


Read = Callable[[Collection[UUID], YoungPerson, Collection[UUID]], Mapping[UUID, Payload]]
"""Returns what these items of one young person hold, in one query. Only of the last ones the source is opened."""

Earlier = Callable[[Item], Sequence[tuple[Item, str]]]
"""Returns the earlier versions of an item, newest first: what stood in its columns then, and its text."""


BringOver = Callable[..., None]
"""Takes a practice and ``at=``, and brings over what an earlier version laid otherwise; to be run again at any time."""


@dataclass(frozen=True, slots=True)
class _Room:
    model: type[GuardedRow]
    read: Read
    earlier: Earlier | None
    bring_over: BringOver | None


_registered: dict[str, _Room] = {}


def register(
    kind: str,
    model: type[GuardedRow],
    read: Read,
    *,
    earlier: Earlier | None = None,
    bring_over: BringOver | None = None,
) -> None:
    """
    Say which guarded model holds the payloads of items of this kind, and how the owning room reads them, and how they
    read before, where it keeps that. What lies as an earlier version laid it is brought over before the first page.

    :raises ValueError: for a kind that is taken
    """
    if kind in _registered:
        raise ValueError(f"payloads of kind {kind} have a room already; give this kind another name")
    _registered[kind] = _Room(model, read, earlier, bring_over)


def fetch(
    items: Iterable[Item], young_person: YoungPerson, *, named: Collection[UUID] = (), key: keys.Key | None = None
) -> dict[UUID, Payload]:
    """
    Return what items hold, and for those ``named`` who said it; one query a kind, and one for each key but the one at
    hand. What an author wrote for themselves opens here, for these items. Only the gate calls this, and the escrow.
    """
    if key is not None:
        keys.keep(key)
    of_kind: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        of_kind[item.kind].append(item)
    found: dict[UUID, Payload] = {}
    for kind, some in of_kind.items():
        room = _registered[kind]
        with reading(room.model), authors.opened(item.written_by_id for item in some):
            found |= room.read([item.pk for item in some], young_person, named)
    return found


def earlier(item: Item) -> Sequence[tuple[Item, str]]:
    """Return the earlier versions of an item, newest first. Only the gate calls this, and the escrow."""
    room = _registered[item.kind]
    if room.earlier is None:
        return ()
    with reading(room.model), authors.opened([item.written_by_id]):
        return room.earlier(item)


def bring_over(*, at: datetime) -> None:
    """Let each room bring over what lies as an earlier version of ours laid it, practice by practice."""
    for practice in Practice.objects.order_by("pk"):
        for room in _registered.values():
            if room.bring_over is not None:
                with within.within(practice.pk), keys.ring(), reading(room.model, Item):
                    room.bring_over(practice, at=at)
