"""What a change would do to who may know what: it happens, the gate is asked, and it is taken back."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from halfdoor.service.accounts.models import Account
from halfdoor.service.disclosures import gate
from halfdoor.service.disclosures.answers import MapRow
from halfdoor.service.disclosures.choices import MAP_CATEGORIES, Category
from halfdoor.service.people import queries
from halfdoor.service.people.choices import Relation
from halfdoor.service.people.foreseeing import Change, Turn
from halfdoor.service.people.models import YoungPerson

_NOT_YET = "withhold"
"""How everything stands for somebody who has no place in the circle."""

Rows = Mapping[UUID, MapRow]


def foresee(
    young_person: YoungPerson, act: Callable[[], object], on: date, reader: Account, at: datetime
) -> Sequence[Change] | None:
    """Return who may know what otherwise from a day on, to who is a clinician before and after; nothing to others."""
    if not queries.is_theirs(young_person, reader=reader):
        return None
    moment = max(at + timedelta(minutes=1), _noon(young_person, on))
    with transaction.atomic():
        before = _drawn(young_person, reader=reader, at=moment)
        act()
        try:
            anew = queries.young_person_of(reader, young_person.pk)  # their day of birth may be another by now
            after = _drawn(anew, reader=reader, at=moment)
        except YoungPerson.DoesNotExist:  # they take themselves out of the circle
            return None
        finally:
            transaction.set_rollback(True)
    return tuple(changes(before, after))


def between(young_person: YoungPerson, days: tuple[date, date], *, reader: Account) -> Sequence[Change]:
    """Return who may know what otherwise on the second day than on the first, by what is on record."""
    before, after = (_drawn(young_person, reader=reader, at=_noon(young_person, day)) for day in days)
    return tuple(changes(before, after))


def changes(before: Rows, after: Rows) -> Iterable[Change]:
    """Yield what is answered otherwise, by person; the young person's own place comes first."""
    for member_id in [*after, *(gone for gone in before if gone not in after)]:
        row = after.get(member_id) or before[member_id]
        was, becomes = (_answers(rows.get(member_id), count=len(row.answers)) for rows in (before, after))
        alike: dict[tuple[str, str], list[str]] = defaultdict(list)
        for category, old, new in zip(MAP_CATEGORIES, was, becomes, strict=True):
            if old != new:
                alike[old, new].append(str(Category(category).label))
        turns = tuple(Turn(tuple(topics), old, new) for (old, new), topics in alike.items())
        if turns:
            relation = str(row.member.get_relation_display())
            yield Change(row.member.person.name, relation, member_id not in before, turns)


def _answers(row: MapRow | None, *, count: int) -> Sequence[str]:
    return [str(answer) for answer in row.answers] if row else [_NOT_YET] * count


def _drawn(young_person: YoungPerson, *, reader: Account, at: datetime) -> Rows:
    rows = gate.sharing_map(young_person, reader=reader, at=at).rows
    return {row.member.pk: row for row in sorted(rows, key=lambda row: row.member.relation != Relation.SELF)}


def _noon(young_person: YoungPerson, day: date) -> datetime:
    return datetime.combine(day, time(12), ZoneInfo(young_person.practice.time_zone))
