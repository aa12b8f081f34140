"""What would change an answer is the least that can happen, and it really changes it."""

from collections.abc import Iterable
from random import Random

import pytest
from hypothesis import given, settings

from halfdoor.disclosure.boxes import speakable
from halfdoor.disclosure.branching import branches
from halfdoor.disclosure.changing import Change, changes
from halfdoor.disclosure.deciding import Judge
from halfdoor.disclosure.diagram import TooLarge
from halfdoor.disclosure.happenings import HAPPENINGS
from halfdoor.disclosure.judging import judge_for
from halfdoor.disclosure.rules import Disposition, Rule, Speaker, Tier
from halfdoor.disclosure.situation import Situation
from halfdoor.disclosure.table import Table
from halfdoor.disclosure.vocabulary import BY_NAME, Value
from tests.disclosure import small_house
from tests.disclosure.strategies import FEW, NOON, situations, tables

TOM_ASKS: dict[str, Value] = {
    "place": "us",
    "age": 15,
    "status": "minor",
    "relation": "parent",
    "authority": "full",
    "identity": "verified",
    "category": "session_content",
}
"""The father of a fifteen-year-old asks what was said in a session; she has not been asked."""


@pytest.fixture(scope="module")
def judge() -> Judge:
    return Judge(small_house.table())


def test_that_the_young_person_agrees_is_the_first_thing_told(judge: Judge) -> None:
    first = changes(judge.planes, Situation.of(TOM_ASKS, at=NOON))[0]
    assert first.facts == {"wish": "agrees"}
    assert first.disposition is Disposition.MAY_SHARE
    assert first.says == "the young person agrees"
    assert first.as_json() == {
        "facts": {"client.wish": "agrees"},
        "disposition": "may_share",
        "rule": first.rule,
    }


def test_two_things_are_told_together_where_neither_alone_is_enough(judge: Judge) -> None:
    stranger = Situation.of({**TOM_ASKS, "identity": "unverified", "wish": "agrees"}, at=NOON)
    assert dict(changes(judge.planes, stranger)[0].facts) == {"identity": "verified"}
    unasked = Situation.of({**TOM_ASKS, "identity": "unverified"}, at=NOON)
    opening = [change for change in changes(judge.planes, unasked) if change.disposition.opens]
    assert dict(opening[0].facts) == {"identity": "verified", "wish": "agrees"}


def test_a_reader_is_told_only_of_facts_that_the_reader_may_know(judge: Judge) -> None:
    situation = Situation.of({**TOM_ASKS, "identity": "unverified"}, at=NOON)
    told = changes(judge.planes, situation, visible={"identity", "authority"}.__contains__)
    assert {name for change in told for name in change.facts} <= {"identity", "authority"}
    assert told


def test_nothing_would_change_what_age_and_relation_decide(judge: Judge) -> None:
    report = {"place": "us", "relation": "child_protection", "category": "risk", "abuse": "disclosed"}
    assert changes(judge.planes, Situation.of(report, at=NOON)) == []


