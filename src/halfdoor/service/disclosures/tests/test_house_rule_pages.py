"""From a wish to rules in force, on pages: who finds them, what they say, and who does not."""

import subprocess
import sys
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
import time_machine
from django.urls import reverse

from halfdoor.service.accounts.models import Role
from halfdoor.service.core import chain
from halfdoor.service.core.keys import ring
from halfdoor.service.core.models import ChainEntry
from halfdoor.service.core.worker import Worker
from halfdoor.service.disclosures.house import actions, drafts
from halfdoor.service.disclosures.house.rows import Activation, Proposal
from halfdoor.service.disclosures.legal.rows import Advice, Consultation
from tests.doors import signed_in, words_of
from tests.people import NOON, Family, account, stranger

WISH = {
    "who": "school",
    "what": ["everything"],
    "answered": "withhold",
    "says": "We tell schools nothing. Please ask the family.",
    "agreed": "Our team meeting",
    "because": "Families asked us to",
}


@pytest.fixture(autouse=True)
def _at_noon():
    with time_machine.travel(NOON, tick=False):
        yield


def page_of(proposal: Proposal) -> str:
    return reverse("rules:proposal", args=[proposal.pk])


def decide(client, proposal: Proposal, **typed):
    return client.post(reverse("rules:decide", args=[proposal.pk]), typed, follow=True)


def test_a_rule_proposed_in_the_evening_was_agreed_on_the_practices_own_day(family: Family):
    """When it is tomorrow by the clock of the server already, New York still has today."""
    with time_machine.travel(NOON + timedelta(hours=14), tick=False):
        signed_in(family.lead).post(reverse("rules:propose"), WISH)
    written = drafts.text_of(Proposal.objects.get().version)
    assert "2026-11-02" in written
    assert "2026-11-03" not in written


@pytest.mark.requirement("C4", "C14")
def test_a_clinic_goes_from_a_wish_to_rules_in_force_on_pages_alone(family: Family):
    lena, ruth = signed_in(family.lead), signed_in(family.ruth)
    assert "unchanged" in words_of(lena.get(reverse("rules:rules")))
    answered = lena.post(reverse("rules:propose"), WISH)
    proposal = Proposal.objects.get()
    assert answered.url == page_of(proposal)
    assert "Being worked out" in words_of(lena.get(page_of(proposal)))
    Worker().work_once()
    shown = words_of(lena.get(page_of(proposal)))
    assert "This only closes." in shown
    assert "Closes:" in shown
    assert "who: teacher" in shown
    assert "where: us" not in shown
    assert WISH["says"] in shown
    assert "proposes a change of our rules" in words_of(ruth.get(reverse("portals:today")))
    assert "You have approved it" in words_of(decide(ruth, proposal, do="approve", fingerprint=proposal.version.sha256))
    assert "not in the past" not in words_of(decide(lena, proposal, do="activate", from_on="2026-11-02"))
    assert Activation.objects.get().proposal == proposal
    held = words_of(lena.get(reverse("rules:rules")))
    assert "Rules of our own" in held
    assert "Ruth" in held
    assert "See what is different." in words_of(ruth.get(reverse("portals:today")))
    ruth.post(reverse("rules:seen"))
    assert "See what is different." not in words_of(ruth.get(reverse("portals:today")))


def test_a_form_keeps_what_was_typed_and_says_in_which_line_to_look(family: Family):
    lena = signed_in(family.lead)
    text = words = lena.get(reverse("rules:write")).context["form"].initial["text"]
    text = text.replace('relation = "@school"', 'relation = "@shcool"')
    assert text != words
    page = words_of(lena.post(reverse("rules:write"), {"text": text, "because": "A try"}))
    line = next(number for number, said in enumerate(text.splitlines(), 1) if "@shcool" in said)
    assert f"Line {line}: house.timetable-to-school: when.relation:" in page.replace("&#x27;", "'")
    assert "@shcool" in page
    assert "A try" in page
    assert not Proposal.objects.exists()


@pytest.mark.requirement("C4")
def test_a_file_from_the_page_is_one_the_command_takes_and_the_page_takes_back(family: Family, tmp_path: Path):
    lena = signed_in(family.lead)
    lena.post(reverse("rules:propose"), WISH)
    answer = lena.get(reverse("rules:download", args=[Proposal.objects.get().version_id]))
    assert answer["Content-Disposition"] == 'attachment; filename="rules.toml"'
    file = tmp_path / "rules.toml"
    file.write_bytes(answer.content)
    asked = [sys.executable, "-m", "halfdoor.cli", "packs", "diff", "practice", str(file), "--place", "us"]
    answered = subprocess.run(asked, capture_output=True, text=True, check=True, timeout=60)
    assert "closes" in answered.stdout
    changed = BytesIO(answer.content.replace(b"We tell schools nothing.", b"Schools hear nothing from us."))
    changed.name = "ours.toml"
    lena.post(reverse("rules:write"), {"file": changed, "text": "", "because": "Better words"})
    assert "Schools hear nothing from us." in drafts.text_of(Proposal.objects.get(because="Better words").version)


@pytest.mark.abuse("E8")
@pytest.mark.parametrize("wrong", [b"\xff\xfe\x00", b"x" * 300_000, b"   "])
def test_a_file_that_is_no_text_is_refused_in_words(family: Family, wrong: bytes):
    file = BytesIO(wrong)
    file.name = "rules.toml"
    page = signed_in(family.lead).post(reverse("rules:write"), {"file": file, "text": "", "because": "x"})
    assert page.status_code == 200
    assert page.context["form"].errors["text"]


