"""
What the circle of care says about a question, in the contract's facts, at a moment.

Everything is read once (one query, for one young person or for many) and then derived without the database, so that a
whole sharing map costs no more than one answer. What is not on record is left out, and a fact left out never opens
anything.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Case, CharField, DateField, DateTimeField, F, QuerySet, Value, When
from django.db.models.functions import Cast, Concat, TruncDate

from halfdoor.service.core.models import Practice
from halfdoor.service.core.prepared import Prepared
from halfdoor.service.people import majority
from halfdoor.service.people.choices import Answer, Competence, Identity, LegalStatus, Level, Limit, ReviewOutcome
from halfdoor.service.people.models import (
    DATED_FACTS,
    BirthdayCorrection,
    CourtLimit,
    CourtLimitReview,
    DatedFact,
    Episode,
    EpisodeTerms,
    Membership,
    MembershipEnding,
    SharingVersion,
    Suspicion,
    YoungPerson,
)

Facts = Mapping[str, str | int]
"""Facts of the contract by the last part of their path."""

_BORN_BEFORE, _REVIEWED, _LEFT, _EPISODE, _VERSION = "born_before", "reviewed", "left", "episode", "version"
_BESIDES = frozenset({_BORN_BEFORE, _REVIEWED, _LEFT, _EPISODE, _VERSION})
_ENDED = "ended"
_AND = "|"
"""Between facts that stand in one row, and between what it says about each."""
_NO_DAY = Cast(Value(None), DateField())
_MARKS = frozenset({*Suspicion.FACTS, "substance_use_programme", "paid_privately_in_full"})
_SAFEGUARDING = frozenset({*Suspicion.FACTS, *CourtLimit.FACTS})
OLDEST = 120

_MARK = (Answer.NO, Answer.UNKNOWN, Answer.YES)
_PART = (Answer.YES, Answer.UNKNOWN, Answer.NO)
_CLOSING: Mapping[str, Sequence[str]] = {
    **dict.fromkeys(_MARKS, _MARK),
    "authority": (
        Level.FULL,
        Level.SHARED,
        Level.INFORMATION_ONLY,
        Level.LIMITED_BY_ORDER,
        Level.UNKNOWN,
        Level.UNDETERMINABLE,
        Level.NONE,
        Level.ENDED,
    ),
    "identity": (Identity.VERIFIED, Identity.UNVERIFIED),
    "involved_in_care": _PART,
    "needs_it_for_role": _PART,
    "wants_parent_as_representative": _PART,
}
"""What can be on record, from what opens most to what closes most, of facts of which that can be said."""


@dataclass(frozen=True, slots=True)
class Dated:
    """One fact from one row: what it says about whom, from when and until when. ``source`` is the row's id."""

    fact: str
    about: UUID
    says: str
    scope: str
    effective_on: date
    lapses_on: date | None
    recorded_at: datetime
    source: UUID


