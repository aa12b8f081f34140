"""
How long a record has to be kept: asked of the retention rules, for the room that shows it and lets records go.

Nothing here knows a period. What the rules cannot say stays kept.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from halfdoor.disclosure import retaining
from halfdoor.disclosure.retaining import Hold, Kept, Retention, Shelf
from halfdoor.service.core.guarding import reading
from halfdoor.service.core.models import Practice
from halfdoor.service.core.prepared import Among
from halfdoor.service.disclosures.models import Item
from halfdoor.service.people.models import YoungPerson

__all__ = ["Hold", "Kept", "Retention", "last_entries", "retained"]

_rules_of = lru_cache(maxsize=64)(retaining.shipped_keeps)


def retained(
    practice: Practice, *, words: Mapping[str, str], days: Mapping[str, date], holds: Iterable[Hold], on: date
) -> Retention:
    """Return how long a record about one young person has to be kept, by the rules of the practice's place."""
    known = {name: day for name, day in days.items() if day <= on}
    shelf = Shelf(place=practice.place, words=dict(words), days=known, holds=tuple(holds), at=on)
    return retaining.retain(shelf, _rules_of(practice.place))


def last_entries(practice: UUID, young_people: Collection[UUID]) -> dict[UUID, datetime]:
    """Return when something was last entered about each of these young people; nothing of what it was."""
    with reading(Item):
        found = _LAST.ask(Item, practice, some=young_people)
        return {young_person: last for young_person, last in found if last is not None}


def _last(practice: UUID, *young_people: UUID) -> QuerySet[YoungPerson, Any]:
    """A database finds the newest entry about each by an index, and passes over all older ones."""
    theirs = Item.objects.filter(practice=OuterRef("practice"), young_person=OuterRef("pk"))
    newest = Subquery(theirs.order_by("-written_at").values("written_at")[:1])
    return YoungPerson.objects.filter(practice=practice, pk__in=young_people).values_list("pk", newest)


_LAST = Among(_last, UUID)
