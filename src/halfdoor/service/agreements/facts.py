"""
What was agreed about a question, in the contract's facts, at a moment.

Everything is read once (one query, for one young person or for many) and then derived without the database.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Case, DateField, Exists, OuterRef, TextField, UUIDField, Value, When
from django.db.models.functions import Cast

from halfdoor.service.agreements.choices import Topic, WishSource, WishValue
from halfdoor.service.agreements.models import Authorization, ToldAtStart, Wish, Withdrawal
from halfdoor.service.core.prepared import Prepared
from halfdoor.service.people.facts import day_in
from halfdoor.service.people.models import YoungPerson

Facts = Mapping[str, str]
"""Facts of the contract by the last part of their path."""


@dataclass(frozen=True)
class Agreed:
    """All that was agreed about one young person's information, as it stood at a moment."""

    today: date
    wishes: tuple[Wish, ...]
    authorizations: tuple[Authorization, ...]
    withdrawn: frozenset[UUID]
    told: tuple[ToldAtStart, ...]

    @cached_property
    def topics(self) -> frozenset[str]:
        """The topics that make a difference to somebody: those that a wish or a consent names."""
        named = {wish.topic for wish in self.wishes}.union(*(consent.topics for consent in self.authorizations))
        return frozenset(named - {Topic.NONE.value})

    def about(self, membership_id: UUID | None, relation: str, category: str, topic: str, purpose: str) -> Facts:
        """Return wish, consent and what was told, about one recipient (none: somebody outside the circle)."""
        facts = {"told_at_start": self._told(relation, category)}
        if wish := self._wish(membership_id, category, topic):
            facts["wish"] = wish.value
            if topic and wish.topic == topic and wish.value == WishValue.OBJECTS:
                facts["kept_private"] = "yes"
        if membership_id is not None:
            facts |= self._authorization(membership_id, category, topic, purpose)
        return {name: value for name, value in facts.items() if value}

    def _wish(self, membership_id: UUID | None, category: str, topic: str) -> Wish | None:
        """
        Return the wish that holds: the newest of the most particular kind, unless a wider one came later and is less
        open.

        So a general yes never undoes a particular no, and a general no stops everything that was agreed before it. A no
        that was said on their own page is taken back there alone, whatever somebody else writes down later.
        """
        said = [
            wish
            for wish in self.wishes
            if wish.membership_id in (None, membership_id)
            and wish.category in ("", category)
            and wish.topic in ("", topic)
        ]
        holds = _holding(said)
        own = _holding(wish for wish in said if wish.source == WishSource.OWN_PAGE)
        if own and own.value == WishValue.OBJECTS and holds and holds.value != WishValue.OBJECTS:
            return own
        return holds

    def _authorization(self, membership_id: UUID, category: str, topic: str, purpose: str) -> Facts:
        """Return the best that any consent to this recipient gives: one that covers, else why none does."""
        found = {
            self._standing(consent, category, topic, purpose): consent.given_by
            for consent in self.authorizations
            if consent.membership_id == membership_id
        }
        for standing in ("covers", "withdrawn", "expired", "does_not_cover"):
            if standing in found:
                return {"authorization": standing, "authorization_by": found[standing]}
        return {}

    def _standing(self, consent: Authorization, category: str, topic: str, purpose: str) -> str:
        narrowed = bool(consent.topics) and topic not in consent.topics
        if category not in consent.categories or purpose not in consent.purposes or narrowed:
            return "does_not_cover"
        if consent.pk in self.withdrawn:
            return "withdrawn"
        if not consent.starts_on <= self.today:
            return "does_not_cover"
        return "covers" if self.today < consent.ends_on else "expired"

    def _told(self, relation: str, category: str) -> str:
        covering = [row.told for row in self.told if relation in row.relations and category in row.categories]
        return covering[-1] if covering else ""


def _holding(wishes: Iterable[Wish]) -> Wish | None:
    """Return which of these holds, oldest first: what a reader of ``_wish`` is told, whoever wrote them down."""
    newest = {(bool(wish.topic), wish.membership_id is not None, bool(wish.category)): wish for wish in wishes}
    if not newest:
        return None
    particular = newest[max(newest)]
    later = [wish for wish in newest.values() if wish.said_at >= particular.said_at]
    return max(later, key=lambda wish: (WishValue(wish.value).closedness, wish is particular))


def load(young_person: YoungPerson, *, at: datetime) -> Agreed:
    """Return what was agreed about a young person's information by a moment. One query."""
    return load_many([young_person], at=at)[young_person.pk]


def load_many(young_people: Sequence[YoungPerson], *, at: datetime) -> dict[UUID, Agreed]:
    """Return what was agreed about several young people of one practice, by their id. One query, however many."""
    found: dict[UUID, list[_Row]] = {one.pk: [] for one in young_people}
    if young_people:
        for row in _of(young_people[0].practice_id, list(found), at):
            found[row.whose].append(row)
    for rows in found.values():
        rows.sort(key=lambda row: (row.at, row.id))
    return {one.pk: _agreed(one, found[one.pk], at=at) for one in young_people}


