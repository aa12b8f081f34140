"""Reading what there is to practise, and who completed what. Every function says who is reading."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from halfdoor.service.accounts.models import Account, Role
from halfdoor.service.core.spaces import STAFF
from halfdoor.service.disclosures.exercises import Ruled
from halfdoor.service.training import on_record, progress, scoring
from halfdoor.service.training.models import Completion, ExerciseAnswer
from halfdoor.service.training.scenarios import COLLECTIONS, Scenario, for_account, set_for
from halfdoor.service.training.scoring import Score
from halfdoor.service.training.steps import STEPS
from halfdoor.service.web.due import Due

_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Entry:
    """A scenario in a set: what one answered last, and whether the rules have changed since."""

    scenario: Scenario
    answered: ExerciseAnswer | None
    is_changed: bool

    @property
    def points(self) -> float:
        return self.answered.points / scoring.FULL if self.answered else 0

    @property
    def out_of(self) -> float:
        return self.answered.out_of / scoring.FULL if self.answered else 0


@dataclass(frozen=True, slots=True)
class Shelf:
    """A set as one sees it: its scenarios, when it was completed last, and what has changed since then."""

    title: str
    entries: tuple[Entry, ...]
    completion: Completion | None = None
    changed: tuple[Scenario, ...] = ()

    @property
    def answered(self) -> int:
        return sum(entry.answered is not None for entry in self.entries)


@dataclass(frozen=True, slots=True)
class Told:
    """
    A story as it is shown: where it is told, and what is on record; whether its words and its first steps still fit
    what the rules answer.
    """

    scenario: Scenario
    place: str
    records: tuple[str, ...]
    words_fit: bool
    steps_fit: bool

    @property
    def all_fit(self) -> bool:
        return self.words_fit and self.steps_fit


@dataclass(frozen=True, slots=True)
class Review:
    """What one answered, how it was scored, what the rules say, and whether they said otherwise that day."""

    row: ExerciseAnswer
    score: Score
    ruled: Ruled
    is_changed: bool
    told: Told
    next_one: Scenario | None

    @property
    def points(self) -> float:
        return self.score.points / scoring.FULL

    @property
    def out_of(self) -> float:
        return self.score.out_of / scoring.FULL

    @property
    def step(self) -> Promise | None:
        return STEPS[self.row.step].words if self.row.step in STEPS else None

    @property
    def words(self) -> Promise | None:
        return self.told.scenario.words_of(self.row.words) if self.row.words else None

    @property
    def to_say(self) -> Promise | str:
        """The right words, as long as the rules answer what they were written for."""
        return self.told.scenario.right if self.told.words_fit else ""

    @property
    def more_open(self) -> Promise | str:
        """What would have been told, and whom; nothing where the first mark says so already."""
        tells = self.told.scenario.tells
        return "" if str(tells) in self.score.answer.says else tells

    @property
    def more_closed(self) -> str:
        return scoring.why_not_more_closed(self.ruled)

    @property
    def other_words(self) -> list[tuple[Promise, Promise]]:
        """The wordings that were neither chosen nor right: what they do, and how they go."""
        others = {scoring.Words.LEAKS, scoring.Words.WALLS} - {self.row.words} if self.told.words_fit else set()
        return [(scoring.WHAT_WORDS_DO[one], self.told.scenario.words_of(one)) for one in sorted(others)]


@dataclass(frozen=True, slots=True)
class Line:
    """One of the staff, and when they completed each set last (none: not yet, or not for their role)."""

    account: Account
    days: tuple[datetime | None, ...]


def shelves_for(account: Account, *, at: datetime) -> tuple[Shelf, ...]:
    """Return one's own sets, and last the stories from other places, which count for none."""
    answers, done = progress.newest_answers(account), progress.newest_completions(account.practice, [account])
    found = []
    for collection, title in COLLECTIONS.items():
        scenarios, row = set_for(account, collection), done.get((account.pk, collection))
        if scenarios:
            now = progress.rules_for(scenarios, practice=account.practice, at=at).decided
            changed = tuple(one for one in scenarios if row and row.decided.get(one.slug) != now[one.slug])
            found.append(Shelf(str(title), _entries(scenarios, answers, now), row, changed))
    elsewhere = [one for one in for_account(account) if not one.belongs_to(account.practice.place)]
    if elsewhere:
        now = progress.rules_for(elsewhere, practice=account.practice, at=at).decided
        found.append(Shelf(_("From other places"), _entries(elsewhere, answers, now)))
    return tuple(found)


