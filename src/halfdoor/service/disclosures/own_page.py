"""
What a young person reads about themselves: what was told, what was not, and who on the staff looked.

Their page may be seen by others too. So nothing stands on it that tells by its kind, by whom it went to or by being
refused at all that there is a suspicion, a danger or a court; and no count includes what is left out.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import groupby, islice
from operator import attrgetter
from typing import Any, Generic, NamedTuple, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, Value, When

from halfdoor.service.accounts.models import Account
from halfdoor.service.core import chain
from halfdoor.service.core.prepared import Prepared
from halfdoor.service.core.spaces import STAFF
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

    pk: UUID
    membership_id: UUID
    name: str
    category: str
    kind: str
    at: datetime
    is_new: bool


_One = TypeVar("_One")


@dataclass(frozen=True, slots=True)
class Some(Generic[_One]):
    """
    Some of a list, newest first. How many there are in all is never counted.

    :param after: what these come after, where that is not what the list begins with
    :param older: what older ones come after, where there are any
    """

    rows: tuple[_One, ...]
    after: str = ""
    older: str = ""


def history(young_person: YoungPerson, *, after: UUID | None = None, reader: Account, at: datetime) -> Some[OfALine]:
    """
    Return what members of the circle were told and what they were not, newest first, as the young person's own page
    says it: the newest of it, or what is older than the line ``after``, where that stands on the page.

    What was told since they last said that they had seen it ``is_new``.
    """
    if not people.is_theirs(young_person, reader=reader):
        return Some(())
    about = young_person.practice_id, young_person.pk, day_in(young_person.practice, at=at)
    begins = next(iter(_ITS_PLACE.ask(Line, *about, after)), None) if after else None
    found = list(_OLDER.ask(Line, *about, *begins) if begins else _NEWEST.ask(Line, *about))
    lines, more = tuple(OfALine(*one) for one in found[:_A_PAGE]), len(found) > _A_PAGE
    return Some(lines, str(after) if begins else "", str(lines[-1].pk) if more else "")


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
    rows = without_what_is_kept_out(rows, practice, young_person, on=today)
    rows = rows.annotate(is_new=_is_new()).order_by("-at", "-id")
    return rows.values_list("pk", "membership_id", "membership__person__name", "category", "kind", "at", "is_new")


def _older(practice: UUID, young_person: UUID, today: date, at: datetime, pk: UUID) -> QuerySet[Line, Any]:
    return _told(practice, young_person, today).filter(Q(at__lt=at) | Q(pk__lt=pk), at__lte=at)


_LATEST = Prepared(lambda *about: _told(*about)[:_A_FEW_HUNDRED], UUID, UUID, date)
_NEWEST = Prepared(lambda *about: _told(*about)[: _A_PAGE + 1], UUID, UUID, date)
_OLDER = Prepared(lambda *about: _older(*about)[: _A_PAGE + 1], UUID, UUID, date, datetime, UUID)
_ITS_PLACE = Prepared(
    lambda *about: _told(*about[:-1]).filter(pk=about[-1]).order_by().values_list("at", "pk"), UUID, UUID, date, UUID
)


def _is_new() -> Case:
    """Whether a line tells of something that was told since the young person last said that they had seen it."""
    seen = Noticed.objects.filter(practice=OuterRef("practice"), young_person=OuterRef("young_person"))
    upto = Subquery(seen.order_by("-upto_at").values("upto_at")[:1])
    is_new = Q(kind=LineKind.RELEASE) & (~Exists(seen) | Q(at__gt=upto))
    return Case(When(is_new, then=Value(True)), default=Value(False))


def looks(young_person: YoungPerson, *, before: date | None = None, reader: Account) -> Some[Seen]:
    """
    Return who on the staff looked at their record, newest first, each once a day: whole days, the last ones or those
    ``before`` a day, where there are any.
    """
    shown: list[Seen] = []
    for day in _days(young_person, before=before, reader=reader):
        if len(shown) >= _A_PAGE:
            return Some(tuple(shown), _named(before), _named(shown[-1].on))
        shown += day
    if before and not shown:
        return looks(young_person, reader=reader)
    return Some(tuple(shown), _named(before))


def latest_looks(young_person: YoungPerson, most: int, *, reader: Account) -> list[Seen]:
    """Return the first few of them, and read no days before."""
    return list(islice((one for day in _days(young_person, reader=reader) for one in day), most))


def _named(day: date | None) -> str:
    return day.isoformat() if day else ""


def _days(young_person: YoungPerson, *, before: date | None = None, reader: Account) -> Iterator[list[Seen]]:
    """Yield who looked on each day, newest first: a few hundred looks are read at a time, and the rest of a day."""
    if not people.is_theirs(young_person, reader=reader):
        return
    zone = _zone(young_person)
    upto = _begins(before, zone) if before else None
    while True:
        some = _some_looks(young_person, before=upto)
        found = {Seen(who, at.astimezone(zone).date()) for who, at in some}
        days = [list(day) for _, day in groupby(sorted(found, key=_by_day), key=attrgetter("on"))]
        if len(some) < _A_FEW_HUNDRED:
            yield from days
            return
        yield from days[:-1]
        last_at = some[-1][1]
        upto = _begins(last_at.astimezone(zone).date(), zone)
        rest = _WHO_LOOKED.ask(Account, young_person.practice_id, young_person.pk, upto, last_at)
        whole = {*days[-1], *(Seen(who, upto.date()) for (who,) in rest)}
        yield sorted(whole, key=_by_day)


def _by_day(one: Seen) -> tuple[int, str]:
    return -one.on.toordinal(), one.who


def _begins(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.min, zone)


def _everyday_looks(practice: UUID, young_person: UUID) -> QuerySet[Look]:
    return Look.objects.filter(practice=practice, young_person=young_person, page__in=EVERYDAY_PAGES)


def _moments(practice: UUID, young_person: UUID) -> QuerySet[Look, Any]:
    return _everyday_looks(practice, young_person).order_by("-at").values_list("by__display_name", "at")


def _who_looked(practice: UUID, young_person: UUID, since: datetime, upto: datetime) -> QuerySet[Account, Any]:
    """Ask for each of the staff whether they looked in that time: there are few of them, and may be many looks."""
    theirs = _everyday_looks(practice, young_person).filter(by=OuterRef("pk"), at__gte=since, at__lte=upto)
    staff = Account.objects.filter(practice=practice, role__in=sorted(STAFF.roles))
    return staff.filter(Exists(theirs)).values_list("display_name")


_WHO_LOOKED = Prepared(_who_looked, UUID, UUID, datetime, datetime)
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
