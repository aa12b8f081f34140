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
