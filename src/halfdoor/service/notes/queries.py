"""Reading notes. The gate lets them pass, one by one, to the one who reads."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from halfdoor.service.disclosures import gate
from halfdoor.service.disclosures.gate import Page, Released
from halfdoor.service.disclosures.models import Item
from halfdoor.service.notes.models import KIND, Note
from halfdoor.service.people.models import Membership, YoungPerson


def updates_for(viewer: Membership, *, page: int = 1, at: datetime) -> Page:
    """Return the notes this person may see now, newest first."""
    return gate.shareable_with(viewer, Item.objects.of_kind(KIND), page=page, at=at)


def update_for(viewer: Membership, item_id: UUID, *, at: datetime) -> Released:
    """
    Return one note.

    :raises NotReleased: if it may not be seen by this person, or is not there at all
    """
    return gate.show(viewer, item_id, at=at)


def bodies(item_ids: Collection[UUID], young_person: YoungPerson) -> Mapping[UUID, str]:
    """Return the texts of these items. Only the gate can call this: the rows are guarded."""
    rows = Note.objects.filter(practice=young_person.practice_id, young_person=young_person, item__in=item_ids)
    return {note.item_id: note.body for note in rows}
