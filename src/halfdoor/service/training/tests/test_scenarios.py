"""The stories fit what the rules answer, in every place in which they are told. A change of law turns this red."""

import pytest

from halfdoor.disclosure import judging
from halfdoor.disclosure.situation import Situation
from halfdoor.disclosure.vocabulary import BY_NAME
from halfdoor.service.accounts.models import Account, Role
from halfdoor.service.core.models import Practice
from halfdoor.service.disclosures.exercises import Ruled
from halfdoor.service.training import on_record, scenarios
from halfdoor.service.training.scenarios import COLLECTIONS, Scenario, everything
from halfdoor.service.training.steps import STEPS
from tests.people import NOON

PLACES = [str(place) for place in BY_NAME["place"].values if place != "none"]

every_scenario = pytest.mark.parametrize("scenario", everything(), ids=lambda one: one.slug)


def ruled_in(place: str, scenario: Scenario) -> Ruled:
    judge = judging.judge_for(place, at=NOON)
    return Ruled(scenario.facts, judge.decide(Situation.of({**scenario.facts, "place": place}, at=NOON)), judge)


def somebody(role: Role, place: str) -> Account:
    return Account(role=role, practice=Practice(place=place))


@pytest.mark.requirement("C13")
@every_scenario
def test_a_story_still_fits_what_the_rules_answer(scenario: Scenario) -> None:
    for place in filter(scenario.is_told_in, PLACES):
        assert ruled_in(place, scenario).disposition == scenario.expected_in(place), place


@every_scenario
def test_exactly_one_of_the_first_steps_is_right(scenario: Scenario) -> None:
    for place in filter(scenario.is_told_in, PLACES):
        ruled = ruled_in(place, scenario)
        assert [STEPS[step].fits(ruled) for step in scenario.steps].count(True) == 1, place


@every_scenario
def test_a_story_is_a_whole_one(scenario: Scenario) -> None:
    assert 2 <= sum(str(scenario.story).count(end) for end in ".?!") <= 9
    assert len({str(scenario.right), str(scenario.leaks), str(scenario.walls)}) == 3
    assert str(scenario.tells).startswith("This would have")
    known = on_record.WORDS.keys() | on_record.USUAL
    for fact, value in scenario.facts.items():
        assert value in BY_NAME[fact].values
        assert fact in on_record.SAID_BY_THE_STORY or (fact, value) in known, (fact, value)


def test_the_right_words_are_not_told_by_their_length() -> None:
    longer = [one.slug for one in everything() if len(str(one.leaks)) > len(str(one.right))]
    assert len(everything()) / 3 < len(longer) < len(everything()) * 2 / 3


@pytest.mark.requirement("C13")
@pytest.mark.parametrize("place", ["us", "us-ca", "england", "wales"])
def test_there_are_stories_for_every_role_in_every_place(place: str) -> None:
    assert len(everything()) >= 25
    assert len({one.slug for one in everything()}) == len(everything())
    for role, fewest in ((Role.THERAPIST, 25), (Role.LEAD, 25), (Role.OFFICE, 15), (Role.TEAM, 10)):
        sets = [scenarios.set_for(somebody(role, place), collection) for collection in COLLECTIONS]
        assert sum(map(len, sets)) >= fewest
        assert all(sets)


def test_a_story_from_elsewhere_is_not_counted_here() -> None:
    here = somebody(Role.THERAPIST, "us-ca")
    visitor = scenarios.scenario_for(here, "the-visitor-of-the-home")
    assert visitor.place_for("us-ca") == "england"
    assert visitor not in scenarios.set_for(here, visitor.collection)
    assert visitor in scenarios.set_for(somebody(Role.THERAPIST, "england"), visitor.collection)


def test_a_story_that_is_not_for_ones_role_is_not_there() -> None:
    with pytest.raises(scenarios.NoSuchScenario):
        scenarios.scenario_for(somebody(Role.OFFICE, "us"), "do-not-say-that-i-said-no")