def test_a_proposer_is_offered_no_approval_and_a_forged_one_is_refused(family: Family):
    lena = signed_in(family.lead)
    lena.post(reverse("rules:propose"), WISH | {"answered": "may_share", "what": ["session_summary"]})
    proposal = Proposal.objects.get()
    Worker().work_once()
    assert "I have read it, and approve it" not in words_of(lena.get(page_of(proposal)))
    said = words_of(decide(lena, proposal, do="approve", fingerprint=proposal.version.sha256))
    assert "A second person has to read it" in said
    assert "approve it first" in words_of(decide(lena, proposal, do="activate", from_on="2026-11-02"))


def test_whoever_is_no_clinician_finds_nothing_there(family: Family):
    signed_in(family.lead).post(reverse("rules:propose"), WISH)
    proposal = Proposal.objects.get()
    addresses = [reverse("rules:rules"), reverse("rules:propose"), reverse("rules:write"), page_of(proposal)]
    outsiders = [
        account(family.practice, "omar", Role.OFFICE),
        stranger(family.practice),
        family.herself.person.account,
    ]
    for who in outsiders:
        client = signed_in(who)
        for address in addresses:
            assert client.get(address).status_code in (302, 404), (who.username, address)
    ruth = signed_in(family.ruth)
    assert ruth.get(reverse("rules:propose")).status_code == 404
    assert ruth.get(page_of(proposal)).status_code == 200


def test_what_was_taken_up_again_begins_with_the_text_of_the_earlier_one(family: Family):
    lena = signed_in(family.lead)
    lena.post(reverse("rules:propose"), WISH)
    earlier = Proposal.objects.get()
    page = lena.get(reverse("rules:write"), {"from": str(earlier.pk)})
    assert "We tell schools nothing." in page.content.decode()
    assert lena.get(reverse("rules:write"), {"from": "nothing"}).status_code == 404
    lena.post(reverse("rules:propose"), WISH)
    assert Proposal.objects.count() == 1


@pytest.mark.requirement("C14")
def test_legal_advice_on_a_case_is_asked_for_answered_and_sealed(family: Family):
    ruth = signed_in(family.ruth)
    page = reverse("rules:advice", args=[family.amina.pk])
    asked = {"whom": "Counsel Reed", "category": "progress", "question": "May the court see the plan?"}
    ruth.post(page, asked)
    consultation = Consultation.objects.get()
    assert "Take down the answer" in words_of(ruth.get(page))
    answer = reverse("rules:answer", args=[consultation.pk])
    assert "still to come" in words_of(ruth.post(answer, {"words": "No.", "given_on": "2026-11-03"}))
    ruth.post(answer, {"words": "Only with an order.", "given_on": "2026-11-02"})
    shown = words_of(ruth.get(page))
    for said in ("Counsel Reed", "May the court see the plan?", "Only with an order.", "Ruth"):
        assert said in shown
    again = words_of(ruth.post(answer, {"words": "Something else.", "given_on": "2026-11-02"}))
    assert "on record already" in again
    assert b"court" not in bytes(consultation.question_sealed)
    with ring():
        assert Advice.objects.get().words == "Only with an order."
    said = [entry.entry for entry in ChainEntry.objects.filter(practice=family.practice)]
    assert not [line for line in said if "Reed" in line or "order." in line]
    kinds = [chain.body_of(entry)["kind"] for entry in ChainEntry.objects.order_by("sequence")]
    advice = [kind for kind in kinds if kind != "disclosures.looked"]
    assert advice[-2:] == ["disclosures.legal_advice_asked", "disclosures.legal_advice_given"]


def test_a_form_of_legal_advice_that_is_sent_twice_is_one_question(family: Family):
    ruth, page = signed_in(family.ruth), reverse("rules:advice", args=[family.amina.pk])
    once = str(ruth.get(page).context["form"]["once"].value())
    for _ in range(2):
        ruth.post(page, {"whom": "Counsel", "question": "May we?", "once": once})
    assert Consultation.objects.count() == 1


def test_pages_of_rules_take_few_queries(family: Family, django_assert_max_num_queries):
    lena = signed_in(family.lead)
    lena.post(reverse("rules:propose"), WISH)
    proposal = Proposal.objects.get()
    Worker().work_once()
    actions.activate(proposal, from_on=NOON.date(), by=family.lead, at=NOON + timedelta(seconds=1))
    for address in (reverse("rules:rules"), page_of(proposal)):
        with django_assert_max_num_queries(24):
            assert lena.get(address).status_code == 200


@pytest.mark.requirement("C4", "C14")
def test_the_map_of_a_family_shows_what_a_waiting_proposal_would_change(family: Family):
    lena, ruth = signed_in(family.lead), signed_in(family.ruth)
    address = reverse("portals:map", args=[family.amina.pk])
    assert "the rules that a colleague proposes" not in words_of(ruth.get(address))
    parents = WISH | {"who": "parents", "says": "We tell parents nothing."}
    lena.post(reverse("rules:propose"), parents)
    proposal = Proposal.objects.get()
    assert "the rules that a colleague proposes" in words_of(ruth.get(address))
    then = words_of(ruth.get(address, {"rules": "proposed"}))
    assert "under the rules that Lena proposes. Nothing of it holds yet." in then
    assert page_of(proposal) in then
    assert "Sara Khan" in then.split("from now:")[1].split("</ul>")[0]
    assert "from now" not in words_of(ruth.get(address))
