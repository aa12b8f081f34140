"""
What one viewer may see of a list: one SQL condition over the columns of an item, and the same answer again row by row.

A plan is made for each different set of facts that is on record about the viewer: one episode, one kind of information
or one topic may stand differently from another.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import product
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from halfdoor.disclosure.deciding import Judge
from halfdoor.disclosure.listing import plan
from halfdoor.disclosure.rules import Box, Disposition
from halfdoor.disclosure.situation import Situation
from halfdoor.disclosure.vocabulary import BY_NAME, Value
from halfdoor.service.agreements.choices import Topic
from halfdoor.service.core.prepared import Prepared
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
        about = self.young_person
        return next(iter(_ONE.rows(Item, about.practice_id, about.pk, self.viewer.pk, item)), None)

    def annotated(self, items: ItemQuerySet) -> ItemQuerySet:
        """Return those of these items that are about the young person, each with ``was_delivered``."""
        return _reached(items.about(self.young_person), self.viewer.pk)

    def allowed(self, items: ItemQuerySet) -> ItemQuerySet:
        """Return those of these items that a list may show."""
        if self._has_left:
            return items.none()
        whose = Q(written_by=self.viewer.person.account_id) if self.viewer.person.account_id else Q(pk__in=())
        own = ~Q(category=Category.PROCESS_NOTES) | whose | Q(was_delivered=True)
        allowed: ItemQuerySet = self.annotated(items).filter(self._condition()).filter(own)
        return allowed

    @property
    def _has_left(self) -> bool:
        return self.viewer.pk in self.dossier.circle.left

    def _condition(self) -> Q:
        by_itself, released = Q(pk__in=()), Q(pk__in=())
        for facts, places in self._groups().items():
            where = [(self._where(place), categories) for place, categories in places.items()]
            by_itself |= _matching(where, _boxes(self.unattended, facts))
            released |= _matching(where, _boxes(self.judge, facts))
        return by_itself | (Q(was_delivered=True) & released)

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

    def _where(self, place: Place) -> Q:
        """Return the items of one episode that are about one topic, or about none that is named anywhere."""
        episode, topic = place
        about = Q(topic=topic) if topic else ~Q(topic__in=[named for named in self._topics if named])
        return Q(episode=episode) & about if len(self._topics) > 1 else Q(episode=episode)


def _reached(items: ItemQuerySet, viewer: UUID) -> ItemQuerySet:
    reached = Delivery.objects.filter(
        practice=OuterRef("practice"), membership=viewer, item=OuterRef("pk"), version=OuterRef("version")
    )
    annotated: ItemQuerySet = items.annotate(was_delivered=Exists(reached))
    return annotated


def _one(practice: UUID, young_person: UUID, viewer: UUID, item: UUID) -> ItemQuerySet:
    return _reached(Item.objects.filter(practice=practice, young_person=young_person, pk=item), viewer)


_ONE = Prepared(_one, UUID, UUID, UUID, UUID)


@lru_cache(maxsize=1024)
def _boxes(judge: Judge, facts: Facts) -> tuple[Box, ...]:
    """
    Return boxes over an item's columns in which a judge opens, where these facts hold besides.

    They follow from rules and facts alone, so they are kept; the facts are read anew for every list.
    """
    known = dict(facts)
    fixed = {name: value for name, value in known.items() if name not in ITEM_FACTS}
    boxes = plan(judge, fixed, ("category", *ITEM_FACTS), answers=OPENING).boxes
    return tuple({name: _column_values(name, box[name], known) for name in box} for box in boxes)


def _matching(where: Iterable[tuple[Q, Sequence[str]]], boxes: Iterable[Box]) -> Q:
    """Return the items in one of these places and of a kind given for it that lie in one of the boxes."""
    found = Q(pk__in=())
    for box, (place, categories) in product(boxes, where):
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
