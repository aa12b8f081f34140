"""How a table is read: tiers, voices, unknowns, and what has to happen around an answer."""

from datetime import date

import pytest
from hypothesis import given, settings

from halfdoor.disclosure import reference
from halfdoor.disclosure.deciding import Judge
from halfdoor.disclosure.decision import Decision
from halfdoor.disclosure.obligations import CODES, EVENTS, WHO, lasting
from halfdoor.disclosure.records import replace
from halfdoor.disclosure.rules import Box, Disposition, Duty, Pack, Rule, Speaker, Tier
from halfdoor.disclosure.situation import Situation
from halfdoor.disclosure.table import RuleOrderError, arrange
from halfdoor.disclosure.vocabulary import FACTS, Value
from halfdoor.disclosure.words import SETTLED_BY
from tests.disclosure.strategies import EVERYWHERE, FEW, NOON, situations, three_packs

MUST, MAY, PART, ASK, ASSESS, NO = Disposition
EVERYTHING: tuple[Box, ...] = ({},)
AMINA: dict[str, Value] = {"age": 15, "status": "minor"}


def rule(name: str, effect: Disposition | None, *, tier: Tier = Tier.PERMIT, **more: object) -> Rule:
    speaker = {Tier.ETHICS: Speaker.ETHICS, Tier.PRACTICE: Speaker.PRACTICE}.get(tier, Speaker.LAW)
    fields = {"boxes": EVERYTHING, "says": f"{name} says so.", "pack": speaker.value, "speaker": speaker} | more
    return Rule(id=name, tier=tier, effect=effect, **fields)  # type: ignore[arg-type]


def judge(*rules: Rule) -> Judge:
    packs = [
        Pack(speaker.value, "7", speaker, "", EVERYWHERE, (), tuple(r for r in rules if r.speaker is speaker), "")
        for speaker in Speaker
    ]
    return Judge(arrange(packs, on=NOON.date()))


def decided(*rules: Rule, **facts: Value) -> Decision:
    return judge(*rules).decide(Situation.of(AMINA | facts, at=NOON))


def test_where_every_voice_is_silent_nothing_goes() -> None:
    decision = decided()
    assert decision.disposition is NO
    assert decision.rule is None
    (reason,) = decision.as_json()["reasons"]  # type: ignore[misc]
    assert reason["says"] == "No rule that we know lets this go, so it does not go."


def test_a_rule_that_only_limits_narrows_what_another_lets_go_and_lets_nothing_go_itself() -> None:
    some_stay = rule("limit", PART, tier=Tier.ETHICS, only_limits=True, boxes=({"kept_private": frozenset({"yes"})},))
    agreed = rule("agreed", MAY, tier=Tier.PRACTICE, boxes=({"wish": frozenset({"agrees"})},))
    alone = decided(some_stay, agreed, kept_private="yes")
    assert (alone.disposition, alone.rule) == (NO, None)
    assert decided(some_stay, agreed, kept_private="yes", wish="agrees").disposition is PART
    assert decided(some_stay, agreed, kept_private="no", wish="agrees").disposition is MAY
    assert decided(some_stay, rule("law", ASK), kept_private="yes").disposition is ASK


def test_a_limit_that_would_hide_something_less_open_is_refused() -> None:
    limit = rule("limit", PART, tier=Tier.ETHICS, only_limits=True)
    with pytest.raises(RuleOrderError, match="limit only limits, and so cannot go before shut, which is less open"):
        judge(limit, rule("shut", NO, tier=Tier.DEFAULT, speaker=Speaker.ETHICS))


@settings(max_examples=100, deadline=None)
@given(three_packs(), situations(FEW))
def test_by_any_rules_one_that_only_limits_never_makes_an_answer_more_open(
    packs: tuple[Pack, ...], situation: Situation
) -> None:
    unlimited = [replace(pack, rules=tuple(r for r in pack.rules if not r.only_limits)) for pack in packs]
    here, elsewhere = (reference.answer(arrange(some, on=NOON.date()), situation.values) for some in (packs, unlimited))
    assert here.disposition.closedness >= elsewhere.disposition.closedness


