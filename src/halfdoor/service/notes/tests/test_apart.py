"""Process notes lie apart from other notes; those that an earlier version wrote are brought over, and none is lost."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from halfdoor.service.core import authors, erasing, wall
from halfdoor.service.core.authors import NotTheAuthor
from halfdoor.service.core.guarding import reading, writing
from halfdoor.service.core.models import ChainEntry
from halfdoor.service.core.sealing import seal
from halfdoor.service.disclosures import gate, payloads
from halfdoor.service.disclosures.actions import draw_up, enter
from halfdoor.service.disclosures.choices import Category
from halfdoor.service.disclosures.models import Item
from halfdoor.service.notes import actions, apart, queries
from halfdoor.service.notes.models import KIND, Draft, Note, ProcessNote
from tests.people import NOON, Family

pytestmark = pytest.mark.django_db

AFRAID = "I was afraid for her."


def old_note(family: Family, *texts: str, spoiled: bool = False) -> Item:
    """Lay a process note as the version before laid it: among all others, under Amina's key alone."""
    by: Any = {"by": family.ruth, "at": NOON}
    item = draw_up(KIND, episode=family.episode, category=Category.PROCESS_NOTES, **by)
    item.version = len(texts)
    enter(item, **by)
    for version, text in enumerate(texts, 1):
        row = {"item_id": item.pk, "version": version, "written_at": NOON, "written_by": family.ruth}
        note = Note(practice=family.practice, young_person=family.amina, **row)
        note.body, note.because = text, "A slip of the pen"
        note.body_sealed = note.body_sealed[: -spoiled or None]
        with writing(Note):
            note.save(force_insert=True)
    return item


def left_in(model: type[Note | ProcessNote]) -> list[bytes]:
    with reading(model):
        return [bytes(row.body_sealed) for row in model.objects.order_by("version") if row.body_sealed]


@pytest.mark.requirement("R2")
def test_nothing_that_only_reads_the_row_opens_a_process_note(family: Family) -> None:
    note = actions.write(AFRAID, episode=family.episode, category=Category.PROCESS_NOTES, by=family.ruth, at=NOON)
    assert left_in(Note) == []
    with reading(ProcessNote):
        row = ProcessNote.objects.get()
    with pytest.raises(NotTheAuthor):
        assert row.body
    with pytest.raises(NotTheAuthor), authors.opened([family.lead.pk]):
        assert row.body
    assert queries.update_for(family.therapist, note.item_id, at=NOON).text == AFRAID


def test_an_old_process_note_is_read_by_its_author_as_before_with_all_its_versions(family: Family) -> None:
    item = old_note(family, "I was bored.", AFRAID)
    payloads.bring_over(at=NOON)
    assert left_in(Note) == []
    assert [one[:1] for one in left_in(ProcessNote)] == [b"\x02", b"\x02"]
    assert queries.update_for(family.therapist, item.pk, at=NOON).text == AFRAID
    assert [one.text for one in gate.earlier(family.therapist, item.pk, at=NOON)] == ["I was bored."]
    assert ChainEntry.objects.filter(entry__contains='"notes.process_notes_apart"').count() == 1
    payloads.bring_over(at=NOON)
    assert len(left_in(ProcessNote)) == 2


@pytest.mark.reliability("R11")
def test_killed_half_way_it_goes_on_where_it_was(family: Family, monkeypatch: pytest.MonkeyPatch) -> None:
    items = [old_note(family, f"{AFRAID} {number}") for number in range(3)]
    monkeypatch.setattr(apart, "_AT_ONCE", 1)
    empty, done = erasing.empty_moved, []

    def killed(*rows: Any, **practice: Any) -> None:
        if done:
            raise KeyboardInterrupt
        done.append(empty(*rows, **practice))

    monkeypatch.setattr(erasing, "empty_moved", killed)
    with pytest.raises(KeyboardInterrupt):
        payloads.bring_over(at=NOON)
    assert (len(left_in(ProcessNote)), len(left_in(Note))) == (1, 2)
    monkeypatch.setattr(erasing, "empty_moved", empty)
    payloads.bring_over(at=NOON)
    read = {queries.update_for(family.therapist, item.pk, at=NOON).text for item in items}
    assert read == {f"{AFRAID} {number}" for number in range(3)}


def test_an_old_one_that_does_not_open_stays_as_it_lies_and_stops_nobody(family: Family) -> None:
    old_note(family, AFRAID, spoiled=True)
    whole = old_note(family, "I was bored.")
    payloads.bring_over(at=NOON)
    assert len(left_in(Note)) == len(left_in(ProcessNote)) == 1
    with authors.opened([family.ruth.pk]), reading(ProcessNote):
        assert ProcessNote.objects.get().body == "I was bored."
    assert gate.show(family.therapist, whole.pk, at=NOON).text == "I was bored."


def test_an_old_draft_is_sealed_for_its_author_and_goes_on(family: Family) -> None:
    draft = actions.begin(family.episode, by=family.ruth, at=NOON)
    place: Any = {"table": "notes_draft", "row": draft.pk, "field": "typed_sealed", "person": family.amina.pk}
    old = seal('{"process": ["I was afraid."]}', **place, practice=family.practice.pk)
    Draft.objects.filter(pk=draft.pk).update(typed_sealed=old)
    payloads.bring_over(at=NOON)
    draft.refresh_from_db()
    assert bytes(draft.typed_sealed)[:1] == b"\x02"
    assert queries.typed_in(draft, reader=family.ruth) == {"process": ["I was afraid."]}
    assert queries.typed_in(draft, reader=family.lead) == {}


def test_erasing_empties_process_notes_and_nobody_changes_one(family: Family) -> None:
    actions.write(AFRAID, episode=family.episode, category=Category.PROCESS_NOTES, by=family.ruth, at=NOON)
    for statement in ("UPDATE notes_processnote SET body_sealed = body_sealed", "DELETE FROM notes_processnote"):
        with pytest.raises(IntegrityError), transaction.atomic(), wall.permit(wall.readable, wall.EVERYTHING):
            connection.cursor().execute(statement)
    with transaction.atomic():
        assert erasing.lying([family.amina.pk], practice=family.practice.pk)["notes"] == 1
        erasing.empty([family.amina.pk], practice=family.practice.pk)
    assert left_in(ProcessNote) == []
