"""
A large database: how long an upgrade of it takes, a copy, and the way from a bare machine to the first page.

A million items are laid, and a hundred thousand lines of the ledger, with the second journal. Everything is timed as
whoever runs the server sees it, each command in a process of its own. On the bare machine there are the keys, the
journal and the copy: it proves the copy, puts it back, compares the ledger with the journal and serves a page.
"""

import os
import shutil
import time
from pathlib import Path
from typing import Any

import pytest

from tests.drills.ground import Ground, let_go_of_the_database, moment
from tests.drills.serving import asked, served
from tests.drills.stepping import told, with_the_servers_tools
from tests.drills.upgrading import back_to_the_first

ITEMS, LINES = 1_000_000, 100_000
UPGRADE, RETURN, POINT = 60, 15 * 60, 5 * 60


@pytest.mark.reliability("R3", "R4", "R11")
def drill(ground: Ground) -> None:
    """Lay it, upgrade it, copy it and put it back elsewhere."""
    with_the_servers_tools()
    items, lines = ground.many(ITEMS, least=20_000), ground.many(LINES, least=5_000)
    lay(items, lines)
    os.sync()  # what was laid here is not the upgrade's to write
    back_to_the_first()
    large = f"{items:,} items and {lines:,} lines of the ledger, {size_of(ground) / 1e9:.2f} GB"
    upgraded = timed("upgrade", "--copy-to", str(ground.folder / "before"))
    again = timed("upgrade", "--copy-to", str(ground.folder / "before"))
    ground.found(
        "R11",
        f"`halfdoor upgrade` from the first migration of each room: {large}",
        target=f"within {UPGRADE} s, the copy before it too",
        found=f"{upgraded:.0f} s; {again:.0f} s where there is nothing to change, which is the copy",
        met=upgraded <= UPGRADE,
    )
    copied = timed("backup", str(ground.folder / "copies"))
    copy = max((ground.folder / "copies").glob("*.age"))
    ground.found(
        "R3",
        f"a copy of it ({copy.stat().st_size / 1e9:.2f} GB), and the proof that it holds",
        target="a copy within a minute, so that one each 4 minutes keeps what is lost to 5",
        found=f"at most {again:.0f} s for the copy; {copied:.0f} s with the proof, once a day",
        met=again <= POINT - 240,
    )
    restored, page = back_elsewhere(ground, copy)
    ground.found(
        "R4",
        f"from a bare machine to the first page: {large}",
        target=f"within {RETURN // 60} min for 10 GB, with one command, ledger verified and journal replayed",
        found=f"{restored + page:.0f} s: `halfdoor restore` {restored:.0f} s, and {page:.0f} s until `serve` gave one",
        met=restored + page <= RETURN,
        notes="a tenth of the 10 GB of the target or less; it grows as the database does",
    )


def lay(items: int, lines: int) -> None:
    """Lay items as `make scale` does, copies of each other, and lines that say nothing."""
    from django.db import transaction

    from benchmarks import pages
    from benchmarks.gate_list import _fill
    from benchmarks.scale import OWN, _copy_items
    from halfdoor.service.core import chain, keys, wall
    from tests.people import amina_and_her_family

    with keys.ring():
        family = amina_and_her_family()
        pages._admit(family)
        _fill(family, range(OWN), noted=OWN)
    with wall.permit(wall.readable, wall.EVERYTHING), wall.permit(wall.writable, wall.EVERYTHING):
        _copy_items(family, items // pages.FAMILIES)
    for begin in range(0, lines, 5_000):
        bodies: list[Any] = [{"kind": "training.drilled", "number": begin + place} for place in range(5_000)]
        with transaction.atomic():
            chain.extend(family.practice, bodies, at=moment())
    let_go_of_the_database()


def size_of(ground: Ground) -> int:
    """Return how many bytes the database takes."""
    if ground.database == "sqlite":
        return (ground.folder / "halfdoor.sqlite3").stat().st_size
    import psycopg

    with psycopg.connect(ground.server.get_uri()) as asked_of:
        found = asked_of.execute("SELECT pg_database_size('halfdoor')").fetchone()
    return int(found[0]) if found else 0


def timed(*command: str, **where: str) -> float:
    """Run a command, and return how many seconds it took."""
    began = time.perf_counter()
    ran = told(*command, **where)
    assert ran.returncode == 0, ran.stderr[-500:]
    return time.perf_counter() - began


def back_elsewhere(ground: Ground, copy: Path) -> tuple[float, float]:
    """Put the copy back where there is nothing but keys and journal, and ask for a page; return both times."""
    data = ground.folder / "elsewhere"
    shutil.copytree(ground.folder / "keys", data / "keys")
    shutil.copytree(ground.folder / "journal", data / "journal")
    where = {"HALFDOOR_DATA": str(data)}
    if ground.database == "postgres":
        from tests.roles import a_database

        where |= a_database(ground.server.get_uri(), "elsewhere")
    restored = timed("restore", str(copy), **where)
    before = dict(os.environ)
    os.environ |= where
    try:
        began = time.perf_counter()
        with served():
            status, _, _ = asked("/")
            page = time.perf_counter() - began
    finally:
        os.environ.clear()
        os.environ |= before
    assert status == 200, status
    return restored, page
