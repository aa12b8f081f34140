"""
The leak guard: what it finds on sentences it was never tuned on, and how long a summary takes beside 200 private notes.

Run it with `python -m benchmarks.leak_guard`. Times are processor time, the best of several runs, with nothing kept
from one run to the next but the stems of words; the notes are made of the set's own sentences, 15 to a note.
"""

from random import Random
from time import process_time

from halfdoor.service.notes import leak_guard
from tests.leaks import KINDS, LANGUAGES, measured, sources

NOTES, SENTENCES, SUMMARY, RUNS = 200, 15, 12, 9


def main() -> None:
    for language in LANGUAGES:
        found = measured(language, "held_out")
        told = ", ".join(
            f"{kind}: {found.repeats[kind]} repeat and {found.marked[kind]} marked of {found.total[kind]}"
            for kind in KINDS
        )
        print(f"{language}  recall {found.recall:.3f}  precision {found.precision:.3f}  {told}")
        print(f"{language}  paraphrases marked with their own source: {found.right_source['paraphrase']}")
        print(f"{language}  a summary of {SUMMARY} sentences, {NOTES} notes: {_best(language):.1f} ms")


def _best(language: str) -> float:
    """Return how long it takes where nearly every note is new: sentences are mixed, and their words varied."""
    random, rows = Random(8), sources(language, "tuning") + sources(language, "held_out")
    pool = [one for row in rows for one in (row["source"], *row["near"], *row["paraphrase"], *row["innocent"])]
    notes = {number: " ".join(random.sample(pool, SENTENCES)) for number in range(NOTES)}
    summary = random.sample(pool, SUMMARY)
    times = []
    for _ in range(RUNS):
        begun = process_time()
        leak_guard.overlaps(summary, notes)
        times.append(process_time() - begun)
    return min(times) * 1000


if __name__ == "__main__":
    main()
