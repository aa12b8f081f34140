"""Cedar, through cedarpy with prepared handles: one permit a box; which of them fired is read from the diagnostics."""

import json
from itertools import accumulate

from cedarpy import Entities, PolicySet, is_authorized, is_authorized_batch

from benchmarks.peers import SILENT, Peer, effect_of, facts_named, least_open
from halfdoor.disclosure.situation import Situation
from halfdoor.disclosure.table import Table
from halfdoor.disclosure.vocabulary import Value

NAME = "Cedar (cedarpy, prepared handles)"


def prepare(table: Table) -> Peer:
    rules = table.deciding
    names = facts_named(rules)
    policies = PolicySet.from_str("\n".join(_policy(i, box) for i, rule in enumerate(rules) for box in rule.boxes))
    entities = Entities.from_json_str("[]")
    effects = [effect_of(rule) for rule in rules]
    ends = list(accumulate(map(len, (table.final, *table.voices))))
    group_of = [sum(i >= end for end in ends) for i in range(len(rules))]

    def read(result: object) -> int:
        fired = sorted(int(i) for i in result.diagnostics.id_annotations_by_reason.values())
        first = [SILENT] * len(ends)
        for i in reversed(fired):
            first[group_of[i]] = effects[i]
        return least_open(first[0], first[1:])

    def encode(situation: Situation) -> object:
        context = {name: situation.values[name] for name in names}
        return {"principal": 'P::"p"', "action": 'Action::"a"', "resource": 'R::"r"', "context": context}

    return Peer(
        encode=encode,
        answer=lambda given: read(is_authorized(given, policies, entities)),
        answer_all=lambda given: [read(r) for r in is_authorized_batch(given, policies, entities)],
    )


def _policy(place: int, box: object) -> str:
    tests = [_test(name, allowed) for name, allowed in box.items()]
    return f'@id("{place}") permit(principal, action, resource) when {{ {" && ".join(tests) or "true"} }};'


def _test(name: str, allowed: frozenset[Value]) -> str:
    if len(allowed) == 1:
        return f"context.{name} == {json.dumps(next(iter(allowed)))}"
    if all(isinstance(value, int) for value in allowed) and len(allowed) == max(allowed) - min(allowed) + 1:
        return f"context.{name} >= {min(allowed)} && context.{name} <= {max(allowed)}"
    return f"{json.dumps(sorted(allowed, key=str))}.contains(context.{name})"
