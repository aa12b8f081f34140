"""What nobody noticed when it was broken on purpose (`python -m tests.drills.mutants`), and somebody does now."""

import re

import pytest

from halfdoor import disclosure
from halfdoor.disclosure import deciding, public, words
from halfdoor.disclosure.boxes import PackError
from halfdoor.disclosure.branching import branches
from halfdoor.disclosure.clocking import clocks
from halfdoor.disclosure.comparing import compare
from halfdoor.disclosure.diagram import Forest, below, sides
from halfdoor.disclosure.explaining import Reader, explain
from halfdoor.disclosure.judging import judge_for
from halfdoor.disclosure.obligations import CODES
from halfdoor.disclosure.planes import Planes
from halfdoor.disclosure.records import replace
from halfdoor.disclosure.rules import Citation, Disposition, Duty, Pack, Rule, Speaker, Tier
from halfdoor.disclosure.situation import Situation
from halfdoor.disclosure.table import Table, arrange, is_on
from halfdoor.disclosure.vocabulary import FACTS
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
    for reached in (1, 99):
        assert next(iter(clocks({"birthday": [birthday | {"age": reached}]}, pack="x"))).age == reached


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


def test_a_decision_is_told_in_the_shape_of_the_contract_field_by_field() -> None:
    cites = (Citation("A law", "7"),)
    clock = Duty("written_denial", "P30D", "request_received", "calendar")
    sure = {"cites": cites, "obligations": (Duty("record_reasons"), clock), "limits": ("themes_only",)}
    part = rule("part", Disposition.SHARE_LIMITED, alternatives=("resources",), confidence="read", **sure)
    lost = rule("default", Disposition.WITHHOLD, tier=Tier.DEFAULT)
    said = deciding.Judge(table(part, lost)).decide(Situation.of({"relation": "parent"}, at=NOON)).as_json()
    cited = [{"source": "A law", "section": "7"}]
    reason = {"pack": "law", "version": "1", "reviewed": "no"}
    beaten = {"rule": "default", "says": "default says so.", "cites": [], "tier": "default", "confidence": "unchecked"}
    beaten |= {"disposition": "withhold", "beaten_by": "part"}
    due = {"within": "P30D", "from": "request_received", "unit": "calendar"}
    assert said.pop("replay")["packs"] == {"law": "1"}
    assert said.pop("would_change") == []
    assert said == {
        "contract": 1,
        "disposition": "share_limited",
        "recommended": "no",
        "limits": [{"code": "themes_only", "says": words.LIMITS["themes_only"]}],
        "ask": [],
        "assess": [],
        "acknowledge": "yes",
        "reasons": [
            {"rule": "part", "says": "part says so.", "cites": cited, "tier": "permit", "confidence": "read", **reason}
        ],
        "overridden": [beaten | reason],
        "obligations": [
            {"code": "record_reasons", **_meant("record_reasons"), "due": None, "cites": cited},
            {"code": "written_denial", **_meant("written_denial"), "due": due, "cites": cited},
        ],
        "alternatives": [{"code": "resources", "says": words.ALTERNATIVES["resources"]}],
    }


def _meant(code: str) -> dict[str, str]:
    return {"says": CODES[code].says, "who": CODES[code].who, "when": CODES[code].when}


@pytest.mark.parametrize(
    ("allowed", "ranks"),
    [
        ((), [0, 0, 0, 0, 0, 0]),
        ((Disposition.MUST_SHARE,), [0, 1, 1, 1, 1, 1]),
        ((Disposition.WITHHOLD, Disposition.ASK_FIRST), [0, 0, 0, 1, 2, 3]),
        (tuple(Disposition), [0, 0, 0, 0, 0, 0]),
    ],
)
def test_answers_are_told_apart_only_where_allowed_ones_begin_or_end(
    allowed: tuple[Disposition, ...], ranks: list[int]
) -> None:
    assert sides(allowed) == ranks


@pytest.mark.parametrize("effect", [each for each in Disposition if each is not Disposition.WITHHOLD])
def test_before_a_refusal_that_is_sure_whatever_says_otherwise_is_still_asked_about(effect: Disposition) -> None:
    agreed = {"boxes": ({"wish": frozenset({"agrees"})},), "tier": Tier.CONSENT}
    asked = {"boxes": ({"relation": frozenset({"parent"})},), "tier": Tier.PERMIT}
    rules = rule("agreed", effect, **agreed), rule("asked", Disposition.ASK_FIRST, **asked)
    planes = Planes(table(*rules, rule("no", Disposition.WITHHOLD, tier=Tier.DEFAULT)))
    found = branches(planes, {"relation": "payer"}, {"wish": ("agrees", "objects")})
    assert {value: node.rank for value, node in found.children.items()} == {"agrees": effect.closedness, "objects": 5}


