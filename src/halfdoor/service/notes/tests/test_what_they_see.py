"""What they will see: before anything is shared, its author sees exactly what each person would get."""

import pytest
import time_machine
from django.urls import reverse

from halfdoor.service.agreements import actions as agreements
from halfdoor.service.agreements.choices import Topic, WishSource, WishValue
from halfdoor.service.disclosures.choices import Category, LineKind
from halfdoor.service.disclosures.models import Delivery, Line
from halfdoor.service.notes import actions, foresight, queries
from halfdoor.service.notes.contents import Contents, Piece
from halfdoor.service.notes.models import Allowance, Draft
from halfdoor.service.notes.tests.written import CALM, CUT, begun, looked_at, shared, typed
from halfdoor.service.people import actions as people
from tests.doors import words_of
from tests.people import NOON, Family, a_court_limits
from tests.reads import MOST_READ, opened

pytestmark = pytest.mark.django_db

SINCE_SEPTEMBER = "Since September, Amina has been cutting her left arm in the bathroom."


@pytest.fixture(autouse=True)
def _at_noon():
    with time_machine.travel(NOON, tick=False):
        yield


def got(page, member):
    """Return the texts that the preview says this member would get."""
    recipient = next(one for one in page.context["preview"].recipients if one.member == member)
    return [part.piece.text for part in recipient.parts if part.goes]


@pytest.mark.requirement("C3", "C11")
def test_the_preview_is_what_each_person_then_gets(family: Family):
    a_court_limits(family.tom, by=family.ruth)
    agreements.wish(
        family.amina,
        value=WishValue.OBJECTS,
        source=WishSource.OWN_PAGE,
        topic=Topic.SCHOOL,
        by=family.amina.person.account,
        at=NOON,
    )
    client, draft = begun(family)
    fields = typed(
        {"text": CALM},
        {"text": "School is hard.", "topic": "school"},
        {"text": "She keeps this.", "marks": ["kept_private"]},
        {"text": "We work on sleep.", "category": "goals_and_plan"},
        private=CUT,
    )
    page = looked_at(client, draft, fields)
    shared(client, draft, fields)
    for member in (family.sara, family.tom):
        reads = [one.text for one in queries.updates_for(member, at=NOON).items]
        assert sorted(got(page, member)) == sorted(reads)
    assert sorted(got(page, family.sara)) == [CALM, "We work on sleep."]
    assert got(page, family.tom) == []


@pytest.mark.requirement("C11")
def test_looking_shares_nothing_and_says_why_something_stays(family: Family):
    client, draft = begun(family)
    page = looked_at(client, draft, typed({"text": CALM, "marks": ["kept_private"]}, {"text": "We work on sleep."}))
    words = words_of(page)
    assert "Not part 1, how it is going" in words
    assert "The young person said this in confidence, or asked that it stay private." in words
    assert not Delivery.objects.exists()
    assert not Line.objects.filter(kind=LineKind.RELEASE).exists()
    assert queries.updates_for(family.sara, at=NOON).items == ()


@pytest.mark.requirement("C11")
def test_nothing_is_shared_before_it_was_looked_at(family: Family):
    client, draft = begun(family)
    looked_at(client, draft, typed({"text": CALM}))
    refused = client.post(reverse("notes:what_they_see", args=[draft.pk]), {"seen": "not looked"})
    assert "Look at it once more, then share it" in words_of(refused)
    assert Draft.objects.exists()


@pytest.mark.requirement("C11")
def test_words_changed_after_looking_are_looked_at_again(family: Family):
    client, draft = begun(family)
    seen = looked_at(client, draft, typed({"text": CALM})).context["preview"].fingerprint
    client.post(reverse("notes:draft", args=[draft.pk]), typed({"text": "Otherwise."}))
    refused = client.post(reverse("notes:what_they_see", args=[draft.pk]), {"seen": seen})
    assert "Look at it once more" in words_of(refused)
    assert queries.updates_for(family.sara, at=NOON).items == ()


