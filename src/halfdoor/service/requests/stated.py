"""Circumstances stated while somebody asked. They hold for the same person and kind of information, for a while."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any
from uuid import UUID

from halfdoor.service.core.prepared import Prepared, Question
from halfdoor.service.disclosures.providers import About, Facts
from halfdoor.service.people.models import Membership, YoungPerson
from halfdoor.service.requests.models import StatedFact

HOLDS = timedelta(days=30)
"""How long a circumstance stands that nobody states again."""

CLOSED: Mapping[str, str] = MappingProxyType(
    {
        "risk": "none_known",
        "emergency": "unknown",
        "best_interests": "not_assessed",
        "harm_finding": "none",
        "recipient_already_knows": "unknown",
        "acting_for": "unknown",
    }
)
"""What can be stated, with what holds while it cannot be read."""


def load(young_person: YoungPerson, at: datetime) -> About:
    """Read what was stated about this young person's information lately, the newest of each."""
    return load_many([young_person], at)[young_person.pk]


def load_many(young_people: Sequence[YoungPerson], at: datetime) -> Mapping[UUID, About]:
    """Read what was stated lately about the information of several young people of one practice, the newest of each."""
    stated: dict[UUID, _Stated] = {one.pk: defaultdict(dict) for one in young_people}
    if len(stated) == 1:
        prepared, values = question_of(young_people[0], at)
        rows = prepared.ask(StatedFact, *values)
    else:
        rows = _rows(young_people[0].practice_id, at - HOLDS, at, *stated)
    for whose, asked_by, category, fact, value in rows:
        stated[whose][asked_by, category][fact] = value
    return {whose: _saying(said) for whose, said in stated.items()}


def question_of(young_person: YoungPerson, at: datetime) -> Question:
    """Return what is asked about one of them, to be asked ahead of it together with what else is read."""
    return _ROWS_OF_ONE, (young_person.practice_id, at - HOLDS, at, young_person.pk)


def _rows(practice: UUID, after: datetime, by: datetime, *whose: UUID) -> Any:
    """Return what was stated about some young people, the oldest first."""
    whole = {"practice": practice, "request__practice": practice}  # so that either table can be looked at first
    rows = StatedFact.objects.filter(**whole, request__young_person__in=whose).known()
    rows = rows.filter(stated_at__gt=after, stated_at__lte=by)
    columns = ("request__young_person", "request__asked_by", "request__category", "fact", "value")
    return rows.order_by("stated_at", "id").values_list(*columns)


_ROWS_OF_ONE = Prepared(_rows, UUID, datetime, datetime, UUID)
_Stated = dict[tuple[UUID | None, str], dict[str, str]]


def _saying(stated: _Stated) -> About:
    def about(member: Membership | None, category: str, topic: str) -> Facts:
        return stated.get((member.pk, category), {}) if member else {}

    return about
