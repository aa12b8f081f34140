"""The service starts safe, or says what to set and does not start."""

import os
import socket
import stat
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, connections

from halfdoor.service.core import starting
from halfdoor.service.core.databases.sqlite.base import DatabaseWrapper
from halfdoor.service.core.door import Serving

SERVE = "import halfdoor.service.wsgi; print('serving')"


def start(folder: Path, **environment: str) -> tuple[int, str]:
    """Return exit code and last line of a server started with these variables and no others of ours."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("HALFDOOR", "DJANGO"))}
    environment = kept | {"HALFDOOR_DATA": str(folder)} | environment
    ended = subprocess.run([sys.executable, "-c", SERVE], env=environment, capture_output=True, text=True, check=False)
    return ended.returncode, (ended.stdout + ended.stderr).strip().splitlines()[-1]


def test_without_a_secret_the_service_does_not_start_and_says_why(tmp_path: Path) -> None:
    code, last = start(tmp_path)
    assert code != 0
    assert "HALFDOOR_SECRET_KEY is not set" in last


def test_pages_that_show_memory_are_for_the_demo_alone(settings: Any) -> None:
    settings.DEBUG = True
    with pytest.raises(ImproperlyConfigured, match="HALFDOOR_DEBUG shows"):
        starting.refuse_to_start_unsafe()
    settings.HALFDOOR_DEMO = True
    starting.refuse_to_start_unsafe()


@pytest.mark.parametrize("environment", [{"HALFDOOR_DEMO": "1"}, {"HALFDOOR_SECRET_KEY": "x"}])
def test_a_safe_one_and_the_demo_start(environment: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "static").mkdir()
    assert start(tmp_path, **environment) == (0, "serving")


def test_a_database_address_is_taken_apart() -> None:
    described = starting.database("postgresql://half:d%40or@db.example:5433/records", data=Path())
    assert described == {
        "ENGINE": "halfdoor.service.core.databases.postgresql",
        "NAME": "records",
        "USER": "half",
        "PASSWORD": "d@or",
        "HOST": "db.example",
        "PORT": "5433",
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }


def test_a_database_behind_a_socket_is_found() -> None:
    described = starting.database("postgresql://postgres:@/postgres?host=/run/postgres", data=Path())
    assert (described["HOST"], described["PORT"], described["NAME"]) == ("/run/postgres", "", "postgres")


def test_another_database_is_refused() -> None:
    with pytest.raises(ImproperlyConfigured, match="leave it empty for SQLite"):
        starting.database("oracle://x/y", data=Path())


def test_processes_that_start_together_agree_on_a_secret(tmp_path: Path) -> None:
    found: list[bytes] = []
    threads = [
        threading.Thread(target=lambda: found.append(starting.secret_file(tmp_path / "keys" / "one"))) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(found)) == 1
    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o700
    assert [file.name for file in (tmp_path / "keys").iterdir()] == ["one"]


@pytest.mark.django_db
def test_nobody_else_on_the_machine_can_read_the_database(tmp_path: Path) -> None:
    for old in (False, True):
        file = tmp_path / f"of {old}" / "halfdoor.sqlite3"
        if old:
            file.parent.mkdir()
            file.touch(mode=0o644)
        described = {**connections.settings["default"], **starting.database("", data=file.parent), "TEST": {}}
        opened = DatabaseWrapper(described, "other")
        opened.connect()
        with opened.cursor() as cursor:
            cursor.execute("CREATE TABLE something (word text)")
        modes = {found.name: stat.S_IMODE(found.stat().st_mode) for found in file.parent.iterdir()}
        opened.close()
        assert modes.keys() >= {"halfdoor.sqlite3", "halfdoor.sqlite3-wal"}
        assert set(modes.values()) == {0o600}


@pytest.mark.django_db
def test_tests_run_on_the_database_they_were_asked_to() -> None:
    asked = os.environ.get("HALFDOOR_TEST_DATABASE") == "postgres"
    assert connection.vendor == ("postgresql" if asked else "sqlite")
    with connection.cursor() as cursor:
        cursor.execute("SELECT version()" if asked else "SELECT sqlite_version()")


@pytest.mark.reliability("R2")
@pytest.mark.django_db
def test_sqlite_keeps_what_it_acknowledged_and_checks_replacements() -> None:
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        values = {
            name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("synchronous", "recursive_triggers")
        }
    assert values == {"synchronous": 2, "recursive_triggers": 1}
    assert connection.transaction_mode == "IMMEDIATE"
    assert connection.settings_dict["ATOMIC_REQUESTS"] is False


def test_a_page_leaves_as_soon_as_it_is_there_on_connections_that_are_kept_open() -> None:
    with Serving("nothing:at_all", port=0).bind_socket() as door:
        door.listen()
        with socket.create_connection(door.getsockname()):
            answering, _ = door.accept()
            with answering:
                assert answering.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
