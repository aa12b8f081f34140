"""
What one viewer may see of a list: one SQL condition over the columns of an item, and the same answer again row by row.

A plan is made for each different set of facts that is on record about the viewer: one episode, one kind of information
or one topic may stand differently from another.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import product
from typing import Any, NamedTuple
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Exists, OuterRef, Q

from halfdoor.disclosure.deciding import Judge
from halfdoor.disclosure.listing import plan
from halfdoor.disclosure.rules import Disposition
from halfdoor.disclosure.situation import Situation
from halfdoor.disclosure.vocabulary import BY_NAME, Value
from halfdoor.service.agreements.choices import Topic
from halfdoor.service.core.prepared import Prepared, Question
from halfdoor.service.disclosures.choices import Category, Mark, SaidBy
from halfdoor.service.disclosures.dossier import ITEM_FACTS, Dossier, joined
from halfdoor.service.disclosures.ledger import Judged
from halfdoor.service.disclosures.models import Delivery, Item, ItemQuerySet
from halfdoor.service.disclosures.unattended import unattended
from halfdoor.service.people.choices import Relation
from halfdoor.service.people.models import Episode, Membership, YoungPerson
from halfdoor.service.people.queries import CLINICIANS

USUAL_PURPOSE: Mapping[str, str] = {
    Relation.THERAPIST: "treatment",
    Relation.CLINICAL_TEAM: "treatment",
    Relation.CLINICAL_LEAD: "treatment",
    Relation.OUTSIDE_CLINICIAN: "treatment",
    Relation.RESIDENTIAL_CARER: "care_planning",
    Relation.HOME_MANAGER: "care_planning",
    Relation.SOCIAL_WORKER: "care_planning",
    Relation.PLACING_AUTHORITY: "care_planning",
    Relation.EDUCATOR: "education",
    Relation.SCHOOL_COUNSELLOR: "education",
}
"""What somebody reads a list for, where nothing else is said; for families, to support the young person."""

OPENING = frozenset(disposition for disposition in Disposition if disposition.opens)

_CATEGORIES: frozenset[Value] = frozenset(Category.values)

Facts = frozenset[tuple[str, Value]]
"""Facts by name, as a key."""

Place = tuple[UUID, str]
"""An episode, and a topic that a wish or a consent names (empty: any other)."""

Sides = frozenset[tuple[str, frozenset[Value]]]
"""A box over an item's columns, as a key."""


class Plan(NamedTuple):
    """
    What a list may show: groups of places, each a number of an episode, a topic and kinds of information, with the
    boxes in which items open there by themselves, and once they were released; and the topics that are named anywhere.
    """

    groups: tuple[tuple[tuple[tuple[int, str, tuple[str, ...]], ...], tuple[Sides, ...], tuple[Sides, ...]], ...]
    topics: tuple[str, ...]


