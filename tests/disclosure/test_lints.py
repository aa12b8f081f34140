"""Warnings for whoever writes rules."""

from datetime import date

import pytest

from halfdoor.disclosure.geometry import covered, meet
from halfdoor.disclosure.lints import lint
from halfdoor.disclosure.loading import from_files
from halfdoor.disclosure.vocabulary import BY_NAME

TODAY = date(2026, 11, 2)


def warnings(rules: str, *, speaker: str = "law", beside: str = "") -> dict[str, str]:
    header = f'[pack]\nid = "a"\nversion = "1"\nspeaker = "{speaker}"\nsays = "Words."\nfor = "all"\n'
    packs = [from_files({"pack.toml": (header + rules).encode()})]
    if beside:
        law = '[pack]\nid = "b"\nversion = "1"\nspeaker = "law"\nsays = "Words."\nfor = "all"\n'
        packs.append(from_files({"pack.toml": (law + beside).encode()}))
    return {
        found.rule: found.about for found in lint(packs, on=TODAY) if found.about not in ("no-citation", "not-reviewed")
    }


def rule(name: str, effect: str, when: str, *, tier: str = "bar", more: str = "") -> str:
    return f'[[rule]]\nid = "{name}"\ntier = "{tier}"\neffect = "{effect}"\nsays = "Words."\nwhen = {when}\n{more}\n'


SHUT = rule("a.shut", "withhold", '{ relation = "parent", category = ["themes", "progress"] }')
OPEN = rule("a.open", "may_share", '{ relation = ["parent", "guardian"], category = "themes" }')


def test_opposites_in_one_tier_without_over_are_named() -> None:
    assert warnings(SHUT + OPEN) == {"a.shut": "opposed"}


def test_opposites_that_say_which_goes_first_are_fine() -> None:
    assert warnings(SHUT + OPEN + 'over = ["a.shut"]\n') == {}


def test_opposites_that_never_meet_are_fine() -> None:
    assert warnings(SHUT + OPEN.replace('"themes"', '"billing"')) == {}


def test_a_rule_behind_others_that_together_match_everywhere_it_does_never_decides() -> None:
    one = rule("a.one", "withhold", '{ wish = "objects" }')
    other = rule("a.other", "withhold", '{ wish = { not = "objects" } }')
    behind = rule("a.behind", "withhold", '{ relation = "parent" }', tier="safety")
    assert warnings(one + other + behind) == {"a.behind": "never-decides"}
    assert warnings(one + behind) == {}


def test_a_practice_rule_under_a_law_that_closes_opens_nothing() -> None:
    house = rule("a.house", "may_share", '{ category = "themes" }', tier="practice")
    closed = rule("b.closed", "withhold", "{}", tier="default")
    partly = rule("b.partly", "may_share", '{ relation = "parent" }', tier="permit")
    assert warnings(house, speaker="practice", beside=closed) == {"a.house": "opens-what-is-closed"}
    assert warnings(house, speaker="practice", beside=closed + partly) == {}
    assert warnings(house, speaker="practice", beside=rule("b.bar", "withhold", "{}")) == {
        "a.house": "opens-what-is-closed"
    }


@pytest.mark.parametrize(
    ("more", "about"),
    [
        ('over = ["a.nothing"]', "not-there"),
        ("until = 2026-11-02", "outside-its-dates"),
        ("from = 2026-11-03", "outside-its-dates"),
    ],
)
def test_what_a_rule_names_or_when_it_stands_is_looked_at(more: str, about: str) -> None:
    assert warnings(rule("a.one", "withhold", "{}", more=more)) == {"a.one": about}


def test_a_rule_that_opens_where_a_fact_is_unknown_but_not_where_it_is_known_is_named() -> None:
    assert warnings(rule("a.one", "may_share", '{ authority = { not = "ended" } }')) == {"a.one": "opens-on-unknown"}
    assert warnings(rule("a.one", "withhold", '{ authority = { not = "ended" } }')) == {}
    assert warnings(rule("a.one", "may_share", '{ kept_private = "no" }')) == {}


def test_over_another_tier_has_no_effect_and_says_so() -> None:
    other = rule("a.other", "withhold", '{ wish = "objects" }', tier="order")
    assert warnings(other + rule("a.one", "withhold", "{}", more='over = ["a.other"]')) == {"a.one": "other-tier"}


def test_a_pack_that_builds_on_one_that_is_not_there_is_named() -> None:
    assert warnings('builds_on = ["b"]\n') == {"a": "not-there"}


def test_boxes_meet_where_both_hold() -> None:
    assert meet({"wish": frozenset({"agrees", "objects"})}, {"wish": frozenset({"objects"})}) == {"wish": {"objects"}}
    assert meet({"wish": frozenset({"agrees"})}, {"wish": frozenset({"objects"})}) is None
    assert meet({}, {"wish": frozenset({"objects"})}) == {"wish": {"objects"}}


def test_a_mark_is_covered_by_yes_and_no_because_its_unknown_is_decided_over_both() -> None:
    assert covered({}, [{"kept_private": frozenset({"yes"})}, {"kept_private": frozenset({"no"})}])
    assert not covered({}, [{"emergency": frozenset({"yes"})}, {"emergency": frozenset({"no"})}])
    assert not covered({}, [])


def test_a_rule_of_a_law_that_may_not_be_in_force_says_that_it_decides_nothing() -> None:
    unsure = rule("a.one", "may_share", "{}", more='confidence = "uncertain"')
    assert warnings(unsure) == {"a.one": "switched-off"}


def test_what_is_left_of_a_box_is_never_wider_than_it_was() -> None:
    agrees, either = frozenset({"agrees"}), frozenset({"agrees", "objects"})
    parents = frozenset({"parent"})
    others = frozenset(BY_NAME["relation"].values) - parents
    assert covered({"wish": agrees}, [{"wish": either, "relation": parents}, {"wish": agrees, "relation": others}])
    assert not covered({"wish": either}, [{"wish": either, "relation": parents}, {"wish": agrees, "relation": others}])


def test_what_somebody_reviewed_and_can_be_checked_is_not_warned_of() -> None:
    header = '[pack]\nid = "a"\nversion = "1"\nspeaker = "law"\nsays = "Words."\nfor = "all"\n'
    checked = 'cites = [{ source = "A law", section = "1" }]\nreviewed = "A lawyer"'
    for more, about in (("", {"no-citation", "not-reviewed"}), (checked, set())):
        pack = from_files({"pack.toml": (header + rule("a.one", "withhold", "{}", more=more)).encode()})
        assert {found.about for found in lint([pack], on=TODAY)} == about


def test_a_practice_rule_that_closes_under_a_law_that_closes_is_fine() -> None:
    house = rule("a.house", "withhold", '{ category = "themes" }', tier="practice")
    assert warnings(house, speaker="practice", beside=rule("b.closed", "withhold", "{}", tier="default")) == {}
