"""
What a young person reads about themselves: what was told, what was not, and who on the staff looked.

Their page may be seen by others too. So nothing stands on it that tells by its kind, by whom it went to or by being
refused at all that there is a suspicion, a danger or a court; and no count includes what is left out.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.paginator import Page, Paginator
from django.db import transaction
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import TruncDate

from halfdoor.service.accounts.models import Account
from halfdoor.service.core import chain
from halfdoor.service.core.prepared import Prepared
from halfdoor.service.disclosures.choices import SAFEGUARDING, LineKind
from halfdoor.service.disclosures.models import Line, Look, Noticed, OrdinaryRefusal
from halfdoor.service.disclosures.queries import without_what_is_kept_out
from halfdoor.service.people import queries as people
from halfdoor.service.people.facts import day_in
from halfdoor.service.people.models import YoungPerson

EVERYDAY_PAGES = (
    "portals:young_person",
    "portals:map",
    "portals:cell",
    "portals:map_sheet",
    "disclosures:ledger",
    "disclosures:line",
    "portals:telling",
    "disclosures:account",
    "requests:asking",
    "requests:outlook",
    "requests:request",
    "notes:list",
    "notes:note",
    "documents:papers",
    "documents:signed",
    "agreements:agreements",
    "people:circle",
    "people:member",
    "portals:shift_of",
)
"""Pages that clinicians open about everybody. Of a look at any other the young person's page says nothing."""


_A_FEW_HUNDRED, _A_PAGE = 200, 50


@dataclass(frozen=True, slots=True)
class Seen:
    """Somebody on the staff looked at the record, on a day."""

    who: str
    on: date


class OfALine(NamedTuple):
    """What the young person's page says of one line: to whom it went or did not go, what about, and when."""

    membership_id: UUID
    name: str
    category: str
    kind: str
    at: datetime
    is_new: bool


def history(young_person: YoungPerson, *, page: str, reader: Account, at: datetime) -> Page[OfALine]:
    """
    Return a page of what members of the circle were told and what they were not, newest first, as the young person's
    own page says it. What was told since they last said that they had seen it ``is_new``.
    """
    told = _told(young_person.practice_id, young_person.pk, day_in(young_person.practice, at=at))
    rows = told if people.is_theirs(young_person, reader=reader) else told.none()
    shown = Paginator(rows, _A_PAGE).get_page(page)
    return Page([OfALine(*one) for one in shown], shown.number, shown.paginator)


def latest(young_person: YoungPerson, *, reader: Account, at: datetime) -> list[OfALine]:
    """Return the newest of it, a few hundred lines."""
    if not people.is_theirs(young_person, reader=reader):
        return []
    today = day_in(young_person.practice, at=at)
    return [OfALine(*one) for one in _LATEST.ask(Line, young_person.practice_id, young_person.pk, today)]


def _told(practice: UUID, young_person: UUID, today: date) -> QuerySet[Line, Any]:
    is_ordinary = OrdinaryRefusal.objects.filter(practice=OuterRef("practice"), line=OuterRef("pk"))
    rows = Line.objects.filter(practice=practice, young_person=young_person, membership__isnull=False)
    rows = rows.filter(Q(kind=LineKind.RELEASE) | Q(Exists(is_ordinary), kind=LineKind.REFUSAL))
    rows = rows.exclude(category__in=SAFEGUARDING).exclude(relation__in=people.SAFEGUARDING)
    rows = without_what_is_kept_out(rows, on=today).annotate(is_new=_is_new()).order_by("-at", "-id")
    return rows.values_list("membership_id", "membership__person__name", "category", "kind", "at", "is_new")


_LATEST = Prepared(lambda *about: _told(*about)[:_A_FEW_HUNDRED], UUID, UUID, date)


def _is_new() -> Case:
    """Whether a line tells of something that was told since the young person last said that they had seen it."""
    seen = Noticed.objects.filter(practice=OuterRef("practice"), young_person=OuterRef("young_person"))
    upto = Subquery(seen.order_by("-upto_at").values("upto_at")[:1])
    is_new = Q(kind=LineKind.RELEASE) & (~Exists(seen) | Q(at__gt=upto))
    return Case(When(is_new, then=Value(True)), default=Value(False))


def looks(young_person: YoungPerson, *, reader: Account) -> list[Seen]:
    """Return who on the staff looked at their record, newest first, each once a day."""
    rows = _everyday_looks(young_person.practice_id, young_person.pk)
    rows = rows if people.is_theirs(young_person, reader=reader) else rows.none()
    days = rows.annotate(on=TruncDate("at", tzinfo=_zone(young_person))).values_list("by__display_name", "on")
    return [Seen(who, on) for who, on in days.distinct().order_by("-on", "by__display_name")]


def latest_looks(young_person: YoungPerson, most: int, *, reader: Account) -> list[Seen]:
    """Return the first few of them, and read no days before."""
    if not people.is_theirs(young_person, reader=reader):
        return []
    zone, found, before = _zone(young_person), set[Seen](), None
    while len(found) < most:
        some = _some_looks(young_person, before=before)
        found |= {Seen(who, at.astimezone(zone).date()) for who, at in some}
        if len(some) < _A_FEW_HUNDRED:
            break
        last_at = some[-1][1]
        before = datetime.combine(last_at.astimezone(zone), time.min, zone)
        rest = _everyday_looks(young_person.practice_id, young_person.pk).filter(at__gte=before, at__lte=last_at)
        found |= {Seen(who, before.date()) for (who,) in rest.values_list("by__display_name").distinct()}
    return sorted(found, key=lambda one: (-one.on.toordinal(), one.who))[:most]


def _everyday_looks(practice: UUID, young_person: UUID) -> QuerySet[Look]:
    return Look.objects.filter(practice=practice, young_person=young_person, page__in=EVERYDAY_PAGES)


def _moments(practice: UUID, young_person: UUID) -> QuerySet[Look, Any]:
    return _everyday_looks(practice, young_person).order_by("-at").values_list("by__display_name", "at")


_FIRST_LOOKS = Prepared(lambda *about: _moments(*about)[:_A_FEW_HUNDRED], UUID, UUID)


def _zone(young_person: YoungPerson) -> ZoneInfo:
    return ZoneInfo(young_person.practice.time_zone)


def _some_looks(young_person: YoungPerson, *, before: datetime | None) -> list[tuple[str, datetime]]:
    """Return the last few hundred who looked, and when."""
    about = young_person.practice_id, young_person.pk
    if before is None:
        return list(_FIRST_LOOKS.ask(Look, *about))
    return list(_moments(*about).filter(at__lt=before)[:_A_FEW_HUNDRED])


@transaction.atomic
def noticed(young_person: YoungPerson, *, upto: datetime, by: Account, at: datetime) -> Noticed:
    """The young person says that they have seen what was told up to a moment."""
    body = {"kind": "disclosures.noticed", "young_person": str(young_person.pk), "upto": upto.isoformat()}
    chain.append(by.practice, body | {"by": str(by.pk)}, at=at)
    return Noticed.objects.create(practice=by.practice, young_person=young_person, upto_at=min(upto, at), at=at)
