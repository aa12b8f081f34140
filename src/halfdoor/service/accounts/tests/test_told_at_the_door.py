"""What somebody is told who comes in after others tried, and what the log says of both."""

import json
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha1
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.auth.password_validation import validate_password
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.test import Client

from halfdoor.service.accounts import factors, passwords
from halfdoor.service.accounts.models import Account, Attempt, Role
from halfdoor.service.core import clock as clocks
from halfdoor.service.core.logs import formatter
from halfdoor.service.core.models import Practice
from halfdoor.service.core.starting import refuse_to_start_unsafe
from tests.doors import words_of

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
PASSWORD = "a kettle on a windowsill"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    cache.clear()
    with time_machine.travel(NOON, tick=False) as moved:
        yield moved


@pytest.fixture
def amina() -> Account:
    one = Account(practice=Practice.objects.create(name="Corner House"), username="amina", role=Role.YOUNG_PERSON)
    one.set_password(PASSWORD)
    one.save()
    return one


def knock(account: Account, password: str = PASSWORD, *, client: Client | None = None, **said: Any) -> Client:
    client = client or Client(**said)
    typed = {"login": account.username, "password": password, "practice": str(account.practice_id)}
    client.post("/me/sign-in/", typed)
    return client


def code(at: datetime) -> str:
    return format_hotp_value(hotp_value(SECRET, int(at.timestamp()) // 30))


def first_page(client: Client) -> str:
    return words_of(client.get("/me/notices/"))


@pytest.mark.abuse("A8")
@pytest.mark.parametrize(("tries", "told"), [(2, False), (3, True)])
def test_amina_hears_that_others_tried_her_name_and_not_of_a_slip(
    tries: int, told: bool, amina: Account, clock: Any, mailoutbox: list[Any]
) -> None:
    knock(amina)
    for _ in range(tries):
        clock.shift(timedelta(minutes=2))
        knock(amina, "not her password", REMOTE_ADDR="10.0.0.9")
    clock.shift(timedelta(days=2))
    page = first_page(knock(amina))
    assert ("wrong passwords were typed with your sign-in name" in page) == told
    assert "wrong passwords were typed" not in first_page(knock(amina)), "it is told once"
    assert mailoutbox == []


@pytest.mark.abuse("A8")
def test_amina_hears_that_somebody_has_her_password_and_not_her_telephone(amina: Account, clock: Any) -> None:
    before = NOON - timedelta(days=1)
    factors.add_app(SECRET, code=code(before), by=amina, at=before)

    def comes_in() -> str:
        client = knock(amina)
        client.post("/me/sign-in/step/", {"code": code(clocks.now())})
        return first_page(client)

    assert "your right password was typed" not in comes_in()
    clock.shift(timedelta(hours=1))
    knock(amina, REMOTE_ADDR="10.0.0.9")
    clock.shift(timedelta(hours=1))
    assert "your right password was typed and the second step was not taken" in comes_in()
    clock.shift(timedelta(hours=1))
    assert "your right password was typed" not in comes_in()


def test_a_name_that_is_nobodys_leaves_the_same_row(amina: Account) -> None:
    for name in ("amina", "nobody"):
        typed = {"login": name, "password": "not her password", "practice": str(amina.practice_id)}
        Client().post("/me/sign-in/", typed)
    assert len({(len(one.name), one.name) for one in Attempt.objects.all()}) == 2
    assert not [one for one in Attempt.objects.all() if "amina" in one.name + one.whom + one.address]


def refusals(account: Account, **headers: str) -> list[str]:
    """Return what somebody reads who tries eleven names from one address, each with headers of its own."""
    said = []
    for number in range(11):
        typed = {"login": f"name{number}", "password": "not a password", "practice": str(account.practice_id)}
        more = {name: value.format(number) for name, value in headers.items()}
        answer = Client(REMOTE_ADDR="203.0.113.5", **more).post("/me/sign-in/", typed)
        said.append(str(answer.context["form"].errors))
    return said


def test_nobody_is_another_address_by_saying_so(amina: Account) -> None:
    said = refusals(
        amina, HTTP_X_FORWARDED_FOR="192.0.2.{}", HTTP_X_REAL_IP="192.0.2.{}", HTTP_FORWARDED="for=192.0.2.{}"
    )
    assert ["There were too many tries" in one for one in said] == [False] * 10 + [True]


def test_what_is_typed_is_read_once_and_from_the_form_alone(amina: Account) -> None:
    typed = {"login": "amina", "password": PASSWORD, "practice": str(amina.practice_id)}
    assert Client().post("/me/sign-in/?login=nobody&password=x", typed)["Location"] == "/me/"
    assert Client().post(f"/me/sign-in/?{urlencode(typed)}").status_code == 200, "nothing was typed"
    for twice in ("%61mina", "amin&#97;", "amin\\u0061"):
        assert Client().post("/me/sign-in/", typed | {"login": twice}).status_code == 200


@pytest.mark.abuse("D7")
def test_the_log_says_who_came_in_how_and_what_was_turned_away_by_no_name(amina: Account, clock: Any) -> None:
    text = StringIO()
    handler, root = logging.StreamHandler(text), logging.getLogger()
    handler.setFormatter(formatter())
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    try:
        everything_at_the_door(amina, clock)
    finally:
        root.removeHandler(handler)
        root.setLevel(before)
    lines = [json.loads(line) for line in text.getvalue().splitlines()]
    came = [(one["event"], one["how"]) for one in lines if one.get("account") == str(amina.pk)]
    assert came == [("signed_in", "whole"), ("shown_to_be_them", "password"), ("signed_out", "by_themselves")]
    turned_away = {one["how"] for one in lines if one["event"] == "sign_in_refused"}
    assert turned_away == {"password", "too_many_tries", "code_to_come_in", "passkey"}
    answered = {one["status"] for one in lines if one["event"] == "answered"}
    assert answered >= {403, 404}, "forged forms, other sites, what is not there"
    assert {one["timestamp"][-1] for one in lines} == {"Z"}, "in UTC, and saying so"
    assert "amina" not in text.getvalue()
    assert "10.0.0.9" not in text.getvalue()


def everything_at_the_door(amina: Account, clock: Any) -> None:
    client = knock(amina)
    clock.shift(timedelta(minutes=5))
    client.post("/me/once-more/", {"password": PASSWORD})
    assert client.get("/staff/calls/").status_code in (302, 404)
    assert client.get("/me/no-such-page/").status_code == 404
    client.post("/me/sign-out/")
    for _ in range(6):
        knock(amina, "not her password", REMOTE_ADDR="10.0.0.9")
    known = {"practice": str(amina.practice_id), "username": "amina", "code": "KKKKK-KKKKK"}
    Client().post("/me/come-in/", known | {"new_password": PASSWORD, "again": PASSWORD})
    Client().post("/me/sign-in/passkey/", {"credential": '{"id": "x"}'})
    assert Client(enforce_csrf_checks=True).post("/me/sign-in/", {"login": "amina"}).status_code == 403
    assert Client().get("/me/sign-in/", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403


@pytest.mark.abuse("A8")
def test_a_stolen_password_is_not_taken_wherever_it_stands_in_the_list(settings: Any, tmp_path: Path) -> None:
    stolen = [f"a kettle on windowsill {number}" for number in range(50)]
    digests = sorted(sha1(one.encode()).hexdigest().upper() for one in stolen)
    settings.HALFDOOR_STOLEN_PASSWORDS = str(tmp_path / "list")
    (tmp_path / "list").write_text("".join(f"{one}:{number}\r\n" for number, one in enumerate(digests)), "utf-8")
    for one in stolen:
        with pytest.raises(ValidationError, match="stands on a list of stolen passwords"):
            validate_password(one)
    for number in range(50):
        validate_password(f"a kettle upon a windowsill {number}")
    (tmp_path / "list").write_text("", "utf-8")
    validate_password(stolen[0])
    assert [(one.what, str(one.state)) for one in passwords.doctor(NOON)] == [("passwords", "ok")]
    settings.HALFDOOR_STOLEN_PASSWORDS, settings.DEBUG = str(tmp_path / "nowhere"), False
    assert [str(one.state) for one in passwords.doctor(NOON)] == ["BAD"]
    with pytest.raises(ImproperlyConfigured, match="there is no such file"):
        refuse_to_start_unsafe()


AS_IN_A_SERVICE = ("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "LANGUAGE_COOKIE_NAME", "SESSION_COOKIE_SECURE",
                   "CSRF_COOKIE_SECURE", "LANGUAGE_COOKIE_SECURE", "LANGUAGE_COOKIE_HTTPONLY")  # fmt: skip


def test_every_cookie_of_a_service_is_bound_to_its_host_and_to_encryption(amina: Account, settings: Any) -> None:
    asks = "import json; from halfdoor.service import settings as said; "
    asks += f"print(json.dumps([getattr(said, name) for name in {AS_IN_A_SERVICE}]))"
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HALFDOOR")}
    said = subprocess.run([sys.executable, "-c", asks], env=kept, capture_output=True, text=True, check=True).stdout
    for name, value in zip(AS_IN_A_SERVICE, json.loads(said), strict=True):
        setattr(settings, name, value)
    Account.objects.filter(pk=amina.pk).update(role=Role.OFFICE)
    before = NOON - timedelta(days=1)
    factors.add_app(SECRET, code=code(before), by=amina, at=before)
    client, typed = Client(), {"login": "amina", "password": PASSWORD, "practice": str(amina.practice_id)}
    client.post("/staff/sign-in/", typed, secure=True)
    client.post("/staff/sign-in/step/", {"code": code(NOON)}, secure=True)
    client.get("/me/sign-in/", secure=True)
    client.post("/me/language/", {"language": "cy"}, secure=True)
    client.post("/staff/your-sign-in/device/", {"do": "share"}, secure=True)
    names = {"session-staff", "csrf-staff", "csrf-me", "language", "shared-device"}
    assert {name.removeprefix("__Host-") for name in client.cookies} == names
    for name, cookie in client.cookies.items():
        assert name.startswith("__Host-"), name
        assert (cookie["secure"], cookie["path"], cookie["domain"], cookie["httponly"]) == (True, "/", "", True), name
