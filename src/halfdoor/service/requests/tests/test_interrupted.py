"""What families and young people type is there again after an interruption, for whoever typed it and nobody else."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from halfdoor.service.people.models import Draft
from halfdoor.service.requests import actions
from halfdoor.service.requests.actions import Asked
from halfdoor.service.requests.models import FamilyRequest, Question
from halfdoor.service.requests.words import Channel, Way
from tests.doors import comes_back, signed_in
from tests.people import NOON, Family

pytestmark = pytest.mark.django_db

WORDS = "She has stopped eating with us since Sunday."


def ask_page(family: Family) -> str:
    return reverse("requests:family_ask", args=[family.sara.pk])


def sent_too_late(family: Family) -> tuple[Client, list[str]]:
    """Let Sara send a question after her session has ended; return the device, and what it was sent."""
    with time_machine.travel(NOON, tick=False):
        device = signed_in(family.sara.person.account)
    with time_machine.travel(NOON + timedelta(hours=3), tick=False):
        typed = {"category": "session_content", "motive": WORDS}
        answer = device.post(ask_page(family), typed, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("family_sign_in")
    return device, [answer.content.decode()]


@pytest.mark.requirement("R6")
@pytest.mark.abuse("A10")
def test_what_was_sent_after_the_session_ended_is_there_again_for_whoever_typed_it(family: Family) -> None:
    device, seen = sent_too_late(family)
    assert not FamilyRequest.objects.exists()
    with time_machine.travel(NOON + timedelta(hours=3, minutes=1), tick=False):
        landed = comes_back(device, family.sara.person.account)
        assert landed == ask_page(family)
        assert WORDS in device.get(landed).content.decode()
        device.post(landed, {"category": "session_content", "motive": WORDS})
        assert FamilyRequest.objects.get().motive == WORDS
        assert WORDS not in device.get(ask_page(family)).content.decode()
    assert not Draft.objects.exists()
    assert all(WORDS not in page for page in seen)


@pytest.mark.abuse("B4")
@pytest.mark.abuse("A10")
def test_the_other_parent_on_the_same_device_finds_nothing_of_it(family: Family) -> None:
    device, _seen = sent_too_late(family)
    with time_machine.travel(NOON + timedelta(hours=3, minutes=1), tick=False):
        landed = comes_back(device, family.tom.person.account)
        assert landed == "/family/"
        toms = reverse("requests:family_ask", args=[family.tom.pk])
        pages = [device.get(address, follow=True) for address in (landed, toms, ask_page(family))]
    assert [page.status_code for page in pages] == [200, 200, 404]
    assert all(WORDS not in page.content.decode() for page in pages)
    assert WORDS.encode() not in bytes(Draft.objects.get().typed_sealed)


@pytest.mark.requirement("R6")
def test_a_young_person_who_is_called_away_finds_their_words_again(family: Family) -> None:
    asked = Asked(category="session_content", channel=Channel.TELEPHONE, motive="Why?", sure=Way.CALLED_BACK)
    request = actions.receive(family.amina, asked, asked_by=family.tom, by=family.ruth, at=NOON)
    actions.ask_young_person(request, words="You decide.", by=family.ruth, at=NOON)
    address = reverse("requests:my_question", args=[Question.objects.get().pk])
    with time_machine.travel(NOON, tick=False):
        amina = signed_in(family.herself.person.account)
        kept = amina.post(address, {"part": "That I come here.", "meanwhile": "yes"})
        assert (kept.status_code, kept.content) == (204, b"")
        assert "That I come here." in amina.get(address).content.decode()
        assert (
            "That I come here."
            not in signed_in(family.ruth).get(reverse("requests:request", args=[request.pk])).content.decode()
        )
        amina.post(address, {"choice": "no", "say_so": "ours", "pressed": "no"})
    assert not Draft.objects.exists()


@pytest.mark.abuse("C1")
def test_nobody_keeps_words_on_a_page_that_is_not_theirs(family: Family) -> None:
    with time_machine.travel(NOON, tick=False):
        tom = signed_in(family.tom.person.account)
        hers, nobodys = ask_page(family), reverse("requests:family_ask", args=[family.amina.pk])
        assert {tom.post(one, {"motive": "x", "meanwhile": "yes"}).status_code for one in (hers, nobodys)} == {204}
    assert not Draft.objects.exists()