@dataclass(frozen=True)
class Circle:
    """
    All that is on record at a moment about a young person's circle. ``today`` is the day it is for the practice,
    ``version`` the number that every change of who may know raises, as it stood before anything here was read.
    """

    young_person: YoungPerson
    born_on: date | None
    today: date
    dated: tuple[Dated, ...]
    episodes: tuple[Episode, ...]
    lifted: frozenset[UUID]
    left: frozenset[UUID]
    version: int

    @property
    def current_episode(self) -> Episode | None:
        """The episode of care that began last and has not ended."""
        running = [episode for episode in self.episodes if episode.started_on <= self.today and not episode.has_ended]
        return max(running, key=lambda episode: (episode.started_on, str(episode.pk)), default=None)

    @cached_property
    def _by_fact(self) -> Mapping[tuple[str, UUID], list[Dated]]:
        """Rows by fact and subject, the one that holds first."""
        found: dict[tuple[str, UUID], list[Dated]] = defaultdict(list)
        for row in sorted(self.dated, key=lambda row: (row.effective_on, row.recorded_at), reverse=True):
            if row.effective_on <= self.today:
                found[row.fact, row.about].append(row)
        return found

    @cached_property
    def _holding(self) -> dict[tuple[str, UUID], str]:
        """What was looked up before: each kind of information asks for the same facts again."""
        return {}

    def _latest(self, fact: str, about: UUID) -> str:
        """Return what holds today, ``unknown`` for a mark that lapsed, and nothing where nothing else is on record."""
        key = fact, about
        if key not in self._holding:
            self._holding[key] = self._looked_up(fact, about)
        return self._holding[key]

    def _looked_up(self, fact: str, about: UUID) -> str:
        rows = self._by_fact.get((fact, about))
        if not rows:
            return ""
        if late := self._learnt_late(fact, rows):
            return late
        if self._lapsed(rows[0]):
            return Answer.UNKNOWN.value if fact in _MARKS else ""
        return rows[0].says

    def _learnt_late(self, fact: str, rows: Sequence[Dated]) -> str:
        """
        Return what closes more than the row with the newest day and was recorded after it, about an earlier day: bad
        news that came late. It stands until somebody who knows it records anew what holds.
        """
        newest, order = rows[0], _CLOSING.get(fact, ())
        stands = Answer.UNKNOWN.value if self._lapsed(newest) else newest.says
        late = [row.says for row in rows[1:] if row.recorded_at > newest.recorded_at and not self._lapsed(row)]
        worse = order[order.index(stands) + 1 :] if stands in order else ()
        return max((says for says in late if says in worse), key=order.index, default="")

    def _lapsed(self, row: Dated) -> bool:
        return row.lapses_on is not None and row.lapses_on <= self.today

    def without_safeguarding(self) -> "Circle":
        """Return the circle as if nothing about a suspicion or about a limit of a court were on record."""
        told = (row for row in self.dated if row.fact not in _SAFEGUARDING and row.says != Level.LIMITED_BY_ORDER)
        return replace(self, dated=tuple(told))

    def of_young_person(self, category: str) -> Facts:
        """Age, status, competence for this kind of information, and care status."""
        about = self.young_person.pk
        facts: dict[str, str | int] = {"competence": self._competence(category)}
        age = age_on(self.born_on, self.today)
        if age is not None:
            facts["age"] = age
        facts["status"] = self._status(age)
        return facts | self._all_latest(about, ("looked_after", "placed_by"))

    def of_episode(self, episode_id: UUID) -> Facts:
        """What this episode of care rests on; no other episode is looked at."""
        return self._all_latest(episode_id, EpisodeTerms.FACTS)

    def of_member(self, member: Membership) -> Facts:
        """Relation, authority, court limits, identity, suspicion and part in the care."""
        facts: dict[str, str | int] = {"relation": member.relation}
        facts |= self._all_latest(
            member.pk, ("authority", "identity", "suspected_of_harm", "involved_in_care", "needs_it_for_role")
        )
        if member.pk in self.left:
            facts |= {"authority": Level.ENDED.value, "involved_in_care": "no", "needs_it_for_role": "no"}
        return facts | self._court_limits(member, str(facts.get("authority", Level.UNKNOWN)))

    def _all_latest(self, about: UUID, names: Iterable[str]) -> dict[str, str | int]:
        return {name: says for name in names if (says := self._latest(name, about))}

    def _court_limits(self, member: Membership, authority: str) -> dict[str, str | int]:
        """
        Return what court orders make of somebody's authority.

        An order closes whether or not a second person has reviewed it. One that ran out gives nothing back until
        somebody has recorded an authority that took effect afterwards.
        """
        limits = [row for row in self._by_fact.get(("court_limit", member.pk), ()) if row.source not in self.lifted]
        if not limits:
            return {}
        closed = authority in (Level.NONE, Level.ENDED)
        in_force = [row for row in limits if not self._lapsed(row)]
        if in_force:
            facts: dict[str, str | int] = {"authority": authority if closed else Level.LIMITED_BY_ORDER.value}
            if any(row.says == Limit.NOT_TO_SHARE for row in in_force):
                facts["order"] = "court_order_not_to_share"
            return facts
        ran_out_on = max(row.lapses_on for row in limits if row.lapses_on is not None)
        recorded = self._by_fact.get(("authority", member.pk), ())
        if closed or any(row.effective_on >= ran_out_on for row in recorded):
            return {}
        return {"authority": Level.UNDETERMINABLE.value}

    def _competence(self, category: str) -> str:
        """Return the latest assessment that covers this kind of information, if it has not lapsed."""
        rows = self._by_fact.get(("competence", self.young_person.pk), ())
        latest = next((row for row in rows if row.scope in ("", category)), None)
        return latest.says if latest is not None and not self._lapsed(latest) else Competence.NOT_ASSESSED.value

    def _status(self, age: int | None) -> str:
        recorded = self._latest("status", self.young_person.pk)
        if recorded == LegalStatus.DECEASED:
            return "deceased"
        adult_from = majority.age_in(self.young_person.practice.place)
        if age is not None and adult_from is not None and age >= adult_from:
            return "adult"
        if recorded == LegalStatus.EMANCIPATED:
            return "emancipated_minor"
        return "unknown" if age is None or adult_from is None else "minor"


