"""The gallery in a real browser: nobody is shut out, nothing comes from elsewhere, the policy has nothing to report."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.journeys.visiting import DESK, OPTIONS, TELEPHONE

FOCUSED = """() => {
  const shown = document.activeElement.closest("label") ?? document.activeElement;
  const { x, y, width, height } = document.activeElement.getBoundingClientRect();
  const on_top = document.elementFromPoint(x + width / 2, y + height / 2);
  return [document.activeElement.tagName, getComputedStyle(shown).outlineStyle, shown.contains(on_top)];
}"""


@contextmanager
def gallery(browser: Browser, live_server: Any, **how: Any) -> Iterator[tuple[Page, list[str]]]:
    """Open the gallery; yield the page and everything the browser complains of or asks elsewhere for."""
    with browser.new_context(**how) as profile:
        page = profile.new_page()
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: request.url.startswith(live_server.url) or complaints.append(request.url))
        page.goto(f"{live_server.url}/gallery/")
        yield page, complaints


@pytest.fixture(autouse=True)
def _demo(settings: Any) -> None:
    settings.HALFDOOR_DEMO = True


@pytest.mark.parametrize(
    "how",
    [
        {"viewport": TELEPHONE, "color_scheme": "light"},
        {"viewport": DESK, "color_scheme": "dark"},
        {"viewport": DESK, "forced_colors": "active"},
    ],
    ids=["telephone in light", "desk in the dark", "colors of one's own"],
)
def test_everybody_can_use_every_component(browser, live_server, how):
    with gallery(browser, live_server, **how) as (page, complaints):
        quiet = [complaint for complaint in complaints if "yyyy-MM-dd" not in complaint]
        found = Axe().run(page, options=OPTIONS).response["violations"]
        too_wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found] == []
    assert not too_wide
    assert quiet == []


def test_the_keyboard_alone_reaches_everything_and_sees_where_it_is(browser, live_server):
    with gallery(browser, live_server, viewport=DESK) as (page, _):
        page.evaluate("document.activeElement.blur()")
        reached = []
        for _step in range(30):
            page.keyboard.press("Tab")
            reached.append(page.evaluate(FOCUSED))
    assert {kind for kind, _, _ in reached} >= {"A", "INPUT", "TEXTAREA", "SELECT", "BUTTON"}
    assert [stop for stop in reached if stop[1:] != ["solid", True]] == []


def test_typed_words_are_not_lost_by_going_away(browser, live_server):
    with gallery(browser, live_server, viewport=DESK) as (page, _):
        asked: list[str] = []
        page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
        page.locator("#form textarea").fill("He is worried about school.")
        page.locator(".top .home").click()
        page.wait_for_url(f"{live_server.url}/")
    assert asked == ["beforeunload"]


def test_leaving_quickly_leaves_nothing_to_go_back_to(browser, live_server):
    with gallery(browser, live_server, viewport=TELEPHONE) as (page, _):
        page.route("https://www.wikipedia.org/", lambda route: route.fulfill(body="An everyday page"))
        page.goto(f"{live_server.url}/me/sign-in/")
        page.get_by_role("link", name="Leave quickly").click()
        page.wait_for_url("https://www.wikipedia.org/")
        page.go_back()
        came_to = page.url
    assert came_to == f"{live_server.url}/gallery/"
