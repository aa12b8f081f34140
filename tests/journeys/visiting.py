"""Somebody at a browser of their own, in the demonstration; every page they see is checked for everybody's sake."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Request

TAGS = ["wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {
    "runOnly": {"type": "tag", "values": TAGS},
    # What passes the enhanced contrast passes the plain one, and each of them takes a third of the time.
    "rules": {"color-contrast-enhanced": {"enabled": True}, "color-contrast": {"enabled": False}},
    "resultTypes": ["violations"],  # the rest would only be told at length
    "preload": False,  # it would fetch every style sheet again, as inline styles that our policy refuses
}
TELEPHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


class Visitor:
    """One person's browser. ``complaints`` is what it complained of, asked for elsewhere, or reported to the policy."""

    def __init__(self, browser: Browser, home: str, **how: Any) -> None:
        self.home = home
        self.complaints: list[str] = []
        self.with_script: bool = how.get("java_script_enabled", True)
        self.page: Page = browser.new_context(**how).new_page()
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", self._asked_for)

    def become(self, name: str) -> "Visitor":
        """Sign in as one of the invented people, from the start page."""
        self.page.goto(f"{self.home}/")
        self.page.get_by_role("button", name=f"Be {name}").click()
        return self

    def goes(self, link: str) -> None:
        """Follow a link by its very words."""
        self.page.get_by_role("link", name=link, exact=True).first.click()

    def presses(self, button: str) -> None:
        self.page.get_by_role("button", name=button).first.click()

    def reads(self) -> str:
        """Return what the page says, in one line."""
        return " ".join(self.page.locator("main").inner_text().split())

    def check(self) -> None:
        """See that nobody is shut out of this page, and that it is not wider than the screen, once it is styled."""
        self.page.wait_for_load_state("load")
        if self.with_script:
            found = Axe().run(self.page, options=OPTIONS).response["violations"]
            self.complaints += [f"{self.page.url}: {one['id']} {one['nodes'][0]['html']}" for one in found]
            if self.page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                self.complaints.append(f"{self.page.url} is wider than the screen")

    def _asked_for(self, request: Request) -> None:
        if not request.url.startswith(self.home) or "/reports/csp/" in request.url:
            self.complaints.append(f"asked for {request.url}")
