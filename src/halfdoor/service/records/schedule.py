"""
How long each record has to be kept, as it stands on a day: facts from rows, the answer from the rules of the packs.

Wherever a fact is missing the answer is that the record stays.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from halfdoor.service.core.models import Practice
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

    @property
    def state(self) -> State:
        """Whether it is held, may go, has to be kept, or cannot be worked out."""
        if self.retention.holds:
            return State.HELD
        if self.retention.until is None:
            return State.UNKNOWN
        return State.DUE if self.retention.may_go else State.KEPT


def keeper_of(practice: Practice | UUID) -> Keeper | None:
    """Return what was said last about who keeps the practice's records."""
    rows = Keeper.objects.filter(practice=practice).select_related("said_by")
    return rows.order_by("-said_at", "-id").first()


def standings(
    practice: Practice, young_people: Iterable[YoungPerson], *, for_clinicians: bool = True, on: date
) -> list[Standing]:
    """
    Return how it stands with the records of young people of a practice, in as many queries as for one.

    :param for_clinicians: otherwise nothing in the answer rests on what clinicians alone may know: harm, and requests
    """
    people = list(young_people)
    keys = [one.pk for one in people]
    about = {"practice": practice, "young_person__in": keys}
    keeper = keeper_of(practice)
    known = {row.young_person_id: row for row in Known.objects.filter(**about).order_by("recorded_at", "id")}
    holds = _by_person(LegalHold.objects.filter(**about).standing().select_related("placed_by").order_by("placed_at"))
    busy = _waiting(about) if for_clinicians else {}
    ends, settings = _care(practice, keys)
    suspected = _suspected(practice, keys) if for_clinicians else set()
    entered = retaining.last_entries(practice, keys)
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


def _care(practice: Practice, keys: Collection[UUID]) -> tuple[dict[UUID, date], dict[UUID, str]]:
    """Return the last day of care of those for whom all care has ended, and the setting of the newest episode."""
    ended = dict(
        EpisodeEnding.objects.filter(practice=practice, episode__young_person__in=keys).values_list(
            "episode", "ended_on"
        )
    )
    settings: dict[UUID, str] = {}
    ends: dict[UUID, list[date | None]] = {}
    for episode in Episode.objects.filter(practice=practice, young_person__in=keys).order_by("started_on", "id"):
        settings[episode.young_person_id] = episode.setting
        ends.setdefault(episode.young_person_id, []).append(ended.get(episode.pk))
    last = {key: max(day for day in days if day) for key, days in ends.items() if None not in days}
    return last, settings


def _suspected(practice: Practice, keys: Collection[UUID]) -> set[UUID]:
    rows = Suspicion.objects.filter(
        practice=practice, membership__young_person__in=keys, suspected=Answer.YES
    ).values_list("membership__young_person", flat=True)
    return set(rows)


def _waiting(about: Mapping[str, Any]) -> dict[UUID, list[str]]:
    """Return what is going on about a record that it is needed for, in words."""
    found: dict[UUID, list[str]] = {}
    for key in FamilyRequest.objects.filter(**about).waiting().values_list("young_person", flat=True).distinct():
        found.setdefault(key, []).append(_("a request of the family that nobody has answered"))
    for key in Incident.objects.filter(**about).open().values_list("young_person", flat=True).distinct():
        found.setdefault(key, []).append(_("an incident that is not closed"))
    return found


def _by_person(rows: Iterable[LegalHold]) -> dict[UUID, list[LegalHold]]:
    found: dict[UUID, list[LegalHold]] = {}
    for row in rows:
        found.setdefault(row.young_person_id, []).append(row)
    return found
