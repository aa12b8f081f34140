"""Reasoning about a whole table agrees with deciding its situations one by one."""

from math import prod

import pytest
from hypothesis import given, settings

from halfdoor.disclosure import comparing, reference
from halfdoor.disclosure.boxes import speakable
from halfdoor.disclosure.comparing import Said, compare
from halfdoor.disclosure.deciding import Judge
from halfdoor.disclosure.diagram import Forest, TooLarge, below
from halfdoor.disclosure.missing import missing
from halfdoor.disclosure.paths import complete, counts, nearest
from halfdoor.disclosure.proving import without
from halfdoor.disclosure.records import replace
from halfdoor.disclosure.rules import Disposition
from halfdoor.disclosure.situation import Situation
from halfdoor.disclosure.survey import BUDGET, Survey
from halfdoor.disclosure.table import Table
from halfdoor.disclosure.vocabulary import BY_NAME, FACTS, Value
from halfdoor.disclosure.walking import Walk, numbered
from tests.disclosure import small_house
from tests.disclosure.strategies import FEW, NOON, situations, tables

US = {"place": frozenset[Value]({"us"})}


@pytest.fixture(scope="module")
def table() -> Table:
    return small_house.table()


def _rule(table: Table, name: str):
    return next(rule for rule in table.deciding if rule.id == name)


@settings(max_examples=200, deadline=None)
@given(tables(), situations(FEW))
def test_the_diagram_of_any_table_answers_as_the_reference_does(table: Table, situation: Situation) -> None:
    diagram = Survey(table).diagram
    assert diagram is not None
    answer = reference.answer(table, situation.values).disposition
    assert diagram.disposition(situation.values) is answer
    assert Walk(diagram).disposition(numbered(situation.values)) is answer


@settings(max_examples=100, deadline=None)
@given(tables(), situations(FEW))
def test_where_some_facts_are_fixed_the_rest_of_the_diagram_still_answers(table: Table, situation: Situation) -> None:
    fixed = {name: situation.values[name] for name in ("status", "wish", "kept_private", "category")}
    part = Survey(table).dispositions(fixed)
    assert not {node.name for node in below(part)} & fixed.keys()
    assert part.disposition(situation.values) is reference.answer(table, situation.values).disposition


def test_a_diagram_over_its_budget_says_so_and_the_judge_still_decides(table: Table) -> None:
    survey = Survey(table)
    with pytest.raises(TooLarge):
        survey.answers(US, forest=Forest(survey.order, budget=10))
    situation = Situation.of({"place": "us", "relation": "parent"}, at=NOON)
    assert Judge(table).disposition(situation) is Disposition.ASSESS_FIRST


def test_every_situation_is_counted_once(table: Table) -> None:
    survey = Survey(table)
    root = survey.answers({}, forest=Forest(survey.order, budget=BUDGET))
    assert sum(counts(root, survey.order, within={}).values()) == prod(len(speakable(fact)) for fact in FACTS)


def test_the_nearest_situation_with_an_answer_differs_least_from_what_is_usual(table: Table) -> None:
    survey = Survey(table)
    root = survey.answers(US, forest=Forest(survey.order, budget=BUDGET))
    way = nearest(root, Disposition.MUST_SHARE.closedness.__eq__)
    assert way is not None
    values = complete(way[1], within=US)
    away = {name: value for name, value in values.items() if value != BY_NAME[name].default}
    assert away == {"place": "us", "relation": "child_protection", "category": "risk", "abuse": "suspected"}
    assert reference.answer(table, {**values, "age": 15}).disposition is Disposition.MUST_SHARE


def test_nothing_changed_between_a_table_and_itself(table: Table) -> None:
    assert compare(table, table, within={}) == ()


def test_a_rule_taken_away_shows_as_the_answers_that_changed(table: Table) -> None:
    rule = _rule(table, "law.grave-danger")
    changes = compare(table, without(table, [rule]), within=US)
    assert {change.before for change in changes} == {Said(Disposition.MAY_SHARE, rule.id)}
    for change in changes:
        values = {**change.witness, "age": 15}
        assert change.situations > 0
        assert reference.answer(table, values).rule is rule
        assert reference.answer(without(table, [rule]), values).disposition is change.after.disposition


