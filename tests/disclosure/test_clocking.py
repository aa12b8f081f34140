"""The clocks of a place stand in its packs, each with its source: none is hidden in code."""

import json

import pytest

from halfdoor.cli import main
from halfdoor.disclosure.boxes import PackError
from halfdoor.disclosure.clocking import clocks, clocks_in, every_clock, limit_of, longer_by, of_age
from halfdoor.disclosure.loading import shipped
from halfdoor.disclosure.vocabulary import BY_NAME
from halfdoor.service.people import majority

PLACES = [str(place) for place in BY_NAME["place"].values]
LONGER = {
    "id": "x.longer",
    "of": "respond_to_access_request",
    "within": "P30D",
    "more": "P30D",
    "says": "Longer, once.",
    "cites": [{"source": "45 CFR", "section": "164.524"}],
    "confidence": "read",
    "reviewed": "no",
}


@pytest.mark.requirement("C4", "C5")
def test_a_request_for_the_record_may_take_as_much_longer_as_the_law_of_the_place_says() -> None:
    access = "respond_to_access_request"
    assert longer_by("us-ca", code=access, within="P30D") == "P30D"
    assert longer_by("wales", code=access, within="P1M") == "P2M"
    assert longer_by("england", code=access, within="P30D") == ""
    assert longer_by("us", code="report_in_writing", within="P30D") == ""
    assert longer_by("none", code=access, within="P30D") == ""


def test_a_summary_is_there_within_a_day_and_a_word_of_mouth_holds_a_month() -> None:
    for place in PLACES:
        assert [limit_of(place, what).within for what in ("session_summary", "hold_by_word_of_mouth")] == [
            "PT24H",
            "P30D",
        ]


def test_the_packs_alone_say_when_somebody_is_of_age() -> None:
    assert {place: of_age(place) for place in PLACES} == {**dict.fromkeys(PLACES, 18), "us-al": 19}
    assert majority.age_in("us-al") == 19


def test_while_nobody_says_when_somebody_is_of_age_nobody_is(monkeypatch) -> None:
    monkeypatch.setattr(majority, "_says", [])
    assert majority.age_in("us-al") is None


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("us-tx", {("duty", "report_to_child_protection", "PT24H"), ("duty", "respond_to_access_request", "P30D")}),
        ("us-ca", {("duty", "report_to_police", "PT24H"), ("longer", "respond_to_access_request", "P30D")}),
        ("england", {("duty", "respond_to_access_request", "P1M"), ("breach", "regulator", "PT72H")}),
        ("us", {("breach", "person", "P60D")}),
    ],
)
def test_every_clock_of_a_place_is_told_with_its_source(place, expected, capsys) -> None:
    assert main(["packs", "clocks", place]) == 0
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert expected <= {(one["kind"], one.get("of"), one.get("within")) for one in told}
    assert all(one["cites"] and one["confidence"] and one["says"] for one in told)


def test_an_english_home_keeps_a_record_for_75_years() -> None:
    kept = [one for one in every_clock("england") if one["kind"] == "keep"]
    assert any({"since": "born_on", "years": 75} in one["until"] for one in kept)


@pytest.mark.parametrize(
    ("kind", "break_it", "says"),
    [
        ("longer", {"more": "a month"}, "ISO 8601"),
        ("longer", {"of": "call_back"}, "respond_to_access_request"),
        ("longer", {"id": "y.longer"}, "'x.'"),
        ("longer", {"colour": "blue"}, "colour"),
        ("limit", {}, "session_summary"),
        ("birthday", {"age": "16"}, "an age in years"),
    ],
)
def test_a_clock_that_cannot_be_read_says_where(kind, break_it, says) -> None:
    with pytest.raises(PackError, match=says):
        list(clocks({kind: [LONGER | break_it]}, pack="x"))


def test_at_12_13_14_16_and_18_something_changes_somewhere_by_the_rules_themselves() -> None:
    boxes = [box["age"] for pack in shipped() for rule in pack.rules for box in rule.boxes if "age" in box]
    known = [{age for age in ages if isinstance(age, int)} for ages in boxes]
    turning = {age for ages in known for age in range(1, 100) if (age in ages) != (age - 1 in ages)}
    assert {12, 13, 14, 16, 18} <= turning


def test_birthdays_are_named_with_their_source() -> None:
    assert {clock.age for place in PLACES for clock in clocks_in(place) if clock.kind == "birthday"} == {16, 18, 19}


def test_a_clock_of_a_duty_is_told_with_the_days_it_counts() -> None:
    duties = [one for one in every_clock("us-tx") if one["kind"] == "duty"]
    assert {(one["of"], one["since"], one["unit"]) for one in duties} >= {
        ("respond_to_access_request", "request_received", "calendar")
    }


@pytest.mark.parametrize(
    ("table", "field"),
    [
        ({"longer": [LONGER], "limits": []}, "limits"),
        ({"longer": [LONGER | {"cites": [{"section": "1"}]}]}, "cites.source"),
    ],
)
def test_what_is_wrong_inside_a_clock_or_beside_it_is_named(table, field) -> None:
    with pytest.raises(PackError) as refused:
        list(clocks(table, pack="x"))
    assert (refused.value.file, refused.value.field) == ("clocks.toml", field)


@pytest.mark.parametrize(
    ("clock", "run"),
    [
        (
            "england.report-child-sexual-abuse",
            {"kind": "duty", "of": "report_to_police", "within": "P7D", "since": "suspicion_arose", "unit": "calendar"},
        ),
        (
            "england-wales.access-longer",
            {"kind": "longer", "of": "respond_to_access_request", "within": "P1M", "more": "P2M"},
        ),
        ("england-wales.of-age", {"kind": "birthday", "age": 18}),
        ("practice.session-summary", {"kind": "limit", "of": "session_summary", "within": "PT24H"}),
        (
            "england-wales.breach-report",
            {"kind": "breach", "of": "regulator", "within": "PT72H", "since": "event_known"},
        ),
        ("england-wales.breach-tell-the-person", {"kind": "breach", "of": "person", "within": "at once"}),
        ("england.case-record-of-a-home", {"kind": "keep", "until": [{"since": "born_on", "years": 75}]}),
    ],
)
def test_a_clock_of_each_kind_is_told_with_what_it_runs_by(clock: str, run: dict[str, object]) -> None:
    told = next(one for one in every_clock("england") if one["clock"] == clock)
    assert told.items() >= run.items()
    assert told.keys() - run.keys() <= {"clock", "says", "cites", "confidence", "reviewed", "since"}
