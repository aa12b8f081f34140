"""The judge of a place on a day, and deciding again what was decided before."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from halfdoor.disclosure import Pack, SituationError, decide, judge_for, read, replay
from halfdoor.disclosure.loading import from_files
from tests.disclosure.strategies import NOON

OURS = """
[pack]
id = "ours"
version = "3"
speaker = "practice"
says = "What our practice does."
for = "all"

[[rule]]
id = "ours.autumn"
tier = "practice"
effect = "withhold"
when = { category = "attendance" }
says = "This autumn we say nothing about attendance."
from = 2026-09-01
until = 2026-12-01

[[rule]]
id = "ours.attendance"
tier = "default"
effect = "may_share"
when = { category = "attendance" }
says = "At other times we say who came."
"""

ATTENDANCE = {
    "client": {"age": 12, "status": "minor"},
    "recipient": {"relation": "parent", "authority": "full", "identity": "verified"},
    "information": {"category": "attendance"},
    "purpose": "support",
}


@pytest.fixture(scope="module")
def ours() -> Pack:
    return from_files({"pack.toml": OURS.encode()})


def answer(at: str, ours: Pack) -> str:
    return decide(read(ATTENDANCE | {"at": at}), practice=ours).disposition.value


def test_a_rule_decides_on_the_days_it_is_in_force(ours: Pack) -> None:
    assert answer("2026-08-31T23:59:59Z", ours) != "withhold"
    assert answer("2026-09-01T00:00:00Z", ours) == "withhold"
    assert answer("2026-11-30T23:59:59Z", ours) == "withhold"
    assert answer("2026-12-01T00:00:00Z", ours) != "withhold"


def test_the_day_is_the_one_that_the_moment_itself_says(ours: Pack) -> None:
    assert answer("2026-08-31T20:00:00-05:00", ours) != "withhold"
    assert answer("2026-09-01T01:00:00+01:00", ours) == "withhold"


def test_the_practice_may_be_ours_the_shipped_one_or_none(ours: Pack) -> None:
    def packs(judge_packs: tuple[Pack, ...]) -> set[str]:
        return {pack.id for pack in judge_packs}

    assert packs(judge_for("us", practice="none", at=NOON).table.packs) == {"us", "ethics"}
    assert packs(judge_for("us", at=NOON).table.packs) == {"us", "ethics", "practice"}
    assert packs(judge_for("us", practice=ours, at=NOON).table.packs) == {"us", "ethics", "ours"}


def test_a_judge_is_kept_until_a_rule_starts_or_ends(ours: Pack) -> None:
    autumn = judge_for("us", practice=ours, at=datetime(2026, 10, 1, tzinfo=UTC))
    assert judge_for("us", practice=ours, at=datetime(2026, 10, 2, tzinfo=UTC)) is autumn
    assert judge_for("us", practice=ours, at=datetime(2026, 12, 2, tzinfo=UTC)) is not autumn


def test_there_is_a_judge_long_before_any_rule() -> None:
    assert judge_for("us", at=datetime(1, 1, 1, tzinfo=UTC)).table.packs


def test_a_recorded_situation_replays_to_the_same_decision() -> None:
    decision = decide(read(ATTENDANCE | {"place": "us", "at": "2026-11-02T10:00:00Z"}))
    recorded = json.loads(decision.situation.canonical())
    again = replay(recorded, packs=judge_for("us", at=NOON).table.packs)
    assert again.as_json() == decision.as_json()


def test_a_record_without_a_moment_is_not_replayed() -> None:
    with pytest.raises(SituationError, match="at"):
        replay(ATTENDANCE, packs=[])


def test_a_decision_names_what_it_rests_on() -> None:
    decision = decide(read(ATTENDANCE | {"at": "2026-11-02T10:00:00Z"}))
    assert decision.as_json()["replay"] == {
        "packs": {pack.id: pack.version for pack in judge_for("none", at=NOON).table.packs},
        "situation_sha256": decision.situation.sha256(),
        "engine": "1",
    }


def test_a_later_day_is_a_later_era(ours: Pack) -> None:
    eras = {id(judge_for("none", practice=ours, at=NOON + timedelta(days=days))) for days in range(60)}
    assert len(eras) == 2
