"""
How many queries a page takes: of every address behind the four doors, found by following links as somebody would.

What a page reads is counted apart from what it writes down about being read: a line of the chain with the locks it
takes. Neither grows with what is on record.
"""

import html
import re
from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus

import pytest
import time_machine
from django.test import Client
from django.urls import Resolver404, resolve

from halfdoor.service.accounts.models import Account
from halfdoor.service.disclosures.choices import Category
from halfdoor.service.notes import actions as notes
from halfdoor.service.people import actions as people
from halfdoor.service.people import reaching
from halfdoor.service.people.choices import ContactKind, Level, Setting
from halfdoor.service.people.models import EpisodeTerms
from halfdoor.service.portals.tests.test_hidden_and_absent import told_about
from halfdoor.service.requests import actions as requests
from halfdoor.service.requests.actions import Asked, Told
from halfdoor.service.requests.words import Channel, Way
from halfdoor.service.safeguarding import actions as safeguarding
from halfdoor.service.safeguarding.actions import Noticed
from halfdoor.service.safeguarding.choices import Kind
from tests.doors import signed_in
from tests.elsewhere import ask_a_lawyer
from tests.papers import given_consent
from tests.people import EARLIER, NOON, Family, know
from tests.reads import MOST_READ, Cost, counted, opened

MOST_WRITTEN = 24
FEWEST_PAGES = 100

_LINK = re.compile(rb'(?:href|action)="([^"]+)"')


def walk(client: Client, door: str) -> dict[str, Cost]:
    """Follow every link from the first page behind a door; return what each page takes, by its name."""
    found: dict[str, Cost] = {}
    waiting, seen = [f"/{door}/"], {"web:leave", "web:family_leave"}
    while waiting:
        address = waiting.pop(0)
        name = _name(address)
        if not name or name in seen:
            continue
        seen.add(name)
        cost, page = opened(client, address)
        if page.status_code == 302:
            waiting.append(page.headers["Location"])
        if page.status_code == 200:
            found[name] = cost
            links = [html.unescape(link.decode()) for link in _LINK.findall(page.content)]
            waiting += [link.split("#")[0].split("?")[0] for link in links if link.startswith(f"/{door}/")]
    return found


def _name(address: str) -> str:
    try:
        match = resolve(address.split("?")[0])
    except Resolver404:
        return ""
    kind = match.kwargs.get("fact") or match.kwargs.get("kind") or match.kwargs.get("category") or ""
    return f"{match.view_name} {kind}".strip()


def grows(family: Family, times: int) -> None:
    """Put more of everything on record about Amina, and more young people in the care of Ruth and of Sara."""
    by, tom, sara = family.ruth, family.tom, family.sara
    for number in range(times):
        asked = Asked(category="session_content", channel=Channel.TELEPHONE, motive="Again.", sure=Way.CALLED_BACK)
        request = requests.receive(family.amina, asked, asked_by=tom, by=by, at=NOON)
        requests.ask_young_person(request, words="You decide.", by=by, at=NOON)
        portal = Asked(category="session_content", channel=Channel.PORTAL, motive="How is it going?")
        own = requests.receive(family.amina, portal, asked_by=sara, by=sara.person.account, at=NOON)
        told = Told(look_again_on=NOON.date(), alternatives=("family_session", "resources"))
        for one in (request, own):
            requests.keep_closed(one, told, by=by, at=NOON)
        lost = Noticed(Kind.OVERHEARD, "The door was open.", happened_on=NOON.date(), known_at=NOON)
        safeguarding.report(family.amina, lost, by=by, at=NOON)
        given_consent(tom, by=by)
        ask_a_lawyer(family.amina, by=by)
        notes.write(f"Week {number}.", episode=family.episode, category=Category.ATTENDANCE, by=by, at=NOON)
        house = {"kind": ContactKind.EMAIL, "value": f"house{number}@example.org"}
        for member in (tom, sara):
            reaching.put_down(member.person, **house, by=by, at=NOON)
        another(f"Young {number}", family)


def another(name: str, family: Family) -> None:
    """Let one more young person be seen by Ruth and Lena, with Sara as their mother."""
    by = {"by": family.ruth, "at": EARLIER}
    born_on = NOON.date() - timedelta(days=14 * 365)
    young_person = people.admit(name, born_on=born_on, **by)
    terms = EpisodeTerms(legal_basis="parent_consent")
    people.begin_episode(young_person, setting=Setting.OUTPATIENT, started_on=EARLIER.date(), terms=terms, **by)
    for member in (family.therapist, family.sara):
        place = {"person": member.person, "relation": member.relation, "since_on": EARLIER.date()}
        joined = people.add_to_circle(young_person, **place, **by)
    know(joined, level=Level.SHARED, by=family.ruth)


DOORS: dict[str, Callable[[Family], Account]] = {
    "staff": lambda family: family.ruth,
    "family": lambda family: family.sara.person.account,
    "me": lambda family: family.amina.person.account,
}


@pytest.mark.requirement("R6")
def test_no_page_behind_any_door_takes_more_queries_than_it_may_nor_more_for_more_on_record(family: Family) -> None:
    with time_machine.travel(NOON + timedelta(minutes=1), tick=False):
        told_about(family.amina, family.tom, by=family.ruth)
        grows(family, 1)
        clients = {door: signed_in(who(family)) for door, who in DOORS.items()}
        few = {door: walk(client, door) for door, client in clients.items()}
        grows(family, 2)
    with time_machine.travel(NOON + timedelta(minutes=2), tick=False):
        many = {
            name: (cost, opened(clients[door], cost.address)[0])
            for door, pages in few.items()
            for name, cost in pages.items()
        }
    assert len(many) > FEWEST_PAGES, "the walk lost its way"
    dear = {name: now for name, (_, now) in many.items() if now.read > MOST_READ}
    assert not dear
    assert not {name: now for name, (_, now) in many.items() if now.written > MOST_WRITTEN}
    assert not {name: both for name, both in many.items() if both[1].read > both[0].read}


@pytest.mark.requirement("R6")
def test_a_familys_first_page_asks_nothing_twice(family: Family) -> None:
    """Neither the rules nor a key, nor whether a birthday matters that is months away."""
    for number in range(3):
        at = NOON - timedelta(days=number)
        notes.write("She comes.", episode=family.episode, category=Category.ATTENDANCE, by=family.ruth, at=at)
    with time_machine.travel(NOON + timedelta(minutes=1), tick=False):
        client = signed_in(family.sara.person.account)
        client.get("/family/")
        with counted() as sent:
            assert client.get("/family/").status_code == HTTPStatus.OK
    every = [*sent["read"], *sent["written"]]
    asked = [sql for sql in every if sql.lstrip("(").startswith("SELECT")]
    assert len(asked) == len(set(asked))
    assert sum('FROM "core_personkey"' in sql for sql in asked) == 1
    assert len(every) <= WEEK


WEEK = 21