class _Row(NamedTuple):
    """A wish, a consent or what was told at the start, in one shape; lists stand in it as JSON."""

    kind: str
    whose: UUID
    id: UUID
    about: UUID | None
    first: str
    second: str
    third: str
    says: str
    how: str
    starts_on: date | None
    ends_on: date | None
    at: datetime


_WISH, _CONSENT, _TOLD, _WITHDRAWN = "wish", "consent", "told", "withdrawn"
_NO_DAY, _NOTHING = Cast(Value(None), DateField()), Value("")


def _agreed(young_person: YoungPerson, rows: Iterable[_Row], *, at: datetime) -> Agreed:
    whose = {"practice_id": young_person.practice_id, "young_person_id": young_person.pk}
    wishes, consents, withdrawn, told = [], [], set(), []
    for row in rows:
        mine = {"pk": row.id, **whose}
        match row.kind:
            case "wish":
                said = {"category": row.first, "topic": row.second, "value": row.says, "source": row.how}
                wishes.append(Wish(membership_id=row.about, said_at=row.at, **mine, **said))
            case "consent":
                lists = zip(("categories", "topics", "purposes"), (row.first, row.second, row.third), strict=True)
                named = {name: json.loads(words) for name, words in lists}
                days = {"starts_on": row.starts_on, "ends_on": row.ends_on, "recorded_at": row.at}
                assert row.about is not None, "a consent names who may be told"
                consents.append(Authorization(membership_id=row.about, given_by=row.says, **mine, **named, **days))
                withdrawn |= {row.id} if row.how == _WITHDRAWN else set()
            case _:
                lists_of = {"relations": json.loads(row.first), "categories": json.loads(row.second)}
                told.append(ToldAtStart(told=row.says, told_at=row.at, **mine, **lists_of))
    return Agreed(
        today=day_in(young_person.practice, at=at),
        wishes=tuple(wishes),
        authorizations=tuple(consents),
        withdrawn=frozenset(withdrawn),
        told=tuple(told),
    )


def _of(practice: UUID, whose: Sequence[UUID], at: datetime) -> Iterator[_Row]:
    one = len(whose) == 1
    rows = _ROWS_OF_ONE.ask(YoungPerson, practice, whose[0], at) if one else _rows(practice, whose, at)
    return (_Row(*row) for row in rows)


def _rows(practice: UUID, whose: Sequence[UUID], at: datetime) -> Any:
    """Return what was agreed, of every kind, in one query."""
    theirs = {"practice": practice, "young_person__in": whose}
    return _wishes(theirs, at).union(_consents(theirs, at), _told(theirs, at), all=True)


def question_of(young_person: YoungPerson, *, at: datetime) -> tuple[Prepared, tuple[UUID, UUID, datetime]]:
    """Return what `load` asks, to be asked ahead of it together with what else is read."""
    return _ROWS_OF_ONE, (young_person.practice_id, young_person.pk, at)


_ROWS_OF_ONE = Prepared(lambda practice, one, at: _rows(practice, [one], at), UUID, UUID, datetime)


def _wishes(theirs: Mapping[str, Any], at: datetime) -> Any:
    columns = ("young_person_id", "id", "membership_id", "category", "topic", _NOTHING, "value", "source")
    rows = Wish.objects.filter(**theirs, said_at__lte=at)
    return rows.values_list(Value(_WISH), *columns, _NO_DAY, _NO_DAY, "said_at")


def _consents(theirs: Mapping[str, Any], at: datetime) -> Any:
    taken_back = Withdrawal.objects.filter(
        practice=OuterRef("practice"), authorization=OuterRef("pk"), withdrawn_at__lte=at
    )
    lists = (Cast(name, TextField()) for name in ("categories", "topics", "purposes"))
    how = Case(When(Exists(taken_back), then=Value(_WITHDRAWN)), default=_NOTHING)
    rows = Authorization.objects.filter(**theirs, recorded_at__lte=at)
    columns: tuple[Any, ...] = ("young_person_id", "id", "membership_id", *lists, "given_by", how)
    return rows.values_list(Value(_CONSENT), *columns, "starts_on", "ends_on", "recorded_at")


def _told(theirs: Mapping[str, Any], at: datetime) -> Any:
    lists = (Cast(name, TextField()) for name in ("relations", "categories"))
    rows = ToldAtStart.objects.filter(**theirs, told_at__lte=at)
    nobody = Cast(Value(None), UUIDField())
    columns: tuple[Any, ...] = ("young_person_id", "id", nobody, *lists, _NOTHING, "told", _NOTHING)
    return rows.values_list(Value(_TOLD), *columns, _NO_DAY, _NO_DAY, "told_at")
