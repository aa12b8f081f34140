"""The tables that the shipped packs make: which rules stand together for a place and a day."""

from collections.abc import Iterable, Sequence

from halfdoor.disclosure.loading import bodies, shipped
from halfdoor.disclosure.rules import Pack
from halfdoor.disclosure.vocabulary import BY_NAME, Value

PLACES = BY_NAME["place"].values

_PLACE_OF_A_BODY = {"aca": "us", "nasw": "us"}
"""Where the code of a professional body is looked at: in one place, where it can be seen to narrow. Others: nowhere."""


def standing(packs: Iterable[Pack], place: Value) -> tuple[Pack, ...]:
    """Return the packs that speak in a place."""
    return tuple(pack for pack in packs if place in pack.places)


def groups(packs: Sequence[Pack]) -> dict[tuple[Pack, ...], frozenset[Value]]:
    """Return the sets of packs that stand together somewhere, with the places where they do."""
    found: dict[tuple[str, ...], set[Value]] = {}
    for place in PLACES:
        found.setdefault(tuple(pack.id for pack in standing(packs, place)), set()).add(place)
    by_id = {pack.id: pack for pack in packs}
    return {tuple(by_id[name] for name in names): frozenset(places) for names, places in found.items()}


def every_pack() -> tuple[Pack, ...]:
    """Return all shipped packs: those that speak to everybody, then those of professional bodies."""
    return (*shipped(), *bodies().values())


def grounds_of_bodies() -> dict[tuple[Pack, ...], frozenset[Value]]:
    """Return for each professional body the packs that stand together where its code counts, in one place."""
    return {
        (*standing(shipped(), place), pack): frozenset({place})
        for body, pack in bodies().items()
        for place in [_PLACE_OF_A_BODY.get(body, "none")]
    }


def grounds() -> dict[tuple[Pack, ...], frozenset[Value]]:
    """Return every set of packs that is looked at together, with the places where it stands."""
    return groups(shipped()) | grounds_of_bodies()
