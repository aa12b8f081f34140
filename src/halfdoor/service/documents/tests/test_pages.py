"""Reading and answering papers at three doors."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from halfdoor.service.accounts.models import Role
from halfdoor.service.documents import actions, pdf
from halfdoor.service.documents.choices import Kind
from halfdoor.service.documents.models import File, Signing, Version
from halfdoor.service.documents.verifying import verify
from tests.doors import signed_in, words_of
from tests.people import NOON, Family, a_court_limits, account

STROKES = json.dumps([[[10, 20], [300, 100]], [[5, 5], [6, 6]]])


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def shelf(family: Family) -> Family:
    actions.take_up_shipped(on=NOON.date(), by=family.lead, at=NOON)
    return family


def hidden_fields(page) -> dict[str, str]:
    """Return what a form carries along."""
    found = re.findall(r'<input type="hidden" name="(\w+)"(?: value="([^"]*)")?', page.content.decode())
    return {name: value for name, value in found if name != "csrfmiddlewaretoken"}


def asks_by_page(family: Family, member, kind: str) -> None:
    ruth = signed_in(family.ruth)
    page = reverse("documents:papers", args=[family.amina.pk])
    assert "Not asked yet" in words_of(ruth.get(page))
    assert ruth.post(page, {"ask": [f"{member.pk}:{kind}", f"{member.pk}:nothing"]}).status_code == 302


@pytest.mark.requirement("A2", "A9")
def test_a_mother_draws_her_signature_and_takes_the_sealed_file_home(shelf: Family):
    asks_by_page(shelf, shelf.sara, Kind.PARTNERSHIP)
    sara = signed_in(shelf.sara.person.account)
    week = words_of(sara.get(reverse("portals:week")))
    assert "To read and answer" in week
    address = re.search(r'href="(/family/papers/[0-9a-f-]+/)"', week).group(1)
    page = sara.get(address)
    assert "You know Amina better than anybody here" in words_of(page)
    answer = {**hidden_fields(page), "answer": "agreed", "printed_name": "Sara Khan", "strokes": STROKES}
    assert sara.post(address, answer).status_code == 302
    assert sara.post(address, answer).status_code == 302
    signing = Signing.objects.get()
    assert (signing.manner, signing.printed_name, signing.relation, signing.time_zone) == (
        "drawn",
        "Sara Khan",
        "parent",
        "America/New_York",
    )
    assert "To read and answer" not in words_of(sara.get(reverse("portals:week")))
    file = sara.get(reverse("documents:family_file", args=[signing.pk]))
    assert file["Content-Disposition"] == 'attachment; filename="paper.pdf"'
    assert verify(file.content).words == signing.shown
    ruth = signed_in(shelf.ruth)
    assert "It waits for your signature beside it" in words_of(ruth.get(reverse("portals:today")))
    page = ruth.get(reverse("documents:signed", args=[signing.pk]))
    beside = {**hidden_fields(page), "answer": "agreed", "printed_name": "Ruth Adler"}
    assert ruth.post(reverse("documents:signed", args=[signing.pk]), beside).status_code == 302
    assert "waits for your signature" not in words_of(ruth.get(reverse("portals:today")))
    both = sara.get(reverse("documents:family_file", args=[signing.pk])).content
    assert verify(both).holds
    assert both != file.content


@pytest.mark.requirement("A4")
def test_a_mother_consents_to_care_on_her_page_and_her_daughter_is_not_asked_for_it(shelf: Family):
    page = reverse("documents:papers", args=[shelf.amina.pk])
    signed_in(shelf.ruth).post(page, {"ask": [f"{one.pk}:{Kind.CARE}" for one in (shelf.sara, shelf.herself)]})
    sara, amina = signed_in(shelf.sara.person.account), signed_in(shelf.amina.person.account)
    address = re.search(r'href="(/family/papers/[0-9a-f-]+/)"', words_of(sara.get(reverse("portals:week")))).group(1)
    answer = {**hidden_fields(sara.get(address)), "answer": "agreed", "printed_name": "Sara Khan"}
    assert sara.post(address, answer).status_code == 302
    assert Signing.objects.get().version.kind == Kind.CARE
    assert "Consent to a minor’s care" in words_of(sara.get(reverse("documents:family_papers")))
    assert "Consent to a minor’s care" not in words_of(amina.get(reverse("documents:my_papers")))


@pytest.mark.requirement("A3")
def test_a_no_needs_no_name_and_meets_no_wall(shelf: Family):
    asks_by_page(shelf, shelf.herself, Kind.ASSENT)
    amina = signed_in(shelf.amina.person.account)
    address = re.search(r'href="(/me/papers/[0-9a-f-]+/)"', words_of(amina.get(reverse("portals:mine")))).group(1)
    page = amina.get(address)
    said = {**hidden_fields(page), "answer": "refused", "words": "Not without me."}
    assert amina.post(address, said).status_code == 302
    after = amina.get(reverse("documents:my_papers"))
    assert "said no on Monday" in words_of(after)
    assert not File.objects.exists()
    yes = {**hidden_fields(amina.get(address)), "answer": "agreed", "printed_name": "amina"}
    with time_machine.travel(NOON + timedelta(minutes=1), tick=False):
        assert amina.post(address, yes).status_code == 302
    assert "gave assent on Monday" in words_of(amina.get(reverse("documents:my_papers")))
    assert "<title>My page</title>" in after.content.decode()


@pytest.mark.requirement("A1")
def test_what_is_signed_is_what_stood_there_and_nothing_newer(shelf: Family):
    asking = actions.ask([(shelf.sara, Kind.INVOLVEMENT)], by=shelf.ruth, at=NOON)[0]
    sara, address = signed_in(shelf.sara.person.account), reverse("documents:family_paper", args=[asking.pk])
    page = sara.get(address)
    texts = {"en-us": ("Taking part", "Quite another paper, {name}.")}
    actions.publish(Kind.INVOLVEMENT, texts, effective_on=NOON.date(), because="New.", by=shelf.lead, at=NOON)
    late = sara.post(address, {**hidden_fields(page), "answer": "agreed", "printed_name": "Sara Khan"})
    assert "This paper has changed while you were reading." in words_of(late)
    assert "Quite another paper, Amina." in words_of(late)
    assert not Signing.objects.exists()


@pytest.mark.abuse("E8")
@pytest.mark.parametrize(
    "strokes", ["nonsense", "[[[1]]]", "[[[-1, 5]]]", "[[[1, 9999]]]", '[["ab"]]', "7", "[[[1e999, 1]]]", "[" * 30_000]
)
def test_what_is_no_drawing_is_not_taken_for_one(shelf: Family, strokes: str):
    asking = actions.ask([(shelf.sara, Kind.INVOLVEMENT)], by=shelf.ruth, at=NOON)[0]
    sara, address = signed_in(shelf.sara.person.account), reverse("documents:family_paper", args=[asking.pk])
    typed = {**hidden_fields(sara.get(address)), "answer": "agreed", "printed_name": "Sara", "strokes": strokes}
    page = sara.post(address, typed)
    assert "The drawn signature could not be read." in words_of(page)
    assert 'value="Sara"' in page.content.decode()
    assert "Type your name" in words_of(sara.post(address, {**typed, "printed_name": "", "strokes": ""}))


@pytest.mark.abuse("B9")
def test_a_father_who_types_the_mothers_name_has_signed_as_himself(shelf: Family, monkeypatch: pytest.MonkeyPatch):
    asking = actions.ask([(shelf.tom, Kind.PARTNERSHIP)], by=shelf.ruth, at=NOON)[0]
    tom, address = signed_in(shelf.tom.person.account), reverse("documents:family_paper", args=[asking.pk])
    sheets, drawn = [], pdf.drawn
    monkeypatch.setattr(pdf, "drawn", lambda sheet: [sheets.append(sheet), drawn(sheet)][1])
    tom.post(address, {**hidden_fields(tom.get(address)), "answer": "agreed", "printed_name": "Sara Khan"})
    lines = dict(sheets[0].answers[0].lines)
    assert (lines["Name:"], lines["Typed as their name:"]) == (shelf.tom.person.name, "Sara Khan")
    page = words_of(signed_in(shelf.ruth).get(reverse("documents:signed", args=[Signing.objects.get().pk])))
    assert f"{shelf.tom.person.name}, parent" in page
    assert "Sara Khan, parent" not in page
    assert "Typed as their name" in page


@pytest.mark.abuse("B1")
def test_a_barred_father_finds_no_paper(shelf: Family):
    asking = actions.ask([(shelf.tom, Kind.EXPECTATIONS)], by=shelf.ruth, at=NOON)[0]
    tom, address = signed_in(shelf.tom.person.account), reverse("documents:family_paper", args=[asking.pk])
    assert tom.get(address).status_code == 200
    a_court_limits(shelf.tom, by=shelf.ruth)
    assert tom.get(address).status_code == 404
    assert "Amina" not in words_of(tom.get(reverse("documents:family_papers")))


@pytest.mark.requirement("A1")
def test_the_lead_rewrites_a_paper_sees_how_it_reads_and_puts_it_in_force(shelf: Family):
    lead, address = signed_in(shelf.lead), reverse("documents:edit", args=[Kind.EXPECTATIONS])
    page = lead.get(address)
    typed = {
        **{name: page.context["form"][name].value() or "" for name in page.context["form"].fields},
        "body_en-us": "## New\n\nCall us <script>any</script> time, {name}.\n\n- one\n- two",
        "effective_on": (NOON + timedelta(days=1)).date().isoformat(),
        "because": "Shorter.",
    }
    seen = words_of(lead.post(address, {**typed, "do": "preview"}))
    assert "<h4>New</h4><p>Call us &lt;script&gt;any&lt;/script&gt; time, {name}.</p><ul><li>one</li>" in seen
    assert "<ins>" in seen
    assert "Some languages were not changed." in seen
    typed["others_say_the_same"] = "on"
    wrong = words_of(lead.post(address, {**typed, "body_en-us": "Call {nobody}.", "do": "publish"}))
    assert "Nothing is filled in for {nobody}." in wrong
    past = words_of(lead.post(address, {**typed, "effective_on": "2026-11-01", "do": "publish"}))
    assert "Choose today or a later day" in past
    assert lead.post(address, {**typed, "do": "publish"}).status_code == 302
    newest = Version.objects.filter(kind=Kind.EXPECTATIONS).order_by("number").last()
    assert (newest.number, newest.because, newest.written_by) == (2, "Shorter.", shelf.lead)
    history = words_of(lead.get(reverse("documents:paper", args=[Kind.EXPECTATIONS])))
    assert "Shorter." in history
    assert "<del>" in history
    assert signed_in(shelf.ruth).get(address).status_code == 404


def test_a_shelf_begins_empty_and_says_how_to_begin(family: Family):
    office = signed_in(account(family.practice, "omar", Role.OFFICE))
    assert "Take up the papers that come with Halfdoor" in words_of(office.get(reverse("documents:library")))
    office.post(reverse("documents:library"))
    assert Version.objects.count() == len(Kind)
    ruth = signed_in(family.ruth)
    assert "Take up" not in words_of(ruth.get(reverse("documents:library")))
    assert ruth.get(reverse("documents:certificate"))["Content-Type"] == "application/pkix-cert"


@pytest.mark.requirement("A8")
def test_what_was_said_aloud_is_written_down_by_a_clinician(shelf: Family):
    ruth = signed_in(shelf.ruth)
    address = reverse("documents:record", args=[shelf.amina.pk, shelf.herself.pk, Kind.THERAPY_AGREEMENT])
    assert "Our agreement" in words_of(ruth.get(address))
    assert "Choose what they said." in words_of(ruth.post(address, {"manner": "aloud", "language": "es"}))
    said = {"manner": "aloud", "answer": "agreed", "language": "es", "words": "Vale."}
    assert ruth.post(address, said).status_code == 302
    signing = Signing.objects.get()
    assert (signing.manner, signing.language, signing.shown[:13]) == ("aloud", "es", "Nuestro acuer")
    assert "agreed on Monday" in words_of(ruth.get(reverse("documents:papers", args=[shelf.amina.pk])))


def test_ruth_asks_no_more_for_what_waits(shelf: Family):
    asking = actions.ask([(shelf.sara, Kind.INVOLVEMENT)], by=shelf.ruth, at=NOON)[0]
    ruth, page = signed_in(shelf.ruth), reverse("documents:papers", args=[shelf.amina.pk])
    assert ruth.post(page, {"stop": str(asking.pk)}).status_code == 302
    assert (
        signed_in(shelf.sara.person.account).get(reverse("documents:family_paper", args=[asking.pk])).status_code == 404
    )
    assert ruth.post(page, {"stop": str(asking.pk)}).status_code == 302
