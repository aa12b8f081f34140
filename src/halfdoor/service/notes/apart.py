"""
Bringing over process notes, and drafts, that an earlier version sealed under the young person's key alone.

It is done before the first page (`core.first`), a few hundred at a time, each time whole or not at all: whatever stops
it, the next start goes on. The words are sealed anew in a row apart; the older row stays, emptied.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from halfdoor.service.core import chain, erasing, keys
from halfdoor.service.core.guarding import writing
from halfdoor.service.core.logs import log
from halfdoor.service.core.models import Practice
from halfdoor.service.core.sealing import FORMAT, unseal
from halfdoor.service.disclosures.actions import move
from halfdoor.service.disclosures.choices import Category
from halfdoor.service.disclosures.models import Item
from halfdoor.service.notes.models import KIND, PROCESS_KIND, Draft, Note, ProcessNote

logger = log(__name__)

_AT_ONCE = 200


def bring_over(practice: Practice, *, at: datetime) -> None:
    """Bring over what is left. Only the gate's room calls this, and lets it read notes and their items."""
    old = Item.objects.filter(practice=practice, kind=KIND, category=Category.PROCESS_NOTES)
    left = list(old.values_list("pk", flat=True))
    for first in range(0, len(left), _AT_ONCE):
        _bring_some(practice, left[first : first + _AT_ONCE], at=at)
    for draft in Draft.objects.filter(practice=practice).exclude(typed_sealed=b"").iterator():
        if bytes(draft.typed_sealed)[:1] == FORMAT:
            _seal_draft(draft)


@transaction.atomic
def _bring_some(practice: Practice, item_ids: Sequence[UUID], *, at: datetime) -> None:
    Practice.objects.select_for_update(no_key=True).get(pk=practice.pk)  # two processes that start at once take turns
    left = Item.objects.filter(practice=practice, kind=KIND, pk__in=item_ids).values("pk")
    versions = list(Note.objects.filter(practice=practice, item__in=left))
    spoiled, moved = set(), []
    for note in versions:
        try:
            moved.append(_sealed_apart(note))
        except (keys.Tampered, keys.KeyErased):
            spoiled.add(note.item_id)  # what cannot be read stays as it lies: it is no worse off, and nothing is lost
            logger.error("a process note could not be opened, so it was not sealed apart", note=str(note.pk))
    moved = [row for row in moved if row.item_id not in spoiled]
    if not moved:
        return
    with writing(ProcessNote):
        ProcessNote.objects.bulk_create(moved)
    rows = Note.objects.filter(practice=practice, pk__in=[note.pk for note in versions if note.item_id not in spoiled])
    erasing.empty_moved(rows, "body_sealed", "because_sealed", practice=practice.pk)
    items = {row.item_id for row in moved}
    move(items, kind=PROCESS_KIND, practice=practice)
    chain.append(practice, {"kind": "notes.process_notes_apart", "items": len(items)}, at=at)


def _sealed_apart(note: Note) -> ProcessNote:
    row = ProcessNote(
        practice_id=note.practice_id,
        young_person_id=note.young_person_id,
        item_id=note.item_id,
        version=note.version,
        entered=note.entered,
        written_at=note.written_at,
        written_by_id=note.written_by_id,
    )
    row.body, row.because = note.body, note.because
    return row


def _seal_draft(draft: Draft) -> None:
    """Seal a draft anew, unless its author typed meanwhile."""
    before = bytes(draft.typed_sealed)
    try:
        draft.typed = unseal(
            before,
            table="notes_draft",
            row=draft.pk,
            field="typed_sealed",
            person=draft.young_person_id,
            practice=draft.practice_id,
        )
    except (keys.Tampered, keys.KeyErased):
        logger.error("a draft could not be opened, so it was not sealed for its author", draft=str(draft.pk))
        return
    rows = Draft.objects.filter(practice=draft.practice_id, pk=draft.pk, typed_sealed=before)
    rows.update(typed_sealed=draft.typed_sealed)
