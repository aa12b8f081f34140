"""
What is written for other engines says the same. `make bench` asks Cedar and Rego themselves; here the Cedar policies
are read as the plain conditions that they are.
"""

import re
from collections.abc import Mapping
from types import SimpleNamespace

import pytest
from hypothesis import given, settings

from halfdoor.cli import main
from halfdoor.disclosure import reference
from halfdoor.disclosure.exporting import FINAL, cedar, groups, rego
from halfdoor.disclosure.rules import Disposition
from halfdoor.disclosure.situation import Situation
from halfdoor.disclosure.table import Table
from halfdoor.disclosure.vocabulary import Value
from tests.disclosure import small_house
from tests.disclosure.strategies import FEW, situations, tables

POLICY = re.compile(r'@id\("(\w+) (\d+) (\d) \S+"\)\npermit\(principal, action, resource\) when \{ (.*) \};')


def read(policies: str, values: Mapping[str, Value]) -> Disposition:
    """Return the answer of Cedar policies, by what the export says about them."""
    first: dict[str, tuple[int, int]] = {}
    for group, turn, closedness, condition in POLICY.findall(policies):
        condition = re.sub(r"(\[[^]]*\])\.contains\((context\.\w+)\)", r"\2 in \1", condition)
        condition = condition.replace("&&", "and").replace("true", "True")
        if eval(condition, {"context": SimpleNamespace(**values)}):
            first[group] = min(first.get(group, (999, 0)), (int(turn), int(closedness)))
    voices = [closedness for group, (_, closedness) in first.items() if group != FINAL]
    return [*Disposition][first[FINAL][1] if FINAL in first else max(voices, default=5)]


@settings(max_examples=100, deadline=None)
@given(tables(), situations(FEW))
def test_cedar_policies_say_what_the_reference_says(table: Table, situation: Situation) -> None:
    known = {**situation.values, **dict.fromkeys(situation.unknown, "no"), "age": 15, "status": "minor"}
    assert read(cedar(table), known) is reference.answer(table, known).disposition


def test_rego_has_an_arm_for_each_box_of_each_rule_in_the_order_in_which_they_are_heard() -> None:
    table = small_house.table()
    arms = [rule.id for rules in groups(table).values() for rule in rules for _ in rule.boxes]
    assert re.findall(r"# (\S+)$", rego(table), re.MULTILINE) == arms


def test_the_command_writes_the_rules_of_a_place(capsys) -> None:
    assert main(["packs", "export", "cedar", "england"]) == 0
    written = capsys.readouterr().out
    assert "england-wales.default" in written
    assert "us." not in written
    assert main(["packs", "export", "rego", "us-ca"]) == 0
    assert "us-ca." in capsys.readouterr().out


def test_a_place_that_there_is_not_is_named(capsys) -> None:
    assert main(["packs", "export", "rego", "atlantis"]) == 2
    assert "there is no place atlantis, but us, us-al" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["law.refused", "practice.default"])
def test_a_policy_names_the_rule_that_it_comes_from(name: str) -> None:
    assert f' {name}")' in cedar(small_house.table())


AGES = frozenset(range(12, 16))


@pytest.mark.parametrize(
    ("allowed", "in_cedar", "in_rego"),
    [
        (frozenset({15}), "context.age == 15", "input.age == 15"),
        (AGES, "context.age >= 12 && context.age <= 15", "input.age in {12, 13, 14, 15}"),
        (AGES - {13}, "[12, 14, 15].contains(context.age)", "input.age in {12, 14, 15}"),
        (frozenset({0, 1}), "context.age >= 0 && context.age <= 1", "input.age in {0, 1}"),
    ],
)
def test_ages_are_written_as_a_span_only_where_none_is_left_out(
    allowed: frozenset[Value], in_cedar: str, in_rego: str
) -> None:
    table = small_house.opening({"age": allowed})(small_house.table())
    assert f"when {{ {in_cedar} }};" in cedar(table)
    assert f"{{ {in_rego} }} # law.hole" in rego(table)


def test_rego_hears_the_final_rules_first_and_then_the_most_closed_voice() -> None:
    written = rego(small_house.table())
    assert "spoken := [said | some said in [heard_law, heard_ethics, heard_practice]; said >= 0]" in written
    assert "answer := heard_final if heard_final >= 0 else := max(spoken) if count(spoken) > 0" in written
    assert "default answer := 5" in written
    assert "default heard_final := -1" in written


def test_words_are_written_in_quotes_and_what_says_nothing_as_always_true() -> None:
    one, both, always = frozenset({"objects"}), frozenset({"objects", "agrees"}), small_house.opening({})
    table = small_house.opening({"wish": one, "relation": both})(small_house.table())
    says = 'context.wish == "objects" && ["agrees", "objects"].contains(context.relation)'
    assert f"when {{ {says} }};" in cedar(table)
    assert '{ input.wish == "objects"; input.relation in {"agrees", "objects"} } # law.hole' in rego(table)
    assert "when { true };" in cedar(always(table))
    assert "{ true } # law.hole" in rego(always(table))


def test_a_voice_that_says_nothing_is_not_asked() -> None:
    ethics = [rule for rule in small_house.table().voices[1] if rule.id == "ethics.agreed"]
    alone = Table((), (), ((), tuple(ethics), ()), ())
    assert {group: [rule.id for rule in rules] for group, rules in groups(alone).items()} == {
        FINAL: [],
        "ethics": ["ethics.agreed"],
    }
    assert "[heard_ethics]" in rego(alone)
