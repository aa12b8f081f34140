"""Writing notes. A note and its item come into being together, in one transaction."""

from datetime import datetime

from django.db import transaction

from halfdoor.service.accounts.models import Account
from halfdoor.service.agreements.choices import Topic
from halfdoor.service.core.guarding import writing
from halfdoor.service.disclosures.actions import UNMARKED, Marks, enter_item
from halfdoor.service.disclosures.choices import Category
from halfdoor.service.notes.models import KIND, Note
from halfdoor.service.people.models import Episode


@transaction.atomic
def write(
    body: str,
    *,
    episode: Episode,
    category: Category,
    topic: Topic = Topic.NONE,
    marks: Marks = UNMARKED,
    by: Account,
    at: datetime,
) -> Note:
    """
    Write a summary so that it can be shared. Who reads it is for the gate to say, then and whenever somebody looks.
    """
    item = enter_item(KIND, episode=episode, category=category, topic=topic, marks=marks, by=by, at=at)
    note = Note(practice=item.practice, young_person=episode.young_person, item=item)
    note.body = body
    with writing(Note):
        note.save(force_insert=True)
    return note
