"""Cedar, through cedarpy with prepared handles: which policies are satisfied is read from the diagnostics."""

from cedarpy import Entities, PolicySet, is_authorized, is_authorized_batch

from benchmarks.peers import SILENT, Peer, facts_named, least_open
from halfdoor.disclosure.exporting import FINAL, cedar, groups
from halfdoor.disclosure.situation import Situation
from halfdoor.disclosure.table import Table

NAME = "Cedar (cedarpy, prepared handles)"


def prepare(table: Table) -> Peer:
    names = facts_named(table.deciding)
    policies = PolicySet.from_str(cedar(table))
    entities = Entities.from_json_str("[]")
    voices = [group for group in groups(table) if group != FINAL]
    turns = {}

    def turn(said: str) -> tuple[int, str, int]:
        group, place, closedness, _ = said.split(" ")
        return int(place), group, int(closedness)

    def read(result: object) -> int:
        first = {}
        for said in result.diagnostics.id_annotations_by_reason.values():
            found = turns.get(said)
            if found is None:
                found = turns[said] = turn(said)
            place, group, closedness = found
            if group not in first or place < first[group][0]:
                first[group] = place, closedness
        final, *others = (first.get(group, (0, SILENT))[1] for group in (FINAL, *voices))
        return least_open(final, others)

    def encode(situation: Situation) -> object:
        context = {name: situation.values[name] for name in names}
        return {"principal": 'P::"p"', "action": 'Action::"a"', "resource": 'R::"r"', "context": context}

    return Peer(
        encode=encode,
        answer=lambda given: read(is_authorized(given, policies, entities)),
        answer_all=lambda given: [read(r) for r in is_authorized_batch(given, policies, entities)],
    )
