"""The menu of each space. Rooms above this one say what stands in it; every page of the space shows it."""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise

from halfdoor.service.web import addresses


@dataclass(frozen=True, slots=True)
class Entry:
    """
    One place to go: the name of its URL, its words, and the roles that see it (empty: all of the space). What nobody
    needs every day stands under *More*.
    """

    url_name: str
    words: Promise
    roles: frozenset[str] = frozenset()
    more: bool = False


_MENUS: dict[str, list[Entry]] = defaultdict(list)


def add(space: str, *entries: Entry, first: bool = False) -> None:
    """
    Put entries at the end of the menu of a space, or before all others: the pages where one begins. Called from a
    room's ``AppConfig.ready``.
    """
    new = [entry for entry in entries if entry not in _MENUS[space]]
    _MENUS[space] = new + _MENUS[space] if first else _MENUS[space] + new


def links(space: str, *, role: str, about: UUID | None = None, more: bool = False) -> list[tuple[str, str]]:
    """
    Return (address, words) of what somebody with this role finds in the menu of a space, or under its *More*.

    ``about`` is the key in each address, where the space is the page of somebody: the menu ``young_person``.
    """
    return [
        (addresses.of(entry.url_name, *[about] if about else []), str(entry.words))
        for entry in _MENUS[space]
        if entry.more == more and (not entry.roles or role in entry.roles)
    ]