def load(young_person: YoungPerson, *, at: datetime) -> Circle:
    """Return everything that was on record about this circle at a moment. One query."""
    return load_many([young_person], at=at)[young_person.pk]


def load_many(young_people: Sequence[YoungPerson], *, at: datetime) -> dict[UUID, Circle]:
    """Return the circles of several young people of one practice, by their id. One query, however many they are."""
    found: dict[UUID, list[Dated]] = {one.pk: [] for one in young_people}
    if young_people:
        for whose, facts, about, said, *row in _of(young_people[0].practice_id, list(found), at):
            for fact, says in zip(facts.split(_AND), said.split(_AND), strict=True):
                found[whose].append(Dated(fact, about, says, *row))
    return {one.pk: _circle(one, found[one.pk], at=at) for one in young_people}


def _circle(young_person: YoungPerson, rows: Sequence[Dated], *, at: datetime) -> Circle:
    # What was put right later was on record as it was before: the first correction after the moment says how.
    later = [row for row in rows if row.fact == _BORN_BEFORE]
    first = min(later, key=lambda row: row.recorded_at, default=None)
    reviewed = sorted((row for row in rows if row.fact == _REVIEWED), key=lambda row: row.recorded_at)
    outcomes = {row.about: row.says for row in reviewed}
    return Circle(
        young_person=young_person,
        born_on=first.lapses_on if first else young_person.born_on,
        today=day_in(young_person.practice, at=at),
        dated=tuple(row for row in rows if row.fact not in _BESIDES),
        episodes=tuple(_episode(young_person, row) for row in rows if row.fact == _EPISODE),
        lifted=frozenset(limit for limit, outcome in outcomes.items() if outcome == ReviewOutcome.LIFTED),
        left=frozenset(row.about for row in rows if row.fact == _LEFT),
        version=next((int(row.says) for row in rows if row.fact == _VERSION), 0),
    )


def _episode(young_person: YoungPerson, row: Dated) -> Episode:
    whose = {"practice_id": young_person.practice_id, "young_person_id": young_person.pk}
    episode = Episode(pk=row.about, setting=row.says, started_on=row.effective_on, **whose)
    episode.has_ended = row.scope == _ENDED
    return episode


def _of(practice: UUID, whose: Sequence[UUID], at: datetime) -> Iterable[Any]:
    if len(whose) == 1:
        return _ROWS_OF_ONE.ask(YoungPerson, practice, whose[0], at)
    return _rows(practice, whose, at)


def _rows(practice: UUID, whose: Sequence[UUID], at: datetime) -> QuerySet[Any, Any]:
    """Return every dated fact of every kind, and what belongs to a circle besides, in one query."""
    arms = [_arm(model, practice, whose, at) for model in DATED_FACTS]
    besides = (_corrections, _reviews, _endings, _episodes, _version)
    every: QuerySet[Any, Any] = arms[0].union(*arms[1:], *(arm(practice, whose, at) for arm in besides), all=True)
    return every


def question_of(young_person: YoungPerson, *, at: datetime) -> tuple[Prepared, tuple[UUID, UUID, datetime]]:
    """Return what `load` asks, to be asked ahead of it together with what else is read."""
    return _ROWS_OF_ONE, (young_person.practice_id, young_person.pk, at)


