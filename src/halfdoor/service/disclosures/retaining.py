"""
How long a record has to be kept: asked of the retention rules, for the room that shows it and lets records go.

Nothing here knows a period. What the rules cannot say stays kept.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache
from uuid import UUID

from django.db.models import Max

from halfdoor.disclosure import retaining
from halfdoor.disclosure.retaining import Hold, Kept, Retention, Shelf
from halfdoor.service.core.guarding import reading
from halfdoor.service.core.models import Practice
from halfdoor.service.disclosures.models import Item

__all__ = ["Hold", "Kept", "Retention", "last_entries", "retained"]

_rules_of = lru_cache(maxsize=64)(retaining.shipped_keeps)


def retained(
    practice: Practice, *, words: Mapping[str, str], days: Mapping[str, date], holds: Iterable[Hold], on: date
) -> Retention:
    """Return how long a record about one young person has to be kept, by the rules of the practice's place."""
    known = {name: day for name, day in days.items() if day <= on}
    shelf = Shelf(place=practice.place, words=dict(words), days=known, holds=tuple(holds), at=on)
    return retaining.retain(shelf, _rules_of(practice.place))


def last_entries(practice: Practice, young_people: Iterable[UUID]) -> dict[UUID, datetime]:
    """Return when something was last entered about each of these young people; nothing of what it was."""
    with reading(Item):
        rows = Item.objects.filter(practice=practice, young_person__in=list(young_people)).values("young_person")
        found = rows.annotate(last=Max("written_at")).order_by("young_person").values_list("young_person", "last")
        return dict(found)
