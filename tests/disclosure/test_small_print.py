"""What nobody noticed when it was broken on purpose (`python -m tests.drills.mutants`), and somebody does now."""

import re

import pytest

from halfdoor import disclosure
from halfdoor.disclosure import deciding, public
from halfdoor.disclosure.boxes import PackError
from halfdoor.disclosure.clocking import clocks
from halfdoor.disclosure.comparing import compare
from halfdoor.disclosure.explaining import Reader, explain
from halfdoor.disclosure.judging import judge_for
from halfdoor.disclosure.records import replace
from halfdoor.disclosure.rules import Citation, Disposition, Pack, Rule, Speaker, Tier
from halfdoor.disclosure.situation import Situation
from halfdoor.disclosure.table import Table, arrange
from tests.disclosure.strategies import EVERYWHERE, NOON


def rule(name: str, effect: Disposition, **more: object) -> Rule:
    fields = {"tier": Tier.PERMIT, "boxes": ({},), "says": f"{name} says so.", "pack": "law", "speaker": Speaker.LAW}
    return Rule(id=name, effect=effect, **fields | more)


def table(*rules: Rule) -> Table:
    return arrange([Pack("law", "1", Speaker.LAW, "", EVERYWHERE, (), rules, "")], on=NOON.date())


def told(situation: Situation, reader: Reader, *rules: Rule) -> str:
    return explain(deciding.Judge(table(*rules)).decide(situation), reader=reader)


def test_what_is_public_is_reached_by_its_name_and_nothing_else_is() -> None:
    assert [getattr(disclosure, name) for name in disclosure.__all__] == [
        getattr(public, name) for name in disclosure.__all__
    ]
    with pytest.raises(AttributeError, match=re.escape("there is no judgement in halfdoor.disclosure")):
        _ = disclosure.judgement


@pytest.mark.parametrize("age", [0, 100, "16"])
def test_a_birthday_is_an_age_that_people_reach(age: object) -> None:
    birthday = {"id": "x.grown", "age": age, "says": "Of age.", "confidence": "read", "reviewed": "no"}
    birthday["cites"] = [{"source": "A law", "section": "1"}]
    with pytest.raises(PackError, match=r"x\.grown.*an age in years"):
        list(clocks({"birthday": [birthday]}, pack="x"))
    assert next(iter(clocks({"birthday": [birthday | {"age": 99}]}, pack="x"))).age == 99


def test_a_judge_does_not_keep_ever_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deciding, "_KEPT", 2)
    judge = deciding.Judge(judge_for("us", at=NOON).table)
    for relation in ("parent", "educator", "self", "police", "clinical_team"):
        judge.decide(Situation.of({"place": "us", "relation": relation}, at=NOON))
        assert 0 < len(judge._weighings) <= 2


def test_an_order_of_rules_that_changed_is_a_change_where_no_rule_did() -> None:
    yes, no = rule("yes", Disposition.MAY_SHARE), rule("no", Disposition.WITHHOLD)
    before = table(yes, replace(no, over=("yes",)))
    after = table(replace(yes, over=("no",)), no)
    (change,) = compare(before, after, within={"place": frozenset({"us"})})
    assert (change.before.rule, change.after.rule) == ("no", "yes")


def test_a_therapist_reads_what_is_recommended_how_sure_a_rule_is_and_no_empty_list() -> None:
    asked = Situation.of({"place": "us", "relation": "parent"}, at=NOON)
    sure = {"confidence": "read", "cites": (Citation("A law", "7"),)}
    page = told(asked, Reader.THERAPIST, rule("yes", Disposition.MAY_SHARE, recommended=True, **sure))
    assert "Your profession expects you to share this" in page
    assert "[yes: A law 7" in page
    assert ", read" not in page
    assert "Did not decide" not in page
    unsure = told(asked, Reader.THERAPIST, rule("yes", Disposition.MAY_SHARE, confidence="second_hand"))
    assert "[yes, second hand" in unsure
    assert "Your profession expects" not in unsure


def test_a_young_person_reads_of_what_they_see_themselves_without_who() -> None:
    own = Situation.of({"relation": "self", "category": "progress", "asking_raises_risk": "no"}, at=NOON)
    page = told(own, Reader.YOUNG_PERSON, rule("yes", Disposition.MAY_SHARE))
    assert "This is about what you can see yourself: progress." in page
    assert "Who might be told" not in page


def test_a_parent_whose_papers_are_missing_reads_which_to_bring() -> None:
    mother = Situation.of({"relation": "parent"}, at=NOON)
    closed = told(mother, Reader.CAREGIVER, rule("look", Disposition.ASSESS_FIRST, assess=("risk",)))
    for missing in ("identity", "authority"):
        assert told(mother, Reader.CAREGIVER, rule("look", Disposition.ASSESS_FIRST, assess=(missing,))) != closed


def test_a_reason_is_told_with_the_section_it_rests_on() -> None:
    cited = rule("yes", Disposition.MAY_SHARE, cites=(Citation("A law", "7(b)"),))
    decision = deciding.Judge(table(cited)).decide(Situation.of({"relation": "parent"}, at=NOON))
    assert decision.as_json()["reasons"][0]["cites"] == [{"source": "A law", "section": "7(b)"}]
