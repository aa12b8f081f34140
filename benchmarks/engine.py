"""
The engine beside its peers, on the same rules in one run: ``make bench``.

First all of them must agree on 10,000 situations; then rounds are timed in turn, so that whatever else the machine does
hits all of them alike. A figure is the median of the rounds. The targets are our own; a miss is printed as one.
"""

import random
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from statistics import median
from time import perf_counter_ns

from benchmarks import own
from benchmarks.peers import Peer, cedar, handwritten, rego, zen
from halfdoor.disclosure.judging import judge_for
from halfdoor.disclosure.rules import Rule
from halfdoor.disclosure.situation import Situation
from halfdoor.disclosure.table import Table
from halfdoor.disclosure.vocabulary import FACTS, Value

AT = datetime(2026, 11, 2, 10, tzinfo=UTC)
PLACE = "us"
ROUNDS = 9
PEERS = (handwritten, cedar, rego, zen)
SLOW = frozenset({cedar.NAME, rego.NAME, zen.NAME})
TARGETS = {
    "60 rules": {"diagram": (0.35, 0.7), "planes": (0.8, 1.5)},
    "full": {"diagram": (0.6, None), "planes": (2.0, None)},
}
FASTER_THAN = {cedar.NAME: 300, rego.NAME: 50, zen.NAME: 40}


def main() -> int:
    table = judge_for(PLACE, at=AT).table
    missed = [line for label, part in (("60 rules", part_of(table)), ("full", table)) for line in compare(label, part)]
    missed += own.measure(guided(table.deciding, 2000))
    print("\nMissed: " + "; ".join(missed) if missed else "\nEvery target is met.")
    return 0


def part_of(table: Table, *, rules: int = 60, facts: int = 17) -> Table:
    """Return the first rules of a table that name only its most used facts: the size that the targets were set for."""
    used = Counter(name for rule in table.deciding for box in rule.boxes for name in box)
    named = {name for name, _ in used.most_common(facts)}
    kept = [rule for rule in table.deciding if all(set(box) <= named for box in rule.boxes)][:rules]
    voices = tuple(tuple(rule for rule in voice if rule in kept) for voice in table.voices)
    return Table(table.packs, tuple(rule for rule in table.final if rule in kept), voices, ())


def compare(label: str, table: Table) -> list[str]:
    """Check that all agree, time them in turn, print the figures; return what missed its target."""
    names = {name for rule in table.deciding for box in rule.boxes for name in box}
    print(f"\n{label}: {len(table.deciding)} rules of {PLACE}, {len(names)} facts named")
    situations = guided(table.deciding, 10_000)
    contenders = own.evaluators(table) | {module.NAME: module.prepare(table) for module in PEERS}
    agree(contenders, situations)
    print(f"  all agree on {len(situations):,} situations")
    return report(label, time_in_turn(contenders, situations))


def guided(rules: Sequence[Rule], count: int) -> list[Situation]:
    """Return situations half of whose facts lie in the box of a rule, so that every rule has its turn."""
    chance = random.Random(20261121)
    found = []
    for place in range(count):
        values: dict[str, Value] = {}
        for fact in FACTS:
            known = [value for value in fact.values if not (fact.spreads and value == "unknown")]
            usual = fact.default if fact.default in known else chance.choice(known)
            values[fact.name] = chance.choice(known) if chance.random() < 0.2 else usual
        box = chance.choice(rules[place % len(rules)].boxes)
        values |= {name: chance.choice(sorted(allowed, key=str)) for name, allowed in box.items()}
        found.append(Situation.of(values, at=AT))
    return found


def agree(contenders: Mapping[str, Peer], situations: Iterable[Situation]) -> None:
    """:raises SystemExit: where two of them differ, naming the situation"""
    for situation in situations:
        answers = {name: peer.said(peer.answer(peer.encode(situation))) for name, peer in contenders.items()}
        if len(set(answers.values())) > 1:
            sys.exit(f"They disagree, so nothing is timed: {answers}\n{situation.as_json()}")


def time_in_turn(contenders: Mapping[str, Peer], situations: Sequence[Situation]) -> dict[str, list[float]]:
    """Return for each contender its microseconds a decision, round by round."""
    given = {
        name: [peer.encode(s) for s in situations[: 300 if name in SLOW else 3000]] for name, peer in contenders.items()
    }
    rounds: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(ROUNDS):
        for name, peer in contenders.items():
            rounds[name].append(microseconds(peer, given[name]))
    return rounds


def microseconds(peer: Peer, given: Sequence[object]) -> float:
    started = perf_counter_ns()
    if peer.answer_all:
        peer.answer_all(given)
    else:
        run(peer.answer, given)
    return (perf_counter_ns() - started) / len(given) / 1000


def run(answer: Callable[[object], object], given: Iterable[object]) -> None:
    for one in given:
        answer(one)


def report(label: str, rounds: Mapping[str, Sequence[float]]) -> list[str]:
    hand = rounds[handwritten.NAME]
    missed = []
    print(f"  {'':36}{'µs':>9}{'x hand-written':>17}")
    for name, figures in rounds.items():
        ratio = median(one / other for one, other in zip(figures, hand, strict=True))
        print(f"  {name:36}{median(figures):9.2f}{ratio:17.2f}")
        most, times = TARGETS[label].get(name, (None, None))
        missed += (
            [f"{label}, {name}: {median(figures):.2f} µs, target {most}"] if most and median(figures) > most else []
        )
        missed += [f"{label}, {name}: {ratio:.2f} x hand-written, target {times}"] if times and ratio > times else []
    for name, target in FASTER_THAN.items():
        ratio = median(other / one for one, other in zip(rounds["diagram"], rounds[name], strict=True))
        print(f"  the diagram is {ratio:,.0f} times as fast as {name} (target {target})")
        missed += [f"{label}: {ratio:.0f} x {name}, target {target}"] if ratio < target else []
    return missed


if __name__ == "__main__":
    sys.exit(main())