def test_a_duty_goes_before_everything_below_it() -> None:
    bar, duty = rule("bar", NO, tier=Tier.BAR), rule("duty", MUST, tier=Tier.DUTY)
    decision = decided(bar, duty)
    assert decision.rule is duty
    assert [(lost.rule, lost.by) for lost in decision.overridden] == [(bar, duty)]


def test_below_the_final_tiers_the_least_open_voice_is_the_answer() -> None:
    law, ethics, practice = (
        rule("law", MAY),
        rule("ethics", ASK, tier=Tier.ETHICS),
        rule("house", PART, tier=Tier.PRACTICE),
    )
    decision = decided(law, ethics, practice)
    assert decision.rule is ethics
    assert {lost.rule: lost.by for lost in decision.overridden} == {law: ethics, practice: ethics}


def test_on_a_tie_law_is_heard_before_ethics_and_ethics_before_the_practice() -> None:
    assert decided(rule("house", ASK, tier=Tier.PRACTICE), rule("ethics", ASK, tier=Tier.ETHICS)).rule.id == "ethics"  # type: ignore[union-attr]
    assert decided(rule("ethics", ASK, tier=Tier.ETHICS), rule("law", ASK)).rule.id == "law"  # type: ignore[union-attr]


def test_within_a_voice_the_first_match_speaks_and_beats_what_comes_after() -> None:
    consent, default = rule("consent", MAY, tier=Tier.CONSENT), rule("default", NO, tier=Tier.DEFAULT)
    ethics = rule("ethics", ASK, tier=Tier.ETHICS)
    decision = decided(default, consent, ethics)
    assert decision.rule is ethics
    assert {lost.rule.id: lost.by.id for lost in decision.overridden} == {"consent": "ethics", "default": "consent"}


def test_within_a_tier_the_special_rule_goes_before_and_otherwise_the_least_open() -> None:
    general, special = rule("general", NO), rule("special", MAY, over=("general",))
    assert decided(general, special).rule is special
    assert decided(general, rule("special", MAY)).rule is general


def test_two_rules_that_each_go_before_the_other_are_refused() -> None:
    with pytest.raises(RuleOrderError, match="goes round in a circle"):
        judge(rule("one", MAY, over=("two",)), rule("two", NO, over=("one",)))


def test_a_rule_is_in_force_from_its_first_day_until_the_day_before_its_end() -> None:
    dated = rule("dated", MAY, starts_on=date(2026, 1, 1), ends_on=date(2027, 1, 1))
    assert [dated.in_force(date(2025, 12, 31)), dated.in_force(date(2026, 1, 1))] == [False, True]
    assert [dated.in_force(date(2026, 12, 31)), dated.in_force(date(2027, 1, 1))] == [True, False]


def test_a_rule_that_is_switched_off_never_decides() -> None:
    assert decided(rule("perhaps", MAY, switched_on=False)).rule is None


def test_an_unknown_mark_that_makes_no_difference_changes_nothing() -> None:
    decision = decided(rule("law", ASK, ask=("client",)), kept_private="unknown")
    assert decision.disposition is ASK
    assert decision.ask == ("client",)


def test_an_unknown_mark_that_could_close_closes_and_says_who_can_settle_it() -> None:
    private: tuple[Box, ...] = ({"kept_private": frozenset({"yes"})},)
    rules = rule("law", MAY), rule("private", NO, tier=Tier.BAR, boxes=private)
    assert decided(*rules).disposition is MAY
    unknown = decided(*rules, kept_private="unknown")
    assert unknown.disposition is NO
    assert unknown.ask == ("client",)
    assert unknown.as_json()["ask"] == ["client"]


def test_an_unknown_age_is_decided_over_all_ages() -> None:
    old_enough: tuple[Box, ...] = ({"age": frozenset(range(12, 121))},)
    rules = rule("law", NO, tier=Tier.DEFAULT), rule("twelve", MAY, boxes=old_enough)
    assert decided(*rules, age=12).disposition is MAY
    assert decided(*rules, age="unknown").disposition is NO
    assert decided(*rules, age="unknown").assess == ("identity",)


