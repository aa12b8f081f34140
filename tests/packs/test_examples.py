"""What people wrote in the handbook of each pack is what the engine says."""

from datetime import date
from functools import cache

import pytest

from halfdoor.disclosure.loading import bodies, shipped
from halfdoor.disclosure.reference import answer
from halfdoor.disclosure.table import Table, arrange
from halfdoor.disclosure.vocabulary import Value
from tests.packs.examples import PACKS, Example, of_contract, written
from tests.packs.tables import every_pack, standing

WRITTEN = list(written())


@cache
def _table(place: Value, day: date, *, of: str) -> Table:
    """Return the table of a place; beside it stands the code of a professional body whose handbook is read."""
    own = [pack for pack in bodies().values() if pack.id == of]
    return arrange([*standing(shipped(), place), *own], on=day)


@pytest.mark.parametrize("pack", [*(pack.id for pack in every_pack()), "the contract"])
def test_the_engine_answers_as_the_handbook_says(pack: str) -> None:
    examples = [example for example in WRITTEN if example.pack == pack]
    assert examples
    assert list(filter(None, map(_wrong, examples))) == []


def _wrong(example: Example) -> str:
    """Say what is otherwise than an example says; nothing where it holds."""
    values = example.situation.values
    said = answer(_table(values["place"], example.situation.at.date(), of=example.pack), values)
    by = said.rule.id if said.rule else "no rule"
    if said.disposition in example.accepts and example.because in ("", by):
        return ""
    told = f"{example.source} says {' or '.join(example.accepts)} because of {example.because or 'any rule'}"
    return f"{told}; now it is {said.disposition} because of {by}"


def test_every_example_of_the_contract_is_run() -> None:
    assert len(list(of_contract())) == 34


def test_every_pack_tells_its_examples_and_its_sources() -> None:
    for pack in every_pack():
        assert {path.name for path in (PACKS / pack.id).glob("*.md")} >= {"examples.md", "sources.md"}, pack.id


def test_every_rule_that_can_decide_is_the_reason_of_an_example() -> None:
    reasons = {example.because for example in WRITTEN}
    silent = [
        rule.id
        for pack in every_pack()
        for rule in pack.rules
        if rule.effect and rule.switched_on and rule.id not in reasons
    ]
    assert not silent, "add a row to examples.md in which these rules decide"
