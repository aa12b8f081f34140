"""
What was agreed about a question, in the contract's facts, at a moment.

Everything is read once per young person (three queries) and then derived without the database.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from django.db.models import Exists, OuterRef

from halfdoor.service.agreements.choices import Topic, WishSource, WishValue
from halfdoor.service.agreements.models import Authorization, ToldAtStart, Wish, Withdrawal
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
    """Return what was agreed about a young person's information by a moment. Three queries."""
    mine = {"practice": young_person.practice_id, "young_person": young_person}
    taken_back = Withdrawal.objects.filter(
        practice=OuterRef("practice"), authorization=OuterRef("pk"), withdrawn_at__lte=at
    )
    consents = Authorization.objects.filter(**mine, recorded_at__lte=at).annotate(is_withdrawn=Exists(taken_back))
    authorizations = tuple(consents.order_by("recorded_at", "id"))
    return Agreed(
        today=day_in(young_person.practice, at=at),
        wishes=tuple(Wish.objects.filter(**mine, said_at__lte=at).order_by("said_at", "id")),
        authorizations=authorizations,
        withdrawn=frozenset(consent.pk for consent in authorizations if consent.is_withdrawn),
        told=tuple(ToldAtStart.objects.filter(**mine, told_at__lte=at).order_by("told_at", "id")),
    )
