"""
What fails, is killed, raced and tampered with, on a real database each time. Writes docs/assurance/drills.md.

    python -m tests.drills [--only NAME ...] [--on sqlite|postgres] [--scale 0.01]

Each drill runs in a process of its own, with a database of its own. What it found is kept beside that page, in
drills.json, until it runs again there, and the page is written from all that is kept.
"""

import argparse
import json
import os
import platform
import sqlite3
import subprocess
import sys
import tempfile
from dataclasses import asdict
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

from tests.drills.ground import DATABASES, SAYS, Figure, fresh
from tests.house.promises import promised
from tests.house.tree import ROOT

PAGE = ROOT / "docs" / "assurance" / "drills.md"
KEPT = ROOT / "docs" / "assurance" / "drills.json"
CANARIES = "D5: an operator reads notes in the database or a backup"
DRILLS = (
    "racing",
    "killing",
    "power",
    "disk",
    "skew",
    "tampering",
    "signing_in",
    "writers",
    "stopwatch",
    "away",
    "canaries",
    "upgrading",
    "going_back",
    "recovery",
    "returning",
)


def main() -> None:
    asked = argparse.ArgumentParser(prog="python -m tests.drills", description=__doc__)
    asked.add_argument("--only", nargs="*", default=list(DRILLS), choices=DRILLS)
    asked.add_argument("--on", nargs="*", default=list(DATABASES), choices=DATABASES)
    asked.add_argument("--scale", type=float, default=1.0, help="how much is tried: 1 is all of it")
    asked.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    asked.add_argument("--lay", default="", help=argparse.SUPPRESS)
    how = asked.parse_args()
    if how.lay:
        with fresh(how.on[0], Path(how.lay), scale=1.0):
            return
    if how.here:
        run_here(how.only[0], how.on[0], how.scale)
        return
    with tempfile.TemporaryDirectory(prefix="halfdoor-drills-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        for on in how.on:  # the tables are laid once, and copied for each drill
            subprocess.run([sys.executable, "-m", "tests.drills", "--lay", folder, "--on", on], check=True, cwd=ROOT)
        os.environ["HALFDOOR_DRILL_TABLES"] = folder
        figures = [figure for name in how.only for on in how.on for figure in kept(name, on, how.scale)]
    missed = [figure for figure in figures if figure.met is False]
    print(f"{len(figures)} figures, {len(missed)} missed")


def kept(name: str, database: str, scale: float) -> list[Figure]:
    """Run a drill, keep what it found in place of what it found before, and write the page anew."""
    figures = run(name, database, scale)
    known = json.loads(KEPT.read_text("utf-8")) if KEPT.exists() else {}
    day = f"{datetime.now(tz=UTC):%d %B %Y}"
    known[f"{name} {database}"] = {"day": day, "machine": cpu(), "figures": [asdict(figure) for figure in figures]}
    KEPT.parent.mkdir(exist_ok=True)
    KEPT.write_text(json.dumps(known, indent=1), "utf-8")
    PAGE.write_text(page(known), "utf-8")
    return figures


def run_here(name: str, database: str, scale: float) -> None:
    """Run one drill in this process."""
    with tempfile.TemporaryDirectory(prefix="halfdoor-drill-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)  # PostgreSQL runs as somebody else
        with fresh(database, Path(folder), scale=scale) as ground:
            import_module(f"tests.drills.{name}").drill(ground)


def run(name: str, database: str, scale: float) -> list[Figure]:
    """Run one drill in a process of its own, and show what it finds as it finds it."""
    command = [sys.executable, "-m", "tests.drills", "--here", "--only", name, "--on", database, "--scale", str(scale)]
    figures = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as running:
        for line in running.stdout or ():
            if line.startswith(SAYS):
                figures.append(figure := Figure(**json.loads(line.removeprefix(SAYS))))
                print(shown(figure), flush=True)
    if running.returncode:
        figures.append(Figure("", f"the drill {name}", "ends", f"stopped with {running.returncode}", False, database))
        print(shown(figures[-1]), flush=True)
    return figures


def shown(figure: Figure) -> str:
    verdict = {True: "met   ", False: "MISSED", None: "      "}[figure.met]
    what = f"{figure.promise:3} {figure.database:8} {figure.what}: {figure.found}"
    return f"{verdict} {what}  [{figure.target}; {figure.seconds} s]"


def page(known: dict[str, Any]) -> str:
    """Return the page of what was found."""
    words = {name: said for (kind, name), said in promised().items() if kind == "reliability"}
    found = [(Figure(**one), run["day"]) for run in known.values() for one in run["figures"]]
    days = sorted({day for _, day in found}, key=lambda day: datetime.strptime(day, "%d %B %Y").replace(tzinfo=UTC))
    machines = sorted({run["machine"] for run in known.values()})
    lines = [
        "# The drills, and what they found",
        "",
        f"Written by `make drill`; run on {', '.join(days)}: {os.cpu_count()} cores ({' or '.join(machines)}: "
        f"drills.json says which), Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}.",
        "Other work ran beside it, with more right to the machine: counts hold, but rates and waits say little.",
        "Take them on a quiet machine; one drill again: `python -m tests.drills --only NAME`.",
        "What each does stands at the head of its module in [tests/drills](../../tests/drills).",
    ]
    for name in sorted({figure.promise for figure, _ in found}, key=lambda name: (name[:1], int(name[1:] or 0))):
        heading = f"{name}: {words[name]}" if name in words else CANARIES if name else "What stopped"
        lines += ["", f"## {heading}", "", "| what | database | target | found | |", "|---|---|---|---|---|"]
        for one in (figure for figure, _ in found if figure.promise == name):
            verdict = {True: "met", False: "**missed**", None: "not run"}[one.met]
            notes = f" ({one.notes})" if one.notes else ""
            lines.append(f"| {one.what}{notes} | {one.database} | {one.target} | {one.found} | {verdict} |")
    return "\n".join(lines) + "\n"


def cpu() -> str:
    """Return the name of the processor."""
    found = Path("/proc/cpuinfo")
    lines = found.read_text().splitlines() if found.exists() else []
    return next(
        (line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown processor"
    )


if __name__ == "__main__":
    main()