@pytest.mark.requirement("C11")
def test_somebody_new_in_the_circle_asks_to_look_again(family: Family):
    client, draft = begun(family)
    seen = looked_at(client, draft, typed({"text": CALM})).context["preview"].fingerprint
    aunt = people.introduce("Mina Khan", by=family.ruth)
    people.add_to_circle(family.amina, person=aunt, relation="relative", since_on=NOON.date(), by=family.ruth, at=NOON)
    refused = client.post(reverse("notes:what_they_see", args=[draft.pk]), {"seen": seen})
    assert "Look at it once more" in words_of(refused)
    assert "Mina Khan" in words_of(refused)


@pytest.mark.requirement("C11")
def test_a_sentence_that_repeats_what_was_said_waits_for_a_reason(family: Family):
    note = actions.write(CUT, episode=family.episode, category=Category.SESSION_CONTENT, by=family.ruth, at=NOON)
    client, draft = begun(family)
    fields = typed({"text": f"{CALM} {SINCE_SEPTEMBER}"})
    page = looked_at(client, draft, fields)
    assert [(one.overlap.sentence, one.source) for one in page.context["preview"].repeated] == [
        (SINCE_SEPTEMBER, note.item_id)
    ]
    assert CUT in words_of(page)
    refused = shared(client, draft, fields)
    assert "say why they may be told" in words_of(refused)
    assert "Choose why it may be told" in words_of(refused)
    prefix = page.context["reasons"][0].prefix
    answers = {"sentence": SINCE_SEPTEMBER, f"{prefix}-why": "agreed", f"{prefix}-words": "We wrote it together."}
    assert shared(client, draft, fields, **answers).status_code == 302
    allowed = Allowance.objects.get()
    assert (allowed.why, allowed.words, allowed.source_id) == ("agreed", "We wrote it together.", note.item_id)
    opened = client.get(reverse("notes:note", args=[family.amina.pk, allowed.item_id]))
    assert "We wrote it together." in words_of(opened)


@pytest.mark.requirement("C11")
def test_what_stands_in_the_same_draft_is_private_too(family: Family):
    client, draft = begun(family)
    page = looked_at(client, draft, typed({"text": SINCE_SEPTEMBER}, private=CUT))
    assert "Repeats a private note" in words_of(page)
    assert "in what you are writing now" in words_of(page)


@pytest.mark.requirement("C11")
def test_the_guard_reads_no_process_notes_but_the_authors_own(family: Family):
    write = {"episode": family.episode, "category": Category.PROCESS_NOTES, "at": NOON}
    actions.write(CUT, **write, by=family.lead)
    client, draft = begun(family)
    fields = typed({"text": SINCE_SEPTEMBER})
    assert looked_at(client, draft, fields).context["preview"].repeated == ()
    actions.write(CUT, **write, by=family.ruth)
    assert len(looked_at(client, draft, fields).context["preview"].repeated) == 1


@pytest.mark.requirement("C9")
def test_only_the_note_that_is_shown_counts_as_looked_at(family: Family):
    write = {"episode": family.episode, "category": Category.SESSION_CONTENT, "by": family.ruth, "at": NOON}
    told = actions.write(CUT, **write)
    actions.write("He talked about football all the time.", **write)
    draft = actions.begin(family.episode, by=family.ruth, at=NOON)
    contents = Contents(met_on=NOON.date(), pieces=(Piece(text=SINCE_SEPTEMBER, category=Category.PROGRESS),))
    foresight.of(draft, contents, show=False, by=family.ruth, at=NOON)
    assert not Delivery.objects.exists()
    foresight.of(draft, contents, by=family.ruth, at=NOON)
    assert [one.item_id for one in Delivery.objects.all()] == [told.item_id]


def test_a_preview_takes_few_queries_however_many_notes_there_are(family: Family):
    for number in range(40):
        actions.write(f"Private {number}.", episode=family.episode, category="session_content", by=family.ruth, at=NOON)
    client, draft = begun(family)
    looked_at(client, draft, typed({"text": CALM}, {"text": "We work on sleep."}))
    cost, _page = opened(client, reverse("notes:what_they_see", args=[draft.pk]))
    assert cost.read <= MOST_READ
