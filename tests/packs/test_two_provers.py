"""Two provers that share no code: what one has proved the other proves, and both find every hole that is dug."""

from collections.abc import Mapping

import pytest

from halfdoor.disclosure import proving
from halfdoor.disclosure.planes import Planes
from halfdoor.disclosure.reference import answer
from halfdoor.disclosure.rules import Invariant, Pack
from halfdoor.disclosure.survey import Survey
from halfdoor.disclosure.table import Table, arrange
from halfdoor.disclosure.vocabulary import Value
from tests.packs.examples import SIGNED_AT
from tests.packs.tables import every_pack, grounds
from tests.packs.z3_prover import Prover

GROUNDS = [pytest.param(packs, places, id="+".join(pack.id for pack in packs)) for packs, places in grounds().items()]
TODAY = SIGNED_AT.date()


@pytest.mark.reliability("R18")
@pytest.mark.parametrize(("packs", "places"), GROUNDS)
def test_z3_proves_what_the_packs_promise(packs: tuple[Pack, ...], places: frozenset[Value]) -> None:
    prover = Prover(arrange(packs, on=TODAY), places=places)
    promised = [invariant for pack in packs for invariant in pack.invariants]
    assert [invariant.id for invariant in promised if prover.breach(invariant) is not None] == []


@pytest.mark.reliability("R18")
@pytest.mark.parametrize("pack", every_pack(), ids=lambda pack: pack.id)
def test_both_find_the_hole_that_is_left_where_the_guards_of_a_promise_are_gone(pack: Pack) -> None:
    packs, places = min((ground for ground in grounds().items() if pack in ground[0]), key=lambda g: len(g[0]))
    table = arrange(packs, on=TODAY)
    planes, holes = Planes(table), 0
    for invariant in pack.invariants:
        guards = proving.guards(planes, invariant, places=places)
        holed = proving.without(table, guards)
        ours = proving.breach(Survey(holed), invariant, places=places)
        theirs = Prover(holed, places=places).breach(invariant)
        assert (ours is not None) == (theirs is not None) == bool(guards), invariant.id
        assert all(_breaks(holed, invariant, witness) for witness in (ours, theirs) if witness), invariant.id
        holes += bool(guards)
    assert holes, "no hole could be dug, so none was looked for"


def _breaks(table: Table, invariant: Invariant, values: Mapping[str, Value]) -> bool:
    inside = any(all(values[name] in allowed for name, allowed in box.items()) for box in invariant.boxes)
    known = {**values, **{name: value for name, value in _KNOWN.items() if values[name] == "unknown"}}
    return inside and answer(table, known).disposition not in invariant.allowed


_KNOWN: Mapping[str, Value] = {"age": 15, "status": "minor"}
"""Where a witness leaves an age or a status open, it makes no difference; the reference would walk through all."""
