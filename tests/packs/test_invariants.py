"""What each pack promises is proved over all situations, in every place where it speaks."""

import pytest

from halfdoor.disclosure.planes import Planes
from halfdoor.disclosure.proving import breaches, is_guarded
from halfdoor.disclosure.rules import Pack
from halfdoor.disclosure.survey import Survey
from halfdoor.disclosure.table import arrange
from halfdoor.disclosure.vocabulary import Value
from tests.packs.examples import SIGNED_AT
from tests.packs.tables import every_pack, grounds

GROUNDS = list(grounds().items())
TODAY = SIGNED_AT.date()


@pytest.mark.requirement("C2", "C4")
@pytest.mark.parametrize(
    ("packs", "places"), GROUNDS, ids=["+".join(pack.id for pack in packs) for packs, _ in GROUNDS]
)
def test_what_the_packs_promise_holds_in_every_situation(packs: tuple[Pack, ...], places: frozenset[Value]) -> None:
    promised = [invariant for pack in packs for invariant in pack.invariants]
    found = [
        (breach.invariant, breach.values)
        for breach in breaches(Survey(arrange(packs, on=TODAY)), promised, places=places)
    ]
    assert not found


def test_each_promise_is_kept_by_rules_and_not_by_accident() -> None:
    unguarded = {invariant.id for packs, _ in GROUNDS for pack in packs for invariant in pack.invariants}
    for packs, places in GROUNDS:
        planes = Planes(arrange(packs, on=TODAY))
        for invariant in (invariant for pack in packs for invariant in pack.invariants if invariant.id in unguarded):
            if is_guarded(planes, invariant, places=places):
                unguarded.remove(invariant.id)
    assert unguarded == set()


def test_every_pack_promises_something() -> None:
    assert all(pack.invariants for pack in every_pack())
