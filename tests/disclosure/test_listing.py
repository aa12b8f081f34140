"""A plan for a list shows exactly the items that would be shown one by one, and says so in few conditions."""

from itertools import product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from halfdoor.disclosure import reference
from halfdoor.disclosure.boxes import speakable
from halfdoor.disclosure.deciding import Judge
from halfdoor.disclosure.diagram import TooLarge
from halfdoor.disclosure.judging import judge_for
from halfdoor.disclosure.listing import FREELY, plan
from halfdoor.disclosure.rules import Disposition, Rule, Speaker, Tier
from halfdoor.disclosure.situation import Situation
from halfdoor.disclosure.table import Table
from halfdoor.disclosure.vocabulary import BY_NAME, FACTS, Value
from tests.disclosure import small_house
from tests.disclosure.strategies import FEW, NOON, situations, tables

OF_AN_ITEM = ("category", "kept_private", "given_in_confidence", "about_third_party", "marks_cover")
PART = frozenset({Disposition.SHARE_LIMITED})
TOM: dict[str, Value] = {
    "place": "us",
    "age": 15,
    "status": "minor",
    "relation": "parent",
    "authority": "full",
    "identity": "verified",
    "legal_basis": "parent_consent",
    "purpose": "support",
}
"""The father of a fifteen-year-old, who signed for the care."""


@pytest.fixture(scope="module")
def judge() -> Judge:
    return Judge(small_house.table())


@settings(max_examples=60, deadline=None)
@given(tables(), situations(FEW), st.frozensets(st.sampled_from(list(Disposition))))
def test_a_plan_by_any_rules_shows_what_deciding_each_item_shows(
    table: Table, viewer: Situation, answers: frozenset[Disposition]
) -> None:
    free = ("category", "kept_private", "risk")
    fixed = {name: value for name, value in viewer.values.items() if name not in free}
    shown = plan(Judge(table), fixed, free, answers=answers)
    for values in _items(free):
        answer = reference.answer(table, {**fixed, **values}).disposition
        assert shown.shows(values) == (answer in answers), values


@pytest.mark.parametrize("place", ["us", "england", "none", "wales"])
@pytest.mark.parametrize("answers", [FREELY, PART])
@pytest.mark.parametrize("wish", ["not_asked", "agrees", "objects"])
def test_what_tom_is_shown_by_the_shipped_rules_is_what_the_judge_lets_him_see(
    place: str, answers: frozenset[Disposition], wish: str
) -> None:
    judge = judge_for(place, at=NOON)
    fixed = {**TOM, "place": place, "wish": wish}
    shown = plan(judge, fixed, OF_AN_ITEM, answers=answers)
    for values in _items(OF_AN_ITEM):
        allowed = judge.disposition(Situation.of({**fixed, **values}, at=NOON)) in answers
        assert shown.shows(values) == allowed, values


def test_a_plan_is_said_in_few_boxes_with_few_conditions(judge: Judge) -> None:
    shown = plan(judge, {**TOM, "wish": "agrees"}, OF_AN_ITEM)
    assert [box.keys() for box in shown.boxes] == [{"category", "kept_private"}]
    assert "process_notes" not in shown.boxes[0]["category"]


def test_a_mark_that_nobody_looked_at_hides_the_item_as_the_mark_itself_would(judge: Judge) -> None:
    shown = plan(judge, {**TOM, "wish": "agrees"}, OF_AN_ITEM)
    assert shown.boxes[0]["kept_private"] == {"no"}


def test_somebody_who_may_have_done_harm_is_shown_nothing(judge: Judge) -> None:
    shown = plan(judge, {**TOM, "suspected_of_harm": "yes"}, OF_AN_ITEM)
    assert shown.shows_nothing
    assert not shown.shows_everything


def test_where_no_item_can_differ_everything_is_shown_or_nothing(judge: Judge) -> None:
    report = {"place": "us", "relation": "child_protection", "abuse": "disclosed", "category": "risk"}
    shown = plan(judge, report, ("kept_private", "marks_cover"))
    assert shown.shows_everything
    assert shown.boxes == ({},)


def test_however_tangled_the_rules_a_list_shows_what_deciding_each_item_shows() -> None:
    chance = Random(11)
    rules = []
    for number in range(120):
        facts = chance.sample(FACTS, 8)
        box = {fact.name: frozenset(chance.sample(speakable(fact), len(speakable(fact)) * 4 // 5)) for fact in facts}
        box |= {name: frozenset(chance.sample(speakable(BY_NAME[name]), 1)) for name in chance.sample(OF_AN_ITEM, 2)}
        rules.append(Rule(f"law.{number}", "law", Speaker.LAW, Tier.PERMIT, chance.choice([*Disposition]), (box,), ""))
    tangled = Judge(Table((), (), (tuple(rules), (), ()), ()))
    with pytest.raises(TooLarge):
        tangled.survey.dispositions({})
    shown = plan(tangled, TOM, OF_AN_ITEM)
    for values in _items(OF_AN_ITEM):
        answer = tangled.disposition(Situation.of({**TOM, **values}, at=NOON))
        assert shown.shows(values) == (answer in FREELY), values


@pytest.mark.parametrize("unknown", ["age", "status", "suspected_of_harm"])
def test_where_a_fact_is_on_record_as_unknown_only_what_every_value_lets_go_is_shown(unknown: str) -> None:
    judge = judge_for("us", at=NOON)
    fixed: dict[str, Value] = {**TOM, unknown: "unknown", "wish": "agrees"}
    shown = plan(judge, fixed, OF_AN_ITEM)
    for values in _items(OF_AN_ITEM):
        allowed = judge.disposition(Situation.of({**fixed, **values}, at=NOON)) in FREELY
        assert shown.shows(values) == allowed, values


def test_a_mark_that_nobody_looked_at_hides_nothing_where_both_its_values_let_the_item_go() -> None:
    rules = [
        Rule(
            f"law.{mark}",
            "law",
            Speaker.LAW,
            Tier.PERMIT,
            Disposition.MAY_SHARE,
            ({"kept_private": frozenset({mark})},),
            "",
        )
        for mark in ("yes", "no")
    ]
    shown = plan(Judge(Table((), (), (tuple(rules), (), ()), ())), TOM, ("kept_private",))
    assert shown.shows({"kept_private": "unknown"})


def test_a_list_of_which_everything_is_open_is_refused_instead_of_planned_for_ever() -> None:
    with pytest.raises(TooLarge):
        plan(judge_for("us", at=NOON), {}, [fact.name for fact in FACTS])


def _items(names: tuple[str, ...]) -> list[dict[str, Value]]:
    return [dict(zip(names, some, strict=True)) for some in product(*(BY_NAME[name].values for name in names))]
