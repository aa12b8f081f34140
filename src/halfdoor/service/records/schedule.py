"""
How long each record has to be kept, as it stands on a day: facts from rows, the answer from the rules of the packs.

Wherever a fact is missing the answer is that the record stays.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import compress
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from halfdoor.service.core.models import Practice
from halfdoor.service.core.prepared import Among, Prepared
from halfdoor.service.disclosures import retaining
from halfdoor.service.disclosures.retaining import Retention
from halfdoor.service.people.choices import Answer
from halfdoor.service.people.models import Episode, EpisodeEnding, Suspicion, YoungPerson
from halfdoor.service.records.choices import Alleged, State
from halfdoor.service.records.models import Keeper, Known, LegalHold
from halfdoor.service.requests.models import FamilyRequest
from halfdoor.service.safeguarding.models import Incident


@dataclass(frozen=True, slots=True)
class Standing:
    """How it stands with one record: what the rules say, which holds are on it, and what about it is still open."""

    young_person: YoungPerson
    retention: Retention
    holds: tuple[LegalHold, ...]
    going_on: tuple[str, ...]
    known: Known | None
    keeper: Keeper | None

    @property
    def state(self) -> State:
        """Whether it is held, may go, has to be kept, or cannot be worked out."""
        if self.retention.holds:
            return State.HELD
        if self.retention.until is None:
            return State.UNKNOWN
        return State.DUE if self.retention.may_go else State.KEPT


def keeper_of(practice: UUID) -> Keeper | None:
    """Return what was said last about who keeps the practice's records."""
    return next(iter(_KEEPER.rows(Keeper, practice)), None)


def _keeper(practice: UUID) -> QuerySet[Keeper]:
    return Keeper.objects.filter(practice=practice).select_related("said_by").order_by("-said_at", "-id")[:1]


_KEEPER = Prepared(_keeper, UUID)


def standings(
    practice: Practice, young_people: Iterable[YoungPerson], *, for_clinicians: bool = True, on: date
) -> list[Standing]:
    """
    Return how it stands with the records of young people of a practice, in as many queries as for one.

    :param for_clinicians: otherwise nothing in the answer rests on what clinicians alone may know: harm, and requests
    """
    people = list(young_people)
    if not people:
        return []
    keys = [one.pk for one in people]
    keeper = keeper_of(practice.pk)
    known = {row.young_person_id: row for row in _KNOWN.rows(Known, practice.pk, some=keys)}
    holds = _by_person(_HOLDS.rows(LegalHold, practice.pk, some=keys))
    busy = _waiting(practice.pk, keys) if for_clinicians else {}
    ends, settings = _care(practice.pk, keys)
    suspected = {key for (key,) in _SUSPECTED.ask(Suspicion, practice.pk, some=keys)} if for_clinicians else set()
    entered = retaining.last_entries(practice.pk, keys)
    return [
        Standing(
            young_person=one,
            retention=retaining.retained(
                practice,
                words=_words(
                    keeper,
                    settings.get(one.pk, "unknown"),
                    _alleged(known.get(one.pk), one.pk in suspected) if for_clinicians else Alleged.UNKNOWN,
                ),
                days=_days(one, ends.get(one.pk), known.get(one.pk), entered.get(one.pk)),
                holds=_holds(holds.get(one.pk, ()), busy.get(one.pk, ())),
                on=on,
            ),
            holds=tuple(holds.get(one.pk, ())),
            going_on=tuple(busy.get(one.pk, ())),
            known=known.get(one.pk),
            keeper=keeper,
        )
        for one in people
    ]


def _words(keeper: Keeper | None, setting: str, alleged: str) -> dict[str, str]:
    return {
        "record": keeper.record if keeper else "therapy_record",
        "kept_by": keeper.kept_by if keeper else "unknown",
        "setting": setting,
        "abuse_alleged": alleged,
    }


def _alleged(known: Known | None, is_suspected: bool) -> str:
    """Where we hold a suspicion ourselves, nobody can say that there was none."""
    if is_suspected:
        return Alleged.YES
    return known.abuse_alleged if known else Alleged.UNKNOWN


def _days(
    young_person: YoungPerson, ended_on: date | None, known: Known | None, entered_at: datetime | None
) -> dict[str, date]:
    days = {
        "born_on": young_person.born_on,
        "care_ended_on": ended_on,
        "died_on": known.died_on if known else None,
        "last_entry_on": entered_at.date() if entered_at else None,
    }
    return {name: day for name, day in days.items() if day}


