"""What is typed about papers and consents outlives an interruption, and nobody counts on a press that came too late."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from halfdoor.service.accounts.models import Account
from halfdoor.service.agreements.models import Authorization, Wish
from halfdoor.service.documents.models import Signing
from halfdoor.service.documents.tests.test_pages import hidden_fields
from halfdoor.service.people.models import Draft
from tests.doors import comes_back, signed_in, words_of
from tests.papers import answered_papers, given_consent
from tests.people import NOON, Family

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("R6")]

WORDS = "I do not want Dad to read what I say about school."
LATER, THEN = NOON + timedelta(hours=3), NOON + timedelta(hours=3, minutes=2)


def too_late(account: Account, address: str, typed: dict[str, object], *, stood_on: str = "") -> Client:
    """Let somebody send a form long after they signed in, from the page on which it stood; return their device."""
    with time_machine.travel(NOON, tick=False):
        device = signed_in(account)
    with time_machine.travel(LATER, tick=False):
        referer = f"http://testserver{stood_on or address}"
        assert device.post(address, typed, headers={"referer": referer}).status_code == 302
    return device


def test_what_a_mother_wrote_on_a_paper_is_there_again_and_her_name_signs_nothing(family: Family) -> None:
    (_, asking), _signed = answered_papers(family.sara, by=family.ruth)
    before, address = Signing.objects.count(), reverse("documents:family_paper", args=[asking.pk])
    sara = family.sara.person.account
    typed = {"answer": "agreed", "printed_name": "Sara Khan", "words": WORDS, "strokes": "[[[1,1]]]" * 4000}
    device = too_late(sara, address, typed)
    assert Signing.objects.count() == before
    with time_machine.travel(THEN, tick=False):
        assert comes_back(device, sara) == address
        page = device.get(address)
        assert WORDS in words_of(page)
        assert 'value="Sara Khan"' in words_of(page)
        device.post(address, hidden_fields(page) | {"answer": "refused", "words": WORDS})
    assert Signing.objects.count() == before + 1
    assert not Draft.objects.exists()


def test_a_consent_goes_on_where_it_was_left_and_is_no_answer_yet(family: Family) -> None:
    answered_papers(family.tom, by=family.ruth)
    _, proposal = given_consent(family.tom, by=family.ruth)
    before, address = Authorization.objects.count(), reverse("agreements:my_proposal", args=[proposal.pk])
    amina = family.herself.person.account
    until = (NOON + timedelta(days=5)).date().isoformat()
    typed = {"categories": "themes", "purposes": "support", "until_on": until, "answer": "agreed", "words": WORDS}
    device = too_late(amina, address, typed | {"printed_name": "Amina"})
    with time_machine.travel(THEN, tick=False):
        assert comes_back(device, amina) == address
        page = words_of(device.get(address))
    assert WORDS in page
    assert f'value="{until}"' in page
    assert Authorization.objects.count() == before


def test_why_somebody_takes_a_consent_back_is_kept_while_they_type(family: Family) -> None:
    answered_papers(family.tom, by=family.ruth)
    given, _proposal = given_consent(family.tom, by=family.ruth)
    address = reverse("agreements:my_consent", args=[given.pk])
    with time_machine.travel(NOON, tick=False):
        amina = signed_in(family.herself.person.account)
        amina.post(address, {"because": WORDS, "meanwhile": "yes"})
        assert WORDS in words_of(amina.get(address))
        amina.post(address, {"because": WORDS, "do": "withdraw"})
        assert not Draft.objects.exists()


@pytest.mark.abuse("A10")
def test_whoever_said_keep_it_private_too_late_is_told_so_once_and_comes_back_to_it(family: Family) -> None:
    amina, around = family.herself.person.account, reverse("portals:person", args=[family.tom.pk])
    device = too_late(amina, around, {"category": "themes", "value": "objects"})
    assert not Wish.objects.exists()
    with time_machine.travel(THEN, tick=False):
        door = reverse("me_sign_in")
        told = ["has not happened" in words_of(device.get(door)) for _ in range(2)]
        assert told == [True, False]
        assert comes_back(device, amina) == around


@pytest.mark.abuse("A10")
@pytest.mark.parametrize("pressed", ["leave/", "language/"])
def test_what_needs_no_session_has_happened_and_leads_nowhere_back(family: Family, pressed: str) -> None:
    amina, around = family.herself.person.account, reverse("portals:person", args=[family.tom.pk])
    device = too_late(amina, f"/me/{pressed}", {"language": "es"}, stood_on=around)
    with time_machine.travel(THEN, tick=False):
        assert not device.get(reverse("me_sign_in")).context["has_not_happened"]
        assert comes_back(device, amina) == "/me/"
