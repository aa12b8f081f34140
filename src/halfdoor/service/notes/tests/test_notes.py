"""Notes that are written to be read by others."""

import pytest

from halfdoor.service.core.guarding import NotThroughTheGate
from halfdoor.service.core.models import ChainEntry
from halfdoor.service.disclosures import gate
from halfdoor.service.disclosures.choices import Category
from halfdoor.service.notes import actions, queries
from halfdoor.service.notes.models import Note
from tests.people import NOON, Home


@pytest.fixture
def note(home: Home) -> Note:
    return actions.write(
        "A calm session.", episode=home.episode, category=Category.SESSION_SUMMARY, by=home.therapist, at=NOON
    )


@pytest.mark.requirement("T5")
def test_the_care_team_reads_the_summary_of_a_session(home: Home, note: Note):
    released = queries.update_for(home.dan, note.item_id, at=NOON)
    assert (released.text, released.category) == ("A calm session.", "session_summary")
    assert [update.text for update in queries.updates_for(home.dan, at=NOON).items] == ["A calm session."]


@pytest.mark.requirement("T15")
def test_what_was_said_in_a_session_is_for_the_clinical_team(home: Home):
    said = actions.write(
        "He spoke of home.", episode=home.episode, category=Category.SESSION_CONTENT, by=home.therapist, at=NOON
    )
    assert queries.update_for(home.clinician, said.item_id, at=NOON).text == "He spoke of home."
    with pytest.raises(gate.NotReleased):
        queries.update_for(home.dan, said.item_id, at=NOON)


def test_what_is_released_shows_no_text_where_it_is_logged(home: Home, note: Note):
    assert "calm" not in repr(queries.update_for(home.dan, note.item_id, at=NOON))


@pytest.mark.abuse("D5")
def test_a_note_lies_sealed_and_leaves_no_text_in_the_chain(note: Note):
    assert note.body == "A calm session."
    assert b"calm" not in bytes(note.body_sealed)
    assert not ChainEntry.objects.filter(entry__contains="calm").exists()


def test_a_note_is_not_read_past_the_gate(note: Note):
    with pytest.raises(NotThroughTheGate):
        Note.objects.get(pk=note.pk)
    with pytest.raises(NotThroughTheGate):
        queries.bodies([note.item_id], note.young_person)