def test_where_no_rule_differs_nothing_does(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    """The comparison looks only where rules differ: everywhere else it would find nothing."""

    def found() -> list[list[tuple[Said, Said, int]]]:
        pairs = [(table, without(table, [rule])) for rule in table.deciding[::9]]
        pairs += [(after, before) for before, after in pairs[:1]]
        return [[(c.before, c.after, c.situations) for c in compare(*pair, within=US)] for pair in pairs]

    where_rules_differ = found()
    assert sum(map(len, where_rules_differ)) > len(where_rules_differ)
    monkeypatch.setattr(comparing, "_touched", lambda before, after, *, within: within)
    assert found() == where_rules_differ


def test_how_many_situations_changed_is_what_counting_them_gives(table: Table) -> None:
    rule = _rule(table, "practice.attendance")
    some = {fact.name: frozenset({fact.default}) for fact in FACTS if not fact.spreads}
    some |= {fact.name: frozenset({"no"}) for fact in FACTS if fact.spreads and fact.name not in ("age", "status")}
    some |= {"age": frozenset({15}), "status": frozenset({"minor"})}
    some |= {name: frozenset(BY_NAME[name].values) for name in ("relation", "category", "wish", "authority")}
    some |= {"identity": frozenset({"verified"}), "place": frozenset({"us"})}
    after = without(table, [rule])
    changed = 0
    for relation in BY_NAME["relation"].values:
        for category in BY_NAME["category"].values:
            for wish in BY_NAME["wish"].values:
                for authority in BY_NAME["authority"].values if relation in ("parent", "guardian") else ():
                    values = {name: next(iter(allowed)) for name, allowed in some.items()}
                    values |= {"relation": relation, "category": category, "wish": wish, "authority": authority}
                    before, then = reference.answer(table, values), reference.answer(after, values)
                    changed += (before.disposition, before.rule) != (then.disposition, then.rule)
    assert changed
    assert sum(change.situations for change in compare(table, after, within=some)) == changed


def test_what_is_missing_is_asked_with_identity_and_wish_first(table: Table) -> None:
    asked = missing(Judge(table), Situation.of({"place": "us", "relation": "parent", "category": "progress"}, at=NOON))
    assert asked[:2] == ("identity", "wish")
    assert "authority" in asked
    assert not {"place", "relation", "category", "purpose", "abuse"} & set(asked)


@settings(max_examples=60, deadline=None)
@given(tables(), situations(FEW), situations(FEW))
def test_facts_that_are_not_missing_never_change_the_answer(table: Table, one: Situation, other: Situation) -> None:
    judge = Judge(table)
    others = {name: other.values[name] for name in other.given if name not in {*missing(judge, one), *one.given}}
    given_facts = {name: one.values[name] for name in one.given}
    assert judge.disposition(one) is judge.disposition(Situation.of({**given_facts, **others}, at=NOON))


def test_nothing_is_missing_where_a_report_is_due(table: Table) -> None:
    known = {"place": "us", "relation": "child_protection", "category": "risk", "abuse": "disclosed"}
    assert missing(Judge(table), Situation.of(known, at=NOON)) == ()


def test_a_rule_in_another_tier_is_a_change_though_it_reads_alike(table: Table) -> None:
    law, hole = table.voices[0], _rule(small_house.opening({})(table), "law.hole")
    above, below = (replace(table, final=(hole,)), replace(table, final=(), voices=((*law, hole), *table.voices[1:])))
    (change,) = [one for one in compare(above, below, within=US) if one.after.rule == "law.refused"]
    assert change.before == Said(Disposition.MUST_SHARE, "law.hole")


def test_where_a_table_is_too_tangled_all_that_is_not_given_is_still_to_be_asked(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("halfdoor.disclosure.survey.BUDGET", 1)
    asked = missing(Judge(table), Situation.of({"place": "us", "relation": "parent", "wish": "agrees"}, at=NOON))
    assert asked[0] == "identity"
    assert {*asked} == {*Survey(table).order} - {"place", "relation", "wish"}


def test_a_walk_may_begin_with_the_first_fact_of_all() -> None:
    assert FACTS[0].name == "place"
    (opening,) = small_house.opening({"place": frozenset({"us"})})(Table((), (), ((), (), ()), ())).final
    diagram = Survey(Table((), (opening,), ((), (), ()), ())).diagram
    assert diagram is not None
    answers = [
        Walk(diagram).disposition(numbered(Situation.of({"place": one}, at=NOON).values)) for one in ("us", "wales")
    ]
    assert answers == [Disposition.MUST_SHARE, Disposition.WITHHOLD]


def test_a_diagram_may_have_as_many_nodes_as_its_budget_and_not_one_more() -> None:
    forest = Forest(("wish", "relation"), budget=1)
    open_, shut = forest.leaf(0), forest.leaf(5)
    node = forest.node(0, {"agrees": open_, "objects": shut})
    assert forest.node(0, {"agrees": open_, "objects": shut}) is node
    assert forest.node(1, {"parent": open_, "payer": open_}) is open_
    with pytest.raises(TooLarge):
        forest.node(1, {"parent": open_, "payer": shut})


def test_a_diagram_that_was_drawn_says_the_same_of_a_part_as_one_drawn_for_it(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    fixed: dict[str, Value] = {"place": "us", "relation": "parent", "age": "unknown"}
    drawn, anew = Survey(table), Survey(table)
    assert drawn.diagram is not None
    part, other = drawn.dispositions(fixed), anew.dispositions(fixed)
    for wish in BY_NAME["wish"].values:
        values = Situation.of({**fixed, "wish": wish, "identity": "verified", "authority": "full"}, at=NOON).values
        assert part.disposition(values) is other.disposition(values)
    monkeypatch.setattr("halfdoor.disclosure.survey.BUDGET", 1)
    assert Survey(table).diagram is None
