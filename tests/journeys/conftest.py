"""Journeys walk the demonstration in a real browser, on a server of their own."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import sync_playwright

from halfdoor.service.core import clock, keys
from halfdoor.service.portals.demo import families
from tests.journeys.browser import installed
from tests.journeys.visiting import DESK, Visitor

Visit = Callable[..., Visitor]


@pytest.fixture
def visit(live_server: Any, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Visit]:
    """Return how one opens a browser of one's own at the demonstration. At the end no browser may have complained."""
    # Playwright waits in a loop of its own, which Django takes for code that must not wait for a database.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    settings.HALFDOOR_DEMO = True
    with keys.ring():
        families.prepare(at=clock.now())
    visitors: list[Visitor] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=installed(), args=["--no-sandbox"])

        def open_one(**how: Any) -> Visitor:
            visitors.append(Visitor(browser, live_server.url, **{"viewport": DESK} | how))
            return visitors[-1]

        yield open_one
        browser.close()
    assert [complaint for visitor in visitors for complaint in visitor.complaints] == []
