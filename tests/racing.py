"""Several people at once, in threads, on either database."""

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from contextvars import copy_context
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections

LONG = 60
"""Seconds after which something has gone wrong."""


@pytest.fixture
def elsewhere(transactional_db: None, tmp_path: Path) -> Iterator[Callable[[], None]]:
    """
    Let threads that begin from now on meet in one database. On SQLite they get a file of their own with all that was in
    the other, so that nothing which they leave behind is in the way of the next test.
    """
    settings = connections.settings["default"]
    name = settings["NAME"]

    def prepare() -> None:
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("VACUUM INTO %s", [str(tmp_path / "raced.sqlite3")])
            settings["NAME"] = str(tmp_path / "raced.sqlite3")
            with closing(sqlite3.connect(settings["NAME"])) as alone:
                # A fresh copy has no write-ahead log, and nobody waits for whoever begins one: two at once would fail.
                alone.execute("PRAGMA journal_mode=WAL")

    yield prepare
    settings["NAME"] = name


def together(*acts: Callable[[], Any]) -> list[Any]:
    """Do these at the same time, each in a thread and on a connection of its own, and return what each returned."""

    def alone(act: Callable[[], Any]) -> Any:
        try:
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        begun = [pool.submit(copy_context().run, alone, act) for act in acts]
        return [done.result(LONG) for done in begun]