@dataclass(frozen=True)
class View:
    """One viewer's side of what is on record, for lists."""

    dossier: Dossier
    viewer: Membership
    purpose: str
    judge: Judge

    @property
    def young_person(self) -> YoungPerson:
        return self.dossier.young_person

    @cached_property
    def unattended(self) -> Judge:
        return unattended(self.judge)

    def situation(self, item: Item) -> Situation:
        """Return the situation of one item, from its own columns and what is on record."""
        columns = {name: getattr(item, name) for name in ITEM_FACTS}
        facts = self._facts(item.episode_id, self._topic(item.topic), item.category)
        return Situation.of(joined(facts, columns, {"category": item.category}), at=self.dossier.at)

    def judged(self, item: Item) -> Judged:
        """Return the full decision on one item, with its situation."""
        situation = self.situation(item)
        return Judged(situation, self.judge.decide(situation), {item.pk: item.version})

    def shows(self, item: Item, situation: Situation) -> bool:
        """Whether a list may show this item, decided as if there had been no SQL. Needs ``item.was_delivered``."""
        judge = self.judge if item.was_delivered else self.unattended
        return judge.disposition(situation).opens and not self._has_left and self._is_its_reader(item)

    def may_know_source(self, item: Item) -> bool:
        """
        Whether the viewer may know who said what an item holds.

        Clinicians may. The young person may where it was theirs, or where it is on record that they may; nobody else.
        """
        if self.viewer.relation == Relation.SELF:
            return item.said_by == SaidBy.YOUNG_PERSON or item.source_may_be_known == Mark.YES
        return self.viewer.relation in CLINICIANS

    def _is_its_reader(self, item: Item) -> bool:
        # Process notes are their author's own. Whoever else gets them, gets them from a person's hand.
        if item.category != Category.PROCESS_NOTES or item.was_delivered:
            return True
        return item.written_by_id == self.viewer.person.account_id

    def one(self, item: UUID) -> Item | None:
        """Return an item about the young person by its key, with ``was_delivered``; none, if there is none."""
        prepared, values = question_of(self.viewer, item)
        for *row, was_delivered in prepared.ask(Item, *values):
            found = Item.from_db(DEFAULT_DB_ALIAS, _COLUMNS, row)
            found.was_delivered = was_delivered
            return found
        return None

    def annotated(self, items: ItemQuerySet) -> ItemQuerySet:
        """Return those of these items that are about the young person, each with ``was_delivered``."""
        return _reached(items.about(self.young_person), self.viewer.pk)

    def allowed(self, items: ItemQuerySet) -> ItemQuerySet:
        """Return those of these items that a list may show."""
        if self._has_left:
            return items.none()
        allowed: ItemQuerySet = self.annotated(items).filter(self._condition())
        return allowed.filter(_own(self.viewer.person.account_id))

    @property
    def _has_left(self) -> bool:
        return self.viewer.pk in self.dossier.circle.left

    def newest(self, kinds: tuple[str, ...], size: int) -> list[Item]:
        """
        Return the newest items that a list may show, of these kinds, or of any if none is named: those of ``allowed``.

        The plan is made anew; what is written once for each plan is its SQL.
        """
        account = self.viewer.person.account_id
        written, used = _newest(self._plan, kinds, size, bool(account))
        if self._has_left or not used:
            return []
        episodes = list(self._episodes)
        whose = [self.young_person.practice_id, self.young_person.pk, self.viewer.pk, *([account] if account else [])]
        return list(written.rows(Item, *whose, *(episodes[number] for number in used)))

    def _condition(self) -> Q:
        return _opened(self._plan, dict(enumerate(self._episodes)))

    @property
    def _plan(self) -> "Plan":
        number = {episode: place for place, episode in enumerate(self._episodes)}
        groups = []
        for facts, places in self._groups().items():
            where = tuple((number[one], topic, tuple(kinds)) for (one, topic), kinds in places.items())
            groups.append((where, _boxes(self.unattended, facts), _boxes(self.judge, facts)))
        return Plan(tuple(groups), self._topics)

    def _groups(self) -> Mapping[Facts, Mapping[Place, list[str]]]:
        """Return each different set of facts, with the places and kinds of information where it holds."""
        groups: dict[Facts, dict[Place, list[str]]] = defaultdict(lambda: defaultdict(list))
        for episode, topic, category in product(self._episodes, self._topics, Category.values):
            facts = self._facts(episode, topic, category)
            groups[frozenset(facts.items())][episode, topic].append(category)
        return groups

    @cached_property
    def _episodes(self) -> Mapping[UUID, Episode]:
        return {episode.pk: episode for episode in self.dossier.circle.episodes}

    @cached_property
    def _topics(self) -> tuple[str, ...]:
        return (*sorted(self.dossier.agreed.topics), Topic.NONE.value)

    def _topic(self, topic: str) -> str:
        """Return the topic as far as it makes a difference to anybody."""
        return topic if topic in self._topics else Topic.NONE.value

    def _facts(self, episode_id: UUID, topic: str, category: str) -> Mapping[str, Value]:
        key = episode_id, topic, category
        if key not in self._known:
            asked: dict[str, Value] = {"purpose": self.purpose, "initiated_by": "service"}
            episode = self._episodes[episode_id]
            self._known[key] = asked | self.dossier.facts(self.viewer, episode, category, topic, self.purpose)
        return self._known[key]

    @cached_property
    def _known(self) -> dict[tuple[UUID, str, str], Mapping[str, Value]]:
        return {}


def _reached(items: ItemQuerySet, viewer: UUID) -> ItemQuerySet:
    reached = Delivery.objects.filter(
        practice=OuterRef("practice"), membership=viewer, item=OuterRef("pk"), version=OuterRef("version")
    )
    annotated: ItemQuerySet = items.annotate(was_delivered=Exists(reached))
    return annotated


def question_of(viewer: Membership, item: UUID) -> Question:
    """Return how one item is asked for, to be asked along with what is on record about its young person."""
    return _ONE, (viewer.practice_id, viewer.young_person_id, viewer.pk, item)


def _one(practice: UUID, young_person: UUID, viewer: UUID, item: UUID) -> Any:
    rows = _reached(Item.objects.filter(practice=practice, young_person=young_person, pk=item), viewer)
    return rows.values_list(*_COLUMNS, "was_delivered")


