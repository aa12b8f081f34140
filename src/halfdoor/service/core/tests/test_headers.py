"""What every answer says to the browser."""

import json
from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

PAGES = ["/", "/staff/sign-in/", "/me/sign-in/", "/no-such-page/"]


@pytest.mark.parametrize("address", PAGES)
def test_no_page_is_kept_embedded_or_told_on(address: str, client: Client) -> None:
    headers = client.get(address).headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "camera=()" in headers["Permissions-Policy"]
    assert "Server" not in headers


@pytest.mark.abuse("E9", "C9")
@pytest.mark.parametrize("address", PAGES)
def test_a_page_loads_nothing_from_elsewhere_and_runs_nothing_inline(address: str, client: Client) -> None:
    policy = client.get(address).headers["Content-Security-Policy"]
    directives = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert directives["default-src"] == "'none'"
    assert directives["script-src"] == directives["style-src"] == directives["form-action"] == "'self'"
    assert directives["frame-ancestors"] == directives["base-uri"] == "'none'"
    assert directives["report-uri"] == "/reports/csp/"
    assert "unsafe" not in policy
    assert "http" not in policy


def test_a_broken_policy_is_logged_without_the_address(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    report = {"csp-report": {"effective-directive": "script-src", "document-uri": "https://x/staff/young/amina/"}}
    assert client.post("/reports/csp/", json.dumps(report), content_type="application/csp-report").status_code == 204
    assert "csp_violation" in caplog.text
    assert caplog.records[-1].directive == "script-src"
    assert "amina" not in str(vars(caplog.records[-1]))


@pytest.mark.parametrize("body", ["", "[]", "nonsense", '{"csp-report": 3}', "x" * 100_000, "[" * 8_192])
def test_a_strange_report_does_no_harm(body: str, client: Client) -> None:
    assert client.post("/reports/csp/", body, content_type="application/csp-report").status_code == 204


def test_static_files_may_be_kept_because_they_are_the_same_for_everyone(client: Client, settings: Any) -> None:
    assert client.get("/static/web/css/app.css").headers.get("Cache-Control") != "no-store"


def test_in_production_everything_goes_over_tls(client: Client, settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/")["Location"].startswith("https://")
    assert "max-age=63072000; includeSubDomains; preload" in client.get("/", secure=True)["Strict-Transport-Security"]


def test_what_is_sent_in_the_clear_is_refused_and_only_who_asks_for_a_page_is_led_on(
    client: Client, settings: Any
) -> None:
    settings.SECURE_SSL_REDIRECT = True
    for address in ("/me/sign-in/", "/reports/csp/"):
        assert client.post(address, {"password": "by the river"}).status_code == 403
    assert client.get("/health/").status_code == 200, "a monitor is told, and not sent elsewhere"
    assert client.get("/me/sign-in/")["Location"] == "https://testserver/me/sign-in/"


ANOTHER_SITE = {"Sec-Fetch-Site": "cross-site"}
A_PICTURE = {"Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"}
A_FRAME = {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"}
A_PAGE = {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}


@pytest.mark.abuse("C9")
@pytest.mark.parametrize("asked_as", [A_PICTURE, A_FRAME, {}, {"Sec-Fetch-Site": "same-site"} | A_PICTURE])
def test_another_site_gets_the_same_nothing_from_every_address(asked_as: dict[str, str], client: Client) -> None:
    answers = [client.get(address, headers=ANOTHER_SITE | asked_as) for address in (*PAGES, "/static/web/css/app.css")]
    assert {(answer.status_code, answer.content) for answer in answers} == {(403, b"")}
    assert {answer.headers["Cross-Origin-Resource-Policy"] for answer in answers} == {"same-origin"}


@pytest.mark.abuse("C9")
def test_whoever_follows_a_link_from_elsewhere_gets_the_page_and_no_form_comes_from_there(client: Client) -> None:
    assert client.get("/staff/sign-in/", headers=ANOTHER_SITE | A_PAGE).status_code == 200
    assert client.post("/staff/sign-in/", headers=ANOTHER_SITE | A_PAGE).status_code == 403
    for site in ("none", "same-origin"):
        assert client.get("/staff/sign-in/", headers={"Sec-Fetch-Site": site} | A_PICTURE).status_code == 200
