"""A disk that is full, and one that fails: what was acknowledged is there, and a page says that nothing was saved."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.drills.ground import Ground, a_note, forked, is_sound, moment
from tests.drills.power import settings_at

ROOM = 12_000_000
REFUSALS = 12


@pytest.mark.abuse("F5")
@pytest.mark.reliability("R9")
def drill(ground: Ground) -> None:
    """Fill a small disk, and let the syncs of another fail. PostgreSQL keeps such promises itself."""
    if ground.database != "sqlite":
        return
    full(ground)
    failing(ground)


def full(ground: Ground) -> None:
    if os.geteuid() != 0:
        ground.found("R9", "a full disk", target="nothing unsound", found="not run: needs root for a tmpfs", met=None)
        return
    from django.db import connections

    from halfdoor.service.disclosures.models import Line
    from tests.people import amina_and_her_family

    family, home = amina_and_her_family(), Path(connections.settings["default"]["NAME"])
    whole, small = ground.folder / "whole-for-disk.sqlite3", ground.folder / "small"
    with connections["default"].cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(whole)])
    small.mkdir()
    size = whole.stat().st_size + ROOM
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(small)], check=True)
    try:
        shutil.copy(whole, small / "h.sqlite3")
        _, said = forked(lambda say: release_until_full(family, small / "h.sqlite3", say))
        lines = [line.strip() for line in said]
        settings_at(small / "h.sqlite3")
        acknowledged = [line for line in lines if line.count("-") == 4]
        refused = lines.count("refused")
        page = next((line for line in lines if line.startswith("page ")), "page none")
        lost = len(acknowledged) - Line.objects.filter(pk__in=acknowledged).count()
        wrong = is_sound()
        connections.close_all()
    finally:
        settings_at(home)
        connections.close_all()
        subprocess.run(["umount", "-l", str(small)], check=False)
    raised = [line for line in lines if line.startswith("raised")]
    ground.found(
        "R9",
        f"a disk of {size / 1e6:.1f} MB that fills up while notes are released",
        target="0 lost, sound, and a page that says 503",
        found=f"{lost} of {len(acknowledged):,} lost, {refused} refused, {wrong or 'sound'}; {page}",
        met=lost == 0 and not wrong and refused > 0 and page == "page 503 says so" and not raised,
        notes="; ".join(raised),
    )


def release_until_full(family: Any, file: Path, say: Callable[[str], None]) -> None:
    from django.conf import settings
    from django.db import DatabaseError

    from halfdoor.service.disclosures import gate
    from tests.doors import signed_in

    settings_at(file)
    settings.ALLOWED_HOSTS = ["*"]
    client = signed_in(family.tom.person.account)
    client.raise_request_exception = False
    refused, note = 0, a_note(family, body="A canary by the river.")
    for _ in range(20_000):
        try:
            say(str(gate.release(family.tom, note.item_id, by=family.ruth, at=moment()).line.pk))
            note = a_note(family, body="A canary by the river. " * 40)
        except (DatabaseError, OSError):
            refused += 1
            say("refused")
            if refused >= REFUSALS:
                break
    answer = client.get(f"/family/children/{family.tom.pk}/")
    words = answer.content.decode()
    says_so = "Something went wrong on our side" in words and "canary" not in words
    say(f"page {answer.status_code} {'says so' if says_so else 'says something else'}")


def failing(ground: Ground) -> None:
    if shutil.which("strace") is None:
        ground.found("R9", "failing syncs", target="nothing lost", found="not run: no strace", met=None)
        return
    acts = [sys.executable, "-m", "tests.drills.acts", "append", "400", "FULL"]
    failing_syncs = ["strace", "-f", "-qq", "-o", os.devnull, "-e", "inject=fdatasync:error=EIO:when=10+10"]
    said = subprocess.run([*failing_syncs, *acts], check=True, capture_output=True, text=True).stdout
    acknowledged, refused, there, *sound = said.split(maxsplit=3)
    ground.found(
        "R9",
        "400 lines of the chain, each tenth fdatasync fails with EIO (strace)",
        target="each failure is refused, what was acknowledged is there, sound",
        found=f"{acknowledged} acknowledged, {there} of them there, {refused} refused; {''.join(sound).strip()}",
        met=acknowledged == there and int(refused) > 0 and "".join(sound).strip() == "sound",
    )
