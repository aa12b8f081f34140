"""
Leaks that are planted in the product, to see that two worlds find them; and beside each a twin that tells as much of
what the viewer may know, on which they have to stay silent.

``WAYS`` are ways of telling, each over some rows: planted over all that there are about a young person it is a leak,
over those that the viewer may know it is the twin.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

import pytest
from django.core.paginator import Page, Paginator

from halfdoor.service.accounts.models import Account
from halfdoor.service.core.guarding import reading
from halfdoor.service.disclosures.models import Item
from halfdoor.service.people import queries as people
from halfdoor.service.portals.queries import families
from halfdoor.service.portals.queries.families import Child, Shared, Week
from halfdoor.service.portals.views import caregiver
from halfdoor.service.requests.models import FamilyRequest, FamilyRequestQuerySet
from halfdoor.service.requests.queries import families as asked
from halfdoor.service.web.paging import Paged


@dataclass(frozen=True, slots=True)
class Row:
    """One row that is told of: when it came, what kind it is, and its words."""

    at: datetime
    kind: str
    words: str


Rows = Sequence[Row]
Way = Callable[[Child, Rows], Child]


def _total_count(child: Child, rows: Rows) -> Child:
    return replace(child, name=f"{child.name} ({len(rows)})")


def _number_of_pages(child: Child, rows: Rows) -> Child:
    return replace(child, asked=Page(child.asked.object_list, 1, Paginator(rows, 2)))


def _serial_ids(child: Child, rows: Rows) -> Child:
    when = [row.at for row in rows]
    lines = [replace(line, topic=f"{line.topic}, no. {when.index(line.at)}") for line in child.asked]
    return replace(child, asked=Page(lines, 1, child.asked.paginator))


def _last_updated(child: Child, rows: Rows) -> Child:
    return replace(child, name=f"{child.name}, last changed {max(row.at for row in rows):%d %B %H:%M}")


def _suggestions(child: Child, rows: Rows) -> Child:
    """What a field would offer while one types."""
    return replace(child, name=" ".join([child.name, *sorted({row.words for row in rows})]))


def _facets(child: Child, rows: Rows) -> Child:
    kinds = sorted(Counter(row.kind for row in rows).items())
    return replace(child, name=f"{child.name}: {', '.join(f'{kind} {number}' for kind, number in kinds)}")


def _placeholder(child: Child, rows: Rows) -> Child:
    seen = {one.at for one in (*child.shared, *child.asked)}
    held = tuple(Shared("[withheld]", row.at, "") for row in rows if row.at not in seen)
    return replace(child, shared=(*child.shared, *held))


def _numbering(child: Child, rows: Rows) -> Child:
    when = [row.at for row in rows]
    shared = tuple(replace(one, topic=f"Session {when.index(one.at) + 1}: {one.topic}") for one in child.shared)
    return replace(child, shared=shared)


WAYS: Mapping[str, Way] = {
    "total count": _total_count,
    "number of pages": _number_of_pages,
    "serial ids": _serial_ids,
    "last updated": _last_updated,
    "autocomplete": _suggestions,
    "category facets": _facets,
    "placeholder": _placeholder,
    "session numbering": _numbering,
}


def _all_about(child: Child, reader: Account) -> Rows:
    """Everything there is about a young person: what nobody may count."""
    (member,) = [one for one in people.memberships_of(reader) if one.pk == child.membership_id]
    requests = FamilyRequest.objects.filter(young_person=member.young_person)
    with reading(Item):
        items = list(Item.objects.filter(young_person=member.young_person))
    rows = [Row(one.received_at, one.category, one.motive) for one in requests]
    return sorted([*rows, *(Row(one.written_at, one.category, "") for one in items)], key=lambda row: row.at)


def _known_about(child: Child, reader: Account) -> Rows:
    """What stands on the page anyway."""
    rows = [Row(one.at, one.topic, one.topic) for one in (*child.shared, *child.asked)]
    return sorted(rows, key=lambda row: row.at)


@dataclass(frozen=True, slots=True)
class Plant:
    """Something planted in the product: how, and on whose page it would be seen."""

    put: Callable[[pytest.MonkeyPatch], None]
    viewer: str = "tom"
    address: str = "/family/"


def _on_week(way: Way, rows_of: Callable[[Child, Account], Rows]) -> Plant:
    def put(patch: pytest.MonkeyPatch) -> None:
        real = families.week

        def week(reader: Account, **asked: Any) -> Week:
            shown = real(reader, **asked)
            return replace(shown, child=way(shown.child, rows_of(shown.child, reader)) if shown.child else None)

        patch.setattr(families, "week", week)

    return Plant(put)


def _etag(rows_of: Callable[[Child, Account], Rows]) -> Plant:
    """A tag over rows in a header, so that a browser could ask whether anything changed."""

    def put(patch: pytest.MonkeyPatch) -> None:
        real = caregiver.render

        def render(request: Any, template: str, context: dict[str, Any]) -> Any:
            response = real(request, template, context)
            rows = rows_of(context["week"].child, request.user)
            response["ETag"] = sha256(repr(rows).encode()).hexdigest()
            return response

        patch.setattr(caregiver, "render", render)

    return Plant(put)


def _whoever_called(known: Callable[[Any], Any]) -> Plant:
    """Which questions count as somebody's own: those of a stranger in their name do not."""

    def put(patch: pytest.MonkeyPatch) -> None:
        patch.setattr(FamilyRequestQuerySet, "known", known)
        patch.setattr(asked, "_ASKED", Paged(asked._asked, UUID, UUID, size=20))  # its SQL was written without the leak

    return Plant(put)


_KNOWN = FamilyRequestQuerySet.known


def _once_more(rows: FamilyRequestQuerySet) -> FamilyRequestQuerySet:
    return rows.filter(pk__in=_KNOWN(rows).values("pk"))


LEAKS: Mapping[str, Plant] = {
    **{name: _on_week(way, _all_about) for name, way in WAYS.items()},
    "tag of a page": _etag(_all_about),
    "a stranger's question": _whoever_called(lambda rows: rows),
}
TWINS: Mapping[str, Plant] = {
    **{name: _on_week(way, _known_about) for name, way in WAYS.items()},
    "tag of a page": _etag(_known_about),
    "a stranger's question": _whoever_called(_once_more),
}
