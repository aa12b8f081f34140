"""What was told and who looked, each read backwards some at a time, and neither in the way of the other."""

import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from halfdoor.disclosure.obligations import CODES
from halfdoor.service.disclosures import gate, looking, own_page
from halfdoor.service.people.models import Membership
from tests.doors import signed_in
from tests.people import NOON, Family, a_court_limits

CATEGORIES = ("attendance", "goals_and_plan", "attendance", "attendance", "goals_and_plan")
DAYS = 5


@pytest.fixture
def amina(family: Family, monkeypatch: pytest.MonkeyPatch) -> Iterator[Client]:
    """Amina, signed in, of whom five things were told and who was looked at on five days; two stand on a page."""
    monkeypatch.setattr(own_page, "_A_PAGE", 2)
    for name in ("_NEWEST", "_OLDER"):
        made = getattr(own_page, name)
        monkeypatch.setattr(own_page, name, own_page.Prepared(made._build, *made._kinds))
    for category in CATEGORIES:
        assert asks(family.sara, category, family).went
    for day in range(DAYS):
        looking.looked(family.amina.pk, page="portals:map", by=family.ruth, at=NOON - timedelta(days=day))
    with time_machine.travel(NOON, tick=False):
        yield signed_in(family.herself.person.account)


def asks(member: Membership, category: str, family: Family) -> gate.Receipt:
    question = gate.Question(young_person=family.amina, recipient=member, category=category, purpose="support")
    return gate.conclude(question, done=tuple(CODES), by=family.ruth, at=NOON)


def shown(client: Client, query: str = "") -> tuple[list[str], list[str], dict[str, str]]:
    """Return what stands in each list, and where each of the links leads."""
    page = client.get(reverse("portals:history") + query).content.decode()
    main = page[page.index('aria-labelledby="told"') : page.index("</main>")]
    told, looked = (re.findall(r"<li>(.*?)</li>", part, re.S) for part in main.split('aria-labelledby="looked"'))
    links = re.findall(r'rel="(\w+)" href="([^"]+)"', main)
    return told, looked, {f"{way} {where}": unescape(q) for way, href in links for q, _, where in [href.partition("#")]}


@pytest.mark.requirement("C10")
@pytest.mark.parametrize("which", ["told", "looked"])
def test_each_list_is_read_to_its_end_with_nothing_twice_and_nothing_left_out(amina: Client, which: str) -> None:
    pages, query = [], "?"
    while query:
        *lists, links = shown(amina, query)
        pages.append(lists[which == "looked"])
        query = links.get(f"next {which}", "")
    assert [len(page) for page in pages] == [2, 2, 1]
    read = [one for page in pages for one in page]
    if which == "looked":
        assert len(set(read)) == DAYS
    else:
        assert sorted("come to your sessions" in one for one in read) == sorted(c == "attendance" for c in CATEGORIES)


@pytest.mark.requirement("C10")
def test_turning_one_list_leaves_the_other_where_it_is(amina: Client) -> None:
    told, looked, links = shown(amina)
    assert set(links) == {"next told", "next looked"}
    older, as_before, links = shown(amina, links["next told"])
    assert as_before == looked
    still, before, links = shown(amina, links["next looked"])
    assert still == older
    assert set(links) == {f"{way} {where}" for way in ("next", "prev") for where in ("told", "looked")}
    assert shown(amina, links["prev told"])[:2] == (told, before)
    assert shown(amina, links["prev looked"])[:2] == (older, looked)


@pytest.mark.abuse("C2")
def test_a_place_that_is_not_on_the_page_or_makes_no_sense_is_the_newest(amina: Client, family: Family) -> None:
    newest = shown(amina)
    a_court_limits(family.tom, by=family.ruth)
    hidden = asks(family.tom, "attendance", family)
    assert not hidden.went
    for after in (hidden.line.pk, uuid4(), "x", "", "0" * 400):
        assert shown(amina, f"?after={after}") == newest, after
    for before in ("0001-01-01", "1999-12-31", "2026-02-30", "-1", "x", "", NOON.date() - timedelta(days=DAYS)):
        assert shown(amina, f"?before={before}") == newest, before
    assert amina.get(reverse("portals:history"), {"before": "9999-12-31"}).status_code == 200