def _holds(placed: Iterable[LegalHold], going_on: Iterable[str]) -> list[retaining.Hold]:
    return [retaining.Hold(words) for words in (*(str(hold.get_kind_display()) for hold in placed), *going_on)]


def _care(practice: UUID, keys: Collection[UUID]) -> tuple[dict[UUID, date], dict[UUID, str]]:
    """Return the last day of care of those for whom all care has ended, and the setting of the newest episode."""
    ended: dict[UUID, date] = dict(_ENDED.ask(EpisodeEnding, practice, some=keys))
    settings: dict[UUID, str] = {}
    ends: dict[UUID, list[date | None]] = {}
    for episode, young_person, setting in _EPISODES.ask(Episode, practice, some=keys):
        settings[young_person] = setting
        ends.setdefault(young_person, []).append(ended.get(episode))
    last = {key: max(day for day in days if day) for key, days in ends.items() if None not in days}
    return last, settings


def _waiting(practice: UUID, keys: Collection[UUID]) -> dict[UUID, list[str]]:
    """Return what is going on about a record that it is needed for, in words."""
    if len(keys) == 1:
        whose = {key: (asked, happened) for key, asked, happened in _OPEN_ABOUT_ONE.ask(YoungPerson, practice, *keys)}
    else:
        waits = {key for (key,) in _ASKED.ask(FamilyRequest, practice, some=keys)}
        is_open = {key for (key,) in _HAPPENED.ask(Incident, practice, some=keys)}
        whose = {key: (key in waits, key in is_open) for key in keys}
    words = (_("a request of the family that nobody has answered"), _("an incident that is not closed"))
    return {key: list(compress(words, which)) for key, which in whose.items()}


def _by_person(rows: Iterable[LegalHold]) -> dict[UUID, list[LegalHold]]:
    found: dict[UUID, list[LegalHold]] = {}
    for row in rows:
        found.setdefault(row.young_person_id, []).append(row)
    return found


def _about(practice: UUID, *keys: UUID) -> dict[str, Any]:
    return {"practice": practice, "young_person__in": keys}


def _asked(practice: UUID, *keys: UUID) -> QuerySet[FamilyRequest, Any]:
    """SQLite goes from one young person to the next, as soon as one of their requests is found that waits."""
    return FamilyRequest.objects.filter(**_about(practice, *keys)).waiting().values_list("young_person").distinct()


def _happened(practice: UUID, *keys: UUID) -> QuerySet[Incident, Any]:
    return Incident.objects.filter(**_about(practice, *keys)).open().values_list("young_person").distinct()


def _open_of_one(practice: UUID, young_person: UUID) -> QuerySet[YoungPerson, Any]:
    """Both of one: the first that is open says it. Of many, SQLite would look at all there is for each of them."""
    theirs = {"practice": OuterRef("practice"), "young_person": OuterRef("pk")}
    asked = Exists(FamilyRequest.objects.filter(**theirs).waiting())
    happened = Exists(Incident.objects.filter(**theirs).open())
    return YoungPerson.objects.filter(practice=practice, pk=young_person).values_list("pk", asked, happened)


def _standing_holds(practice: UUID, *keys: UUID) -> QuerySet[LegalHold]:
    rows = LegalHold.objects.filter(**_about(practice, *keys)).standing()
    return rows.select_related("placed_by").order_by("placed_at")


def _suspected(practice: UUID, *keys: UUID) -> QuerySet[Suspicion, Any]:
    rows = Suspicion.objects.filter(practice=practice, membership__young_person__in=keys, suspected=Answer.YES)
    return rows.values_list("membership__young_person")


def _ended(practice: UUID, *keys: UUID) -> QuerySet[EpisodeEnding, Any]:
    rows = EpisodeEnding.objects.filter(practice=practice, episode__young_person__in=keys)
    return rows.values_list("episode", "ended_on")


def _episodes(practice: UUID, *keys: UUID) -> QuerySet[Episode, Any]:
    rows = Episode.objects.filter(**_about(practice, *keys)).order_by("started_on", "id")
    return rows.values_list("id", "young_person", "setting")


_KNOWN = Among(lambda *asked: Known.objects.filter(**_about(*asked)).order_by("recorded_at", "id"), UUID)
_HOLDS = Among(_standing_holds, UUID)
_ASKED = Among(_asked, UUID)
_HAPPENED = Among(_happened, UUID)
_OPEN_ABOUT_ONE = Prepared(_open_of_one, UUID, UUID)
_SUSPECTED = Among(_suspected, UUID)
_ENDED = Among(_ended, UUID)
_EPISODES = Among(_episodes, UUID)
