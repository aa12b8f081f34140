"""What each pack promises is proved over all situations, in every place where it speaks."""

from collections.abc import Iterator

import pytest

from halfdoor.disclosure.loading import shipped
from halfdoor.disclosure.proving import breaches, guards
from halfdoor.disclosure.rules import Pack
from halfdoor.disclosure.survey import Survey
from halfdoor.disclosure.table import arrange
from halfdoor.disclosure.vocabulary import Value
from tests.packs.examples import SIGNED_AT
from tests.packs.tables import groups

GROUNDS = list(groups(shipped()).items())
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


def _everywhere() -> Iterator[tuple[str, bool]]:
    for packs, places in GROUNDS:
        table = arrange(packs, on=TODAY)
        for pack in packs:
            for invariant in pack.invariants:
                yield invariant.id, bool(guards(table, invariant, places=places))


def test_each_promise_is_kept_by_rules_and_not_by_accident() -> None:
    kept: dict[str, bool] = {}
    for promise, guarded in _everywhere():
        kept[promise] = kept.get(promise, False) or guarded
    assert [promise for promise, guarded in kept.items() if not guarded] == []


def test_every_pack_promises_something() -> None:
    assert all(pack.invariants for pack in shipped())
