"""What cannot be taken back, and what is most private, asks once more who is there."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client
from django.urls import get_resolver, reverse

from halfdoor.service.accounts import factors
from halfdoor.service.accounts.models import Account
from halfdoor.service.core.spaces import space_of_role
from tests.doors import words_of
from tests.house.test_audiences import addresses
from tests.people import NOON, Family

PASSWORD = "a kettle on a windowsill"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_clock() -> Any:
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


def arrived(account: Account) -> Client:
    """Return somebody who came in by their own door, with a password alone."""
    account.set_password(PASSWORD)
    account.save()
    door, client = space_of_role(account.role).name, Client()
    typed = {"login": account.username, "password": PASSWORD, "practice": str(account.practice_id)}
    assert client.post(f"/{door}/sign-in/", typed).status_code == 302
    return client


def asks(answer: Any) -> bool:
    return "/once-more/" in answer.get("Location", "") or "Is it still you?" in words_of(answer)


def test_none_of_these_acts_goes_without_asking() -> None:
    asked = {
        route
        for route, pattern in addresses(get_resolver().url_patterns)
        if getattr(pattern.callback, "asks_again", "") == "proved_lately"
    }
    person, me = "/staff/young-people/<uuid:young_person_id>", "/family/children/<uuid:membership_id>"
    assert asked >= {
        "/staff/rules/proposals/<uuid:proposal_id>/decide/",
        "/staff/rules/codes/<uuid:codes_id>/",
        "/staff/sign-in-rules/",
        *(f"/staff/sign-ins/<uuid:account_id>/{act}/" for act in ("code", "open", "close")),
        *(f"/{door}/your-sign-in/{act}/" for door in ("staff", "family", "me") for act in ("app", "passkey", "remove")),
        *(f"/{door}/your-sign-in/{act}/" for door in ("staff", "family", "me") for act in ("codes", "elsewhere")),
        "/staff/court-limits/<uuid:limit_id>/",
        f"{person}/ledger/<uuid:line_id>/hold/",
        *(f"{person}/account/list.{ending}" for ending in ("pdf", "csv")),
        *(f"{me}/account/list.{ending}" for ending in ("pdf", "csv")),
        *(f"/me/account/list.{ending}" for ending in ("pdf", "csv")),
    }


@pytest.mark.abuse("A3")
def test_a_telephone_that_lies_open_shows_nothing_of_the_most_private_pages(family: Family, the_clock: Any) -> None:
    amina = family.herself.person.account
    assert amina is not None
    client = arrived(amina)
    rooms = ["/me/subjects/", "/me/history/", "/me/account/", reverse("portals:person", args=[family.tom.pk])]
    for _ in rooms:
        assert [asks(client.get(room)) for room in rooms] == [False] * len(rooms)
        the_clock.shift(timedelta(minutes=2))
    the_clock.shift(timedelta(minutes=2))
    assert [asks(client.get(room)) for room in rooms] == [True] * len(rooms)
    assert client.get("/me/").status_code == 200
    assert client.post("/me/once-more/?next=/me/subjects/", {"password": "wrong password here"}).status_code == 200
    assert asks(client.get("/me/subjects/"))
    again = client.post("/me/once-more/?next=/me/subjects/", {"password": PASSWORD})
    assert again["Location"] == "/me/subjects/"
    assert not asks(client.get("/me/subjects/"))


def test_what_was_typed_comes_along_and_is_sent_after(family: Family, the_clock: Any) -> None:
    amina = family.herself.person.account
    assert amina is not None
    client, about = arrived(amina), reverse("portals:person", args=[family.tom.pk])
    the_clock.shift(timedelta(minutes=8))
    typed = {"value": ["a\nb"], "category": ["themes", "attendance"]}
    asked = client.post(about, typed)
    assert asks(asked)
    kept = {"kept to": about, "kept-value": "a\nb", "kept-category": ["themes", "attendance"]}
    wrong = client.post("/me/once-more/", kept | {"password": "wrong password here"})
    assert asked.context["kept"].fields == wrong.context["kept"].fields
    sent = client.post("/me/once-more/", kept | {"password": PASSWORD})
    assert (sent.context["kept"].to, sent.context["kept"].fields) == (about, asked.context["kept"].fields)
    assert f'action="{about}"' in sent.content.decode()


def test_nobody_is_sent_elsewhere_after(family: Family, the_clock: Any) -> None:
    amina = family.herself.person.account
    assert amina is not None
    client = arrived(amina)
    for elsewhere in ("https://evil.example/me/", "//evil.example", "/staff/", "/\\evil.example/"):
        answer = client.post(f"/me/once-more/?next={elsewhere}", {"password": PASSWORD})
        assert answer["Location"] == "/me/"
        kept = client.post("/me/once-more/", {"password": PASSWORD, "kept to": elsewhere, "kept-a": "b"})
        assert kept.status_code == 302


def test_a_departure_is_asked_for_and_an_answer_by_the_rules_is_not(family: Family, the_clock: Any) -> None:
    secret, step = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", int(NOON.timestamp()) // 30
    before = NOON - timedelta(days=1)
    factors.add_app(secret, code=format_hotp_value(hotp_value(secret, step - 2880)), by=family.ruth, at=before)
    client = arrived(family.ruth)
    client.post("/staff/sign-in/step/", {"code": format_hotp_value(hotp_value(secret, step))})
    nothing = reverse("requests:answer", args=[family.amina.pk])
    assert client.post(nothing, {"do": "keep_back"}).status_code == 404
    the_clock.shift(timedelta(minutes=11))
    assert client.post(nothing, {"do": "share"}).status_code == 404
    assert asks(client.post(nothing, {"do": "keep_back"}))
