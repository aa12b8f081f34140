"""
The power goes: a file system that forgets whatever was not synced, and a count of syncs where there is none.

The file system passes everything to a volatile folder, and copies a file to a durable one when it is synced. A cut
keeps the durable folder alone. It says nothing of torn writes, nor of a disk that lies about having synced.
"""

import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.drills.ground import Ground, a_note, forked, is_sound, kill, moment

CUTS, CONTROLS = 100, 25
FULL, NORMAL = "FULL", "NORMAL"


@pytest.mark.reliability("R2")
def drill(ground: Ground) -> None:
    """Cut the power under SQLite with the product's own settings, and with weaker ones."""
    if ground.database != "sqlite":
        say_what_postgresql_waits_for(ground)
        return
    count_syncs(ground)
    missing = what_is_missing()
    if missing:
        ground.found("R2", "power cuts on a file system that forgets", target="0 lost", found=missing, met=None)
        return
    for setting, cuts in ((FULL, ground.many(CUTS, least=8)), (NORMAL, ground.many(CONTROLS, least=8))):
        lost, acknowledged, with_loss, unsound = cut_often(ground, setting, cuts)
        is_ours = setting == FULL
        ground.found(
            "R2",
            f"{cuts} power cuts with synchronous={setting}" + ("" if is_ours else " (control)"),
            target="0 acknowledged releases lost" if is_ours else "some lost, else the cut is none",
            found=f"{lost} of {acknowledged:,} lost in {with_loss} cuts; {unsound} unsound",
            met=lost == 0 and unsound == 0 and acknowledged > cuts if is_ours else lost > 0,
        )


def say_what_postgresql_waits_for(ground: Ground) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        said = {}
        for name in ("synchronous_commit", "fsync", "full_page_writes"):
            cursor.execute(f"SHOW {name}")
            said[name] = cursor.fetchone()[0]
    ground.found(
        "R2",
        "what a connection of the product has PostgreSQL wait for",
        target="synchronous_commit, fsync and full_page_writes on",
        found=", ".join(f"{name} {value}" for name, value in said.items()),
        met=set(said.values()) == {"on"},
        notes="no cut was made: PostgreSQL's own tests are of this, and its files want more than our file system has",
    )


def what_is_missing() -> str:
    """Return why a file system of our own cannot be mounted here, if so."""
    try:
        import mfusepy  # noqa: F401
    except (ImportError, OSError) as error:
        return f"not run: {type(error).__name__} ({error})"
    return "" if os.geteuid() == 0 and Path("/dev/fuse").exists() else "not run: needs root and /dev/fuse"


def weaker(setting: str) -> None:
    """Let this process's connections keep the file to themselves (our mount has no shared memory), and sync so much."""
    from django.db import connections

    options = connections.settings["default"]["OPTIONS"]
    said = options["init_command"].replace("synchronous=FULL", f"synchronous={setting}")
    options["init_command"] = f"PRAGMA locking_mode=EXCLUSIVE; {said}"


def settings_at(file: Path) -> None:
    from django.db import connections

    connections.settings["default"]["NAME"] = str(file)
    if hasattr(connections._connections, "default"):
        del connections["default"]


def release_for_ever(family: Any, file: Path, setting: str, say: Callable[[str], None]) -> None:
    from halfdoor.service.disclosures import gate

    settings_at(file)
    weaker(setting)
    while True:
        receipt = gate.release(family.tom, a_note(family).item_id, by=family.ruth, at=moment())
        say(str(receipt.line.pk))


def cut_often(ground: Ground, setting: str, cuts: int) -> tuple[int, int, int, int]:
    """Cut the power so often; return how many acknowledged releases are lost, of how many, in how many cuts."""
    from django.db import connections

    from halfdoor.service.disclosures.models import Line
    from tests.people import amina_and_her_family

    home = Path(connections.settings["default"]["NAME"])
    if not Line.objects.exists() and not (ground.folder / "whole.sqlite3").exists():
        ground.server = amina_and_her_family()
        with connections["default"].cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(ground.folder / "whole.sqlite3")])
    family = ground.server
    lost = acknowledged = with_loss = unsound = 0
    for _ in range(cuts):
        volatile, durable, mount = (ground.folder / name for name in ("volatile", "durable", "mount"))
        for folder in (volatile, durable, mount):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
        for folder in (volatile, durable):
            shutil.copy(ground.folder / "whole.sqlite3", folder / "h.sqlite3")
        system, _ = forked(lambda say, folders=(volatile, durable, mount): forget(*folders))
        wait_for_mount(mount)
        file = mount / "h.sqlite3"
        child, said = forked(lambda say, file=file: release_for_ever(family, file, setting, say))
        said.readline()
        time.sleep(random.uniform(0.2, 0.7))
        kill(child)
        kill(system)
        subprocess.run(["umount", "-l", str(mount)], check=False, capture_output=True)
        lines = [line.strip() for line in said if line.endswith("\n")]
        settings_at(durable / "h.sqlite3")
        gone = len(lines) - Line.objects.filter(pk__in=lines).count()
        unsound += bool(is_sound())
        connections.close_all()
        settings_at(home)
        lost, acknowledged, with_loss = lost + gone, acknowledged + len(lines), with_loss + bool(gone)
    return lost, acknowledged, with_loss, unsound


def forget(volatile: Path, durable: Path, mount: Path) -> None:
    from tests.drills.forgetful import serve

    serve(volatile, durable, mount)


def wait_for_mount(mount: Path) -> None:
    for _ in range(500):
        if mount.is_mount():
            return
        time.sleep(0.01)
    raise TimeoutError("the file system was not mounted")


def count_syncs(ground: Ground) -> None:
    """Count fdatasync for so many commits, with the product's settings and with weaker ones."""
    if shutil.which("strace") is None:
        ground.found("R2", "syncs counted with strace", target="one a commit", found="not run: no strace", met=None)
        return
    commits = 200
    full, normal = (syncs_of(ground, setting, commits) for setting in (FULL, NORMAL))
    ground.found(
        "R2",
        f"fdatasync of the database for {commits} commits of the product, and with synchronous=NORMAL (control)",
        target=f"at least {commits}; the control fewer",
        found=f"{full}; control {normal}",
        met=full >= commits > normal,
    )


def syncs_of(ground: Ground, setting: str, commits: int) -> int:
    out = ground.folder / f"strace-{setting}"
    acts = [sys.executable, "-m", "tests.drills.acts", "append", str(commits), setting]
    traced = ["strace", "-f", "-qq", "-y", "-e", "trace=fdatasync,fsync", "-o", str(out), *acts]
    subprocess.run(traced, check=True, capture_output=True)
    return sum("sync(" in line and "sqlite3" in line for line in out.read_text().splitlines())
