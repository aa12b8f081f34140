"""The service starts safe, or says what to set and does not start."""

import asyncio
import os
import socket
import ssl
import stat
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.mail.backends.smtp import EmailBackend
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
        "OPTIONS": {"sslmode": "verify-full", "sslrootcert": "system"},
    }


@pytest.mark.parametrize(
    ("address", "options"),
    [
        ("half@localhost/records", {}),
        ("half@/records?host=/run/postgresql", {}),
        ("half@db/records?sslrootcert=/ca.pem", {"sslmode": "verify-full", "sslrootcert": "/ca.pem"}),
        ("half@db/records?sslcert=/c.pem&sslkey=/c.key", {"sslcert": "/c.pem", "sslkey": "/c.key"}),
        ("half@db/records?sslmode=disable", {"sslmode": "disable"}),
    ],
)
def test_a_database_elsewhere_shows_a_certificate_of_its_name(address: str, options: dict[str, str]) -> None:
    described = starting.database(f"postgresql://{address}", data=Path())
    ours = {"sslmode": "verify-full", "sslrootcert": "system"} if "sslcert" in options else {}
    assert described["OPTIONS"] == ours | options
    assert described["PASSWORD"] == "", "none is needed where the socket or a certificate says who asks"


def test_a_mail_server_shows_a_certificate_of_its_name() -> None:
    for address in ("smtp://mail.example", "smtps://mail.example"):
        said = starting.mail(address, data=Path(), demo=False)
        server = EmailBackend(host=said["EMAIL_HOST"], use_tls=said["EMAIL_USE_TLS"], use_ssl=said["EMAIL_USE_SSL"])
        assert (server.ssl_context.verify_mode, server.ssl_context.check_hostname) == (ssl.CERT_REQUIRED, True)
        assert server.use_tls or server.use_ssl


def test_a_secret_can_lie_in_a_file_and_a_file_that_is_missing_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "secret").write_text("thirty herons\n", "utf-8")
    monkeypatch.delenv("HALFDOOR_MAIL", raising=False)
    assert starting.told("HALFDOOR_MAIL") == ""
    monkeypatch.setenv("HALFDOOR_MAIL_FILE", str(tmp_path / "secret"))
    assert starting.told("HALFDOOR_MAIL") == "thirty herons"
    monkeypatch.setenv("HALFDOOR_MAIL", "")
    assert starting.told("HALFDOOR_MAIL") == "", "what is said outright counts first"
    code, last = start(tmp_path, HALFDOOR_SECRET_KEY_FILE=str(tmp_path / "nowhere"))
    assert (code != 0, "nowhere, which cannot be read" in last) == (True, True)


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


def heard(said_by: str) -> tuple[str, str]:
    """Return whom and which scheme a page hears of, where this address says that it is a proxy for somebody."""
    scopes: list[Any] = []

    async def page(scope: Any, receive: Any, send: Any) -> None:
        scopes.append(scope)

    config = Serving(page, lifespan="off", log_config=None)
    config.load()
    headers = [(b"x-forwarded-for", b"192.0.2.1, 198.51.100.7"), (b"x-forwarded-proto", b"https")]
    scope = {"type": "http", "client": (said_by, 5), "server": ("x", 1), "scheme": "http", "headers": headers}
    asyncio.run(config.loaded_app({**scope, "method": "GET", "path": "/"}, None, None))
    return scopes[0]["client"][0], scopes[0]["scheme"]


def test_whom_a_proxy_speaks_for_is_believed_of_the_proxy_alone_and_only_its_own_word() -> None:
    assert heard("127.0.0.1") == ("198.51.100.7", "https"), "not what the client had written before it"
    assert heard("203.0.113.9") == ("203.0.113.9", "http")


def test_a_page_leaves_as_soon_as_it_is_there_on_connections_that_are_kept_open() -> None:
    with Serving("nothing:at_all", port=0).bind_socket() as door:
        door.listen()
        with socket.create_connection(door.getsockname()):
            answering, _ = door.accept()
            with answering:
                assert answering.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
