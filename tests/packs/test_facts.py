"""No fact of law that was collected is lost: a rule carries it, or the sources of a pack say why none does."""

import re
import tomllib
from collections import Counter

import pytest

from halfdoor.disclosure.clocking import clocks_in
from halfdoor.disclosure.loading import shipped
from halfdoor.disclosure.rules import Disposition
from tests.packs.examples import PACKS, ROOT, written

LAW = ROOT.parent / "shared" / "law"
REASONS = (
    "not about sharing",
    "another fact says it",
    "not reachable",
    "outside the places",
)
"""Why a fact may stand in no rule: what the line that names it in ``sources.md`` has to say."""

LEFT_TO_READ = ("second_hand", "unchecked")
"""How sure a rule may be while its text was not read whole."""

_FACT = re.compile(r"^\s*- \{?id: ?([A-Z0-9][A-Z0-9-]+)", re.MULTILINE)
_DUTY_OF_A_HOME = re.compile(r"^\| (O\d\d) \|", re.MULTILINE)
_WORD = re.compile(r"[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)+")


def collected(pattern: re.Pattern[str] = _FACT) -> set[str]:
    return {fact for file in LAW.glob("*.md") for fact in pattern.findall(file.read_text(encoding="utf-8"))}


def carried() -> set[str]:
    """Return the facts that rules name: those that decide, bring duties, keep records, call for notices, run clocks."""
    tables = [tomllib.loads(file.read_text(encoding="utf-8")) for file in PACKS.glob("*/*.toml")]
    kinds = ("rule", "always", "keep", "notice", "longer", "limit", "birthday")
    rules = [rule for table in tables for kind in kinds for rule in table.get(kind, ())]
    return {fact for rule in rules for fact in rule.get("facts", ())}


def explained() -> dict[str, str]:
    """Return the facts that the sources of a pack leave out, each with the line that says why."""
    lines = [line for file in PACKS.glob("*/sources.md") for line in file.read_text(encoding="utf-8").splitlines()]
    return {fact: line for line in lines for fact in _WORD.findall(line) if any(why in line for why in REASONS)}


needs_law = pytest.mark.skipif(not LAW.is_dir(), reason="the collected facts lie beside the project, not in it")


@needs_law
def test_every_collected_fact_is_carried_by_a_rule_or_left_out_for_a_reason() -> None:
    assert len(collected()) > 150
    assert sorted(collected() - carried() - explained().keys()) == []


@needs_law
def test_no_rule_names_a_fact_that_nobody_collected() -> None:
    assert sorted(carried() - collected() - collected(_DUTY_OF_A_HOME)) == []


@needs_law
def test_at_most_a_quarter_is_left_out() -> None:
    assert len(collected() - carried()) <= len(collected()) / 4


def test_what_is_uncertain_opens_nothing_and_closes_only_until_somebody_has_looked() -> None:
    uncertain = [rule for pack in shipped() for rule in pack.rules if rule.effect and rule.confidence == "uncertain"]
    decides = {rule.id: rule.effect for rule in uncertain if rule.switched_on}
    assert "england.report-child-sexual-abuse" in {rule.id for rule in uncertain} - decides.keys()
    assert "england.inspection-and-the-clinical-record" in decides
    assert set(decides.values()) == {Disposition.ASSESS_FIRST}


def test_a_law_is_shown_by_25_worked_examples_and_what_a_state_adds_by_8() -> None:
    shown = Counter(example.source.partition(":")[0] for example in written())
    laws = {pack.id: 8 if pack.id.startswith("us-") else 25 for pack in shipped() if pack.speaker == "law"}
    assert {law: shown[law] for law, enough in laws.items() if shown[law] < enough} == {}


def test_the_federal_table_of_sections_names_rules_that_there_are() -> None:
    table = (PACKS / "us" / "sources.md").read_text(encoding="utf-8").partition("## Section by section")[2]
    named = set(re.findall(r"`([a-z]+\.[a-z-]+)`", table.partition("## Not encoded")[0])) - {"breach.toml"}
    rules = {rule.id for pack in shipped() for rule in pack.rules}
    assert named - rules - {clock.id for clock in clocks_in("us")} == set()
    assert {rule.id for pack in shipped() if pack.id == "us" for rule in pack.rules} - named == set()


def test_whatever_rests_on_somebody_elses_word_says_what_was_looked_for_and_not_found() -> None:
    kinds = ("rule", "always", "keep", "notice", "longer", "limit", "birthday")
    silent = []
    for file in sorted(PACKS.glob("*/*.toml")):
        sought = (file.parent / "sources.md").read_text(encoding="utf-8").partition("## Looked for, not found")[2]
        table = tomllib.loads(file.read_text(encoding="utf-8"))
        told = [rule for kind in kinds for rule in table.get(kind, ()) if rule.get("confidence") in LEFT_TO_READ]
        silent += [rule["id"] for rule in told if f"`{rule['id']}`" not in sought]
    assert silent == []