_ROWS_OF_ONE = Prepared(lambda practice, one, at: _rows(practice, [one], at), UUID, UUID, datetime)


def _corrections(practice: UUID, whose: Sequence[UUID], at: datetime) -> Any:
    """Return later corrections of the day of birth as rows of the same shape; the day before is in ``lapses_on``."""
    rows = BirthdayCorrection.objects.filter(practice=practice, young_person__in=whose, corrected_at__gt=at)
    said = (Value(_BORN_BEFORE), "young_person_id", Value(""), Value(""), TruncDate("corrected_at"), "before_on")
    return rows.values_list("young_person_id", *said, "corrected_at", "id")


def _reviews(practice: UUID, whose: Sequence[UUID], at: datetime) -> Any:
    """Return what second readers said of court orders."""
    of_whom = "court_limit__membership__young_person"
    rows = CourtLimitReview.objects.filter(practice=practice, reviewed_at__lte=at, **{f"{of_whom}__in": whose})
    said = (Value(_REVIEWED), "court_limit_id", F("outcome"), Value(""), TruncDate("reviewed_at"), _NO_DAY)
    return rows.values_list(F(f"{of_whom}_id"), *said, "reviewed_at", "id")


def _endings(practice: UUID, whose: Sequence[UUID], at: datetime) -> Any:
    """Return who had left."""
    rows = MembershipEnding.objects.filter(practice=practice, membership__young_person__in=whose, ended_at__lte=at)
    said = (Value(_LEFT), "membership_id", Value(""), Value(""), TruncDate("ended_at"), _NO_DAY)
    return rows.values_list(F("membership__young_person_id"), *said, "ended_at", "id")


def _episodes(practice: UUID, whose: Sequence[UUID], at: datetime) -> Any:
    """Return the episodes of care, with whether their end had been recorded."""
    ended = Case(When(has_ended=True, then=Value(_ENDED)), default=Value(""))
    rows = Episode.objects.filter(practice=practice, young_person__in=whose).with_endings(by=at)
    said = (Value(_EPISODE), "id", F("setting"), ended, "started_on", _NO_DAY, Value(at, DateTimeField()), "id")
    return rows.values_list("young_person_id", *said)


def _version(practice: UUID, whose: Sequence[UUID], at: datetime) -> Any:
    """Return the number that every change of who may know raises, as it stood when the facts were read."""
    rows = SharingVersion.objects.filter(practice=practice, young_person__in=whose)
    said = (Value(_VERSION), "young_person_id", Cast("number", CharField()), Value(""), TruncDate("newest_at"), _NO_DAY)
    return rows.values_list("young_person_id", *said, "newest_at", "id")


def _arm(model: type[DatedFact], practice: UUID, whose: Sequence[UUID], at: datetime) -> Any:
    first, *more = model.FACTS.values()
    said = Concat(first, *(part for column in more for part in (Value(_AND), column))) if more else F(first)
    of_whom = "young_person" if model.SUBJECT == "young_person" else f"{model.SUBJECT}__young_person"
    rows = model._default_manager.filter(practice=practice, recorded_at__lte=at, **{f"{of_whom}__in": whose})
    return rows.values_list(
        F(f"{of_whom}_id"),
        Value(_AND.join(model.FACTS)),
        F(f"{model.SUBJECT}_id"),
        said,
        F(model.SCOPE) if model.SCOPE else Value(""),
        "effective_on",
        "lapses_on",
        "recorded_at",
        "id",
    )


def day_in(practice: Practice, *, at: datetime) -> date:
    """Return the day it is for the practice at a moment: birthdays and court orders turn at its own midnight."""
    return at.astimezone(ZoneInfo(practice.time_zone)).date()


def age_on(born_on: date | None, day: date) -> int | None:
    """
    Return the age in whole years, if it is known and can be one: on a day before they were born nobody has an age.

    Born on 29 February, one is a year older on 1 March in other years.
    """
    if born_on is None:
        return None
    age = day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))
    return age if 0 <= age <= OLDEST else None