def test_every_fact_that_spreads_can_be_settled_by_somebody() -> None:
    assert SETTLED_BY.keys() == {fact.name for fact in FACTS if fact.spreads}


def test_obligations_come_from_the_winner_then_from_its_side_then_from_what_always_holds() -> None:
    winner = rule("winner", ASK, tier=Tier.ETHICS, obligations=(Duty("record_reasons"),))
    same_side = rule("no", NO, tier=Tier.DEFAULT, obligations=(Duty("written_denial"),))
    other_side = rule("yes", MAY, obligations=(Duty("minimum_necessary"),))
    always = rule("always", None, obligations=(Duty("explain_limits_at_intake"), Duty("record_reasons")))
    decision = decided(winner, same_side, other_side, always)
    assert decision.rule is winner
    assert [due.duty.code for due in decision.obligations] == [
        "record_reasons",
        "written_denial",
        "explain_limits_at_intake",
    ]


def test_what_always_follows_sharing_stays_away_where_nothing_goes() -> None:
    always = rule("always", None, obligations=(Duty("log_disclosure"), Duty("record_reasons")))
    assert [due.duty.code for due in decided(rule("yes", MAY), always).obligations] == [
        "log_disclosure",
        "record_reasons",
    ]
    assert [due.duty.code for due in decided(rule("no", NO), always).obligations] == ["record_reasons"]


@pytest.mark.parametrize(
    ("one", "other", "shorter"),
    [
        (Duty("written_denial", "P30D", "request_received", "calendar"), Duty("written_denial"), "P30D"),
        (
            Duty("written_denial", "P1M", "decided", "calendar"),
            Duty("written_denial", "P4W", "decided", "calendar"),
            "P4W",
        ),
        (
            Duty("written_denial", "P5D", "decided", "working"),
            Duty("written_denial", "P6D", "decided", "calendar"),
            "P6D",
        ),
        (
            Duty("written_denial", "PT36H", "decided", "calendar"),
            Duty("written_denial", "P2D", "decided", "calendar"),
            "PT36H",
        ),
    ],
)
def test_of_two_clocks_for_one_duty_the_shorter_runs(one: Duty, other: Duty, shorter: str) -> None:
    for first, second in ((one, other), (other, one)):
        always = rule("always", None, obligations=(second,))
        (due,) = decided(rule("no", NO, obligations=(first,)), always).obligations
        assert due.duty.within == shorter


@pytest.mark.parametrize(("within", "days"), [("P1M", 31), ("P2W", 14), ("P1DT6H", 1.25), ("", float("inf"))])
def test_a_duty_lasts_as_many_days_as_its_clock_runs_and_for_ever_without_one(within: str, days: float) -> None:
    assert lasting(Duty("record_reasons", within)) == pytest.approx(days)


def test_every_obligation_says_who_does_what_and_when() -> None:
    for code, obligation in CODES.items():
        assert obligation.code == code
        assert obligation.who in WHO
        assert obligation.when in ("before", "after")
        assert obligation.says.endswith(".")
    assert len(set(EVENTS)) == len(EVENTS)


def test_a_due_date_is_said_in_the_words_of_the_contract() -> None:
    duty = Duty("written_denial", "P30D", "request_received", "calendar")
    (obligation,) = decided(rule("no", NO, obligations=(duty,))).as_json()["obligations"]  # type: ignore[misc]
    assert obligation["due"] == {"within": "P30D", "from": "request_received", "unit": "calendar"}
    assert obligation["when"] == "after"


def test_codes_are_gathered_from_all_rules_that_say_the_same() -> None:
    law, house = (
        rule("law", PART, limits=("themes_only",)),
        rule("house", PART, tier=Tier.PRACTICE, limits=("as_agreed",)),
    )
    loser = rule("ethics", MAY, tier=Tier.ETHICS, limits=("general_terms",))
    limits = decided(law, house, loser).as_json()["limits"]
    assert [limit["code"] for limit in limits] == ["themes_only", "as_agreed"]  # type: ignore[attr-defined]


