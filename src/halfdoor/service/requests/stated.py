"""Circumstances stated while somebody asked. They hold for the same person and kind of information, for a while."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from uuid import UUID

from halfdoor.service.disclosures.providers import About, Facts
from halfdoor.service.people.models import Membership, YoungPerson
from halfdoor.service.requests.models import FamilyRequest, StatedFact

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
    known = FamilyRequest.objects.filter(practice=young_person.practice_id).about(young_person).known()
    rows = StatedFact.objects.filter(
        practice=young_person.practice_id,
        request__in=known,
        stated_at__gt=at - HOLDS,
        stated_at__lte=at,
    )
    stated: dict[tuple[UUID | None, str], dict[str, str]] = defaultdict(dict)
    columns = ("request__asked_by", "request__category", "fact", "value")
    for asked_by, category, fact, value in rows.order_by("stated_at", "id").values_list(*columns):
        stated[asked_by, category][fact] = value

    def about(member: Membership | None, category: str, topic: str) -> Facts:
        return stated.get((member.pk, category), {}) if member else {}

    return about
