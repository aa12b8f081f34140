"""Lists that can grow long come a page at a time, and say where the rest is."""

from uuid import UUID

import pytest
import time_machine
from django.urls import reverse

from halfdoor.service.notes import actions as notes
from halfdoor.service.notes import queries as written
from halfdoor.service.requests import actions as requests
from halfdoor.service.requests.actions import Asked
from halfdoor.service.requests.queries import young_people
from halfdoor.service.requests.words import Channel, Way
from halfdoor.service.web.paging import Paged
from tests.doors import signed_in
from tests.people import NOON, Family

pytestmark = pytest.mark.django_db


@pytest.mark.requirement("C10")
def test_what_people_ask_about_me_comes_a_page_at_a_time(family: Family, monkeypatch: pytest.MonkeyPatch) -> None:
    one_at_a_time = Paged(young_people._asked_with_what_was_said, UUID, UUID, size=1)
    monkeypatch.setattr(young_people, "_ASKED", one_at_a_time)
    asked = Asked(category="session_content", channel=Channel.TELEPHONE, motive="Again.", sure=Way.CALLED_BACK)
    for _ in range(2):
        request = requests.receive(family.amina, asked, asked_by=family.tom, by=family.ruth, at=NOON)
        requests.ask_young_person(request, words="You decide.", by=family.ruth, at=NOON)
    with time_machine.travel(NOON, tick=False):
        amina = signed_in(family.herself.person.account)
        pages = [amina.get(reverse("portals:mine"), {"asked": number}).content.decode() for number in (1, 2)]
    assert [page.count("Tom Reed asked:") for page in pages] == [1, 1]
    assert ['rel="next" href="?asked=2"' in page for page in pages] == [True, False]


@pytest.mark.requirement("R2")
def test_what_i_have_begun_to_write_comes_a_page_at_a_time(family: Family, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(written, "_DRAFTS_ABOUT", Paged(written._drafts_about, UUID, UUID, UUID, size=1))
    for _ in range(2):
        draft = notes.begin(family.episode, by=family.ruth, at=NOON)
        notes.keep(draft, {"text": ["She came."]}, by=family.ruth, at=NOON)
    with time_machine.travel(NOON, tick=False):
        ruth = signed_in(family.ruth)
        address = reverse("notes:list", args=[family.amina.pk])
        pages = [ruth.get(address, {"begun": number}).content.decode() for number in (1, 2)]
    assert [page.count("A draft<") for page in pages] == [1, 1]
    assert ['rel="next" href="?begun=2"' in page for page in pages] == [True, False]
