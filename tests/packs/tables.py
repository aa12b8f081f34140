"""The tables that the shipped packs make: which rules stand together for a place and a day."""

from collections.abc import Iterable, Sequence

from halfdoor.disclosure.rules import Pack
from halfdoor.disclosure.vocabulary import BY_NAME, Value

PLACES = BY_NAME["place"].values


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
