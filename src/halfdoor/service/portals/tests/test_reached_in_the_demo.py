"""Everything promised of people, agreements, sharing, requests and portals can be walked to in the demonstration."""

import re
from collections.abc import Iterator
from html import unescape

import pytest
import time_machine
from django.test import Client

from halfdoor.service.accounts.models import Account
from halfdoor.service.core import keys
from halfdoor.service.core.models import Practice
from halfdoor.service.core.spaces import space_of_role
from halfdoor.service.people.choices import Setting
from halfdoor.service.portals.demo import families, scenes, stories
from tests.database import ON_POSTGRESQL
from tests.doors import signed_in, words_of
from tests.duties import bound_by_releases, said_of_releases
from tests.people import NOON

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(ON_POSTGRESQL, reason="the demonstration has its own database, which is SQLite"),
]

WAYS: tuple[tuple[str, str, str], ...] = (
    # what is promised; who goes where, link by link; what stands there
    ("P1", "Ruth Adler > Circles of care > Lucia Rivera", "Odile Reyes"),
    ("P2", "Ruth Adler > Circles of care > Dana Whitlock > Bruce Whitlock", "limited by a court order"),
    ("P2", "Lena Vance > Court orders to read", "Recorded by Ruth Adler"),
    ("P3", "Ruth Adler > Circles of care > Esme Okafor > Competence to decide", "can decide this"),
    ("P4", "Ruth Adler > Circles of care > Samir Okoro > What the care rests on", "an authority agreed"),
    ("P5", "Joel Stern > Circles of care > Luca Moretti > Bianca Moretti", "no longer takes part"),
    ("P6", "Nia Bevan > Circles of care > Mina Patel > Setting of care", "residential care"),
    ("P7", "Ruth Adler > Circles of care > Cover", "Lena Vance for Ruth Adler"),
    ("A1", "Lena Vance > Papers > What to expect", "Version 2"),
    ("A2", "Ruth Adler > Lucia Rivera > Papers and agreements > Read it Working together", "Ruth Adler"),
    ("A3", "Elena Rivera > Papers", "Consent to take part"),
    ("A4", "Elena Rivera > Papers", "Consent to a minor’s care"),
    ("A5", "Lucia Rivera > Who may be told", "Taken back"),
    ("A6", "Lucia Rivera > By subject", "love and relationships"),
    ("A7", "Ruth Adler > Lucia Rivera > Consents, wishes, the start", "you would tell me first"),
    ("A8", "Mina Patel > What I agreed to", "Therapy agreement"),
    ("A9", "Nia Bevan > Mina Patel > Papers and agreements", "What to expect: roles, contact, how often"),
    ("C1", "Ruth Adler > Amina Khan > Sharing map > themes ask first", "Why"),
    ("C2", "Ruth Adler > Amina Khan > Sharing map > what is said in sessions ask first", "stays"),
    ("C3", "Ruth Adler > Amina Khan > Sharing map > how it is going in general", "in general terms"),
    ("C4", "Lena Vance > Our rules", "Rules of our own"),
    ("C5", "Ruth Adler > Kai Fischer > Petra Fischer: what is said in sessions", "He shuts his door"),
    ("C6", "Ruth Adler > Finn Larsen > A court", "I sent the dates"),
    ("C7", "Nia Bevan > Mina Patel > Whom to tell", "School has nothing to do with it"),
    ("C8", "Ruth Adler > Greta Holm > Ledger", "Noreen Blythe"),
    ("C9", "Ruth Adler > Amina Khan > Ledger > Account of what was shared", "Who asked for one before"),
    ("C10", "Amina Khan", "Who knows what about me"),
    ("C11", "Ruth Adler > Amina Khan > Notes > A draft", "See what they will see"),
    ("C12", "Lena Vance > Incidents", "Nadia Novak"),
    ("C13", "Lena Vance > Practice > Who completed what", "Omar Price"),
    ("C14", "Lena Vance > Our rules > Parents keep asking", "For young people who are here now"),
    ("C14", "Ruth Adler > Finn Larsen > Legal advice", "Process notes never."),
    ("C15", "Ruth Adler > Lucia Rivera > Notes > Secrets in family sessions", "Lucia Rivera"),
    ("C16", "Ruth Adler > Amina Khan > Notes > Summary of a session", "Tom Reed"),
    ("C17", "Lena Vance > Decided otherwise", "Hugo Baker"),
    ("C18", "Petra Fischer > What is said in sessions", "say that you would like to complain"),
    ("E12", "Elena Rivera > After a session", "After a session"),
    ("R6", "Sara Khan", "Zayn Khan"),
    ("R6", "Kai Fischer > Uwe Fischer asked: what your sessions are about", "You say."),
)


@pytest.fixture
def demo(db: None) -> Iterator[None]:
    """Put the first families and all stories on record, once for all these ways."""
    with keys.ring():
        families.prepare(at=NOON)
        for practice in Practice.objects.filter(is_demo=True):
            for name in stories.STORIES[practice.setting]:
                stories.tell(practice, name, at=NOON)
        larkspur = Practice.objects.get(setting=Setting.OUTPATIENT)
        for scene in scenes.SCENES:
            scenes.play(larkspur, scene, at=NOON)
        yield


@pytest.mark.usefixtures("demo")
def test_each_promise_is_reached_by_links_from_somebodys_first_page(subtests: pytest.Subtests) -> None:
    for promise, way, words in WAYS:
        with subtests.test(f"{promise}: {way}"), time_machine.travel(NOON, tick=False):
            walk(promise, way, words)
    with subtests.test("whatever went, its rows say what its line obliges to"):
        assert bound_by_releases() == said_of_releases() != {}


def walk(promise: str, way: str, words: str) -> None:
    name, *links = way.split(" > ")
    account = Account.objects.get(display_name=name)
    client = signed_in(account)
    address, page = opened(client, space_of_role(account.role).prefix)
    for link in links:
        found = [href for said, href in links_on(page) if said.startswith(link)]
        found = [href for said, href in links_on(page) if said == link] or found
        assert found, f"{promise}: {link} is no link on {address}, but {[said for said, _ in links_on(page)]}"
        address, page = opened(client, found[0])
    said = text_of(page)
    assert words in said, f"{promise}: {words} does not stand on {address}: {said[-3000:]}"


def test_the_ways_name_everything_that_is_promised_of_these() -> None:
    wanted = {f"P{number}" for number in range(1, 8)} | {f"A{number}" for number in range(1, 10)}
    wanted |= {f"C{number}" for number in range(1, 19)} | {"E12", "R6"}
    assert {promise for promise, _, _ in WAYS} == wanted


def opened(client: Client, address: str) -> tuple[str, str]:
    answer = client.get(address.partition("#")[0], follow=True)
    assert answer.status_code == 200, address
    return answer.redirect_chain[-1][0] if answer.redirect_chain else address, words_of(answer)


def links_on(page: str) -> list[tuple[str, str]]:
    found = re.findall(r'<a [^>]*?href="([^"]+)"[^>]*>(.*?)</a>', page)
    return [(text_of(said), unescape(href)) for href, said in found]


def text_of(page: str) -> str:
    inside = page.partition("<main")[2].partition("</main>")[0] or page
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", inside)).split())
