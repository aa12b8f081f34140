"""The page docs/assurance/mutants.md: what became of the breaks of the last sample, and how earlier samples began."""

import tomllib
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.house.tree import ROOT

PAGE = ROOT / "docs" / "assurance" / "mutants.md"
EQUAL = Path(__file__).with_name("equal_mutants.toml")
SAMPLES = Path(__file__).with_name("mutant_samples.toml")
TARGET = 95

HEAD = f"""# Broken on purpose

Written by `python -m tests.drills.mutants`. Each function of the engine, the gate and the ledger is broken in small
ways, one at a time: a comparison turned round, a condition always true or never, a step left out, a result lost, a
number or a name changed. The tests that call the function run, and the quick ones of the part; *noticed*: one failed.
What no test calls may run while its module is read in, and is tried in a process that reads it in broken.
Of each module a sample is tried. What it shows is mended, and then the sample is no fair one any more: `--seed` draws
another. What stands outside of functions is not broken. The target is {TARGET} %."""


def equal_ones() -> dict[str, str]:
    """Return the breaks that change nothing anybody could see, with the reason."""
    return dict(tomllib.loads(EQUAL.read_text(encoding="utf-8"))) if EQUAL.exists() else {}


def add_samples(found: Mapping[str, Mapping[str, Any]], *, seed: str) -> None:
    """Write down what a sample of whole parts showed at first, before anything it showed was mended."""
    day = datetime.now(UTC).date().isoformat()
    with SAMPLES.open("a", encoding="utf-8") as file:
        for part, modules in found.items():
            file.write(f'[[sample]]\npart = "{part}"\nseed = "{seed}"\nday = {day}\n')
            file.write(f'score = "{score(modules.values())}"\n\n')


def score(found: Iterable[Mapping[str, Any]]) -> str:
    """Say how many breaks were noticed of those tried."""
    found = list(found)
    tried, noticed = (sum(one[what] for one in found) for what in ("tried", "noticed"))
    return f"{noticed} of {tried}, {100 * noticed / max(1, tried):.1f} %"


def page(found: Mapping[str, Mapping[str, Any]]) -> str:
    """Return the page of what was found."""
    lines = [HEAD, *_samples(), "", "What follows is the last sample as it was drawn."]
    for name, modules in found.items():
        lines += ["", f"## The {name}: {score(modules.values())}", ""]
        lines += ["| module | breaks | tried | noticed |", "|---|---|---|---|"]
        lines += [
            f"| {module} | {one['of']} | {one['tried']} | {one['noticed']} |" for module, one in sorted(modules.items())
        ]
        left = [key for _, one in sorted(modules.items()) for key in one["survivors"]]
        lines += ["", "Not noticed:", ""] if left else []
        lines += [f"- `{key.replace('`', '')[:160]}`" for key in left]
    equal = equal_ones()
    lines += ["", "## Not counted, because nobody could tell them from the original", ""] if equal else []
    lines += [f"- `{key[:160]}`: {why}" for key, why in sorted(equal.items())]
    return "\n".join(lines) + "\n"


def _samples() -> list[str]:
    """Return what each sample showed at first."""
    samples = tomllib.loads(SAMPLES.read_text(encoding="utf-8"))["sample"] if SAMPLES.exists() else []
    lines = [f"| {one['part']} | {one['seed'] or 'none'} | {one['day']} | {one['score']} |" for one in samples]
    head = ["", "## Each sample as it was drawn, before what it showed was mended", ""]
    return [*head, "| part | seed | day | noticed |", "|---|---|---|---|", *lines] if lines else []
