"""In England and Wales a health professional is asked before the record goes, unless the young person knows it all."""

import pytest

from halfdoor.disclosure.judging import decide
from halfdoor.disclosure.situation import read


def _asked_for(*, relation: str, known: str) -> set[str]:
    situation = {
        "place": "england",
        "at": "2026-11-21T12:00:00Z",
        "client": {"age": 12, "status": "minor"},
        "care": {"practitioner": "not_regulated"},
        "recipient": {"relation": relation, "authority": "full", "identity": "verified"},
        "information": {"category": "progress"},
        "circumstances": {"recipient_already_knows": known},
        "purpose": "access_request",
    }
    return {duty.duty.code for duty in decide(read(situation)).obligations}


@pytest.mark.requirement("C4")
@pytest.mark.parametrize(
    ("relation", "known", "asked"),
    [("parent", "no", True), ("parent", "yes", True), ("self", "no", True), ("self", "yes", False)],
)
def test_what_a_parent_knows_does_not_spare_the_opinion(relation: str, known: str, *, asked: bool) -> None:
    assert ("weigh_harm" in _asked_for(relation=relation, known=known)) is asked
