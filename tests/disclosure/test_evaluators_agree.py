"""The planes say what the reference says, for every table and every situation."""

import pytest
from hypothesis import given, settings

from halfdoor.disclosure import reference
from halfdoor.disclosure.boxes import speakable
from halfdoor.disclosure.deciding import Judge
from halfdoor.disclosure.judging import judge_for
from halfdoor.disclosure.planes import Planes
from halfdoor.disclosure.situation import Situation
from halfdoor.disclosure.table import Table
from halfdoor.disclosure.vocabulary import BY_NAME, Value
from tests.disclosure.strategies import FEW, NOON, situations, tables


@pytest.mark.reliability("R18")
@settings(max_examples=200, deadline=None)
@given(tables(), situations(FEW))
def test_the_planes_of_any_table_answer_as_the_reference_does(table: Table, situation: Situation) -> None:
    planes = Planes(table)
    said = reference.answer(table, situation.values)
    mask = planes.completed(planes.matching(situation), situation.unknown)
    assert planes.disposition(situation) is said.disposition
    assert planes.rules[planes.speaking(mask)] is said.rule


@settings(max_examples=200, deadline=None)
@given(tables(), situations(FEW))
def test_a_decision_names_every_rule_that_matched_in_the_completion_that_stands(
    table: Table, situation: Situation
) -> None:
    decision = Judge(table).decide(situation)
    said = reference.answer(table, situation.values)
    standing = next(
        complete
        for complete in reference.completions(table, situation.values)
        if reference.answer(table, complete).rule is said.rule
    )
    named = {*decision.reasons, *(lost.rule for lost in decision.overridden)}
    assert named == {*reference.fired(table, standing)}
    assert decision.disposition is said.disposition
    assert decision.rule is said.rule


@settings(max_examples=200, deadline=None)
@given(tables(), situations(FEW))
def test_the_unknown_facts_that_matter_are_those_whose_value_makes_a_difference(
    table: Table, situation: Situation
) -> None:
    mattering = {
        name
        for name in situation.unknown
        for complete in reference.completions(table, situation.values)
        if _differs(table, {**complete}, name)
    }
    assert {*Judge(table).decide(situation).unsettled} == mattering


def _differs(table: Table, values: dict[str, Value], name: str) -> bool:
    values_of_it = speakable(BY_NAME[name])
    return len({reference.answer(table, {**values, name: value}).disposition for value in values_of_it}) > 1


@pytest.mark.reliability("R18")
@pytest.mark.parametrize("place", ["us", "england", "none", "wales"])
def test_the_shipped_rules_are_answered_alike(place: str) -> None:
    judge = judge_for(place, at=NOON)

    @settings(max_examples=60, deadline=None)
    @given(situations())
    def agree(situation: Situation) -> None:
        here = situation.but(place=place)
        said = reference.answer(judge.table, here.values)
        assert judge.disposition(here) is said.disposition
        assert judge.decide(here).rule is said.rule

    agree()
