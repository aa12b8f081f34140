"""Journeys walk the demonstration in a real browser, on a server of their own."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from playwright.sync_api import Browser, sync_playwright

from halfdoor.service.core import clock, keys
from halfdoor.service.portals.demo import families
from tests.journeys.browser import installed
from tests.journeys.visiting import DESK, Visitor

Visit = Callable[..., Visitor]


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the demonstration is kept as it stood when it had been prepared for the first journey."""
    return tmp_path_factory.mktemp("demo") / "prepared.sqlite3"


def prepare(kept: Path) -> None:
    """Prepare the demonstration. On SQLite it is done once, and copied for the next journeys."""
    if kept.exists():
        with closing(sqlite3.connect(kept)) as prepared:
            connection.ensure_connection()
            prepared.backup(connection.connection)
        return
    with keys.ring():
        families.prepare(at=clock.now())
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(kept)])


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start one browser for the journeys of a module; each visitor has a profile of their own in it."""
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright waits in a loop of its own, which Django takes for code that must not wait for a database.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = playwright.chromium.launch(executable_path=installed(), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def visit(live_server: Any, settings: Any, browser: Browser, kept: Path) -> Iterator[Visit]:
    """Return how one opens a profile of one's own at the demonstration. At the end no browser may have complained."""
    settings.HALFDOOR_DEMO = True
    prepare(kept)
    visitors: list[Visitor] = []

    def open_one(**how: Any) -> Visitor:
        visitors.append(Visitor(browser, live_server.url, **{"viewport": DESK} | how))
        return visitors[-1]

    yield open_one
    for visitor in visitors:
        visitor.page.context.close()
    assert [complaint for visitor in visitors for complaint in visitor.complaints] == []