_COLUMNS = [field.attname for field in Item._meta.concrete_fields]
_ONE = Prepared(_one, UUID, UUID, UUID, UUID)


@lru_cache(maxsize=1024)
def _boxes(judge: Judge, facts: Facts) -> tuple[Sides, ...]:
    """
    Return boxes over an item's columns in which a judge opens, where these facts hold besides.

    They follow from rules and facts alone, so they are kept; the facts are read anew for every list.
    """
    known = dict(facts)
    fixed = {name: value for name, value in known.items() if name not in ITEM_FACTS}
    boxes = plan(judge, fixed, ("category", *ITEM_FACTS), answers=OPENING).boxes
    return tuple(frozenset((name, _column_values(name, box[name], known)) for name in box) for box in boxes)


@lru_cache(maxsize=256)
def _newest(plan: Plan, kinds: tuple[str, ...], size: int, has_account: bool) -> tuple[Prepared, tuple[int, ...]]:
    """
    Return the question for the newest items of a plan, and the numbers of the episodes that stand in it.

    Its values are a practice, a young person, the viewer, their account if they have one, and those episodes.
    """
    used = sorted({number for where, *boxes in plan.groups for number in _opening(where, boxes)})

    def build(practice: UUID, young_person: UUID, viewer: UUID, *more: UUID) -> ItemQuerySet:
        account, episodes = (more[0], more[1:]) if has_account else (None, more)
        items = Item.objects.filter(practice=practice, young_person=young_person)
        items = _reached(items.of_kind(*kinds) if kinds else items, viewer)
        items = items.filter(_opened(plan, dict(zip(used, episodes, strict=True)))).filter(_own(account))
        return items.order_by("-written_at", "-id")[:size]

    return Prepared(build, *[UUID] * (3 + has_account + len(used))), tuple(used)


def _opening(where: Iterable[tuple[int, str, Sequence[str]]], boxes: Iterable[Iterable[Sides]]) -> Iterator[int]:
    """Yield the numbers of the episodes of which something opens in one of these boxes."""
    every = [dict(box).get("category", _CATEGORIES) for some in boxes for box in some]
    return (number for number, _, kinds in where if any(not found.isdisjoint(kinds) for found in every))


def _opened(plan: Plan, episodes: Mapping[int, UUID]) -> Q:
    """Return the items that a plan lets a list show, of these episodes by their numbers."""
    by_itself, released = Q(pk__in=()), Q(pk__in=())
    for places, unattended_boxes, boxes in plan.groups:
        there = ((episodes.get(number), topic, kinds) for number, topic, kinds in places)
        where = [(_where(episode, topic, plan.topics), kinds) for episode, topic, kinds in there if episode]
        by_itself |= _matching(where, unattended_boxes)
        released |= _matching(where, boxes)
    return by_itself | (Q(was_delivered=True) & released)


def _where(episode: UUID, topic: str, topics: Sequence[str]) -> Q:
    """Return the items of one episode that are about one topic, or about none that is named anywhere."""
    about = Q(topic=topic) if topic else ~Q(topic__in=[named for named in topics if named])
    return Q(episode=episode) & about if len(topics) > 1 else Q(episode=episode)


def _own(account: UUID | None) -> Q:
    """Return what may be shown of process notes: those of this account, and those that a person handed out."""
    whose = Q(written_by=account) if account else Q(pk__in=())
    return ~Q(category=Category.PROCESS_NOTES) | whose | Q(was_delivered=True)


def _matching(where: Iterable[tuple[Q, Sequence[str]]], boxes: Iterable[Sides]) -> Q:
    """Return the items in one of these places and of a kind given for it that lie in one of the boxes."""
    found = Q(pk__in=())
    for box, (place, categories) in product(map(dict, boxes), where):
        kinds = box.get("category", _CATEGORIES).intersection(categories)
        marks = {f"{name}__in": sorted(map(str, values)) for name, values in box.items() if name != "category"}
        if kinds:
            found |= place & Q(category__in=sorted(map(str, kinds)), **marks)
    return found


def _column_values(name: str, allowed: frozenset[Value], facts: Mapping[str, Value]) -> frozenset[Value]:
    """Return the values of an item's column that, beside what is on record, give a fact one of the allowed values."""
    if name not in facts:
        return allowed
    values = BY_NAME[name].values
    return frozenset(value for value in values if joined(facts, {name: value})[name] in allowed)
