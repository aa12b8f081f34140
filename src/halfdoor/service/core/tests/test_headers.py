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
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "camera=()" in headers["Permissions-Policy"]
    assert "Server" not in headers


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
