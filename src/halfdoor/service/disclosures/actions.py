"""Changing what the gate judges by: entering and marking items, and seeing to obligations."""

from collections.abc import Collection
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from halfdoor.service.accounts.models import Account
from halfdoor.service.agreements.choices import Topic
from halfdoor.service.core import chain
from halfdoor.service.core.guarding import writing
from halfdoor.service.core.models import Practice
from halfdoor.service.disclosures.choices import Category, Mark, MarksCover, SaidBy
from halfdoor.service.disclosures.models import Fulfilment, Item, Obligation
from halfdoor.service.people.actions import sharing_changes
from halfdoor.service.people.models import Episode, YoungPerson


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """What is marked on an item: things that could close it, and how far they reach into it."""

    kept_private: Mark = Mark.NO
    given_in_confidence: Mark = Mark.NO
    about_third_party: Mark = Mark.NO
    source_promised_confidence: Mark = Mark.NO
    marks_cover: MarksCover = MarksCover.EVERYTHING


UNMARKED = Marks()

REVISABLE = ("category", "topic", *(one.name for one in fields(Marks)), "said_by", "source_may_be_known")
"""What a new version of an item can say otherwise."""


class ChangedMeanwhile(ValueError):
    """Something else was done to an item first; what was decided about it no longer fits."""


def draw_up(
    kind: str,
    *,
    episode: Episode,
    category: Category,
    topic: Topic = Topic.NONE,
    marks: Marks = UNMARKED,
    said_by: SaidBy = SaidBy.CLINICIAN,
    source_may_be_known: Mark = Mark.UNKNOWN,
    by: Account,
    at: datetime,
) -> Item:
    """Return an item that is on record nowhere yet, for the gate to say who would get it."""
    return Item(
        practice=episode.practice,
        young_person=episode.young_person,
        episode=episode,
        kind=kind,
        category=category,
        topic=topic,
        **asdict(marks),
        said_by=said_by,
        source_may_be_known=source_may_be_known,
        written_at=at,
        written_by=by,
    )


@transaction.atomic
def enter_item(
    kind: str,
    *,
    episode: Episode,
    category: Category,
    topic: Topic = Topic.NONE,
    marks: Marks = UNMARKED,
    said_by: SaidBy = SaidBy.CLINICIAN,
    by: Account,
    at: datetime,
) -> Item:
    """Enter something that can be shared. The room that owns its payload calls this in its own transaction."""
    item = draw_up(kind, episode=episode, category=category, topic=topic, marks=marks, said_by=said_by, by=by, at=at)
    return enter(item, by=by, at=at)


@transaction.atomic
def enter(item: Item, *, by: Account, at: datetime) -> Item:
    """Enter what was drawn up, as it stands."""
    with writing(Item):
        item.save(force_insert=True)
    body = _body("item_entered", item.pk, item.young_person, by) | {"item_kind": item.kind}
    chain.append(by.practice, body, at=at)
    return item


@transaction.atomic
def mark_item(item_id: UUID, *, young_person: YoungPerson, marks: Marks, by: Account, at: datetime) -> None:
    """Change the marks of an item. It counts as a new version: what was delivered before was delivered without them."""
    at = sharing_changes(young_person, at=at)
    with writing(Item):
        Item.objects.about(young_person).filter(pk=item_id).update(version=F("version") + 1, **asdict(marks))
    chain.append(by.practice, _body("item_marked", item_id, young_person, by) | {"marks": asdict(marks)}, at=at)


@transaction.atomic
def revise(item: Item, *, replacing: UUID, version: int, by: Account, at: datetime) -> int:
    """
    Let an item stand as it was drawn up anew, and return its new version. Who was given the earlier one was not given
    this one. The moment and the author it was first written by stay.

    :raises ChangedMeanwhile: if it is no longer at the version that was looked at
    """
    young_person = item.young_person
    at = sharing_changes(young_person, at=at)
    columns = {name: getattr(item, name) for name in REVISABLE}
    with writing(Item):
        known = Item.objects.about(young_person).filter(pk=replacing, version=version)
        if not known.update(version=version + 1, **columns):
            raise ChangedMeanwhile(_("Somebody corrected this after you opened it. Look at it again, then correct it."))
    body = _body("item_revised", replacing, young_person, by) | {"version": version + 1}
    chain.append(by.practice, body, at=at)
    return version + 1


def move(item_ids: Collection[UUID], *, kind: str, practice: Practice) -> None:
    """Say under which word the payloads of items lie now. The room that moves them does so in its transaction."""
    with writing(Item):
        Item.objects.filter(practice=practice, pk__in=item_ids).update(kind=kind)


@transaction.atomic
def fulfil(obligation: Obligation, *, by: Account, at: datetime) -> Fulfilment:
    """Say that what had to happen has happened."""
    done = Fulfilment.objects.create(practice=obligation.practice, obligation=obligation, done_at=at, done_by=by)
    body = {
        "kind": "disclosures.fulfilled",
        "obligation": str(obligation.pk),
        "code": obligation.code,
        "by": str(by.pk),
    }
    chain.append(by.practice, body, at=at)
    return done


def _body(kind: str, item_id: UUID, young_person: YoungPerson, by: Account) -> dict[str, object]:
    return {
        "kind": f"disclosures.{kind}",
        "item": str(item_id),
        "young_person": str(young_person.pk),
        "by": str(by.pk),
    }
