"""Rego, through regorus: a chain of ``else`` for the final tiers and one for each voice; the answer is made in Rego."""

import json
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from opa_eval import OpaEval

from benchmarks.peers import Peer, effect_of, facts_named
from halfdoor.disclosure.rules import Rule
from halfdoor.disclosure.table import Table
from halfdoor.disclosure.vocabulary import Value

NAME = "Rego (regorus)"


def prepare(table: Table) -> Peer:
    names = facts_named(table.deciding)
    chains = {"final": table.final} | {f"voice{i}": voice for i, voice in enumerate(table.voices) if voice}
    voices = [name for name in chains if name != "final"]
    parts = ["package halfdoor", "import rego.v1", *(_chain(name, rules) for name, rules in chains.items())]
    parts += [f"spoken := [v | some v in [{', '.join(voices)}]; v >= 0]", "default answer := 5"]
    parts += ["answer := final if final >= 0 else := max(spoken) if count(spoken) > 0"]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rules.rego"
        path.write_text("\n\n".join(parts), encoding="utf-8")
        engine = OpaEval(str(path), query="data.halfdoor.answer")
    return Peer(
        encode=lambda situation: json.dumps({name: situation.values[name] for name in names}),
        answer=lambda given: int(engine.evaluate(given)),
    )


def _chain(name: str, rules: Sequence[Rule]) -> str:
    tests = [(effect_of(rule), box) for rule in rules for box in rule.boxes]
    arms = [f":= {effect} if {{ {_body(box)} }}" for effect, box in tests]
    return f"default {name} := -1\n{name} " + " else ".join(arms)


def _body(box: Mapping[str, frozenset[Value]]) -> str:
    return "; ".join(_test(name, allowed) for name, allowed in box.items()) or "true"


def _test(name: str, allowed: frozenset[Value]) -> str:
    if len(allowed) == 1:
        return f"input.{name} == {json.dumps(next(iter(allowed)))}"
    return f"input.{name} in {{{', '.join(json.dumps(value) for value in sorted(allowed, key=str))}}}"
