"""Proofs find the hole that somebody dug, and show a way into it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from halfdoor.disclosure import reference
from halfdoor.disclosure.planes import Planes
from halfdoor.disclosure.proving import CAUTIONS, breach, breaches, guards, incautious, is_guarded, without
from halfdoor.disclosure.rules import Box, Disposition, Invariant
from halfdoor.disclosure.situation import Situation
from halfdoor.disclosure.survey import Survey, narrowed
from halfdoor.disclosure.table import Table
from halfdoor.disclosure.vocabulary import Value
from tests.disclosure import small_house
from tests.disclosure.strategies import FEW, situations, tables

US = frozenset[Value]({"us"})
CLOSED = frozenset({Disposition.WITHHOLD, Disposition.ASSESS_FIRST, Disposition.ASK_FIRST})


@pytest.fixture(scope="module")
def table() -> Table:
    return small_house.table()


def _promise(name: str) -> Invariant:
    return next(each for pack in small_house.packs() for each in pack.invariants if each.id == name)


def _without(table: Table, *names: str) -> Table:
    return without(table, [rule for rule in table.deciding if rule.id in names])


@pytest.mark.parametrize("name", ["ethics.notes-stay", "ethics.reports-go"])
def test_what_is_promised_holds(table: Table, name: str) -> None:
    assert breach(Survey(table), _promise(name), places=US) is None


def test_without_its_guard_a_promise_breaks_and_the_witness_shows_how(table: Table) -> None:
    holed = _without(table, "ethics.process-notes")
    witness = breach(Survey(holed), _promise("ethics.notes-stay"), places=US)
    assert witness is not None
    assert witness["category"] == "process_notes"
    assert reference.answer(holed, {**witness, "age": 15}).disposition.opens


def test_the_guards_of_a_promise_are_the_rules_that_keep_it(table: Table) -> None:
    assert [rule.id for rule in guards(Planes(table), _promise("ethics.notes-stay"), places=US)] == [
        "ethics.process-notes"
    ]
    assert [rule.id for rule in guards(Planes(table), _promise("ethics.reports-go"), places=US)] == ["law.report-abuse"]


def test_a_promise_that_nothing_could_break_has_no_guards(table: Table) -> None:
    empty = Invariant(
        "x", "law", "Vacuous.", ({"relation": frozenset({"payer"}), "order": frozenset({"none"})},), CLOSED
    )
    strict = _without(table, *(rule.id for rule in table.deciding if rule.effect not in CLOSED))
    assert breach(Survey(strict), empty, places=US) is None
    assert guards(Planes(strict), empty, places=US) == ()
    assert not is_guarded(Planes(strict), empty, places=US)
    assert is_guarded(Planes(table), _promise("ethics.reports-go"), places=US)


def test_a_promise_for_another_place_is_not_broken_here(table: Table) -> None:
    elsewhere = Invariant("x", "law", "Elsewhere.", ({"place": frozenset({"england"})},), CLOSED)
    assert breach(Survey(table), elsewhere, places=US) is None
    assert breach(Survey(table), elsewhere, places=frozenset({"england"})) is not None


def test_a_rule_that_opens_for_a_suspect_is_caught_though_nobody_promised_anything(table: Table) -> None:
    holed = _without(table, "law.suspected-harm")
    opening = small_house.opening({"suspected_of_harm": frozenset({"yes"})})
    found = {each.invariant for each in incautious(Survey(opening(holed)), within={"place": US})}
    assert "caution.suspected_of_harm" in found


@pytest.mark.parametrize("also", [{}, {"wish": frozenset({"objects"})}, {"other_parent": frozenset({"objects"})}])
def test_a_ground_that_opens_when_nobody_knows_is_caught(table: Table, also: Box) -> None:
    opening = small_house.opening({"emergency": frozenset({"unknown"}), **also})
    found = {each.invariant: each for each in breaches(Survey(opening(table)), (), places=US)}
    assert "caution.emergency" in found
    values = {**found["caution.emergency"].values, "age": 15}
    before = reference.answer(opening(table), values).disposition
    after = reference.answer(opening(table), {**values, "emergency": "unknown"}).disposition
    assert after.closedness < before.closedness


def test_inside_a_box_only_what_may_be_there_is_looked_at(table: Table) -> None:
    opening = small_house.opening({"legal_basis": frozenset({"unknown"}), "relation": frozenset({"payer"})})
    within: Box = {"place": US, "legal_basis": frozenset({"unknown", "own_consent"})}
    found = {each.invariant: each for each in incautious(Survey(narrowed(opening(table), within)), within=within)}
    assert "caution.legal_basis" in found
    assert found["caution.legal_basis"].values["legal_basis"] == "own_consent"


@settings(max_examples=100, deadline=None)
@given(tables(), situations(FEW), st.sampled_from(["relation", "authority", "emergency", "suspected_of_harm"]))
def test_wherever_caution_opens_by_any_rules_it_is_caught(table: Table, situation: Situation, name: str) -> None:
    known = {**dict.fromkeys(situation.unknown, "no"), "age": 15, "status": "minor"}
    before = {**situation.values, **known, "place": "us"}
    after = {**before, name: CAUTIONS.get(name, "unknown")}
    if reference.answer(table, after).disposition.closedness < reference.answer(table, before).disposition.closedness:
        found = {each.invariant: each for each in incautious(Survey(table), within={"place": US})}
        assert f"caution.{name}" in found


def test_age_and_marks_that_are_unknown_never_open(table: Table) -> None:
    found = {each.invariant for each in incautious(Survey(table), within={"place": US})}
    assert not found & {"caution.age", "caution.status", "caution.given_in_confidence"}


def test_caution_that_opens_beside_one_fact_only_is_caught(table: Table) -> None:
    """Where the fact is asked in many places of the diagram, one of them is enough."""
    narrow = {"relation": frozenset({"payer"}), "category": frozenset({"billing"}), "purpose": frozenset({"payment"})}
    opening = small_house.opening({"suspected_of_harm": frozenset({"yes"}), **narrow})
    found = {each.invariant: each for each in incautious(Survey(opening(table)), within={"place": US})}
    assert found["caution.suspected_of_harm"].values["relation"] == "payer"


def test_each_promise_that_is_broken_is_told_with_its_words_and_a_situation(table: Table) -> None:
    promises = [_promise("ethics.notes-stay"), _promise("ethics.reports-go")]
    holed = Survey(_without(table, "law.report-abuse"))
    found = [each for each in breaches(holed, promises, places=US) if not each.invariant.startswith("caution.")]
    assert [(each.invariant, each.says) for each in found] == [("ethics.reports-go", "No wish stops a report.")]
    assert found[0].values["relation"] == "child_protection"
