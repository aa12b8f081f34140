"""
Without a practice's own rules law and ethics speak alone: caution must not open anything there either.

Least of all where no law speaks: there "some items are private, they stay back" is the only rule that speaks of most
questions. It limits what others let go, and lets nothing go by itself.
"""

import pytest

from halfdoor.disclosure.loading import shipped
from halfdoor.disclosure.proving import incautious
from halfdoor.disclosure.rules import Pack, Speaker
from halfdoor.disclosure.survey import Survey
from halfdoor.disclosure.table import arrange
from halfdoor.disclosure.vocabulary import Value
from tests.packs.examples import SIGNED_AT
from tests.packs.tables import groups

LAW_AND_ETHICS = [pack for pack in shipped() if pack.speaker is not Speaker.PRACTICE]
GROUNDS = groups(LAW_AND_ETHICS)


@pytest.mark.requirement("C2", "C4")
@pytest.mark.parametrize(("packs", "places"), GROUNDS.items(), ids=[min(places) for places in GROUNDS.values()])
def test_caution_opens_nothing(packs: tuple[Pack, ...], places: frozenset[Value]) -> None:
    survey = Survey(arrange(packs, on=SIGNED_AT.date()))
    assert [breach.invariant for breach in incautious(survey, within={"place": places})] == []