def test_sharing_is_recommended_only_where_it_is_open_and_no_law_compels_it() -> None:
    expected = rule("danger", MAY, tier=Tier.SAFETY, recommended=True)
    assert decided(expected).as_json()["recommended"] == "yes"
    assert decided(expected, rule("duty", MUST, tier=Tier.DUTY)).as_json()["recommended"] == "no"
    assert decided(expected, rule("bar", NO, tier=Tier.BAR)).as_json()["recommended"] == "no"


def test_nothing_is_acknowledged_where_a_rule_on_the_closed_side_forbids_it() -> None:
    stranger = rule("ethics", NO, tier=Tier.ETHICS, neither_confirm_nor_deny=True)
    assert decided(rule("law", NO), stranger).acknowledge == "neither_confirm_nor_deny"
    assert decided(rule("duty", MUST, tier=Tier.DUTY), stranger).acknowledge == "yes"


def test_what_everybody_may_hear_can_go_without_a_word_about_the_record() -> None:
    general = rule("general", MAY, neither_confirm_nor_deny=True)
    assert decided(general).acknowledge == "neither_confirm_nor_deny"
    assert decided(general, rule("order", MUST, tier=Tier.ORDER)).acknowledge == "yes"


def test_what_says_the_same_as_the_winner_has_not_lost() -> None:
    bar, default, permit = rule("bar", NO, tier=Tier.BAR), rule("default", NO, tier=Tier.DEFAULT), rule("permit", MAY)
    decision = decided(bar, default, permit)
    assert decision.reasons == (bar, default)
    assert [lost.rule for lost in decision.overridden] == [permit]


def test_a_mark_that_leads_to_one_answer_by_two_rules_need_not_be_settled() -> None:
    private, open_to_all = ({"kept_private": frozenset({word})} for word in ("yes", "no"))
    rules = (
        rule("private", ASK, boxes=(private,), ask=("parent",)),
        rule("open", ASK, boxes=(open_to_all,), ask=("parent",)),
    )
    assert decided(*rules, kept_private="unknown").ask == ("parent",)


def test_a_decision_says_what_would_change_it() -> None:
    agreed: tuple[Box, ...] = ({"wish": frozenset({"agrees"})},)
    decision = decided(rule("law", NO, tier=Tier.DEFAULT), rule("agreed", MAY, boxes=agreed)).as_json()
    assert {"facts": {"client.wish": "agrees"}, "disposition": "may_share", "rule": "agreed"} in decision[
        "would_change"
    ]  # type: ignore[operator]


def test_a_reason_shows_how_sure_we_are_and_who_reviewed_it() -> None:
    (reason,) = decided(rule("law", ASK, confidence="unchecked")).as_json()["reasons"]  # type: ignore[misc]
    assert (reason["confidence"], reason["reviewed"], reason["version"]) == ("unchecked", "no", "7")


def test_what_a_rule_that_lost_obliges_to_is_not_done() -> None:
    lost = rule("yes", MAY, obligations=(Duty("record_reasons"),))
    assert decided(rule("no", NO, tier=Tier.BAR), lost).obligations == ()


def test_a_limit_stands_beside_what_is_as_open_as_it_is_and_not_beside_what_is_less_open() -> None:
    limit = rule("limit", PART, tier=Tier.ETHICS, only_limits=True)
    agreed: tuple[Box, ...] = ({"wish": frozenset({"agrees"})},)
    for effect, answer in ((MAY, (PART, "limit")), (PART, (PART, "limit")), (ASK, (ASK, "house"))):
        house = rule("house", effect, tier=Tier.PRACTICE, boxes=agreed)
        decision = decided(limit, house, wish="agrees")
        assert (decision.disposition, decision.rule and decision.rule.id) == answer
        assert decided(limit, house, wish="objects").rule is None
