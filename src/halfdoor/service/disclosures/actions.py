"""Changing what the gate judges by: entering and marking items, and seeing to obligations."""

from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from halfdoor.service.accounts.models import Account
from halfdoor.service.agreements.choices import Topic
from halfdoor.service.core import chain
from halfdoor.service.core.guarding import writing
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
    item = Item(
        practice=episode.practice,
        young_person=episode.young_person,
        episode=episode,
        kind=kind,
        category=category,
        topic=topic,
        **asdict(marks),
        said_by=said_by,
        written_at=at,
        written_by=by,
    )
    with writing(Item):
        item.save(force_insert=True)
    chain.append(by.practice, _body("item_entered", item.pk, episode.young_person, by) | {"item_kind": kind}, at=at)
    return item


@transaction.atomic
def mark_item(item_id: UUID, *, young_person: YoungPerson, marks: Marks, by: Account, at: datetime) -> None:
    """Change the marks of an item. It counts as a new version: what was delivered before was delivered without them."""
    at = sharing_changes(young_person, at=at)
    with writing(Item):
        Item.objects.about(young_person).filter(pk=item_id).update(version=F("version") + 1, **asdict(marks))
    chain.append(by.practice, _body("item_marked", item_id, young_person, by) | {"marks": asdict(marks)}, at=at)


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
