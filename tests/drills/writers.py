"""Eight processes write at once, through the product's own actions."""

import time
from collections.abc import Callable
from typing import Any

import pytest

from tests.drills.ground import Ground, a_note, forked, is_sound, moment, percentile

WRITERS, SECONDS = 8, 12


@pytest.mark.reliability("R16")
def drill(ground: Ground) -> None:
    """Let eight write and release notes, each about a family of their own, and time each act."""
    from tests.people import amina_and_her_family

    families, seconds = [amina_and_her_family() for _ in range(WRITERS)], ground.many(SECONDS, least=3)
    for family in families:  # rules are read with the first act of a process, and each is forked from this one
        write(family, 0.01, lambda _: None)
    running = [forked(lambda say, family=family: write(family, seconds, say)) for family in families]
    times, errors = [], []
    for _, said in running:
        for line in said:
            if line.startswith("raised"):
                errors.append(line.strip())
            else:
                times.append(float(line))
    ground.found(
        "R16",
        f"{WRITERS} processes write and release notes for {seconds} s",
        target="0 lock errors, p99 of a wait below 500 ms",
        found=f"{len(errors)} errors; {len(times):,} acts, {len(times) / seconds:.0f} a second, p50 "
        f"{percentile(times, 0.5):.0f} ms, p99 {percentile(times, 0.99):.0f} ms, worst {max(times):.0f} ms",
        met=not errors and percentile(times, 0.99) < 500 and not is_sound(),
        notes="; ".join(sorted(set(errors))) or "each process has its rules read before",
    )


def write(family: Any, seconds: float, say: Callable[[str], None]) -> None:
    from halfdoor.service.disclosures import gate

    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        began = time.perf_counter()
        note = a_note(family)
        between = time.perf_counter()
        gate.release(family.tom, note.item_id, by=family.ruth, at=moment())
        say(f"{(between - began) * 1e3:.2f}")
        say(f"{(time.perf_counter() - between) * 1e3:.2f}")
