"""Who has to be told of a breach, by when: read from the packs, and called for by whatever is not known."""

from collections.abc import Mapping
from typing import Any

import pytest

from halfdoor.disclosure.boxes import PackError
from halfdoor.disclosure.breaching import WORDS, notices, notices_in
from halfdoor.disclosure.vocabulary import BY_NAME

PLACES = [str(place) for place in BY_NAME["place"].values if place != "none"]
FEW = {"people": "fewer_than_500"}


def due(place: str, **known: str) -> dict[str, str]:
    return {notice.id.partition(".")[2]: notice.within for notice in notices_in(place, known=known)}


@pytest.mark.requirement("C12")
@pytest.mark.parametrize(
    ("place", "known", "expected"),
    [
        ("us-ca", FEW | {"risk": "likely"}, {"breach-tell-the-person": "P60D", "breach-report-few": "P60D"}),
        (
            "us",
            {"people": "500_or_more", "risk": "high"},
            {"breach-tell-the-person": "P60D", "breach-report-many": "P60D", "breach-tell-the-media": "P60D"},
        ),
        ("us", FEW | {"risk": "unlikely"}, {}),
        ("england", FEW | {"risk": "likely"}, {"breach-report": "PT72H"}),
        ("wales", FEW | {"risk": "high"}, {"breach-report": "PT72H", "breach-tell-the-person": ""}),
        ("england", FEW | {"risk": "unlikely"}, {}),
        ("none", {"risk": "high"}, {}),
    ],
)
def test_what_a_breach_calls_for(place: str, known: Mapping[str, str], expected: Mapping[str, str]) -> None:
    assert due(place, **known) == expected


@pytest.mark.parametrize("place", PLACES)
def test_not_knowing_calls_for_every_notice_that_any_answer_would(place: str) -> None:
    answers = [{"risk": risk, "people": people} for risk in WORDS["risk"] for people in WORDS["people"]]
    assert due(place).keys() == {name for known in answers for name in due(place, **known)} != set()


def _wrong(**fields: Any) -> Mapping[str, Any]:
    return {
        "id": "us.breach-x",
        "to": "person",
        "when": {"risk": ["high"]},
        "since": "event_known",
        "says": "Tell them.",
        "cites": [{"source": "45 CFR", "section": "164.404"}],
        "confidence": "read",
        "reviewed": "no",
    } | fields


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id", "ca.breach-x"),
        ("to", "everybody"),
        ("when", {"risk": ["enormous"]}),
        ("when", {"weather": ["bad"]}),
        ("within", "60 days"),
        ("since", "tomorrow"),
        ("says", " "),
        ("confidence", "sure"),
        ("reviewed", "yes"),
        ("color", "red"),
    ],
)
def test_a_wrong_notice_is_an_error_with_its_field(field: str, value: Any) -> None:
    assert list(notices({"notice": [_wrong()]}, pack="us"))
    with pytest.raises(PackError) as refused:
        list(notices({"notice": [_wrong(**{field: value})]}, pack="us"))
    assert refused.value.field == (f"{field}.{next(iter(value))}" if isinstance(value, dict) else field)
    assert (refused.value.file, refused.value.rule) == ("breach.toml", value if field == "id" else "us.breach-x")


def test_what_is_wrong_inside_a_notice_or_beside_it_is_named_too() -> None:
    for found in ({"notice": [_wrong(cites=[{"source": "45 CFR"}])]}, {"notice": [_wrong()], "notices": []}):
        with pytest.raises(PackError) as refused:
            list(notices(found, pack="us"))
        assert refused.value.field == ("notices" if "notices" in found else "cites.section")
