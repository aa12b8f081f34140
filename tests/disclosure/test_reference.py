"""The reference by itself: what all evaluators are measured against has to be right without them."""

import pytest

from halfdoor.disclosure import reference
from halfdoor.disclosure.rules import Box, Disposition, Pack, Rule, Speaker, Tier
from halfdoor.disclosure.table import Table, arrange
from halfdoor.disclosure.vocabulary import DEFAULTS, Value
from tests.disclosure.strategies import EVERYWHERE, NOON

MUST, MAY, PART, ASK, ASSESS, NO = Disposition
PRIVATE: Box = {"kept_private": frozenset({"yes"})}
GROWN: Box = {"age": frozenset(range(18, 121))}
YOUNG: Box = {"age": frozenset(range(18))}


def rule(name: str, effect: Disposition | None, *boxes: Box, tier: Tier = Tier.PERMIT) -> Rule:
    return Rule(name, "law", Speaker.LAW, tier, effect, boxes or ({},), f"{name} says so.")


def table(*rules: Rule) -> Table:
    return arrange([Pack("law", "1", Speaker.LAW, "", EVERYWHERE, (), rules, "")], on=NOON.date())


def said(*rules: Rule, **facts: Value) -> tuple[Disposition, str]:
    answer = reference.answer(table(*rules), {**DEFAULTS, "age": 15, "status": "minor", **facts})
    return answer.disposition, answer.rule.id if answer.rule else ""


@pytest.mark.parametrize(("mark", "answer"), [("no", (MAY, "all")), ("yes", (NO, "shut")), ("unknown", (NO, "shut"))])
def test_of_a_mark_that_nobody_looked_at_the_least_open_answer_stands(mark: str, answer: tuple[Disposition, str]):
    assert said(rule("all", MAY), rule("shut", NO, PRIVATE, tier=Tier.BAR), kept_private=mark) == answer


def test_of_equally_closed_answers_that_of_the_rule_heard_first_stands():
    young, grown = rule("young", ASK, YOUNG, tier=Tier.BAR), rule("grown", ASK, GROWN, tier=Tier.CONSENT)
    assert said(young, grown, age="unknown") == (ASK, "young")
    assert said(rule("young", ASK, YOUNG, tier=Tier.DEFAULT), grown, age="unknown") == (ASK, "grown")


@pytest.mark.parametrize("age", [15, 40])
def test_silence_is_as_closed_as_a_refusal_and_a_rule_that_refuses_goes_before_it(age: int):
    refuses = rule("refuses", NO, YOUNG if age == 40 else GROWN)
    assert said(refuses, age="unknown") == (NO, "refuses")
    assert said(refuses, age=age) == (NO, "")


def test_only_unknown_facts_that_a_rule_names_are_told_apart():
    unknown = {**DEFAULTS, "age": "unknown", "status": "minor", "kept_private": "unknown", "about_third_party": "yes"}
    told = [*reference.completions(table(rule("shut", NO, PRIVATE)), unknown)]
    assert [(one["kept_private"], one["age"]) for one in told] == [("no", "unknown"), ("yes", "unknown")]
    always = [*reference.completions(table(rule("duty", None, PRIVATE)), unknown)]
    assert len(always) == 2


def test_every_rule_that_matches_has_fired_in_the_order_in_which_it_is_heard():
    rules = table(rule("late", MAY), rule("never", NO, PRIVATE), rule("first", ASK, tier=Tier.BAR), rule("duty", None))
    assert [one.id for one in reference.fired(rules, dict(DEFAULTS))] == ["first", "late"]


def test_a_rule_matches_or_it_does_not():
    one = rule("shut", NO, {**PRIVATE, "wish": frozenset({"objects"})}, {"relation": frozenset({"payer"})})
    assert one.matches({**DEFAULTS, "relation": "payer"}) is True
    assert one.matches({**DEFAULTS, "kept_private": "yes", "wish": "objects"}) is True
    assert one.matches({**DEFAULTS, "kept_private": "yes"}) is False
