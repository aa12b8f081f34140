"""
Without a practice's own rules law and ethics speak alone: caution must not open anything there either.

One such opening is known. Where no law speaks and no practice does, all voices are silent about most questions, which
closes; "some items are private, they stay back" is then the only rule that speaks, and it says share_limited. A rule
cannot say yet that it limits what others open, and opens nothing by itself.
"""

import pytest

from halfdoor.disclosure.loading import shipped
from halfdoor.disclosure.proving import incautious
from halfdoor.disclosure.rules import Speaker
from halfdoor.disclosure.survey import Survey
from halfdoor.disclosure.table import arrange
from halfdoor.disclosure.vocabulary import Value
from tests.packs.examples import SIGNED_AT
from tests.packs.tables import groups

LAW_AND_ETHICS = [pack for pack in shipped() if pack.speaker is not Speaker.PRACTICE]
GROUNDS = list(groups(LAW_AND_ETHICS).items())


def opened_by_caution(places: frozenset[Value]) -> set[str]:
    packs = next(packs for packs, where in GROUNDS if where == places)
    table = arrange(packs, on=SIGNED_AT.date())
    return {breach.invariant for breach in incautious(Survey(table), within={"place": places})}


@pytest.mark.parametrize("places", [places for _, places in GROUNDS if "none" not in places], ids=min)
def test_where_law_speaks_caution_opens_nothing(places: frozenset[Value]) -> None:
    assert opened_by_caution(places) == set()


def test_where_nobody_speaks_only_a_mark_on_some_items_does() -> None:
    """When the judgement learns to limit without opening, this is empty too."""
    assert opened_by_caution(frozenset({"none"})) == {"caution.kept_private"}
