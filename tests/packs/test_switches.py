"""Laws that may be in force, and may not: each has a switch that a practice turns for itself, and no promise breaks."""

from collections.abc import Sequence
from datetime import date

import pytest

from halfdoor.disclosure import house_rules, reference
from halfdoor.disclosure.loading import shipped
from halfdoor.disclosure.proving import breaches
from halfdoor.disclosure.records import replace
from halfdoor.disclosure.rules import Pack, Rule
from halfdoor.disclosure.situation import Situation
from halfdoor.disclosure.survey import Survey
from halfdoor.disclosure.table import Table, arrange
from tests.disclosure.strategies import NOON
from tests.packs.examples import SIGNED_AT
from tests.packs.situations import witness
from tests.packs.tables import standing

SWITCHES = {rule.id: rule for pack in shipped() for rule in pack.rules if rule.confidence == "uncertain"}
PLACES = sorted({rule.pack for rule in SWITCHES.values()})


SAYS_THAT_IT_IS_OFF = "england.reports-are-expected-not-compelled"
"""A promise about the switches as they come: nothing claims a duty that may not be in force."""


def turned(place: str, names: Sequence[str]) -> tuple[Pack, ...]:
    """Return the packs of a place whose house rules turned these switches otherwise than they came."""
    on = tuple(name for name in names if not SWITCHES[name].switched_on)
    off = tuple(name for name in names if SWITCHES[name].switched_on)
    return tuple(
        replace(pack, switch_on=on, switch_off=off) if pack.id == house_rules.HOUSE_RULES else pack
        for pack in standing(shipped(), place)
    )


def table(place: str, names: Sequence[str] = ()) -> Table:
    return arrange(turned(place, names), on=SIGNED_AT.date())


@pytest.mark.requirement("C4")
@pytest.mark.parametrize("name", SWITCHES)
def test_each_uncertain_law_decides_or_does_not_as_its_own_switch_stands(name: str) -> None:
    law = SWITCHES[name]
    came, now = table(law.pack), table(law.pack, [name])
    assert (law in came.deciding, law in now.deciding) == (law.switched_on, not law.switched_on)
    assert witness(now if law in now.deciding else came, law, place=law.pack)
    assert {*came.deciding} ^ {*now.deciding} == {law}


ALL_AND_EACH = [[one for one in SWITCHES.values() if one.pack == place] for place in PLACES]
ALL_AND_EACH += [[one] for one in SWITCHES.values() if not one.switched_on]


@pytest.mark.parametrize("laws", ALL_AND_EACH, ids=lambda laws: "+".join(law.id for law in laws))
def test_what_packs_promise_holds_with_switches_turned(laws: list[Rule]) -> None:
    names, place = [law.id for law in laws], laws[0].pack
    packs = turned(place, names)
    promised = [one for pack in packs for one in pack.invariants if one.id != SAYS_THAT_IT_IS_OFF]
    found = breaches(Survey(arrange(packs, on=SIGNED_AT.date())), promised, places=frozenset({place}))
    assert [(breach.invariant, breach.values) for breach in found] == []


@pytest.mark.parametrize(
    ("changed", "disposition"),
    [
        ({}, "must_share"),
        ({"best_interests": "against_sharing"}, "withhold"),
        ({"relation": "educator"}, "ask_first"),
        ({"suspected_of_harm": "yes"}, "withhold"),
        ({"order": "court_order_not_to_share"}, "withhold"),
        ({"identity": "unverified"}, "assess_first"),
        ({"category": "process_notes"}, "withhold"),
    ],
)
def test_what_the_duty_to_share_for_welfare_asks_where_it_is_switched_on(changed: dict[str, str], disposition: str):
    asked = {"provider": "public_body", "relation": "child_protection", "category": "progress", "purpose": "safety"}
    asked |= {"place": "england", "identity": "verified", "best_interests": "for_sharing", "age": 15, "status": "minor"}
    situation = Situation.of(asked | changed, at=NOON)
    said = reference.answer(table("england", ["england.duty-to-share-for-welfare"]), situation.values)
    assert said.disposition == disposition


def test_a_law_that_is_sure_has_no_switch() -> None:
    came = table("england")
    (house,) = (pack for pack in turned("england", ()) if pack.id == house_rules.HOUSE_RULES)
    bold = replace(house, switch_off=("england.inspection", "england.no-such-law"))
    packs = [bold if pack is house else pack for pack in turned("england", ())]
    assert [rule.id for rule in arrange(packs, on=SIGNED_AT.date()).deciding] == [rule.id for rule in came.deciding]
    (refused,) = house_rules.refusals(house, bold, place="england", on=date(2026, 11, 2))
    assert (refused.about, refused.named) == (house_rules.NO_SWITCH, ("england.inspection", "england.no-such-law"))
