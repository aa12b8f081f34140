"""Rego, through regorus: a chain of ``else`` for the final tiers and one for each voice; the answer is made in Rego."""

import json
import tempfile
from pathlib import Path

from opa_eval import OpaEval

from benchmarks.peers import Peer, facts_named
from halfdoor.disclosure.exporting import rego
from halfdoor.disclosure.table import Table

NAME = "Rego (regorus)"


def prepare(table: Table) -> Peer:
    names = facts_named(table.deciding)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rules.rego"
        path.write_text(rego(table), encoding="utf-8")
        engine = OpaEval(str(path), query="data.halfdoor.answer")
    return Peer(
        encode=lambda situation: json.dumps({name: situation.values[name] for name in names}),
        answer=lambda given: int(engine.evaluate(given)),
    )
