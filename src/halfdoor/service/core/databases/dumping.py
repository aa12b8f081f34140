"""
Getting a whole database out at one moment, and in again: each kind in its own way.

SQLite writes a fresh file in one statement: a copy in small steps starts anew with every write and never ends on a
database in use. PostgreSQL has its own tools, which have to be at least as new as the server.
"""

import os
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode
from uuid import uuid4

from django.db import connection

from halfdoor.service.core import restoring, starting
from halfdoor.service.core.databases import roles
from halfdoor.service.core.databases.postgresql import second_wall

SQLITE = "halfdoor.sqlite3"
_BESIDE = "halfdoor_copy_"
_AS_OURS = ("--no-owner", "--no-acl")
"""Whoever puts a copy back owns it. The roles of where it came from need not be here; `migrate` lets the service in."""


class CannotDump(Exception):
    """The database cannot be got out or in; the text says why."""


def dump(into: Path) -> None:
    """
    Write all of the database, as it is at one moment, into a file.

    :raises CannotDump: if that fails
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(into)])
        return
    try:
        roles.must_be_owner()
    except roles.NotTheOwner as error:
        raise CannotDump(str(error)) from error
    # With the second wall standing: it shows us every row, and a tool that must not be kept from any would refuse.
    _pg("pg_dump", "--format=custom", "--no-owner", "--enable-row-security", f"--file={into}", _name())


def lay_ready(dumped: Path, vendor: str) -> None:
    """
    Write what was dumped beside the database, so that it can be put in its place in one step.

    PostgreSQL writes all of it in one transaction, and needs nothing beforehand.

    :raises CannotDump: if it came from another kind of database
    """
    _same_kind(vendor)
    if vendor == "sqlite":
        Path(_name()).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with dumped.open("rb") as copy, open(_coming(), "wb", opener=_ours_alone) as coming:
            shutil.copyfileobj(copy, coming)
            coming.flush()
            os.fsync(coming.fileno())


def is_put_back(vendor: str) -> bool:
    """Whether what was being put back is in its place already; asked after somebody stopped in the middle."""
    return not (_coming().exists() if vendor == "sqlite" else is_empty())


def put_back(dumped: Path, vendor: str) -> None:
    """
    Put what was dumped and laid ready in the place of the database of the settings, all of it or nothing.

    :raises CannotDump: if it came from another kind of database, or that fails
    """
    _same_kind(vendor)
    if vendor == "sqlite":
        connection.close()
        _coming().replace(_name())
        restoring.settle(Path(_name()).parent)
        return
    _pg(
        "pg_restore",
        "--no-owner",
        "--no-acl",
        "--single-transaction",
        "--exit-on-error",
        f"--dbname={_name()}",
        str(dumped),
    )


@contextmanager
def put_back_beside(dumped: Path, vendor: str, room: Path) -> Iterator[Mapping[str, str]]:
    """
    Write what was dumped into another database for as long as the block lasts, and return how our commands reach it.

    :raises CannotDump: if that fails
    """
    _same_kind(vendor)
    if vendor == "sqlite":
        shutil.copyfile(dumped, room / SQLITE)
        yield {"HALFDOOR_DATABASE": ""}
        return
    with connection._nodb_cursor() as cursor:
        name = _made_beside(cursor)
        try:
            _pg("pg_restore", *_AS_OURS, "--exit-on-error", f"--dbname={name}", str(dumped))
            yield {"HALFDOOR_DATABASE": _url(name), "HALFDOOR_DATABASE_OWNER": ""}
        finally:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')


def _made_beside(cursor: Any) -> str:
    """
    Make a database that is ours while we are connected, and drop those of others who were killed at it.

    :raises CannotDump: if we may not
    """
    cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [_BESIDE])
    for (left,) in cursor.fetchall():
        cursor.execute("SELECT pg_try_advisory_lock(hashtext(%s))", [left])
        if cursor.fetchone()[0]:
            cursor.execute(f'DROP DATABASE IF EXISTS "{left}" WITH (FORCE)')
    name = f"{_BESIDE}{uuid4().hex}"
    try:
        cursor.execute("SELECT pg_advisory_lock(hashtext(%s))", [name])
        cursor.execute(f'CREATE DATABASE "{name}"')
    except Exception as error:
        raise CannotDump(
            "The copy was not put back to try it: the database's user may not make another database. "
            "Let it (ALTER ROLE ... CREATEDB)."
        ) from error
    return name


def set_aside(at: str) -> Path | None:
    """
    Give the SQLite file another name as well, and return it; none if there was no file.

    Under its own name it is there until `put_back` puts another in its place: nobody finds nothing there.

    :raises CannotDump: while somebody uses it
    """
    path = Path(_name())
    if not path.exists():
        return None
    connection.close()
    with closing(sqlite3.connect(path, timeout=1, isolation_level=None)) as alone:
        try:
            alone.execute("PRAGMA locking_mode=EXCLUSIVE")
            alone.execute("BEGIN EXCLUSIVE")
            alone.execute("COMMIT")
            alone.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except sqlite3.OperationalError as error:
            raise CannotDump("The database is in use. Stop the service and its workers, then try again.") from error
    aside = path.with_name(f"{path.name}.before-{at}")
    aside.unlink(missing_ok=True)
    aside.hardlink_to(path)
    for rest in ("-wal", "-shm"):
        with suppress(FileNotFoundError):
            path.with_name(path.name + rest).unlink()
    return aside


def is_empty() -> bool:
    """Whether there is no table in the database of the settings, or no such database."""
    if connection.vendor == "sqlite" and not Path(_name()).exists():
        return True
    return not connection.introspection.table_names()


def _coming() -> Path:
    path = Path(_name())
    return path.with_name(f"{path.name}.coming")


def _ours_alone(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _same_kind(vendor: str) -> None:
    if vendor != connection.vendor:
        raise CannotDump(
            f"The copy is of {vendor}, and this service runs on {connection.vendor}. Set HALFDOOR_DATABASE accordingly."
        )


def _name() -> str:
    return str(connection.settings_dict["NAME"])


def _url(name: str) -> str:
    said = connection.settings_dict
    user = quote(said["USER"], safe="") + (f":{quote(said['PASSWORD'], safe='')}" if said["PASSWORD"] else "")
    host, port = said["HOST"], said["PORT"]
    behind = {"host": host} if host.startswith("/") else {}
    asked = urlencode(behind | said["OPTIONS"])
    return f"postgresql://{user}@{'' if behind else host}{f':{port}' if port else ''}/{name}{asked and f'?{asked}'}"


def _pg(tool: str, *arguments: str) -> None:
    """Run one of PostgreSQL's own tools on our server. Its password is in the environment, where nobody lists it."""
    said = connection.settings_dict
    where = {"PGHOST": said["HOST"], "PGPORT": said["PORT"], "PGUSER": said["USER"], "PGPASSWORD": said["PASSWORD"]}
    where |= {f"PG{name.upper()}": said["OPTIONS"][name] for name in starting.TLS if name in said["OPTIONS"]}
    where["PGOPTIONS"] = second_wall.options_of_a_tool()
    ran = subprocess.run(  # noqa: S603 - a tool of the database
        [_tool(tool), *arguments],
        env=os.environ | {name: str(value) for name, value in where.items() if value},
        capture_output=True,
        text=True,
        check=False,
    )
    if ran.returncode:
        said_last = (ran.stderr.strip().splitlines() or ["no answer"])[-1]
        raise CannotDump(f"{tool} failed: {said_last}")


def _tool(name: str) -> str:
    """
    Return where a tool of PostgreSQL is, new enough for the server.

    :raises CannotDump: if there is none
    """
    connection.ensure_connection()
    needed = connection.pg_version // 10_000  # type: ignore[attr-defined]
    folders = [*map(Path, os.environ.get("PATH", "").split(os.pathsep)), *Path("/usr/lib/postgresql").glob("*/bin")]
    for path in (folder / name for folder in folders):
        if path.is_file() and _version(path) >= needed:
            return str(path)
    raise CannotDump(f"There is no {name} of PostgreSQL {needed} or newer here. Debian: apt install postgresql-client.")


def _version(tool: Path) -> int:
    said = subprocess.run([str(tool), "--version"], capture_output=True, text=True, check=False).stdout  # noqa: S603
    found = re.search(r"(\d+)(?:\.\d+)*\s*(?:\(|$)", said)
    return int(found[1]) if found else 0