@pytest.fixture(params=["drawn", "tried"])
def how(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Find changes in a diagram, or by trying them one by one where it would be too large."""
    if request.param == "tried":
        monkeypatch.setattr("halfdoor.disclosure.branching.BUDGET", 0)


@pytest.mark.usefixtures("how")
def test_papers_that_were_seen_are_not_seen_again(judge: Judge) -> None:
    limited = Situation.of({**TOM_ASKS, "authority": "limited_by_order"}, at=NOON)
    assert not any("authority" in change.facts for change in changes(judge.planes, limited))


@settings(max_examples=100, deadline=None)
@given(tables(), situations(FEW))
def test_every_change_changes_the_answer_and_is_as_small_as_it_can_be(table: Table, situation: Situation) -> None:
    judge = Judge(table)
    told = changes(judge.planes, situation)
    assert len(told) <= 5
    assert all(_is_least(judge, situation, change) for change in told)


@pytest.mark.parametrize("place", ["us", "england"])
@pytest.mark.parametrize("identity", ["verified", "unverified"])
def test_by_the_shipped_rules_too(place: str, identity: str) -> None:
    judge = judge_for(place, at=NOON)
    situation = Situation.of({**TOM_ASKS, "place": place, "identity": identity}, at=NOON)
    told = changes(judge.planes, situation)
    assert any(change.disposition.opens and "wish" in change.facts for change in told)
    assert all(_is_least(judge, situation, change) for change in told)


def _tangled(names: Iterable[str]) -> Table:
    """Return a table of rules about the named facts in which everything hangs together: no diagram holds it."""
    chance = Random(7)
    rules = []
    for number in range(60):
        facts = [BY_NAME[name] for name in chance.sample(sorted(names), 4)]
        box = {fact.name: frozenset(chance.sample(speakable(fact), (len(speakable(fact)) + 1) // 2)) for fact in facts}
        effect = chance.choice([*Disposition])
        rules.append(Rule(f"law.{number}", "law", Speaker.LAW, Tier.PERMIT, effect, (box,), "Tangled."))
    return Table((), (), (tuple(rules), (), ()), ())


def test_where_rules_are_too_tangled_to_draw_the_smallest_changes_are_tried_one_by_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    judge, situation = Judge(_tangled(HAPPENINGS)), Situation.of(TOM_ASKS, at=NOON)
    monkeypatch.setattr("halfdoor.disclosure.branching.BUDGET", 10)
    with pytest.raises(TooLarge):
        branches(judge.planes, {}, {name: BY_NAME[name].values for name in HAPPENINGS})
    told = changes(judge.planes, situation)
    assert told
    assert all(_is_least(judge, situation, change) for change in told)


@settings(max_examples=100, deadline=None)
@given(tables(), situations(FEW))
def test_what_is_tried_takes_no_more_effort_than_what_is_found_by_drawing(table: Table, situation: Situation) -> None:
    judge = Judge(table)
    drawn = changes(judge.planes, situation)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("halfdoor.disclosure.branching.BUDGET", 0)
        tried = changes(judge.planes, situation)
    assert _least_effort(tried) == _least_effort(drawn)
    assert all(_is_least(judge, situation, change) for change in tried)


def _least_effort(told: Iterable[Change]) -> dict[Disposition, float]:
    """Return for each answer that is told what it takes to come to it."""
    least: dict[Disposition, float] = {}
    for change in told:
        effort = sum(HAPPENINGS[name][value].weight for name, value in change.facts.items())
        least[change.disposition] = min(effort, least.get(change.disposition, effort))
    return least


def _is_least(judge: Judge, situation: Situation, change: Change) -> bool:
    """Whether a change leads to its answer, which is another one, and no part of it does."""
    parts = [{other: change.facts[other] for other in change.facts if other != name} for name in change.facts]
    return (
        judge.disposition(situation) is not change.disposition
        and judge.disposition(situation.but(**change.facts)) is change.disposition
        and all(judge.disposition(situation.but(**part)) is not change.disposition for part in parts)
    )


def test_every_happening_is_a_word_of_the_vocabulary_and_is_said() -> None:
    for name, happenings in HAPPENINGS.items():
        assert happenings.keys() <= set(BY_NAME[name].values)
        assert all(happening.says and happening.weight > 0 for happening in happenings.values())


def _opened_by(**facts: str) -> Judge:
    """Return the judge by one rule, which opens where these facts are so; else nothing speaks."""
    box = {name: frozenset[Value]({value}) for name, value in facts.items()}
    rule = Rule("law.one", "law", Speaker.LAW, Tier.PERMIT, Disposition.MAY_SHARE, (box,), "One rule.")
    return Judge(Table((), (), ((rule,), (), ()), ()))


FOUR = {"wish": "agrees", "identity": "verified", "competence": "competent"}


@pytest.mark.usefixtures("how")
def test_a_change_of_just_enough_effort_is_told_and_one_of_more_is_not() -> None:
    nothing = Situation.of({}, at=NOON)
    assert sum(HAPPENINGS[name][value].weight for name, value in FOUR.items()) == 4.0
    (change,) = changes(_opened_by(**FOUR).planes, nothing)
    assert (dict(change.facts), change.rule) == (FOUR, "law.one")
    assert changes(_opened_by(**FOUR, authorization_by="client").planes, nothing) == []


@pytest.mark.usefixtures("how")
def test_where_nothing_would_speak_any_more_no_rule_is_named() -> None:
    (change, *_) = changes(_opened_by(wish="agrees").planes, Situation.of({"wish": "agrees"}, at=NOON))
    assert (change.disposition, change.rule) == (Disposition.WITHHOLD, "")


@pytest.mark.usefixtures("how")
def test_what_alone_is_enough_is_not_told_again_beside_something_else() -> None:
    told = changes(_opened_by(wish="agrees").planes, Situation.of({"identity": "unverified"}, at=NOON))
    assert [dict(change.facts) for change in told] == [{"wish": "agrees"}]


def test_trying_ends_where_nobody_would_wait_any_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("halfdoor.disclosure.branching.BUDGET", 0)
    for trials, found in ((1, 0), (100, 1)):
        monkeypatch.setattr("halfdoor.disclosure.changing._TRIALS", trials)
        assert len(changes(_opened_by(wish="agrees").planes, Situation.of({}, at=NOON))) == found
