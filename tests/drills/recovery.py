"""
A machine is lost while people write, and the service goes on elsewhere: what is lost, and how old was it?

The service runs as it does (pages, worker, `halfdoor backup --every`), and two people write: notes, and a yes that
becomes a no. Each keeps what was acknowledged to them, and when. At a random moment all of it is killed, PostgreSQL
too. The newest copy is put back elsewhere, with the keys and the second journal, and what was acknowledged is looked
for there: a line of the ledger has to stand in it, or on record as forgotten, and where a no was forgotten the doors
have to be shut. The control has no second journal.

Copies are made every two seconds here, so that a drill does not take a day. What is lost is as old as copies are apart,
and as one takes.
"""

import calendar
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.drills.away import kill_all, start_again
from tests.drills.ground import Ground, a_note, forked, kill, let_go_of_the_database, moment
from tests.drills.serving import PORT
from tests.drills.stepping import told, with_the_servers_tools

ROUNDS, CONTROLS = 40, 3
APART, WRITERS = 2.0, 2
NO, NOTE = "no", "note"
ALLOWED = 5 * 60


@dataclass
class Told:
    """What somebody was told that it holds: when, what kind, its id, and the newest line of the ledger by then."""

    at: float
    kind: str
    row: str
    leaf: str


@dataclass
class Elsewhere:
    """What is on record where the service went on."""

    lines: set[str]
    forgotten: set[str]
    rows: set[str]
    is_shut: bool

    @property
    def known(self) -> set[str]:
        """Every line of which something is known."""
        return self.lines | self.forgotten


@dataclass
class Found:
    """What all machines that were lost took with them."""

    said: list[Told] = field(default_factory=list)
    lines: int = 0
    noes: int = 0
    rows: int = 0
    open_doors: int = 0
    oldest: float = 0.0
    takes: float = 0.0
    without: int = 0

    def add(self, said: list[Told], there: Elsewhere, *, killed_at: float, took: float) -> None:
        """Compare what was acknowledged with what is there now."""
        self.said += said
        self.takes = max(self.takes, took)
        self.lines += sum(one.leaf not in there.known for one in said)
        self.noes += sum(one.kind == NO and one.leaf not in there.known for one in said)
        forgot_a_no = any(one.kind == NO and one.leaf not in there.lines for one in said)
        self.open_doors += forgot_a_no and not there.is_shut
        lost = [one for one in said if one.row not in there.rows]
        self.rows += len(lost)
        self.oldest = max([self.oldest, *(killed_at - one.at for one in lost)])


@pytest.mark.reliability("R3")
@pytest.mark.abuse("E10", "F3")
def drill(ground: Ground) -> None:
    """Lose machines."""
    from tests.people import amina_and_her_family

    with_the_servers_tools()
    family, rounds, found = amina_and_her_family(), ground.many(ROUNDS, least=3), Found()
    for number in range(rounds):
        said, killed_at, took = lose_the_machine(ground, family)
        found.add(said, go_on(ground, with_journal=True), killed_at=killed_at, took=took)
        if number < CONTROLS:
            alone = go_on(ground, with_journal=False)
            found.without += sum(one.leaf not in alone.known for one in said)
    tell(ground, found, rounds)


def tell(ground: Ground, found: Found, rounds: int) -> None:
    noes, most = sum(one.kind == NO for one in found.said), 240 + found.takes
    ground.found(
        "R3",
        f"{rounds} machines lost under writes (pages, worker, database, who copies) and put back elsewhere: the ledger",
        target="0 lines lost, 0 revocations; doors shut where one was forgotten",
        found=f"{found.lines} of {len(found.said):,} lines lost, {found.noes} of {noes:,} revocations; "
        f"{found.open_doors} times open",
        met=not found.lines and not found.noes and not found.open_doors and noes > 0,
        notes="each stands in the restored ledger, or on record there as forgotten",
    )
    ground.found(
        "R3",
        f"the same machines, what else was written, with a copy each {APART:g} s",
        target=f"no older than copies are apart and one takes: {APART + found.takes:.1f} s; 5 min with --every 4",
        found=f"{found.rows} of {len(found.said):,} rows lost, the oldest {found.oldest:.1f} s old; a copy takes "
        f"{found.takes:.1f} s, so with --every 4 at most {most:.0f} s",
        met=found.oldest <= APART + found.takes + 1 and most <= ALLOWED and found.rows > 0,
    )
    ground.found(
        "R3",
        f"the first {min(rounds, CONTROLS)} of them without the second journal (control)",
        target="lines lost, else nothing was",
        found=f"{found.without} lines lost",
        met=found.without > 0,
    )


