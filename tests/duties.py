"""What the chain says that each release obliges to, and what its rows say."""

from collections import defaultdict
from uuid import UUID

from halfdoor.service.core import chain
from halfdoor.service.disclosures.choices import LineKind
from halfdoor.service.disclosures.models import Line, Obligation

Codes = dict[tuple[UUID, UUID], list[str]]
"""Codes in their order, by the young person and the line."""


def said_of_releases() -> Codes:
    """Return what the chain says of every release."""
    lines = Line.objects.filter(kind=LineKind.RELEASE).select_related("entry")
    said = {(line.young_person_id, line.pk): chain.body_of(line.entry)["decided"] for line in lines}
    return {which: sorted(code for one in decided for code in one["obligations"]) for which, decided in said.items()}


def bound_by_releases() -> Codes:
    """Return what the rows of every release say."""
    bound: Codes = defaultdict(list)
    for which in Line.objects.filter(kind=LineKind.RELEASE).values_list("young_person", "pk"):
        bound[which] = []
    for row in Obligation.objects.filter(line__kind=LineKind.RELEASE):
        bound[row.young_person_id, row.line_id].append(row.code)
    return {which: sorted(codes) for which, codes in bound.items()}
