"""A young person signs in with a passkey, and leaves quickly: whoever takes the telephone next finds nothing."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route

from halfdoor.service.accounts.models import Account
from halfdoor.service.web.leaving import LEAVE_TO
from tests.journeys.browser import installed
from tests.journeys.conftest import Visit
from tests.journeys.visiting import TELEPHONE, Visitor

PRIVATE = "Who knows what about me"


def with_a_fingerprint_reader(page: Page) -> None:
    """Give the browser a device that makes passkeys and always finds the right finger."""
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})


@pytest.mark.abuse("A8")
def test_amina_adds_a_passkey_and_comes_in_with_it_at_her_own_door_alone(visit: Visit) -> None:
    amina = visit(viewport=TELEPHONE).become("Amina")
    page = amina.page
    with_a_fingerprint_reader(page)
    amina.goes("Amina Khan Your sign-in")
    amina.check()
    amina.goes("A passkey Your phone or computer opens this with your finger, your face or its own code. Best where the"
               " device is yours alone.")  # fmt: skip
    page.get_by_label("What shall we call it?").fill("my phone")
    amina.check()
    amina.presses("Add it")
    page.wait_for_url("**/codes/")
    amina.presses("Make ten codes")
    assert page.locator(".spare li").count() == 10
    amina.check()
    amina.goes("I have kept them")
    assert "my phone Passkey" in amina.reads()
    amina.presses("Sign out")
    page.goto(f"{amina.home}/me/sign-in/passkey/")
    amina.check()
    amina.presses("Use your passkey")
    page.wait_for_url(f"{amina.home}/me/")
    assert PRIVATE in amina.reads()
    page.goto(f"{amina.home}/staff/sign-in/passkey/")
    amina.presses("Use your passkey")
    page.wait_for_selector("text=That passkey did not work here")
    assert page.goto(f"{amina.home}/staff/").url.endswith("/staff/sign-in/")


@pytest.mark.abuse("A3")
def test_a_private_page_that_lies_open_gives_way_by_itself(visit: Visit) -> None:
    amina = visit(viewport=TELEPHONE)
    account = Account.objects.get(display_name="Amina Khan")
    account.set_password("a kettle on a windowsill")
    account.save()
    page = amina.page
    page.clock.install()
    page.goto(f"{amina.home}/me/sign-in/")
    page.get_by_label("Sign-in name").fill(account.username)
    page.get_by_label("Password").fill("a kettle on a windowsill")
    page.get_by_label("Practice").select_option(str(account.practice_id))
    amina.presses("Sign in")
    page.wait_for_url(f"{amina.home}/me/")
    page.goto(f"{amina.home}/me/subjects/")
    private = page.get_by_role("heading", level=1).inner_text()
    for _ in range(2):
        page.clock.fast_forward(150_000)
        page.keyboard.press("Shift")
        assert page.url.endswith("/me/subjects/")
    page.clock.fast_forward(181_000)
    page.wait_for_url("**/me/once-more/**")
    assert private not in page.content()
    amina.check()


@pytest.mark.abuse("A3", "A4", "A10")
def test_whoever_takes_the_telephone_after_leaving_quickly_finds_nothing(visit: Visit) -> None:
    for with_script in (True, False):
        for name, door, private in (("Amina", "me", PRIVATE), ("Sara", "family", "This week")):
            somebody = visit(viewport=TELEPHONE, java_script_enabled=with_script).become(name)
            leaves_quickly(somebody, door=door, private=private)
            somebody.complaints[:] = [
                one for one in somebody.complaints if LEAVE_TO not in one and "Cleared data types" not in one
            ]


def leaves_quickly(somebody: Visitor, *, door: str, private: str) -> None:
    """Leave, and see that neither going back nor the cookie of the session brings anything to the screen."""
    page, told = somebody.page, []

    def elsewhere(route: Route) -> None:
        told.append(route.request.all_headers().get("referer", ""))
        route.fulfill(body="<h1>An everyday page</h1>", content_type="text/html")

    page.route(f"{LEAVE_TO}**", elsewhere)
    assert private in somebody.reads()
    session = {one["name"]: one["value"] for one in page.context.cookies()}[f"session-{door}"]
    somebody.goes("Leave quickly")
    page.wait_for_selector("text=An everyday page")
    assert told == [""]
    page.context.add_cookies([{"name": f"session-{door}", "value": session, "url": somebody.home}])
    for look_again in (page.go_back, page.reload, lambda: page.goto(f"{somebody.home}/{door}/")):
        look_again()
        assert private not in page.content()


@pytest.mark.abuse("A10")
def test_whoever_searches_the_tablet_afterwards_finds_no_word_of_a_page(
    visit: Visit, browser: Browser, tmp_path: Path
) -> None:
    home = visit().home

    def kept(**how: Any) -> Any:
        where = {"executable_path": installed(), "args": ["--no-sandbox"], "user_data_dir": str(tmp_path)}
        return browser.browser_type.launch_persistent_context(**where, **how)

    tablet: Any = SimpleNamespace(new_context=kept)
    amina = Visitor(tablet, home, viewport=TELEPHONE).become("Amina")
    amina.page.goto(f"{home}/me/history/")
    assert "Tom Reed" in amina.reads() or "Sara Khan" in amina.reads(), "the page names somebody"
    amina.page.go_back()
    amina.page.context.close()
    files = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert any(home.removeprefix("http://").encode() in one for one in files), "the history knows where one was"
    for word in ("Tom Reed", "Sara Khan", "Amina Khan"):
        assert not [one for one in files for coded in ("utf-8", "utf-16-le") if word.encode(coded) in one], word
