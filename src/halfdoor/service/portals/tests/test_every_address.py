"""What every address behind every door says to the browser that shows it: keep nothing, and let nobody look in."""

import re
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.urls import get_resolver

from halfdoor.service.accounts.models import Account, Role
from halfdoor.service.core.audience import Audience, audience_of
from tests.doors import signed_in
from tests.house.test_audiences import addresses
from tests.house.tree import SERVICE, files
from tests.people import NOON, Family, account

KEEPS = re.compile(r"localStorage|sessionStorage|indexedDB|serviceWorker|caches\.|document\.cookie")
FEWEST = 120

pytestmark = pytest.mark.django_db


def everybody(family: Family) -> dict[str, list[Account]]:
    own = {"family": [family.sara.person.account], "me": [family.amina.person.account]}
    return own | {"staff": [family.ruth, family.lead, account(family.practice, "omar", Role.OFFICE)]}


def says_what_it_is(answer: Any) -> bool:
    kinds = (
        "text/html; charset=utf-8",
        "text/csv; charset=utf-8",
        "application/pdf",
        "application/json",
        "application/pkix-cert",
    )
    return not answer.content or answer.headers["Content-Type"] in kinds


def leads_out(answer: Any) -> bool:
    """Whether somebody signs out from this page. Parts of pages, and what is no page, lead nowhere."""
    is_page = answer.status_code == 200 and b"<html" in answer.content
    return not is_page or b"/sign-out/" in answer.content


def filled_in(route: str) -> str:
    return re.sub("<(uuid|int|str|slug)?:?[^>]*>", lambda found: "1" if found[1] == "int" else str(uuid4()), route)


@pytest.mark.abuse("A10", "C9")
def test_no_page_behind_a_door_stays_in_a_browser_or_opens_inside_another_site(family: Family) -> None:
    every = [(filled_in(route), one.callback) for route, one in addresses(get_resolver().url_patterns)]
    routes, public = (
        [route for route, _ in every],
        {route for route, view in every if Audience.PUBLIC in audience_of(view)},
    )
    asked = 0
    with time_machine.travel(NOON, tick=False):
        for door, accounts in everybody(family).items():
            clients = [signed_in(one) for one in accounts]
            for address in (route for route in routes if route.startswith(f"/{door}/") and "sign-out" not in route):
                for client in clients:
                    answer = client.get(address)
                    assert answer.status_code in (200, 302, 403, 404, 405), address
                    assert answer.headers["Cache-Control"] == "no-store", address
                    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin", address
                    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin", address
                    assert answer.headers["X-Content-Type-Options"] == "nosniff", address
                    assert answer.headers["X-Frame-Options"] == "DENY", address
                    assert says_what_it_is(answer), address
                    assert leads_out(answer) or address in public, address
                    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"], address
                    asked += 1
    assert asked >= FEWEST


@pytest.mark.abuse("A10")
def test_no_script_of_ours_keeps_anything_in_a_browser() -> None:
    ours = [path for path in files(SERVICE, "*.js") if "htmx" not in path.name]
    assert ours
    assert [path.name for path in ours if KEEPS.search(path.read_text("utf-8"))] == []
