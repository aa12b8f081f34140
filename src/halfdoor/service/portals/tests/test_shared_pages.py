"""Pages that rooms share: what is due on Today, sections, and links from a young person's page."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from halfdoor.service.web import due, menus, sections
from halfdoor.service.web.due import Due
from halfdoor.service.web.menus import Entry
from tests.doors import signed_in, words_of
from tests.people import NOON, Family, Home

PART = "web/gallery/divider.html"


@pytest.fixture(autouse=True)
def only_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a test add to the pages without leaving anything behind."""
    monkeypatch.setattr(due, "_SAYING", list(due._SAYING))
    monkeypatch.setattr(sections, "_SECTIONS", type(sections._SECTIONS)(list, {}))
    monkeypatch.setattr(menus, "_MENUS", type(menus._MENUS)(list, {key: list(of) for key, of in menus._MENUS.items()}))


def test_ruth_finds_what_is_due_from_every_room_the_earliest_first(family: Family) -> None:
    lines = {"Later": date(2026, 11, 9), "When there is time": None, "Soon": date(2026, 11, 3)}
    for words, day in lines.items():
        due.add(lambda account, *, at, words=words, day=day: [Due("/staff/", words, "because", day)])
    with time_machine.travel(NOON, tick=False):
        page = words_of(signed_in(family.ruth).get(reverse("portals:today")))
    assert page.index("Soon") < page.index("Later") < page.index("When there is time")


@pytest.mark.parametrize("page", ["file", "week", "shift", "mine"])
def test_a_section_stands_where_it_has_something_to_show(page: str, family: Family, home: Home) -> None:
    reader, address, about = {
        "file": (family.ruth, reverse("portals:young_person", args=[family.amina.pk]), family.amina),
        "week": (family.sara.person.account, reverse("portals:week"), family.sara),
        "shift": (home.dan.person.account, reverse("portals:shift"), home.dan),
        "mine": (family.amina.person.account, reverse("portals:mine"), family.amina),
    }[page]
    asked = []
    sections.add(page, "no/such/template.html", lambda one, *, reader, at: None)
    sections.add(page, PART, lambda one, *, reader, at: asked.append((one, reader, at)) or True)
    with time_machine.travel(NOON, tick=False):
        shown = signed_in(reader).get(address)
    assert asked == [(about, reader, NOON)]
    assert PART in [template.name for template in shown.templates]


def test_a_young_persons_page_leads_to_pages_of_other_rooms_for_those_who_may_go(family: Family) -> None:
    menus.add("young_person", Entry("portals:map", "Sharing", frozenset({"therapist"})))
    menus.add("young_person", Entry("requests:asking", "For the office", frozenset({"office"})))
    page = words_of(signed_in(family.ruth).get(reverse("portals:young_person", args=[family.amina.pk])))
    assert f'<li><a href="{reverse("portals:map", args=[family.amina.pk])}">Sharing</a></li>' in page
    assert "For the office" not in page
