"""
Outside judges: Cedar and Rego answer 10,000 random situations in every place by the exported rules, as we must.

Run it with `python -m benchmarks.judges [PLACE ...]`, after `make bench` has installed the two. ``--fault`` hands them
a copy of each table with one rule turned round, to see that they notice.
"""

import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from time import perf_counter

from benchmarks.engine import AT, guided
from benchmarks.peers import cedar, rego
from halfdoor.disclosure.judging import judge_for
from halfdoor.disclosure.records import replace
from halfdoor.disclosure.rules import Disposition, Rule
from halfdoor.disclosure.table import Table
from halfdoor.disclosure.vocabulary import BY_NAME

HOW_MANY = 10_000
PLACES = tuple(map(str, BY_NAME["place"].values))


def main(arguments: Sequence[str]) -> int:
    started = perf_counter()
    fault = "--fault" in arguments
    places = [place for place in arguments if place != "--fault"] or PLACES
    with ProcessPoolExecutor(max_workers=2) as pool:
        found = dict(zip(places, pool.map(disagreements, places, [fault] * len(places)), strict=True))
    for place, lines in found.items():
        print("\n".join([f"{place}: {len(lines)} disagreements", *lines[:3]])) if lines else None
    differing = sum(map(len, found.values()))
    took = perf_counter() - started
    print(
        f"Outside judges: Cedar and Rego on {HOW_MANY:,} situations in each of {len(places)} places:"
        f" {differing} disagreements, {took:.0f} s"
    )
    return 1 if differing else 0


def disagreements(place: str, fault: bool) -> list[str]:
    """Return each situation that one of the judges answers otherwise, in words."""
    judge = judge_for(place, at=AT)
    table = _with_a_fault(judge.table) if fault else judge.table
    situations = [situation.but(place=place) for situation in guided(judge.table.deciding, HOW_MANY)]
    ours = [judge.disposition(situation) for situation in situations]
    found = []
    for module in (cedar, rego):
        peer = module.prepare(table)
        given = [peer.encode(situation) for situation in situations]
        answers = peer.answer_all(given) if peer.answer_all else map(peer.answer, given)
        for situation, our, their in zip(situations, ours, map(peer.said, answers), strict=True):
            if our is not their:
                found.append(f"  {module.NAME} says {their}, we {our}: {situation!r}")
    return found


def _with_a_fault(table: Table) -> Table:
    def turned(rule: Rule) -> Rule:
        return replace(rule, effect=Disposition.WITHHOLD if rule.effect.opens else Disposition.MAY_SHARE)

    return replace(table, final=(*table.final[:-1], turned(table.final[-1])))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
