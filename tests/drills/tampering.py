"""The ledger: how quick it is, how long it takes to read, and whether each of seven ways to tamper with it is found."""

import importlib.util
import os
import time
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from tests.drills.ground import Ground, moment
from tests.house.tree import ROOT

LINES, APPENDS, AT_ONCE, OF_TAMPERED = 1_000_000, 5_000, 5_000, 1_000
BYTES = 4_096


@pytest.mark.abuse("D4")
@pytest.mark.reliability("R12", "R13")
def drill(ground: Ground) -> None:
    """Append, grow, read, and tamper."""
    from halfdoor.service.core.models import Practice

    practice = Practice.objects.create(name="Corner House")
    appended(ground, practice)
    tampered(ground, Practice.objects.create(name="Elm Street"))
    grown(ground, practice)


def sync_time(folder: Path) -> float:
    """Return how long one fdatasync takes on the disk under a folder, in microseconds."""
    times, file = [], os.open(folder / "synced", os.O_RDWR | os.O_CREAT)
    for number in range(300):
        os.pwrite(file, b"x" * BYTES, number * BYTES)
        began = time.perf_counter()
        os.fdatasync(file)
        times.append(time.perf_counter() - began)
    os.close(file)
    return sorted(times)[150] * 1e6


def appended(ground: Ground, practice: Any) -> None:
    from django.db import transaction

    from halfdoor.service.core import chain, within

    many, sync = ground.many(APPENDS, least=500), sync_time(ground.folder)
    with within.within(practice.pk):  # as whoever acts in a practice does
        began = time.perf_counter()
        for number in range(many):
            with transaction.atomic():
                chain.append(practice, {"kind": "drill", "number": number}, at=moment())
        rate = many / (time.perf_counter() - began)
    ground.found(
        "R13",
        f"{many:,} lines appended, one synced commit each",
        target="at least 1,000 a second on a plain SSD",
        found=f"{rate:,.0f} a second; one fdatasync of this disk takes {sync:.0f} µs",
        met=rate >= 1_000,
    )


def grown(ground: Ground, practice: Any) -> None:
    from django.db import transaction

    from halfdoor.service.core import chain
    from halfdoor.service.core.models import ChainEntry

    many = ground.many(LINES, least=20_000)
    while (there := ChainEntry.objects.filter(practice=practice).count()) < many:
        with transaction.atomic():
            size = min(AT_ONCE, many - there)
            chain.extend(practice, [{"kind": "drill", "number": there + one} for one in range(size)], at=moment())
    began = time.process_time()
    found = chain.verify(practice)
    took = time.process_time() - began
    ground.found(
        "R12",
        f"a chain of {many:,} lines read and checked by `halfdoor ledger verify`",
        target="5 s a million lines",
        found=f"{took * 1e6 / many:.1f} s of the processor a million lines ({took:.1f} s for these)",
        met=found.broken_at is None and took * 1e6 / many <= 5,
        notes="each line is parsed, written canonically again, and hashed, one process",
    )
    printed = printed_of(practice)
    lines = [line.encode() for line in printed["lines"].splitlines()]
    began = time.process_time()
    said = list(the_verifier().check(lines, printed["key"], [printed["checkpoint"]]))[-1]
    took = time.process_time() - began
    ground.found(
        "R12",
        f"the same {many:,} lines checked against a checkpoint by tools/verify_ledger.py, which has none of our code",
        target="5 s a million lines",
        found=f"{took * 1e6 / many:.1f} s of the processor a million lines",
        met="as they were" in said and took * 1e6 / many <= 5,
    )


def printed_of(practice: Any) -> dict[str, str]:
    """Return what the command prints about a ledger."""
    from django.core.management import call_command

    printed = {}
    for what in ("key", "checkpoint", "lines"):
        out = StringIO()
        call_command("ledger", what, practice=practice.name, stdout=out)
        printed[what] = out.getvalue()
    return printed


def the_verifier() -> Any:
    spec = importlib.util.spec_from_file_location("verify_ledger", ROOT / "tools" / "verify_ledger.py")
    assert spec is not None
    assert spec.loader is not None
    alone = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(alone)
    return alone


def tampered(ground: Ground, practice: Any) -> None:
    """Let the verifier look at a ledger as it is, and tampered with in seven ways."""
    from django.db import transaction

    from halfdoor.service.core import chain
    from tests.disclosure.test_witness_command import TAMPERED

    with transaction.atomic():
        chain.extend(practice, [{"act": "released", "number": number} for number in range(OF_TAMPERED)], at=moment())
    printed, alone = printed_of(practice), the_verifier()

    def passes(lines: list[str]) -> bool:
        try:
            return bool(list(alone.check([one.encode() for one in lines], printed["key"], [printed["checkpoint"]])))
        except alone.Broken:
            return False

    lines = printed["lines"].splitlines()
    found = [how for how, tamper in TAMPERED.items() if not passes(tamper(lines))]
    ground.found(
        "R12",
        f"seven ways to tamper with a ledger of {OF_TAMPERED:,} lines, against one checkpoint",
        target="7 of 7 found, the whole one passes",
        found=f"{len(found)} of {len(TAMPERED)} found, the whole one {'passes' if passes(lines) else 'does not pass'}",
        met=len(found) == len(TAMPERED) == 7 and passes(lines),
    )
