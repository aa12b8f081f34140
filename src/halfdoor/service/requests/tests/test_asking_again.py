"""Asking without end: what is sent twice happens once, and a list stays a list."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from halfdoor.service.requests import actions, asking
from halfdoor.service.requests.actions import Asked, Told
from halfdoor.service.requests.models import Answer, FamilyRequest
from halfdoor.service.requests.words import Channel, Way
from tests.doors import signed_in, words_of
from tests.people import NOON, Family

FRIDAY = (NOON + timedelta(days=4)).date()


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(NOON + timedelta(minutes=5), tick=False):
        yield


@pytest.fixture
def tom(family: Family) -> Client:
    return signed_in(family.tom.person.account)


def sends(tom: Client, family: Family, once: str) -> Any:
    typed = {"category": "session_content", "motive": "How is she?", "once": once}
    return tom.post(reverse("requests:family_ask", args=[family.tom.pk]), typed, follow=True)


def many_calls(family: Family, number: int) -> None:
    for _ in range(number):
        asked = Asked(category="session_content", channel=Channel.TELEPHONE, sure=Way.CALLED_BACK)
        actions.receive(family.amina, asked, asked_by=family.tom, by=family.ruth, at=NOON)


def test_a_form_brings_an_id_of_its_own_each_time_it_is_opened(family: Family, tom: Client) -> None:
    page = reverse("requests:family_ask", args=[family.tom.pk])
    first, again = (re.findall(r'name="once" value="([0-9a-f-]{36})"', words_of(tom.get(page))) for _ in range(2))
    assert len(first) == len(again) == 1
    assert first != again


def test_toms_question_sent_again_and_again_is_one_question(family: Family, tom: Client) -> None:
    once = str(uuid4())
    for _ in range(3):
        sends(tom, family, once)
    assert FamilyRequest.objects.count() == 1


def test_a_call_written_down_twice_by_one_press_too_many_is_one_request(family: Family) -> None:
    typed = {"who": str(family.tom.pk), "category": "progress", "purpose": "support", "channel": "telephone"}
    ruth = signed_in(family.ruth)
    for _ in range(2):
        ruth.post(reverse("requests:asking", args=[family.amina.pk]), typed | {"once": str(family.amina.pk)})
    assert FamilyRequest.objects.count() == 1


def test_an_answer_sent_twice_is_given_once_and_ruth_can_still_answer_again(family: Family) -> None:
    many_calls(family, 1)
    page = reverse("requests:answer", args=[FamilyRequest.objects.get().pk])
    typed = {"do": "close", "look_again_on": FRIDAY.isoformat(), "once": str(uuid4())}
    ruth = signed_in(family.ruth)
    for _ in range(2):
        assert ruth.post(page, typed).status_code == 302
    assert Answer.objects.count() == 1
    ruth.post(page, typed | {"once": str(uuid4())})
    assert Answer.objects.count() == 2


def test_tom_has_five_questions_open_and_reads_why_there_is_no_sixth(family: Family, tom: Client) -> None:
    for _ in range(asking.MOST_OPEN):
        sends(tom, family, str(uuid4()))
    once = str(uuid4())
    page = sends(tom, family, once)
    assert "You have 5 questions here that wait for an answer." in words_of(page)
    assert FamilyRequest.objects.count() == 5

    first = FamilyRequest.objects.newest_first().last()
    actions.keep_closed(first, Told(look_again_on=FRIDAY), by=family.ruth, at=NOON + timedelta(minutes=5))
    sends(tom, family, once)
    assert FamilyRequest.objects.count() == 6


def test_a_father_who_reached_his_limit_does_not_stop_a_mother(family: Family, tom: Client) -> None:
    many_calls(family, asking.MOST_OPEN)
    asking.ask(
        family.sara,
        Asked(category="progress", channel=Channel.PORTAL),
        by=family.sara.person.account,
        at=NOON,
    )
    assert FamilyRequest.objects.filter(asked_by=family.sara).count() == 1


def test_long_lists_come_a_page_at_a_time(family: Family, tom: Client) -> None:
    many_calls(family, 51)
    ruth = signed_in(family.ruth)
    today = reverse("portals:today")
    assert words_of(ruth.get(today)).count("Tom Reed about Amina Khan") == 50
    assert words_of(ruth.get(today, {"waiting": "2"})).count("Tom Reed about Amina Khan") == 1
    assert 'href="?waiting=2"' in words_of(ruth.get(today))
    week = reverse("portals:week")
    assert words_of(tom.get(week)).count("/family/requests/") == 20
    assert words_of(tom.get(week, {"page": "3"})).count("/family/requests/") == 11