def lose_the_machine(ground: Ground, family: Any) -> tuple[list[Told], float, float]:
    """Serve, copy and write, and kill all of it; return what was acknowledged, when, and how long a copy takes."""
    let_go_of_the_database()
    folder = ground.folder / "copies"
    shutil.rmtree(folder, ignore_errors=True)
    commands = (["backup", str(folder), f"--every={APART / 60}"], ["work"], ["serve", f"--port={PORT}"])
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "halfdoor.service", *command], stderr=subprocess.DEVNULL, start_new_session=True
        )
        for command in commands
    ]
    writing = [forked(lambda say, number=number: write_for_ever(family, number, say)) for number in range(WRITERS)]
    made: list[tuple[float, Path]] = []
    while len(made) < 3:  # the first is put back before the next is made
        time.sleep(0.05)
        made += [(time.time(), path) for path in set(folder.glob("*.age")) - {path for _, path in made}]
    time.sleep(random.uniform(0, 2 * APART))
    for one in running:
        with suppress(ProcessLookupError):
            os.killpg(one.pid, signal.SIGKILL)
    for child, _ in writing:
        kill(child)
    killed_at = time.time()
    for one in running:
        one.wait()
    if ground.database == "postgres":
        kill_all(ground.server)
        start_again(ground.server)
    said = [line.split() for _, ear in writing for line in ear if line.endswith("\n")]
    assert not any(line[0] == "raised" for line in said), said[-1]
    return [Told(float(at), *rest) for at, *rest in said], killed_at, how_long_a_copy_takes(made)


def how_long_a_copy_takes(made: list[tuple[float, Path]]) -> float:
    """Return how long one takes beside all else: between the moment in its name and when it lay there whole."""
    took = []
    for seen, path in made[1:]:
        stamp = time.strptime(path.name[len("halfdoor-") : -len(".tar.age")], "%Y%m%dT%H%M%SZ")
        took.append(seen - calendar.timegm(stamp))
    return max(took)


def write_for_ever(family: Any, number: int, say: Callable[[str], None]) -> None:
    """Write notes and change one's mind, and say what was acknowledged."""
    from halfdoor.service.agreements import actions as agreements
    from halfdoor.service.agreements.choices import WishSource, WishValue
    from halfdoor.service.core.models import ChainEntry

    told: dict[str, Any] = {"source": WishSource.TOLD_THERAPIST, "about": family.sara, "category": "progress"}
    for turn in range(1_000_000):
        if number == 0:
            value = (WishValue.AGREES, WishValue.OBJECTS)[turn % 2]
            row = agreements.wish(family.amina, value=value, **told, by=family.ruth, at=moment()).pk
        else:
            row = a_note(family).item_id
        leaf = ChainEntry.objects.order_by("-sequence").values_list("leaf", flat=True)[0]
        say(f"{time.time()} {NO if number == 0 and turn % 2 else NOTE} {row.hex} {leaf}")
        time.sleep(0.02)


def go_on(ground: Ground, *, with_journal: bool) -> Elsewhere:
    """Put the newest copy back on another machine, with the keys and the journal alone, and look at what is there."""
    data = ground.folder / "elsewhere"
    shutil.rmtree(data, ignore_errors=True)
    shutil.copytree(ground.folder / "keys", data / "keys")
    journal = data / "journal"
    shutil.copytree(ground.folder / "journal", journal) if with_journal else journal.mkdir()
    where = {"HALFDOOR_DATA": str(data), "HALFDOOR_JOURNAL": str(journal)}
    if ground.database == "postgres":
        import psycopg

        from tests.roles import a_database

        with psycopg.connect(ground.server.get_uri(), autocommit=True) as asked:
            asked.execute("DROP DATABASE IF EXISTS elsewhere WITH (FORCE)")
        where |= a_database(ground.server.get_uri(), "elsewhere")
    newest = max((ground.folder / "copies").glob("*.age"))
    ran = told("restore", str(newest), **where)
    assert ran.returncode == 0, ran.stderr[-500:]
    return looked_at(ground, data)


def looked_at(ground: Ground, data: Path) -> Elsewhere:
    def every(asked: Any) -> Elsewhere:
        def column(sql: str) -> set[str]:
            return {str(value).replace("-", "") for (value,) in asked.execute(sql).fetchall()}

        rows = column("SELECT id FROM disclosures_item") | column("SELECT id FROM agreements_wish")
        is_shut = bool(asked.execute("SELECT count(*) FROM core_practice WHERE doors_shut").fetchone()[0])
        lines, forgotten = column("SELECT leaf FROM core_chainentry"), column("SELECT leaf FROM disclosures_lostline")
        return Elsewhere(lines, forgotten, rows, is_shut)

    if ground.database == "sqlite":
        with closing(sqlite3.connect(data / "halfdoor.sqlite3")) as asked:
            return every(asked)
    import psycopg

    from tests.roles import as_role

    with psycopg.connect(as_role(ground.server.get_uri(), "postgres", "elsewhere")) as plain:
        return every(plain)
