"""A practice's own rules beside the shipped ones: what is new in them, what they loosen, and what they open."""

from datetime import date

import pytest

from halfdoor.disclosure import house_rules
from halfdoor.disclosure.comparing import Change, Said
from halfdoor.disclosure.records import replace
from halfdoor.disclosure.rules import Disposition, Pack, Rule, Speaker, Tier

MUST, MAY, PART, ASK, ASSESS, NO = Disposition
TODAY = date(2026, 11, 2)


def rule(name: str, effect: Disposition = ASK, **more: object) -> Rule:
    return Rule(f"ours.{name}", "ours", Speaker.PRACTICE, Tier.DEFAULT, effect, ({},), "Ours.", **more)


def house(*rules: Rule, **more: object) -> Pack:
    pack = Pack("ours", "1", Speaker.PRACTICE, "Our rules.", frozenset({"us"}), (), rules, "")
    return replace(pack, **more)


def change(before: Disposition, after: Disposition) -> Change:
    return Change(Said(before, "one"), Said(after, "other"), 1, {})


def test_rules_that_are_new_and_rules_that_read_otherwise_are_told_apart() -> None:
    old = house(rule("kept"), rule("changed"), rule("gone"))
    new = house(rule("kept"), rule("changed", NO), rule("new"))
    assert house_rules.added(old, new) == ["ours.new"]
    assert house_rules.loosened(old, new) == ["ours.changed", "ours.gone"]


def test_another_name_of_the_pack_is_no_other_rule() -> None:
    old = house(rule("one", over=("ours.two", "law.three")), rule("two"))
    renamed = house_rules.under_the_name("theirs", old)
    assert [(one.id, one.pack, one.over) for one in renamed.rules] == [
        ("theirs.one", "theirs", ("theirs.two", "law.three")),
        ("theirs.two", "theirs", ()),
    ]
    assert house_rules.added(old, renamed) == house_rules.loosened(old, renamed) == []


@pytest.mark.parametrize(("field", "turned"), [("switch_on", ["law.b"]), ("switch_off", ["law.b"])])
def test_a_switch_that_is_turned_either_way_is_told(field: str, turned: list[str]) -> None:
    old, new = house(**{field: ("law.a",)}), house(**{field: ("law.b", "law.a")})
    assert house_rules.turned(old, new) == house_rules.turned(new, old) == turned
    assert house_rules.turned(new, new) == []


def test_what_opens_is_told_before_what_closes_and_a_mere_reason_not_at_all() -> None:
    closing, opening, reason = change(MAY, ASK), change(NO, ASK), change(ASK, ASK)
    assert house_rules.answered_otherwise([closing, reason, opening]) == [opening, closing]
    assert [house_rules.opens(one) for one in (opening, closing, reason)] == [True, False, False]


def test_days_to_look_at_are_this_one_and_later_ones_on_which_a_rule_starts_or_ends() -> None:
    days = [date(2026, 11, 1), TODAY, date(2026, 11, 3), date(2027, 1, 1)]
    old = house(rule("old", starts_on=days[0], ends_on=days[2]))
    new = house(rule("new", starts_on=days[1]), rule("later", starts_on=days[3]))
    found = house_rules.days_that_differ(old, new, place="us", on=TODAY)
    assert found[:2] == [TODAY, days[2]]
    assert days[3] in found
    assert found == sorted(set(found))


def test_house_rules_stand_in_for_the_shipped_ones_of_their_place_only() -> None:
    ids = {pack.id for pack in house_rules.beside(house(), place="us")}
    assert {"us", "ethics"} <= ids
    assert not {"practice", "england", "ours"} & ids
    law = replace(house(), speaker=Speaker.LAW)
    assert "practice" in {pack.id for pack in house_rules.beside(law, place="us")}


def test_only_what_is_unlike_the_defaults_is_worth_telling() -> None:
    assert house_rules.unusual({"wish": "not_asked", "relation": "payer"}) == {"relation": "payer"}


def test_house_rules_in_one_text_leave_behind_what_decides_nothing() -> None:
    files = {"z.toml": "z\n\n", "pack.toml": "head\n", "a.toml": "a", "invariants.toml": "promise"}
    assert house_rules.as_one_text(files) == "head\n\na\n\nz\n"
    shipped = 'id = "practice"\nid = "practice.one"\nover = ["practice.two"]\nsays = "Our practice. In practice."'
    renamed = 'id = "ours"\nid = "ours.one"\nover = ["ours.two"]\nsays = "Our practice. In practice."'
    assert house_rules.renamed(shipped, "ours") == renamed


def test_what_a_change_of_house_rules_changes_is_told_for_its_places_alone() -> None:
    assert house_rules.shipped_house().id == "practice"
    everywhere = frozenset({"none"})
    old, new = house(rule("one", MAY), places=everywhere), house(rule("one", NO), places=everywhere, id="ours")
    found = house_rules.changes(old, new, place="none", on=TODAY)
    assert found
    assert {one.after for one in found} == {Said(NO, "ours.one")}
    assert house_rules.changes(house(rule("one", MAY)), house(rule("one", NO)), place="none", on=TODAY) == ()


def test_a_switch_of_a_law_that_has_none_is_warned_of_and_one_that_has_is_not() -> None:
    has = sorted(house_rules.uncertain())[0]
    told = [*house_rules.warnings(house(switch_on=("law.b", has), switch_off=("law.a",)), place="us", on=TODAY)]
    (warning,) = [one for one in told if one.about == house_rules.NO_SWITCH]
    assert (warning.rule, warning.named) == ("ours", ("law.a", "law.b"))
    sure = house_rules.warnings(house(switch_on=(has,)), place="us", on=TODAY)
    assert not [one for one in sure if one.about == house_rules.NO_SWITCH]


def test_only_what_is_new_or_changed_is_refused_and_only_for_opening_nothing() -> None:
    everywhere = frozenset({"none"})
    forbidden = {"order": frozenset({"court_order_not_to_share"}), "category": frozenset({"themes"})}
    opening = replace(rule("open", MAY), tier=Tier.PRACTICE, boxes=(forbidden,))
    old, new = house(rule("one"), places=everywhere), house(rule("one"), opening, places=everywhere)
    (refused,) = house_rules.refusals(old, new, place="none", on=TODAY)
    assert (refused.about, refused.rule) == (house_rules.OPENS_WHAT_IS_CLOSED, "ours.open")
    assert house_rules.refusals(new, new, place="none", on=TODAY) == []
    unheard = house(switch_on=("law.b",), places=everywhere)
    assert [one.about for one in house_rules.refusals(old, unheard, place="none", on=TODAY)] == [house_rules.NO_SWITCH]


def test_warnings_are_of_the_rules_of_the_practice_and_not_of_those_beside_them() -> None:
    told = [*house_rules.warnings(house(rule("one"), places=frozenset({"none"})), place="none", on=TODAY)]
    assert {one.about for one in told} >= {"no-citation", "not-reviewed"}
    assert {one.rule for one in told} == {"ours.one"}
