"""How far somebody has come, and what the rules say to each scenario now. For the room itself: it names nobody."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from halfdoor.service.accounts.models import Account
from halfdoor.service.core.models import Practice
from halfdoor.service.core.prepared import Prepared
from halfdoor.service.disclosures import exercises
from halfdoor.service.disclosures.exercises import Bench, Ruled
from halfdoor.service.people.facts import day_in
from halfdoor.service.training.models import Completion, ExerciseAnswer, Expectation
from halfdoor.service.training.scenarios import COLLECTIONS, Collection, Scenario, set_for

_NOTICE_DAYS = 30


@dataclass(frozen=True, slots=True)
class Rules:
    """What the rules say to some scenarios now: the answer of each with its rule, and the packs that were heard."""

    decided: Mapping[str, str]
    packs: Mapping[str, str]


def ruled(scenario: Scenario, *, practice: Practice, at: datetime) -> Ruled:
    """Return what the rules say to a scenario, where it is told for this practice."""
    return _ruled(scenario, exercises.bench_of(practice, at=at))


def rules_for(scenarios: Iterable[Scenario], *, practice: Practice, at: datetime) -> Rules:
    """Return what the rules say to these scenarios."""
    bench = exercises.bench_of(practice, at=at)
    decided: dict[str, str] = {}
    packs: dict[str, str] = {}
    for one in scenarios:
        said = _ruled(one, bench)
        decided[one.slug] = stamp(said.disposition, said.rule)
        packs |= said.packs
    return Rules(decided, packs)


def stamp(disposition: str, rule: str) -> str:
    """Return an answer with its rule in one word, to tell whether either has changed."""
    return f"{disposition} {rule}"


def newest_answers(account: Account) -> dict[str, ExerciseAnswer]:
    """Return what somebody answered last to each scenario, by slug."""
    rows = ExerciseAnswer.objects.filter(practice=account.practice_id, account=account)
    return {row.scenario: row for row in rows.order_by("answered_at", "id")}


def newest_completions(practice: Practice, accounts: Iterable[Account]) -> dict[tuple[object, str], Completion]:
    """Return when each of these people completed each set last, by account id and set."""
    rows = Completion.objects.filter(practice=practice, account__in=[one.pk for one in accounts])
    return {(row.account_id, row.collection): row for row in rows.order_by("completed_at", "id")}


def expected_months(practice: Practice) -> int:
    """Return after how many months the practice expects sets to be completed again; 0 if it expects nothing."""
    row = Expectation.objects.filter(practice=practice).order_by("decided_at", "id").last()
    return row.months if row else 0


def due_on(account: Account, *, at: datetime) -> date | None:
    """Return the day by which somebody is expected to have completed every set, if that day is near or past."""
    expectation: Any = next(iter(_EXPECTATION.rows(Expectation, account.practice_id, account.pk)), None)
    if expectation is None or not expectation.months:
        return None
    zone, days = account.practice, []
    for collection in COLLECTIONS:
        if set_for(account, Collection(collection)):
            done_at = getattr(expectation, f"{collection}_at")
            since = day_in(zone, at=done_at or expectation.decided_at)
            days.append(_months_after(since, expectation.months) if done_at else _months_after(since, 1))
    near = [day for day in days if (day - day_in(zone, at=at)).days <= _NOTICE_DAYS]
    return min(near, default=None)


def _ruled(scenario: Scenario, bench: Bench) -> Ruled:
    return bench.decide(scenario.facts, place=scenario.place_for(bench.practice.place))


def _expectation(practice: UUID, done_by: UUID) -> QuerySet[Expectation]:
    """Return what the practice expects, with when somebody completed each set last, as ``<set>_at``."""
    done = Completion.objects.filter(practice=OuterRef("practice"), account=done_by).order_by("-completed_at", "-id")
    newest = {f"{one}_at": Subquery(done.filter(collection=one).values("completed_at")[:1]) for one in COLLECTIONS}
    return Expectation.objects.filter(practice=practice).annotate(**newest).order_by("-decided_at", "-id")[:1]


_EXPECTATION = Prepared(_expectation, UUID, UUID)


def _months_after(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, min(day.day, 28))
