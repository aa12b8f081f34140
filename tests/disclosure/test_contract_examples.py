"""The examples that came with the contract."""

import json
from pathlib import Path
from typing import Any

import pytest

from halfdoor.disclosure import decide, read, words
from halfdoor.disclosure.obligations import CODES
from halfdoor.disclosure.reading import schema

CONTRACT = Path(__file__).parents[1] / "contract"
EXAMPLES = [json.loads(line) for line in (CONTRACT / "examples.jsonl").read_text("utf-8").splitlines()]

FIELDS = {
    *("contract", "disposition", "recommended", "limits", "ask", "assess", "acknowledge", "reasons", "overridden"),
    *("obligations", "alternatives", "would_change", "replay"),
}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example['id']}: {example['title']}")
def test_an_example_of_the_contract_is_decided_as_it_says(example: dict[str, Any]) -> None:
    decision = decide(read(example["situation"])).as_json()
    assert decision["disposition"] in example["accept"]
    assert decision["disposition"] not in example["reject"]
    assert {name: decision[name] for name in example.get("also", {})} == example.get("also", {})


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: str(example["id"]))
def test_a_decision_has_the_fields_of_the_contract_and_only_its_words(example: dict[str, Any]) -> None:
    decision: Any = decide(read(example["situation"])).as_json()
    assert decision.keys() == FIELDS
    assert {*decision["ask"]} <= words.ASK.keys()
    assert {*decision["assess"]} <= words.ASSESS.keys()
    assert {limit["code"]: limit["says"] for limit in decision["limits"]}.items() <= words.LIMITS.items()
    assert {other["code"]: other["says"] for other in decision["alternatives"]}.items() <= words.ALTERNATIVES.items()
    assert {duty["code"] for duty in decision["obligations"]} <= CODES.keys()
    assert all(duty["when"] in ("before", "after") for duty in decision["obligations"])
    assert decision["reasons"][0].keys() >= {"rule", "pack", "version", "says", "cites", "tier"}
    assert decision["replay"].keys() == {"packs", "situation_sha256", "engine"}
    json.dumps(decision)


def test_there_are_as_many_examples_as_the_contract_has() -> None:
    assert len(EXAMPLES) == 34


def test_the_vocabulary_is_the_one_the_contract_was_agreed_on() -> None:
    agreed = json.loads((CONTRACT / "situation.schema.json").read_text("utf-8"))
    assert schema() == agreed, "words may be added to the contract, never changed: then write the schema anew"
