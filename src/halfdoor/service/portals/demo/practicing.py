"""Staff who practice in the demonstration: somebody who is finished, and somebody halfway."""

from datetime import datetime, timedelta

from halfdoor.service.accounts.models import Account
from halfdoor.service.training import actions, progress
from halfdoor.service.training.scenarios import COLLECTIONS, Scenario, set_for
from halfdoor.service.training.scoring import Given, Words
from halfdoor.service.training.steps import STEPS

_A_STORY_TAKES = timedelta(minutes=4)


def expect_every_year(lead: Account, *, at: datetime) -> None:
    """Let the lead say that everybody practices once a year."""
    actions.expect(12, by=lead, at=at)


def practice(account: Account, *, halfway: bool = False, at: datetime) -> None:
    """Answer what counts for somebody, or half of each set. Every fifth time they wall, as people do at first."""
    stories: list[Scenario] = []
    for collection in COLLECTIONS:
        one_set = set_for(account, collection)
        stories += one_set[: len(one_set) // 2] if halfway else one_set
    for number, scenario in enumerate(stories):
        then = at + number * _A_STORY_TAKES
        ruled = progress.ruled(scenario, practice=account.practice, at=then)
        step = next(code for code in scenario.steps if STEPS[code].fits(ruled))
        words = Words.WALLS if number % 5 == 3 else Words.RIGHT
        actions.answer(scenario, Given(ruled.disposition, step, words), by=account, at=then)
