"""
What fails, is killed, raced and tampered with, on a real database each time. Writes docs/assurance/drills.md.

    python -m tests.drills [--only NAME ...] [--on sqlite|postgres] [--scale 0.01]

Each drill runs in a process of its own, with a database of its own. A part of it (`--only`, a smaller `--scale`) prints
what it found, and writes nothing.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

from tests.drills.ground import DATABASES, SAYS, Figure, fresh
from tests.house.promises import promised
from tests.house.tree import ROOT

PAGE = ROOT / "docs" / "assurance" / "drills.md"
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
)


def main() -> None:
    asked = argparse.ArgumentParser(prog="python -m tests.drills", description=__doc__)
    asked.add_argument("--only", nargs="*", default=list(DRILLS), choices=DRILLS)
    asked.add_argument("--on", nargs="*", default=list(DATABASES), choices=DATABASES)
    asked.add_argument("--scale", type=float, default=1.0, help="how much is tried: 1 is all of it")
    asked.add_argument("--write", action="store_true", help="write the page though only a part was run")
    asked.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    how = asked.parse_args()
    if how.here:
        run_here(how.only[0], how.on[0], how.scale)
        return
    with tempfile.TemporaryDirectory(prefix="halfdoor-drills-") as folder:
        os.environ["HALFDOOR_DRILL_TABLES"] = f"{folder}/tables.sqlite3"
        figures = [figure for name in how.only for on in how.on for figure in run(name, on, how.scale)]
    whole = (len(how.only), len(how.on), how.scale) == (len(DRILLS), len(DATABASES), 1.0)
    if whole or how.write:
        PAGE.write_text(page(figures, how.scale), "utf-8")
    missed = [figure for figure in figures if figure.met is False]
    print(f"{len(figures)} figures, {len(missed)} missed")


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


def page(figures: list[Figure], scale: float) -> str:
    """Return the page of what was found."""
    words = {name: said for (kind, name), said in promised().items() if kind == "reliability"}
    lines = [
        "# The drills, and what they found",
        "",
        f"Written by `make drill` on {datetime.now(tz=UTC):%d %B %Y}: {os.cpu_count()} cores ({cpu()}), "
        f"Python {platform.python_version()}"
        + ("" if scale == 1 else f", at {scale:g} of the full number of tries")
        + ".",
        "Other work may have run beside it: a quiet machine is quicker.",
        "What each drill does stands at the head of its module in [tests/drills](../../tests/drills).",
    ]
    for name in sorted({figure.promise for figure in figures}, key=lambda name: int(name[1:] or 0)):
        lines += [
            "",
            f"## {name}: {words.get(name, 'what stopped')}",
            "",
            "| | database | target | found | |",
            "|---|---|---|---|---|",
        ]
        for one in (figure for figure in figures if figure.promise == name):
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
