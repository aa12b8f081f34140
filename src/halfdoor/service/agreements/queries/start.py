"""What was explained to whom at the start, in which words, and to whom nobody has explained it yet."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from halfdoor.service.accounts.models import Account
from halfdoor.service.agreements.models import Explained
from halfdoor.service.core.prepared import Prepared
from halfdoor.service.documents.choices import CAREGIVERS, Kind
from halfdoor.service.people import queries as people
from halfdoor.service.people.choices import Relation
from halfdoor.service.people.models import Membership, YoungPerson

EXPLAINABLE = (
    Kind.CONFIDENTIALITY_CAREGIVERS,
    Kind.CONFIDENTIALITY_YOUNGER,
    Kind.CONFIDENTIALITY_OLDER,
    Kind.EXPECTATIONS,
    Kind.THERAPY_AGREEMENT,
)
"""The papers that somebody goes through aloud."""

_LIMITS = EXPLAINABLE[:3]


@dataclass(frozen=True, slots=True)
class Told:
    """One talk: with whom, about which paper and which version of it, when, by whom, and how it was taken."""

    name: str
    paper: str
    version: int
    language: str
    on: date
    by: str
    taken: str
    words: str


@dataclass(frozen=True, slots=True)
class Start:
    """What was explained, newest first, and who has not heard yet what stays private and what may not."""

    told: tuple[Told, ...]
    not_yet: tuple[Membership, ...]


def explained_about(young_person: YoungPerson, *, reader: Account) -> Start:
    """Return what was explained to the young person and to caregivers, to a clinician of the circle."""
    circle = people.circle_of(young_person, reader=reader)
    if not circle:
        return Start((), ())
    joined = list(_EXPLAINED.rows(Explained, young_person.practice_id, young_person.pk))
    heard = {row.membership_id for row in joined if row.text.version.kind in _LIMITS}
    not_yet = tuple(one for one in who_hears(circle) if one.pk not in heard)
    return Start(tuple(_told(row) for row in joined), not_yet)


def _explained(practice: UUID, young_person: UUID) -> "QuerySet[Explained]":
    rows = Explained.objects.filter(practice=practice, young_person=young_person)
    return rows.select_related("membership__person", "text__version", "recorded_by").order_by("-recorded_at", "-id")


_EXPLAINED = Prepared(_explained, UUID, UUID)


def who_hears(circle: list[Membership]) -> list[Membership]:
    """Return who of a circle is told at the start what stays private: the young person and their caregivers."""
    return [one for one in circle if one.relation in (Relation.SELF, *CAREGIVERS)]


def _told(row: Explained) -> Told:
    return Told(
        name=row.membership.person.name,
        paper=str(row.text.version.get_kind_display()),
        version=row.text.version.number,
        language=row.text.language,
        on=row.explained_on,
        by=row.recorded_by.display_name,
        taken=str(row.get_taken_display()),
        words=row.words,
    )
