"""Writing after a session: nothing typed is lost, nothing finished is overwritten."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from halfdoor.service.accounts.models import Role
from halfdoor.service.core import wall
from halfdoor.service.core.models import ChainEntry
from halfdoor.service.disclosures import gate
from halfdoor.service.disclosures.choices import Category
from halfdoor.service.notes import actions, queries
from halfdoor.service.notes.forms import typed_from
from halfdoor.service.notes.models import Draft, WriteUp
from halfdoor.service.notes.tests.written import CALM, CUT, begun, looked_at, shared, typed
from halfdoor.service.people import actions as people
from tests.doors import signed_in, words_of
from tests.people import NOON, Family, Home, account

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.mark.requirement("R2")
def test_what_is_typed_is_kept_whether_or_not_it_fits(family: Family):
    client, draft = begun(family)
    client.post(reverse("notes:draft", args=[draft.pk]), typed({"text": CALM}, met_on="someday", private=CUT))
    page = words_of(client.get(reverse("notes:draft", args=[draft.pk])))
    assert CUT in page
    assert CALM in page
    assert "Something has to be mended" not in page
    assert words_of(client.get("/staff/today/")).count("Finish what you began to write about Amina Khan") == 1
    refused = client.post(reverse("notes:draft", args=[draft.pk]), typed({"text": CALM}, met_on="someday", do="see"))
    assert "Something has to be mended" in words_of(refused)
    assert CALM in words_of(refused)


@pytest.mark.requirement("T5")
def test_a_draft_about_somebody_in_a_home_is_due_within_a_day_and_one_about_others_when_there_is_time(
    family: Family, home: Home
):
    began = begun(family)[1]
    actions.begin(home.episode, by=home.therapist, at=NOON)
    (later,) = queries.waiting_for(family.ruth, at=NOON)
    (tomorrow,) = queries.waiting_for(home.therapist, at=NOON)
    assert str(began.pk) in later.href
    assert later.due_on is None
    assert tomorrow.due_on == NOON.date() + timedelta(days=1)
    assert "within a day" in tomorrow.why


def test_a_draft_lies_sealed_and_only_its_author_opens_it(family: Family):
    client, draft = begun(family)
    client.post(reverse("notes:draft", args=[draft.pk]), typed(private=CUT))
    with connection.cursor() as cursor:
        cursor.execute("SELECT typed_sealed FROM notes_draft")
        assert b"bathroom" not in bytes(cursor.fetchone()[0])
    with pytest.raises(Draft.DoesNotExist):
        queries.draft_of(family.lead, draft.pk)
    assert queries.typed_in(Draft.objects.get(), reader=family.lead) == {}


def test_keeping_while_typing_answers_with_the_time_alone(family: Family):
    client, draft = begun(family)
    address = reverse("notes:draft", args=[draft.pk])
    kept = client.post(address, typed(private=CUT), headers={"HX-Request": "true"})
    assert words_of(kept) == "Kept at 07:00. Nobody else can read it."


def test_what_comes_late_from_a_page_that_was_sent_on_overwrites_nothing(family: Family):
    client, draft = begun(family)
    address = reverse("notes:draft", args=[draft.pk])
    in_passing = {"headers": {"HX-Request": "true"}}
    client.post(address, typed(private="First", page="one"), **in_passing)
    client.post(address, typed(private="First and last", page="one", do="keep"))
    client.post(address, typed(private="First and", page="one"), **in_passing)
    assert "First and last" in words_of(client.get(address))
    client.post(address, typed(private="Anew", page="two"), **in_passing)
    assert "Anew" in words_of(client.get(address))


def test_a_draft_can_be_thrown_away(family: Family):
    client, draft = begun(family)
    client.post(reverse("notes:draft", args=[draft.pk]), typed(private=CUT, do="discard"))
    assert not Draft.objects.exists()


@pytest.mark.requirement("C2", "R2", "T15")
def test_private_and_process_notes_and_a_summary_are_written_in_one_go(family: Family):
    client, draft = begun(family)
    shared(client, draft, typed({"text": CALM}, private=CUT, process="I was afraid for her."))
    assert not Draft.objects.exists()
    assert WriteUp.objects.get().kind == "individual"
    mine = queries.updates_for(family.therapist, at=NOON).items
    assert {one.category for one in mine} == {"progress", "session_content", "process_notes"}
    assert [one.text for one in queries.updates_for(family.sara, at=NOON).items] == [CALM]
    page = words_of(client.get(reverse("notes:list", args=[family.amina.pk])))
    assert CUT in page
    assert "stays here" in page


@pytest.mark.requirement("R2")
def test_process_notes_are_their_authors_alone(home: Home):
    note = actions.write(
        "I was afraid.", episode=home.episode, category=Category.PROCESS_NOTES, by=home.therapist, at=NOON
    )
    assert queries.update_for(home.clinician, note.item_id, at=NOON).text == "I was afraid."
    una = account(home.practice, "una", Role.THERAPIST)
    hers = actions.write("Not hers.", episode=home.episode, category="process_notes", by=una, at=NOON)
    with pytest.raises(gate.NotReleased):
        queries.update_for(home.clinician, hers.item_id, at=NOON)
    assert "Not hers." not in [one.text for one in queries.updates_for(home.clinician, at=NOON).items]


@pytest.mark.requirement("R2")
def test_a_correction_is_a_new_version_and_keeps_the_first(family: Family):
    client, draft = begun(family)
    shared(client, draft, typed({"text": CALM}))
    first = queries.updates_for(family.sara, at=NOON).items[0]
    corrected = client.post(reverse("notes:correct", args=[family.amina.pk, first.item_id]))
    again = Draft.objects.get(corrects=first.item_id)
    assert CALM in words_of(client.get(corrected.url))
    shared(
        client, again, {"part-0-text": "Amina comes when she can.", "part-0-category": "progress", "because": "Dates"}
    )
    now = queries.updates_for(family.sara, at=NOON).items[0]
    assert (now.item_id, now.version, now.text) == (first.item_id, 2, "Amina comes when she can.")
    page = words_of(client.get(reverse("notes:note", args=[family.amina.pk, first.item_id])))
    assert "How it read before" in page
    assert CALM in page


def test_what_was_marked_stays_marked_when_a_note_is_corrected(family: Family):
    client, draft = begun(family)
    shared(client, draft, typed({"text": CALM, "marks": ["kept_private"]}))
    note = queries.updates_for(family.therapist, at=NOON).items[0]
    assert typed_from(note)["part-0-marks"] == ["kept_private"]


def test_of_two_corrections_the_second_looks_again(family: Family):
    client, draft = begun(family)
    shared(client, draft, typed({"text": CALM}))
    note = queries.updates_for(family.therapist, at=NOON).items[0]
    drafts = [actions.begin_correction(family.amina, note, typed_from(note), by=family.ruth, at=NOON) for _ in range(2)]
    fields = {"part-0-text": "Otherwise.", "part-0-category": "progress", "because": "Dates"}
    shared(client, drafts[0], fields)
    refused = shared(client, drafts[1], fields)
    assert "Somebody corrected this after you opened it" in words_of(refused)


def test_nobody_corrects_what_somebody_else_wrote(family: Family):
    other = actions.write(CALM, episode=family.episode, category=Category.PROGRESS, by=family.lead, at=NOON)
    address = reverse("notes:correct", args=[family.amina.pk, other.item_id])
    assert signed_in(family.ruth).post(address).status_code == 404


def test_a_finished_note_cannot_be_overwritten_nor_taken_away(family: Family):
    actions.write(CALM, episode=family.episode, category=Category.PROGRESS, by=family.ruth, at=NOON)
    for statement in ("UPDATE notes_note SET body_sealed = body_sealed", "DELETE FROM notes_note"):
        with pytest.raises(IntegrityError), transaction.atomic(), wall.permit(wall.readable, wall.EVERYTHING):
            connection.cursor().execute(statement)


@pytest.mark.abuse("D5")
def test_the_chain_says_that_it_was_finished_and_nothing_of_it(family: Family):
    client, draft = begun(family)
    shared(client, draft, typed({"text": CALM}, private=CUT))
    assert ChainEntry.objects.filter(entry__contains="notes.finished").exists()
    assert not ChainEntry.objects.filter(entry__contains="bathroom").exists()
    assert not ChainEntry.objects.filter(entry__contains="every session").exists()


def test_a_list_turns_its_pages_and_can_be_narrowed(family: Family):
    for number in range(27):
        actions.write(f"Note {number}.", episode=family.episode, category="progress", by=family.ruth, at=NOON)
    actions.write(CUT, episode=family.episode, category=Category.SESSION_CONTENT, by=family.ruth, at=NOON)
    client, address = signed_in(family.ruth), reverse("notes:list", args=[family.amina.pk])
    first, second = client.get(address), client.get(f"{address}?page=2")
    assert first.content.count(b'class="whole"') == 25
    assert second.content.count(b'class="whole"') == 3
    private = words_of(client.get(f"{address}?shown=private"))
    assert CUT in private
    assert "Note 3." not in private
    assert "Nothing is written here yet" in words_of(client.get(f"{address}?shown=process&page=99999"))


def test_writing_needs_care_that_runs(family: Family):
    people.end_episode(family.episode, ended_on=NOON.date(), by=family.ruth, at=NOON)
    client = signed_in(family.ruth)
    page = client.post(reverse("notes:begin", args=[family.amina.pk]), follow=True)
    assert "No care is running" in words_of(page)
    assert not Draft.objects.exists()


def test_nothing_is_written_where_nothing_was_typed(family: Family):
    client, draft = begun(family)
    page = client.post(reverse("notes:draft", args=[draft.pk]), typed(do="see"))
    assert "Nothing is written yet" in words_of(page)


def test_another_part_is_one_press_away(family: Family):
    client, draft = begun(family)
    client.post(reverse("notes:draft", args=[draft.pk]), typed({"text": CALM}, do="add"))
    page = client.get(reverse("notes:draft", args=[draft.pk]))
    assert b'id="part-2"' in page.content
    assert looked_at(client, draft, typed({"text": CALM}, {"text": "Mornings are calm."})).status_code == 200
