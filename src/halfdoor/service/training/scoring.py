"""How an answer is scored, and why: by what the rules say now. Nobody is blamed for what they chose."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from halfdoor.service.disclosures.exercises import Ruled
from halfdoor.service.training.scenarios import Scenario
from halfdoor.service.training.steps import STEPS, Leaning

ANSWERS = ("must_share", "may_share", "share_limited", "ask_first", "assess_first", "withhold")
"""The six, from most open to least open."""

FULL, HALF, NONE = 2, 1, 0
"""Points, counted in halves."""

_NEAR = 2


class Words(StrEnum):
    """The three wordings of a scenario."""

    RIGHT = "right"
    LEAKS = "leaks"
    WALLS = "walls"


WHAT_WORDS_DO: Mapping[Words, Promise] = {
    Words.RIGHT: gettext_lazy("Warm, and it tells only what may go."),
    Words.LEAKS: gettext_lazy("Tells too much."),
    Words.WALLS: gettext_lazy("Tells nothing, and whoever hears it learns that asking is not welcome."),
}


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody chose. ``step`` and ``words`` are empty where the rules have changed since they were written."""

    answer: str
    step: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """How one choice was scored, in halves of a point, and why."""

    points: int
    says: str

    @property
    def is_full(self) -> bool:
        return self.points == FULL


@dataclass(frozen=True, slots=True)
class Score:
    """The marks of one answer to a scenario, in the order of its questions."""

    answer: Mark
    step: Mark | None
    words: Mark | None

    @property
    def points(self) -> int:
        return sum(mark.points for mark in self._marks)

    @property
    def out_of(self) -> int:
        return FULL * len(self._marks)

    @property
    def _marks(self) -> tuple[Mark, ...]:
        return tuple(mark for mark in (self.answer, self.step, self.words) if mark)


def words_fit(scenario: Scenario, ruled: Ruled, *, place: str) -> bool:
    """Say whether the rules still answer what the words of a scenario were written for."""
    return ruled.disposition == scenario.expected_in(place)


def steps_fit(scenario: Scenario, ruled: Ruled) -> bool:
    """Say whether one of the first steps of a scenario is right by what the rules answer."""
    return any(STEPS[code].fits(ruled) for code in scenario.steps)


def score(scenario: Scenario, ruled: Ruled, given: Given) -> Score:
    """Score what somebody chose, by what the rules answer."""
    return Score(
        answer=_answer(scenario, ruled, given.answer),
        step=_step(ruled, given.step) if given.step else None,
        words=_words(ruled, Words(given.words)) if given.words else None,
    )


def cannot_wait(ruled: Ruled) -> bool:
    """Say whether whoever protects somebody would wait in vain: the law compels it, or danger or abuse is known."""
    facts = ruled.facts
    pressing = facts.get("risk") == "serious_and_imminent" or facts.get("abuse", "none_known") != "none_known"
    return ruled.opens and (ruled.disposition == "must_share" or pressing)


def why_not_more_closed(ruled: Ruled) -> str:
    """Return what an answer that is more closed than the rules' would have done."""
    if ruled.disposition == "must_share":
        return _("The law requires that it goes. Somebody who has a right to it would have waited in vain.")
    if cannot_wait(ruled):
        return _("Somebody who can protect would not have known, at the moment when it counts.")
    if ruled.opens:
        return _("It may go, at least in part. Kept here, it would have left somebody alone with their question.")
    if ruled.disposition == "withhold":
        return ""
    return _("Nobody has said no yet. First somebody has to be asked, or something checked.")


def _answer(scenario: Scenario, ruled: Ruled, chosen: str) -> Mark:
    away = ANSWERS.index(chosen) - ANSWERS.index(ruled.disposition)
    if away == 0:
        return Mark(FULL, _("This is what the rules say."))
    if away < 0:
        if ruled.disposition == "may_share":
            return Mark(NONE, _("It may go, but nothing compels it: whoever decides may still weigh it."))
        return Mark(NONE, _("That is more open than the rules are.") + f" {scenario.tells}")
    opening = chosen in ANSWERS[:3]
    points = HALF if away <= _NEAR and (opening or not cannot_wait(ruled)) else NONE
    return Mark(points, _("That is on the careful side.") + f" {why_not_more_closed(ruled)}")


def _step(ruled: Ruled, chosen: str) -> Mark:
    step = STEPS[chosen]
    if step.fits(ruled):
        return Mark(FULL, _("Yes, this comes first."))
    if step.leans is Leaning.TELLS:
        return Mark(NONE, _("That tells too much, or too early."))
    if cannot_wait(ruled):
        return Mark(NONE, _("There is no time for that now."))
    if step.leans is Leaning.WAITS:
        return Mark(HALF, _("It tells nothing too early, and something else has to come first."))
    return Mark(HALF, _("It tells nothing, and it leaves somebody standing before a wall."))


def _words(ruled: Ruled, chosen: Words) -> Mark:
    if chosen is Words.WALLS and cannot_wait(ruled):
        return Mark(NONE, _("They would not have understood that it is now."))
    points = {Words.RIGHT: FULL, Words.LEAKS: NONE, Words.WALLS: HALF}[chosen]
    return Mark(points, str(WHAT_WORDS_DO[chosen]))
