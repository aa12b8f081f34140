"""
Reading process notes in escrow: begun by pressing a button, which writes its line; then the text, as often as it is
loaded, for a while on that device.

One beginning is one reading. What was loaded again, went back or was fetched ahead is none: it shows what the line
already says was read. Whatever the line does not say (another device, half an hour later, a note that was corrected
meanwhile) is another reading, and begins anew.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Self
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from halfdoor.service.accounts.models import Account, Role
from halfdoor.service.core import chain, keys
from halfdoor.service.core.guarding import reading
from halfdoor.service.core.models import Practice
from halfdoor.service.disclosures import payloads
from halfdoor.service.disclosures.choices import Category
from halfdoor.service.disclosures.escrow.actions import NotNow, line
from halfdoor.service.disclosures.escrow.rows import Escrow, EscrowReading
from halfdoor.service.disclosures.hearing import hold_to_share
from halfdoor.service.disclosures.models import Item

STAYS = timedelta(minutes=30)
"""How long a reading lasts on the device on which it began. Never longer than the notes are open."""


@dataclass(frozen=True, slots=True)
class Version:
    """How a process note read at one time."""

    number: int
    written_at: datetime
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Opened:
    """One process note as it stands, and how it read before, newest first."""

    item_id: UUID
    versions: tuple[Version, ...]


@dataclass(frozen=True, slots=True)
class Begun:
    """A reading that began: which, and of what, as its line says. The session of that device keeps it."""

    reading: str
    items: Mapping[str, int]

    @classmethod
    def kept(cls, said: Any) -> Self | None:
        """Return what a session kept; none where it kept none."""
        return cls(said["reading"], said["items"]) if said else None

    @property
    def to_keep(self) -> dict[str, Any]:
        """The same, as a session keeps it: ids and numbers."""
        return {"reading": self.reading, "items": dict(self.items)}


@transaction.atomic
def begin(escrow: Escrow, *, by: Account, at: datetime) -> Begun:
    """
    Let whoever asked for the notes begin to read them, while it is open. The line is on the chain before the text.

    :raises NotNow: for anybody else, and where it is not open
    """
    at = hold_to_share(escrow.young_person, at=at).at
    _must_be_open(escrow, by, at=at)
    items = _items(escrow)
    before = EscrowReading.objects.filter(practice=by.practice, escrow=escrow).exists()
    row = EscrowReading.objects.create(practice=by.practice, escrow=escrow, notes=len(items), read_at=at, read_by=by)
    versions = _versions(items)
    chain.append(by.practice, line("read" if before else "opened", escrow, by, items=versions), at=at)
    return Begun(str(row.pk), versions)


@transaction.atomic
def notes_in(begun: Begun | None, escrow: Escrow, *, by: Account, at: datetime) -> tuple[Opened, ...]:
    """
    Return to whoever began a reading what its line says that they read.

    :raises NotNow: where it is over, was begun by somebody else, or no longer says what lies there
    """
    at = hold_to_share(escrow.young_person, at=at).at
    _must_be_open(escrow, by, at=at)
    items = _items(escrow)
    if begun is None or not _lasts(begun, items, escrow, by, at=at):
        raise NotNow(_("Press “Read them now” to read. Each reading is on record."))
    with keys.ring():
        held = payloads.fetch(items, escrow.young_person)
        return tuple(_opened(item, held[item.pk].text) for item in items)


def lasts(begun: Begun | None, escrow: Escrow, *, by: Account, at: datetime) -> bool:
    """Whether a reading that they began goes on, so that pressing again begins no other."""
    return begun is not None and _lasts(begun, _items(escrow), escrow, by, at=at)


def _lasts(begun: Begun, items: list[Item], escrow: Escrow, by: Account, *, at: datetime) -> bool:
    rows = EscrowReading.objects.filter(practice=by.practice, escrow=escrow, read_by=by, read_at__gt=at - STAYS)
    return begun.items == _versions(items) and rows.filter(pk=begun.reading).exists()


def _versions(items: list[Item]) -> dict[str, int]:
    return {str(item.pk): item.version for item in items}


def _must_be_open(escrow: Escrow, by: Account, *, at: datetime) -> None:
    doors_shut = Practice.objects.values_list("doors_shut", flat=True).get(pk=by.practice_id)
    is_open = Escrow.objects.filter(practice=by.practice, pk=escrow.pk).open(at=at).exists()
    if not is_open or by.pk != escrow.asked_by_id or by.role != Role.LEAD or doors_shut:
        raise NotNow(_("It is not open for you."))


def _items(escrow: Escrow) -> list[Item]:
    with reading(Item):
        rows = Item.objects.about(escrow.young_person).filter(category=Category.PROCESS_NOTES, written_by=escrow.author)
        return list(rows.order_by("-written_at", "-id"))


def _opened(item: Item, text: str) -> Opened:
    now = Version(item.version, item.written_at, text)
    earlier = payloads.earlier(item) if item.version > 1 else ()
    return Opened(item.pk, (now, *(Version(then.version, then.written_at, said) for then, said in earlier)))
