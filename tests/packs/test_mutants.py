"""The breaks that ``make mutate`` tries are the slips that really happen, and it says so when nobody notices one."""

from halfdoor.disclosure.rules import Disposition, Rule
from tests.disclosure import small_house
from tests.packs import mutate
from tests.packs.mutants import mutants


def _rule(name: str) -> Rule:
    return next(rule for pack in small_house.packs() for rule in pack.rules if rule.id == name)


def test_a_rule_is_removed_turned_round_and_loosened_in_every_condition() -> None:
    broken = {mutant.done: mutant.rule for mutant in mutants(_rule("law.refused"))}
    assert broken["removed"] is None
    assert {"effect may_share", "effect assess_first", "any wish", "any age", "wish without objects"} - {*broken} == {
        "wish without objects"
    }, "a set of one value cannot lose it"
    assert {"age also 13", "age without 14", "wish also agrees"} <= {*broken}
    turned = broken["effect may_share"]
    assert turned is not None
    assert turned.effect is Disposition.MAY_SHARE


def test_a_rule_over_another_loses_its_place_once() -> None:
    done = [mutant.done for mutant in mutants(_rule("practice.objects"))]
    assert "no longer over practice.themes" in done


def test_what_no_example_and_no_promise_speaks_of_is_reported(monkeypatch) -> None:
    packs = small_house.packs()
    here = frozenset({"us"})
    monkeypatch.setattr(mutate, "grounds", lambda: (mutate.Ground(packs, here, ()),))
    unnoticed = mutate.unnoticed(next(rule for rule in packs[0].rules if rule.id == "law.refused"))
    assert any(line.startswith("law.refused: removed\n") for line in unnoticed)
    noticed = mutate.unnoticed(next(rule for rule in packs[1].rules if rule.id == "ethics.process-notes"))
    assert not any("effect may_share" in line for line in noticed), "a promise speaks of this one"
