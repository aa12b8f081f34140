"""A young person signs in with a passkey, and leaves quickly: whoever takes the telephone next finds nothing."""

import pytest
from playwright.sync_api import Page, Route

from halfdoor.service.web.leaving import LEAVE_TO
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