def test_a_rule_that_answers_otherwise_is_a_change_and_the_rules_beside_it_are_none() -> None:
    yes = rule("yes", Disposition.MAY_SHARE, boxes=({"wish": frozenset({"agrees"})},))
    beside = rule("beside", Disposition.ASK_FIRST, boxes=({"wish": frozenset({"objects"})},))
    before, after = table(yes, beside), table(replace(yes, effect=Disposition.SHARE_LIMITED), beside)
    (change,) = compare(before, after, within={"place": frozenset({"us"})})
    assert (change.before.rule, str(change.before.disposition), str(change.after)) == (
        "yes",
        "may_share",
        "share_limited because yes",
    )
    (silent,) = compare(before, table(beside), within={"place": frozenset({"us"})})
    assert str(silent.after) == "withhold because nothing speaks"


def test_what_is_reached_in_many_ways_is_looked_at_once() -> None:
    marks = [fact.name for fact in FACTS if fact.name not in ("age", "place")]
    forest = Forest(marks, budget=100)
    odd, even = forest.leaf(1), forest.leaf(0)
    for level in reversed(range(len(marks))):
        odd, even = (forest.node(level, {"no": one, "yes": other}) for one, other in ((odd, even), (even, odd)))
    assert len(below(odd)) == 2 * len(marks) + 1


def test_the_therapist_reads_every_part_of_an_answer_under_its_own_head() -> None:
    given_ = {"cites": (Citation("A law", "7"), Citation("A code", "8")), "confidence": "read", "reviewed": "Somebody"}
    duties = (Duty("record_reasons"), Duty("written_denial", "P1M2DT1H", "request_received", "calendar"))
    said = {
        "obligations": duties,
        "alternatives": ("resources",),
        "advice": ("Take time.",),
        "limits": ("themes_only",),
    }
    part = rule("part", Disposition.SHARE_LIMITED, neither_confirm_nor_deny=True, **given_, **said)
    page = told(Situation.of({}, at=NOON), Reader.THERAPIST, part, rule("no", Disposition.WITHHOLD, tier=Tier.DEFAULT))
    assert page.splitlines() == [
        "You may share a part of this.",
        "Say nothing that shows whether there is such a record.",
        words.LIMITS["themes_only"],
        *("", "Why:", "- part says so. [part: A law 7; A code 8]"),
        *("", "Before:", "- Write down the reasons. (therapist)"),
        *("", "Afterwards:"),
        f"- {CODES['written_denial'].says} Within 1 month 2 days 1 hour (calendar) of: request received."
        " (licensed professional)",
        *("", "What you can offer:", f"- {words.ALTERNATIVES['resources']}"),
        *("", "Good to know:", "- Take time."),
        *("", "Did not decide:", "- no says so. [no, unchecked, not reviewed] Beaten by part."),
    ]
    assert "No rule that we know lets this go." in told(Situation.of({}, at=NOON), Reader.THERAPIST)


def test_a_rule_that_only_limits_is_the_same_rule_where_all_of_it_stands() -> None:
    beside, limit = rule("no", Disposition.WITHHOLD), rule("limit", Disposition.SHARE_LIMITED, only_limits=True)
    assert limit in table(beside, replace(limit, id="other"), limit).deciding
    assert limit not in table(limit).deciding


@pytest.mark.parametrize(
    ("confidence", "came", "on", "off", "stands"),
    [
        ("uncertain", False, (), (), False),
        ("uncertain", False, ("law.one",), (), True),
        ("uncertain", True, (), ("law.one",), False),
        ("uncertain", False, ("law.other",), (), False),
        ("read", True, (), ("law.one",), True),
    ],
)
def test_only_an_uncertain_law_stands_as_a_practice_turned_its_switch(
    confidence: str, came: bool, on: tuple[str, ...], off: tuple[str, ...], stands: bool
) -> None:
    law = rule("law.one", Disposition.MAY_SHARE, confidence=confidence, switched_on=came)
    others = Pack("law", "1", Speaker.LAW, "", EVERYWHERE, (), (law,), "")
    house = replace(others, id="house", speaker=Speaker.PRACTICE, rules=(), switch_on=on, switch_off=off)
    assert is_on(law, [others, house]) is stands
