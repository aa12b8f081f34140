"""
Proving: what holds of every situation, not only of those somebody thought of.

A proof grows the diagram of the table inside the box of the invariant, with leaves that tell only allowed answers from
others; a leaf that is not allowed is a breach, and the way to it a witness. A diagram over budget raises ``TooLarge``:
what was not proved is never taken for proved.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from halfdoor.disclosure.boxes import speakable
from halfdoor.disclosure.branching import branches
from halfdoor.disclosure.diagram import Forest, Node, below, side_by_side, sides
from halfdoor.disclosure.paths import complete, nearest, unusual
from halfdoor.disclosure.planes import Planes
from halfdoor.disclosure.records import Record, replace
from halfdoor.disclosure.rules import Box, Invariant, Rule
from halfdoor.disclosure.survey import BUDGET, Survey
from halfdoor.disclosure.table import Table
from halfdoor.disclosure.vocabulary import FACTS, Fact, Value

PROOF_BUDGET = 4 * BUDGET

CAUTIONS: Mapping[str, Value] = {"suspected_of_harm": "yes", "kept_private": "yes", "substance_use_programme": "yes"}
"""Marks that may only close: whoever sets one never finds an answer more open than before."""


class Breach(Record):
    """A situation, whole and by fact name, of which an invariant does not hold."""

    invariant: str
    says: str
    values: Mapping[str, Value]


def breaches(survey: Survey, invariants: Sequence[Invariant], *, places: frozenset[Value]) -> Iterator[Breach]:
    """
    Yield a witness against each invariant, and each law of caution, that does not hold in these places.

    :raises TooLarge: where a proof would need too many nodes
    """
    for invariant in invariants:
        witness = breach(survey, invariant, places=places)
        if witness is not None:
            yield Breach(invariant.id, invariant.says, witness)
    yield from incautious(survey, within={"place": places})


def breach(survey: Survey, invariant: Invariant, *, places: frozenset[Value]) -> Mapping[str, Value] | None:
    """Return a situation in these places whose answer the invariant does not allow."""
    ranks = sides(invariant.allowed)
    allowed = {ranks[disposition.closedness] for disposition in invariant.allowed}
    for box in invariant.boxes:
        within = {**box, "place": box.get("place", places) & places}
        if within["place"]:
            forest = Forest(survey.order, budget=PROOF_BUDGET)
            root = survey.answers(within, ranks=ranks, forest=forest)
            found = nearest(root, lambda rank: rank not in allowed)
            if found is not None:
                return complete(found[1], within=within)
    return None


def is_guarded(planes: Planes, invariant: Invariant, *, places: frozenset[Value]) -> bool:
    """Whether the invariant would break without the rules that keep it. Else it says nothing about the rules."""
    return _hole(planes, _keeping(planes, invariant), invariant, places=places) is not None


def guards(planes: Planes, invariant: Invariant, *, places: frozenset[Value]) -> tuple[Rule, ...]:
    """
    Return rules without which the invariant would break, none of them too many; none where nothing could ever break it.

    In one situation only the rules that match there can be to blame. So each hole leaves few of them, and it is enough
    to ask whether it would break without even fewer.
    """

    def least(gone: Sequence[Rule]) -> Sequence[Rule] | None:
        """Return as few of these rules as it breaks without; None where it holds without all of them."""
        hole = _hole(planes, gone, invariant, places=places)
        if hole is None:
            return None
        blamed = _to_blame(planes, gone, invariant, hole)
        fewer = ([rule for rule in blamed if rule is not kept] for kept in blamed)
        return next((some for some in map(least, fewer) if some is not None), blamed)

    return tuple(least(_keeping(planes, invariant)) or ())


def _keeping(planes: Planes, invariant: Invariant) -> Sequence[Rule]:
    return [rule for rule in planes.table.deciding if rule.effect in invariant.allowed]


def _hole(
    planes: Planes, gone: Sequence[Rule], invariant: Invariant, *, places: frozenset[Value]
) -> Mapping[str, Value] | None:
    """Return a situation in which an invariant does not hold without some rules; nothing that spreads is unknown."""
    ranks = sides(invariant.allowed)
    allowed = {ranks[disposition.closedness] for disposition in invariant.allowed}
    for box in invariant.boxes:
        within = {**box, "place": box.get("place", places) & places}
        free = {fact.name: list(_possible(fact, within)) for fact in FACTS}
        root = branches(planes, {}, free, without=planes.boxes(gone), ranks=ranks, effort=unusual)
        found = nearest(root, lambda rank: rank not in allowed) if within["place"] else None
        if found is not None:
            return {name: found[1].get(name, min(some, key=partial(unusual, name))) for name, some in free.items()}
    return None


def _to_blame(planes: Planes, gone: Sequence[Rule], invariant: Invariant, hole: Mapping[str, Value]) -> Sequence[Rule]:
    """Return as few of the rules that are gone as are enough for the hole."""
    blamed = [rule for rule in gone if rule.matches(hole)]
    for rule in tuple(blamed):
        others = [other for other in blamed if other is not rule]
        if planes.said(planes.where(hole) & ~planes.boxes(others)) not in invariant.allowed:
            blamed = others
    return blamed


def without(table: Table, rules: Sequence[Rule]) -> Table:
    """Return the table as if these rules had never been written."""
    gone = {rule.id for rule in rules}
    return replace(
        table,
        final=tuple(rule for rule in table.final if rule.id not in gone),
        voices=tuple(tuple(rule for rule in voice if rule.id not in gone) for voice in table.voices),
    )


def incautious(survey: Survey, *, within: Box) -> Iterator[Breach]:
    """
    Yield a witness for each way in which more caution would make an answer more open, inside a box.

    Setting one of the ``CAUTIONS``, or making a known fact unknown, must never do that. (Facts that are decided over
    all values cannot: there the least open answer stands.)
    """
    forest = Forest(survey.order, budget=PROOF_BUDGET)
    root = survey.answers(within, forest=forest)
    nodes: dict[str, list[Node]] = {}
    for node in below(root):
        nodes.setdefault(node.name, []).append(node)
    never: set[tuple[Node, Node]] = set()
    for fact in FACTS:
        wary = CAUTIONS.get(fact.name, "unknown")
        asking = [node for node in nodes.get(fact.name, ()) if wary in node.children]
        for value in _possible(fact, within) if asking else ():
            if any(_opens(node.children[value], node.children[wary], never) for node in asking):
                opened = forest.merge(
                    forest.copy(root, fixed={fact.name: value}),
                    forest.copy(root, fixed={fact.name: wary}),
                    lambda before, after: int(after < before),
                )
                found = nearest(opened, bool)
                assert found is not None, "what opens somewhere has a way there"
                says = f"{fact.path}: {wary} instead of {value} never makes an answer more open"
                witness = complete({**found[1], fact.name: value}, within=within)
                yield Breach(f"caution.{fact.name}", says, witness)


def _possible(fact: Fact, within: Box) -> Iterator[Value]:
    """Yield the values that a fact may be known to have inside a box."""
    allowed = within.get(fact.name)
    return (value for value in speakable(fact) if allowed is None or value in allowed)


def _opens(before: Node, after: Node, never: set[tuple[Node, Node]]) -> bool:
    """Whether some situation has a more open answer after than before. ``never`` remembers where none has."""
    if after.lowest >= before.highest or (before, after) in never:
        return False
    if not (before.name or after.name):
        return True
    if any(_opens(child, twin, never) for _, child, twin in side_by_side(before, after)):
        return True
    never.add((before, after))
    return False
