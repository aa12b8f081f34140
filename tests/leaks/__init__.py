"""
The labelled set of the leak guard: sentences of private notes beside near copies, paraphrases and innocent ones.

It was written before the method, and the method was tuned on ``tuning`` alone. `measured` is what tests and the bench
both count with.
"""

import tomllib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from halfdoor.service.notes import leak_guard
from halfdoor.service.notes.leak_guard import Likeness

LANGUAGES = ("en", "es", "cy")
KINDS = ("near", "paraphrase", "innocent")


@dataclass(frozen=True)
class Measured:
    """How many sentences of each kind there are, how many are called a repetition, and how many are marked at all."""

    total: Counter
    repeats: Counter
    marked: Counter
    right_source: Counter

    @property
    def recall(self) -> float:
        return self.repeats["near"] / self.total["near"]

    @property
    def precision(self) -> float:
        return self.repeats["near"] / (self.repeats["near"] + self.repeats["innocent"])


def sources(language: str, part: str) -> list[dict]:
    """Return the sources of one language, each with what was written beside it."""
    text = (Path(__file__).parent / f"{language}.toml").read_text("utf-8")
    return tomllib.loads(text)[part]


def measured(language: str, part: str) -> Measured:
    """Look at every sentence beside all private sentences of this part."""
    rows = sources(language, part)
    private = dict(enumerate(row["source"] for row in rows))
    found = Measured(Counter(), Counter(), Counter(), Counter())
    for number, kind, sentence in ((source, of, one) for source in private for of in KINDS for one in rows[source][of]):
        found.total[kind] += 1
        for overlap in leak_guard.overlaps([sentence], private, names=("Amina", "Leo")):
            found.marked[kind] += 1
            found.repeats[kind] += overlap.likeness is Likeness.REPEATS
            found.right_source[kind] += overlap.source == number
    return found
