"""How long a record is kept: the longest rule stands, a hold stops everything, and what is not known keeps."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from halfdoor.disclosure.boxes import PackError
from halfdoor.disclosure.keeping import DAYS, WORDS, keeps
from halfdoor.disclosure.retaining import Retention, read_shelf, retain, shipped_keeps
from halfdoor.disclosure.situation import SituationError

TODAY = date(2026, 11, 22)
HOME = {"place": "england", "setting": "residential", "record": "home_case_record", "kept_by": "home"}
CLINIC = {"place": "england", "record": "therapy_record", "kept_by": "health_service", "abuse_alleged": "no"}
PRIVATE = CLINIC | {"kept_by": "private_practice"}


def kept(**known: Any) -> Retention:
    shelf = read_shelf(known, today=TODAY)
    return retain(shelf, shipped_keeps(shelf.place))


@pytest.mark.requirement("T15")
@pytest.mark.parametrize(
    ("known", "until", "because"),
    [
        (HOME | {"born_on": "2011-03-04"}, "2086-03-04", "england.case-record-of-a-home"),
        (
            HOME | {"born_on": "2011-03-04", "died_on": "2025-06-01"},
            "2040-06-01",
            "england.case-record-after-a-death",
        ),
        (HOME | {"born_on": "1990-03-04", "died_on": "2025-06-01"}, "2065-03-04", "england.case-record-of-a-home"),
        (
            HOME | {"record": "home_register", "last_entry_on": "2026-01-31"},
            "2041-01-31",
            "england.registers-of-a-home",
        ),
        (
            CLINIC | {"born_on": "2011-03-04", "care_ended_on": "2026-05-01"},
            "2046-05-01",
            "england.health-service-record",
        ),
        (
            CLINIC | {"born_on": "2009-03-04", "care_ended_on": "2026-05-01"},
            "2046-05-01",
            "england.health-service-record-ended-at-17",
        ),
        (
            CLINIC | {"born_on": "2011-03-04", "care_ended_on": "2012-05-01"},
            "2036-03-04",
            "england.health-service-record",
        ),
        (CLINIC | {"born_on": "2000-03-04", "died_on": "2020-01-01"}, "2030-01-01", "after-a-death"),
        (
            PRIVATE | {"born_on": "2009-03-04", "care_ended_on": "2020-05-01"},
            "2035-03-04",
            "england-wales.private-practice",
        ),
        (
            {"place": "wales", "record": "home_case_record", "kept_by": "home", "last_entry_on": "2026-01-31"},
            "2041-01-31",
            "wales.case-record-of-a-home",
        ),
        ({"place": "us-va", "record": "privacy_papers", "made_on": "2024-02-28"}, "2030-02-28", "us.privacy-papers"),
        ({"place": "us", "record": "privacy_papers", "made_on": "2024-02-29"}, "2030-03-01", "us.privacy-papers"),
    ],
)
def test_the_day_and_the_rule(known: dict[str, Any], until: str, because: str) -> None:
    found = kept(**known)
    assert (found.until, found.missing) == (date.fromisoformat(until), ())
    assert any(because in one.rule.id for one in found.kept)
    assert found.may_go is False


def test_a_record_whose_time_is_over_may_go_after_somebody_has_looked() -> None:
    old = HOME | {"record": "home_register", "last_entry_on": "2011-11-21"}
    assert kept(**old).as_json()["may_be_destroyed"] == "after_review"
    assert kept(**old | {"last_entry_on": "2011-11-22"}).as_json()["may_be_destroyed"] == "no"


def test_a_hold_keeps_what_could_go_until_it_ends() -> None:
    old = HOME | {"record": "home_register", "last_entry_on": "2001-01-01"}
    assert kept(**old, holds=[{"because": "a claim"}]).may_go is False
    assert kept(**old, holds=[{"because": "a claim", "until": "2026-11-22"}]).may_go is False
    assert kept(**old, holds=[{"because": "a claim", "until": "2026-11-21"}]).may_go is True


def test_where_abuse_was_alleged_no_day_is_said() -> None:
    old = PRIVATE | {"born_on": "1970-01-01", "care_ended_on": "1985-01-01"}
    assert kept(**old).may_go is True
    for alleged in ("yes", "unknown"):
        found = kept(**old | {"abuse_alleged": alleged})
        assert (found.until, found.may_go) == (None, False)
        assert found.as_json()["assess"] == ["legal_advice"]


def test_what_nobody_wrote_a_rule_for_is_kept() -> None:
    found = kept(place="none")
    assert (found.kept, found.until, found.may_go) == ((), None, False)
    assert found.as_json()["assess"] == ["legal_advice"]
    assert kept(place="us", born_on="1950-01-01", care_ended_on="1960-01-01").may_go is False


def test_a_home_that_closes_says_where_its_records_go() -> None:
    found = kept(**HOME, born_on="2011-03-04", home_closed_on="2026-10-01")
    assert found.as_json()["goes_to"] == [{"on": "2026-10-01", "to": ["other_home_of_provider", "placing_authority"]}]
    assert kept(**HOME, born_on="2011-03-04").moves == ()
    ended = kept(**HOME | {"place": "wales"}, born_on="2011-03-04", care_ended_on="2026-10-01")
    assert ended.as_json()["goes_to"] == [{"on": "2026-10-01", "to": ["placing_authority"]}]


def test_what_is_not_known_is_named() -> None:
    assert kept(**HOME).missing == ("born_on",)
    assert "kept_by" in kept(place="england", born_on="2011-03-04", care_ended_on="2026-01-01").missing


@pytest.mark.parametrize(
    ("known", "field"),
    [
        ({"place": "atlantis"}, "place"),
        ({"record": "diary"}, "record"),
        ({"born_on": "4 March"}, "born_on"),
        ({"born_on": "2027-01-01"}, "born_on"),
        ({"born_on": "2011-01-01", "care_ended_on": "2010-01-01"}, "care_ended_on"),
        ({"holds": [{"until": "2027-01-01"}]}, "holds"),
        ({"holds": "a claim"}, "holds"),
        ({"colour": "blue"}, "colour"),
    ],
)
def test_what_is_wrong_is_an_error_with_its_field(known: dict[str, Any], field: str) -> None:
    with pytest.raises(SituationError) as wrong:
        kept(**known)
    assert wrong.value.field == field


def test_a_record_is_an_object() -> None:
    with pytest.raises(SituationError):
        read_shelf(["england"], today=TODAY)


RULE = {"id": "us.one", "when": {}, "says": "Kept.", "confidence": "read", "reviewed": "no"}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"id": "england.one"}, "id"),
        ({"when": {"record": ["diary"]}}, "when.record"),
        ({"when": {"colour": ["blue"]}}, "when.colour"),
        ({"until": [{"since": "born_on", "years": 0}]}, "until.years"),
        ({"until": [{"since": "yesterday", "years": 5}]}, "until.since"),
        ({"goes_to": [{"on": "home_closed_on", "to": ["the sea"]}]}, "goes_to.to"),
        ({"reviewed": "yes"}, "reviewed"),
        ({"note": "x"}, "note"),
    ],
)
def test_a_wrong_retention_rule_is_an_error_with_its_field(wrong: dict[str, object], field: str) -> None:
    assert len(list(keeps({"keep": [RULE]}, pack="us"))) == 1
    with pytest.raises(PackError) as error:
        list(keeps({"keep": [RULE | wrong]}, pack="us"))
    assert error.value.field == field


days = st.dates(date(1950, 1, 1), TODAY).map(date.isoformat)
shelves = st.fixed_dictionaries(
    {"place": st.sampled_from(["england", "wales", "us", "none"]), "record": st.sampled_from(WORDS["record"])},
    optional={name: st.sampled_from(WORDS[name]) for name in ("setting", "kept_by", "abuse_alleged")}
    | dict.fromkeys(DAYS, days),
)


def answered(known: dict[str, Any]) -> Retention | None:
    try:
        return kept(**known)
    except SituationError:
        return None


@given(shelves, st.sampled_from((*DAYS, "kept_by", "abuse_alleged")))
def test_knowing_less_never_lets_a_record_go(known: dict[str, Any], forgotten: str) -> None:
    fewer = {name: value for name, value in known.items() if name != forgotten}
    whole, less = answered(known), answered(fewer)
    if whole and less and not (whole.may_go or forgotten == "died_on"):
        assert not less.may_go
    if whole and whole.until and less and less.until and forgotten != "died_on":
        assert less.until >= whole.until


@given(shelves)
def test_no_day_is_earlier_than_that_of_any_rule_that_applies(known: dict[str, Any]) -> None:
    if found := answered(known):
        assert all(one.until and found.until and one.until <= found.until for one in found.kept if found.until)
        assert not (found.may_go and answered(known | {"holds": [{"because": "a claim"}]}).may_go)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("ended", "rule"),
    [
        ("2028-03-03", "england.health-service-record"),
        ("2028-03-04", "england.health-service-record-ended-at-17"),
        ("2029-03-03", "england.health-service-record-ended-at-17"),
        ("2029-03-04", "england.health-service-record"),
    ],
)
def test_care_ended_at_seventeen_from_one_birthday_to_the_day_before_the_next(ended: str, rule: str) -> None:
    found = kept(**CLINIC | {"born_on": "2011-03-04", "care_ended_on": ended, "at": "2030-01-01"})
    assert {one.rule.id for one in found.kept if "health-service" in one.rule.id} == {rule}


@pytest.mark.parametrize(("years", "is_fine"), [(0, False), (1, True), (120, True), (121, False), (True, False)])
def test_a_record_is_kept_for_years_that_somebody_can_live_through(years: object, is_fine: bool) -> None:
    rule = RULE | {"until": [{"since": "born_on", "years": years}]}
    if is_fine:
        assert next(iter(keeps({"keep": [rule]}, pack="us"))).periods[0].years == years
    else:
        with pytest.raises(PackError, match="a whole number from 1 to 120"):
            list(keeps({"keep": [rule]}, pack="us"))
