"""GoRules' zen-engine: a first-hit decision table for the final tiers and one for each voice, evaluated in batches."""

import json
from collections.abc import Sequence

from zen import ZenDecisionContent, ZenEngine

from benchmarks.peers import Peer, effect_of, facts_named, least_open
from halfdoor.disclosure.rules import Box, Rule
from halfdoor.disclosure.situation import Situation
from halfdoor.disclosure.table import Table

NAME = "zen-engine (batch)"


def prepare(table: Table) -> Peer:
    names = facts_named(table.deciding)
    groups = {"final": table.final} | {f"voice{i}": voice for i, voice in enumerate(table.voices) if voice}
    nodes = [{"id": "in", "name": "in", "type": "inputNode"}, {"id": "out", "name": "out", "type": "outputNode"}]
    edges = []
    for group, rules in groups.items():
        nodes.append({"id": group, "name": group, "type": "decisionTableNode", "content": _table(group, rules)})
        edges += [{"id": f"a{group}", "sourceId": "in", "targetId": group, "type": "edge"}]
        edges += [{"id": f"b{group}", "sourceId": group, "targetId": "out", "type": "edge"}]
    content = ZenDecisionContent(json.dumps({"nodes": nodes, "edges": edges}))
    engine = ZenEngine({"loader": lambda _key: content})

    def read(result: object) -> int:
        said = result["data"]["result"]
        return least_open(said["final"], [said[group] for group in groups if group != "final"])

    def encode(situation: Situation) -> object:
        return {"key": "rules", "context": {name: situation.values[name] for name in names}}

    def answer_all(given: Sequence[object]) -> list[int]:
        return [read(result) for result in engine.evaluate_batch(list(given))]

    return Peer(encode=encode, answer=lambda given: answer_all([given])[0], answer_all=answer_all)


def _table(group: str, rules: Sequence[Rule]) -> object:
    names = facts_named(rules)
    rows = [
        _row(group, f"{rule.id}/{i}", box, effect_of(rule), names) for rule in rules for i, box in enumerate(rule.boxes)
    ]
    rows.append(_row(group, "silent", {}, -1, names))
    inputs = [{"id": name, "name": name, "field": name} for name in names]
    return {
        "hitPolicy": "first",
        "inputs": inputs,
        "outputs": [{"id": group, "name": group, "field": group}],
        "rules": rows,
    }


def _row(group: str, row: str, box: Box, effect: int, names: Sequence[str]) -> dict[str, str]:
    cells = {
        name: ", ".join(json.dumps(v) for v in sorted(box[name], key=str)) if name in box else "" for name in names
    }
    return {"_id": row, **cells, group: str(effect)}
