"""Journeys walk the demonstration in a real browser, on a server of their own."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from playwright.sync_api import sync_playwright

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


@pytest.fixture
def visit(live_server: Any, settings: Any, monkeypatch: pytest.MonkeyPatch, kept: Path) -> Iterator[Visit]:
    """Return how one opens a browser of one's own at the demonstration. At the end no browser may have complained."""
    # Playwright waits in a loop of its own, which Django takes for code that must not wait for a database.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    settings.HALFDOOR_DEMO = True
    prepare(kept)
    visitors: list[Visitor] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=installed(), args=["--no-sandbox"])

        def open_one(**how: Any) -> Visitor:
            visitors.append(Visitor(browser, live_server.url, **{"viewport": DESK} | how))
            return visitors[-1]

        yield open_one
        browser.close()
    assert [complaint for visitor in visitors for complaint in visitor.complaints] == []
