"""One retention rule of our own, read field by field; and what is known of a record, read as strictly."""

from datetime import date
from typing import Any

import pytest

from halfdoor.disclosure.boxes import PackError
from halfdoor.disclosure.keeping import keeps
from halfdoor.disclosure.retaining import Retention, read_shelf, retain
from halfdoor.disclosure.situation import SituationError
from tests.disclosure.test_retaining import RULE, TODAY, kept

KEEP = RULE | {
    "when": {"record": ["therapy_record"]},
    "until": [{"since": "born_on", "years": 5}, {"since": "care_ended_on", "years": 2}],
    "goes_to": [{"on": "home_closed_on", "to": ["placing_authority"]}],
    "cites": [{"source": "A law", "section": "7"}],
    "facts": ["a-fact"],
}
BORN, ENDED = {"born_on": "2000-02-29"}, {"care_ended_on": "2004-01-01"}


def by_one_rule(**known: Any) -> Retention:
    return retain(read_shelf({"place": "us"} | known, today=TODAY), keeps({"keep": [KEEP]}, pack="us"))


def test_a_retention_rule_is_told_field_by_field() -> None:
    found = by_one_rule(**BORN, **ENDED, home_closed_on="2005-01-01", holds=[{"because": "a claim"}])
    assert found.as_json() == {
        "keep_until": "2006-01-01",
        "may_be_destroyed": "no",
        "because": [
            {
                "rule": "us.one",
                "says": "Kept.",
                "until": "2006-01-01",
                "cites": [{"source": "A law", "section": "7"}],
                "confidence": "read",
                "reviewed": "no",
            }
        ],
        "holds": [{"because": "a claim"}],
        "goes_to": [{"on": "2005-01-01", "to": ["placing_authority"]}],
        "missing": [],
        "assess": [],
    }
    (keep,) = keeps({"keep": [KEEP]}, pack="us")
    assert (keep.when, keep.facts) == ({"record": {"therapy_record"}}, ("a-fact",))


def test_a_period_of_which_the_first_day_is_not_known_keeps_the_record_and_says_which() -> None:
    for known, lacks in ((BORN, "care_ended_on"), (ENDED, "born_on")):
        found = by_one_rule(**known)
        assert (found.until, found.missing, found.may_go) == (None, (lacks,), False)
    assert by_one_rule(**BORN, **ENDED).may_go is True


def test_somebody_born_on_a_leap_day_comes_of_age_on_the_first_of_march() -> None:
    assert by_one_rule(born_on="2000-02-29", care_ended_on="2000-03-01").until == date(2005, 3, 1)


def test_another_kind_of_record_is_kept_by_another_rule_or_by_none() -> None:
    assert by_one_rule(**BORN, **ENDED, record="home_register").kept == ()


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"cites": [{"source": "A law"}]}, "cites.section"),
        ({"until": [{"since": "born_on", "years": "5"}]}, "until.years"),
        ({"until": [{"since": "born_on"}]}, "until.years"),
        ({"confidence": "sure"}, "confidence"),
        ({"says": ""}, "says"),
    ],
)
def test_what_is_wrong_inside_a_retention_rule_or_beside_it_is_named(wrong: dict[str, object], says: str) -> None:
    with pytest.raises(PackError) as error:
        list(keeps({"keep": [RULE | wrong]}, pack="us"))
    assert (error.value.file, error.value.rule, error.value.field) == ("retention.toml", "us.one", says)
    with pytest.raises(PackError, match="keeps"):
        list(keeps({"keep": [RULE], "keeps": []}, pack="us"))


@pytest.mark.parametrize(
    ("known", "says"),
    [
        ({"record": "diary"}, "'diary' is not allowed; allowed: therapy_record, home_case_record"),
        ({"kept_by": 7}, "7 is not allowed; allowed: health_service"),
        ({"born_on": "4 March"}, "'4 March' is no day; write it as 2011-03-04"),
        ({"born_on": "2026-11-23"}, "2026-11-23 has not come yet on 2026-11-22; leave out what has not happened"),
        ({"born_on": "2011-01-02", "died_on": "2011-01-01"}, "2011-01-01 is before the birth, 2011-01-02"),
        ({"holds": [{"because": "a claim", "by": "us"}]}, "a list of holds, each with 'because' and maybe 'until'"),
        ({"holds": [{"because": 7}]}, "a list of holds"),
        (
            {"colour": "blue"},
            "there is no such field; there are place, record, setting, kept_by, abuse_alleged, born_on",
        ),
    ],
)
def test_what_is_wrong_is_said_with_what_is_allowed(known: dict[str, Any], says: str) -> None:
    with pytest.raises(SituationError) as wrong:
        kept(**known)
    assert wrong.value.says.startswith(says)


def test_what_happened_today_or_on_the_day_of_birth_is_possible() -> None:
    today = TODAY.isoformat()
    assert by_one_rule(born_on=today, care_ended_on=today).until == date(2031, 11, 22)
    assert read_shelf({}, today=TODAY).place == "none"
    assert read_shelf({"at": "2020-01-01"}, today=TODAY).at == date(2020, 1, 1)
    assert dict(read_shelf({}, today=TODAY).words) == {
        "setting": "unknown",
        "kept_by": "unknown",
        "abuse_alleged": "unknown",
        "record": "therapy_record",
    }
