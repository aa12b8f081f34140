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
