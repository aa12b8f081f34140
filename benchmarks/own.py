"""The engine as a contender, and the figures that only it has: explanation, unknowns, lists, loading, proofs."""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from statistics import median
from time import perf_counter_ns

from benchmarks.peers import Peer
from halfdoor.disclosure.deciding import Judge
from halfdoor.disclosure.judging import judge_for
from halfdoor.disclosure.listing import plan
from halfdoor.disclosure.loading import shipped
from halfdoor.disclosure.proving import breaches
from halfdoor.disclosure.rules import Disposition
from halfdoor.disclosure.situation import Situation
from halfdoor.disclosure.survey import Survey
from halfdoor.disclosure.table import Table
from halfdoor.disclosure.vocabulary import Value
from halfdoor.disclosure.walking import Walk, numbered

AT = datetime(2026, 11, 2, 10, tzinfo=UTC)
EIGHT = ("age", "status", "kept_private", "given_in_confidence", "about_third_party", "suspected_of_harm")
EIGHT += ("substance_use_programme", "asking_raises_risk")
ITEM_FACTS = ("category", "kept_private", "given_in_confidence", "about_third_party", "source_promised_confidence")
ITEM_FACTS += ("marks_cover",)
CIRCLE = ("parent", "step_parent", "guardian", "relative", "residential_carer", "social_worker", "therapist")
WISHES = ("not_asked", "agrees", "agrees_in_part", "objects")
ON_RECORD = {"place": "us", "setting": "outpatient", "age": 15, "status": "minor", "legal_basis": "parent_consent"}
OPENING = frozenset(disposition for disposition in Disposition if disposition.opens)
FRESH = """
import sys, time, tracemalloc
tracemalloc.start() if sys.argv[1] == "memory" else None
started = time.perf_counter()
from halfdoor.disclosure import decide, judge_for
imported = time.perf_counter()
memory = tracemalloc.get_traced_memory()[1] / 2**20
from datetime import UTC, datetime
judge_for("us", at=datetime(2026, 11, 2, 10, tzinfo=UTC))
loaded = time.perf_counter()
print({"memory": memory, "import": (imported - started) * 1000, "load": (loaded - imported) * 1000}[sys.argv[1]])
"""


def evaluators(table: Table) -> dict[str, Peer]:
    """The two compiled forms of a table, each called as the product calls it."""
    judge = Judge(table)
    diagram = Survey(table).diagram
    assert diagram, "the diagram is over its budget of nodes, so there is nothing to measure"
    return {
        "diagram": Peer(lambda situation: numbered(situation.values), Walk(diagram).disposition, said=Disposition),
        "planes": Peer(lambda situation: situation, judge.disposition, said=Disposition),
    }


def measure(situations: Sequence[Situation]) -> list[str]:
    """Print the engine's own figures with the packs of one place; return what missed its target."""
    judge = judge_for("us", at=AT)
    unknown = [s.but(**dict.fromkeys(EIGHT, "unknown")) for s in situations[:300]]
    figures = [
        ("explanation with obligations, µs", 3, median(each(lambda s: explain(judge, s), situations[:2000]))),
        ("answer with 8 facts unknown, µs", 50, median(each(judge.disposition, unknown))),
        (
            "cheapest change, median µs",
            None,
            median(changes := each(lambda s: judge.decide(s).would_change, situations[:200])),
        ),
        ("cheapest change, worst ms", 2, max(changes) / 1000),
        ("plan for a list, median µs", 200, median(plans := each(lambda facts: listed(judge, facts), viewers()))),
        ("plan for a list, worst µs", None, max(plans)),
        ("load and compile one place, cold ms", 150, median(in_a_fresh_process("load") for _ in range(5))),
        ("the same, cached, ms", 1, median(each(lambda _: judge_for("us", at=AT), range(100))) / 1000),
        ("import, ms", 10, median(in_a_fresh_process("import") for _ in range(5))),
        ("import, MiB", 5, in_a_fresh_process("memory")),
        _slowest({pack.id: proofs(pack.id) for pack in shipped()}),
    ]
    print("\nThe engine alone, packs of us")
    for name, target, figure in figures:
        print(f"  {name:52}{figure:10.2f}{f'   target {target}' if target else ''}")
    return [f"{name}: {figure:.2f}, target {target}" for name, target, figure in figures if target and figure > target]


def _slowest(proved: Mapping[str, float]) -> tuple[str, float, float]:
    pack = max(proved, key=proved.__getitem__)
    return f"all invariants of a pack, worst of {len(proved)}, ms: {pack}", 1000, proved[pack]


def viewers() -> list[dict[str, Value]]:
    """Return what is on record about different people of a circle, each with another wish of the young person."""
    known = {**ON_RECORD, "identity": "verified", "authority": "full", "purpose": "support"}
    return [{**known, "relation": relation, "wish": wish} for relation in CIRCLE for wish in WISHES]


def listed(judge: Judge, facts: Mapping[str, Value]) -> object:
    """Plan a list as the gate does when it meets these facts for the first time; it keeps the plan."""
    return plan(judge, facts, ITEM_FACTS, answers=OPENING)


def explain(judge: Judge, situation: Situation) -> object:
    decision = judge.decide(situation)
    return decision.reasons, decision.obligations, decision.overridden, decision.ask, decision.assess


def each(act: Callable[..., object], given: Sequence[object]) -> list[float]:
    """Return the microseconds of each call, after one round to warm up."""
    figures = []
    for timed in (False, True):
        for one in given:
            started = perf_counter_ns()
            act(one)
            figures += [(perf_counter_ns() - started) / 1000] if timed else []
    return figures


def in_a_fresh_process(what: str) -> float:
    # Compiled files are kept between runs, as they are in service.
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, "-c", FRESH, what]
    done = subprocess.run(command, env=kept, capture_output=True, text=True, check=True)
    return float(done.stdout)


def proofs(pack_id: str) -> float:
    """Return the milliseconds in which all invariants of a pack are proved, for the first place that it speaks for."""
    pack = next(pack for pack in shipped() if pack.id == pack_id)
    place = min(pack.places)
    table = judge_for(place, at=AT).table
    started = perf_counter_ns()
    found = list(breaches(Survey(table), pack.invariants, places=frozenset({place})))
    assert not found, f"an invariant of {pack_id} does not hold: {found[0]}"
    return (perf_counter_ns() - started) / 1e6