def told_to(account: Account, scenario: Scenario, *, at: datetime) -> Told:
    """Return a story as it is told to somebody."""
    place = scenario.place_for(account.practice.place)
    ruled = progress.ruled(scenario, practice=account.practice, at=at)
    elsewhere = "" if place == account.practice.place else _place_words(place)
    return Told(
        scenario,
        elsewhere,
        tuple(on_record.lines(scenario)),
        words_fit=scoring.words_fit(scenario, ruled, place=place),
        steps_fit=scoring.steps_fit(scenario, ruled),
    )


def review_of(account: Account, scenario: Scenario, *, at: datetime) -> Review:
    """
    Return what somebody answered last to a scenario, with its score and reasons.

    :raises ExerciseAnswer.DoesNotExist: if they have not answered it
    """
    row = progress.newest_answers(account).get(scenario.slug)
    if row is None:
        raise ExerciseAnswer.DoesNotExist
    ruled = progress.ruled(scenario, practice=account.practice, at=at)
    given = scoring.Given(row.answer, row.step, row.words)
    return Review(
        row=row,
        score=scoring.score(scenario, ruled, given),
        ruled=ruled,
        is_changed=progress.stamp(row.decided, row.rule) != progress.stamp(ruled.disposition, ruled.rule),
        told=told_to(account, scenario, at=at),
        next_one=_next_for(account, after=scenario),
    )


def completion_of(account: Account, completion_id: UUID) -> Completion:
    """
    Return a completion of one's own.

    :raises Completion.DoesNotExist: if it is somebody else's, or not there at all
    """
    return Completion.objects.get(practice=account.practice_id, account=account, pk=completion_id)


def everybody(lead: Account, *, page: str) -> tuple[Page[Account], list[Line]]:
    """
    Return to a lead a page of those who work here, and who of them completed which set, and when. Not what anybody
    answered: that is theirs.
    """
    accounts = Account.objects.filter(practice=lead.practice_id, role__in=STAFF.roles, is_active=True)
    if lead.role != Role.LEAD:
        accounts = accounts.none()
    shown = Paginator(accounts.order_by("display_name", "id"), _A_PAGE).get_page(page)
    done = progress.newest_completions(lead.practice, shown.object_list)
    lines = [Line(one, tuple(_day(done.get((one.pk, name))) for name in COLLECTIONS)) for one in shown.object_list]
    return shown, lines


def due_for(account: Account, *, at: datetime) -> Iterator[Due]:
    """Yield that practice is expected, where that day is near."""
    day = progress.due_on(account, at=at)
    if day:
        why = _("Stories of invented families, answered by the same rules. You can stop and come back.")
        yield Due(reverse("training:sets"), _("Practice with invented families"), why, day)


def _entries(
    scenarios: Sequence[Scenario], answers: Mapping[str, ExerciseAnswer], now: Mapping[str, str]
) -> tuple[Entry, ...]:
    return tuple(
        Entry(one, row, row is not None and progress.stamp(row.decided, row.rule) != now[one.slug])
        for one, row in ((one, answers.get(one.slug)) for one in scenarios)
    )


def _next_for(account: Account, *, after: Scenario) -> Scenario | None:
    """Return what comes next in the same set and is not answered yet; None where all of it is."""
    scenarios, answers = set_for(account, after.collection), progress.newest_answers(account)
    return next((one for one in scenarios if one.slug not in answers), None)


def _day(row: Completion | None) -> datetime | None:
    return row.completed_at if row else None


def _place_words(place: str) -> str:
    return {"england": _("England"), "wales": _("Wales")}.get(place, _("the United States"))
