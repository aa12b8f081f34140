"""
Proving: what holds of every situation, not only of those somebody thought of.

A proof grows the diagram of the table inside the box of the invariant, with leaves that tell only allowed answers from
others; a leaf that is not allowed is a breach, and the way to it a witness. A diagram over budget raises ``TooLarge``:
what was not proved is never taken for proved.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from halfdoor.disclosure.diagram import DISPOSITIONS, Forest
from halfdoor.disclosure.growing import BUDGET, grow
from halfdoor.disclosure.layout import Layout, Ranks, by_disposition
from halfdoor.disclosure.paths import complete, known, nearest
from halfdoor.disclosure.rules import Disposition, Invariant, Rule
from halfdoor.disclosure.table import CLOSED, Table
from halfdoor.disclosure.vocabulary import FACTS, Value

PROOF_BUDGET = 4 * BUDGET

CAUTIONS: Mapping[str, Value] = {"suspected_of_harm": "yes", "kept_private": "yes", "substance_use_programme": "yes"}
"""Marks that may only close: whoever sets one never finds an answer more open than before."""


@dataclass(frozen=True, slots=True)
class Breach:
    """A situation, whole and by fact name, of which an invariant does not hold."""

    invariant: str
    says: str
    values: Mapping[str, Value]


def breaches(table: Table, invariants: Sequence[Invariant], *, places: frozenset[Value]) -> Iterator[Breach]:
    """
    Yield a witness against each invariant, and each law of caution, that does not hold in these places.

    :raises TooLarge: where a proof would need too many nodes
    """
    layout = Layout(table)
    for invariant in invariants:
        witness = breach(layout, invariant, places=places)
        if witness is not None:
            yield Breach(invariant.id, invariant.says, witness)
    yield from incautious(layout, places=places)


def breach(layout: Layout, invariant: Invariant, *, places: frozenset[Value]) -> Mapping[str, Value] | None:
    """Return a situation in these places whose answer the invariant does not allow."""
    ranks, allowed = _sides(layout.table, invariant.allowed)
    for box in invariant.boxes:
        here = box.get("place", places) & places
        if not here:
            continue
        within = {**box, "place": here}
        root = grow(layout, ranks, forest=Forest(layout.order, budget=PROOF_BUDGET), within=known(within))
        found = nearest(root, lambda rank: rank not in allowed)
        if found is not None:
            return complete(found[1], within=within)
    return None


def _sides(table: Table, allowed: frozenset[Disposition]) -> tuple[Ranks, frozenset[int]]:
    """Return ranks that tell dispositions apart only where allowed ones end, and those of them that are allowed."""
    side = [0]
    for one, other in pairwise(DISPOSITIONS):
        side.append(side[-1] + ((one in allowed) != (other in allowed)))
    ranks = tuple(side[rule.effect.closedness] for rule in table.deciding if rule.effect is not None)
    return Ranks(ranks, side[CLOSED.closedness]), frozenset(side[disposition.closedness] for disposition in allowed)


def guards(table: Table, invariant: Invariant, *, places: frozenset[Value]) -> tuple[Rule, ...]:
    """
    Return a smallest set of rules without which the invariant would break; none where nothing could ever break it.

    An invariant that no rule guards says nothing about the rules.
    """

    def breaks(removed: Sequence[Rule]) -> bool:
        return breach(Layout(without(table, removed)), invariant, places=places) is not None

    def needed(removed: Sequence[Rule], candidates: Sequence[Rule]) -> list[Rule]:
        """Return as few of the candidates as must go besides what is removed already."""
        if breaks(removed):
            return []
        if len(candidates) == 1:
            return list(candidates)
        half = len(candidates) // 2
        first, second = candidates[:half], candidates[half:]
        late = needed([*removed, *first], second)
        return needed([*removed, *late], first) + late

    closing = [rule for rule in table.deciding if rule.effect in invariant.allowed]
    return tuple(needed([], closing)) if breaks(closing) else ()


def without(table: Table, rules: Sequence[Rule]) -> Table:
    """Return the table as if these rules had never been written."""
    gone = {rule.id for rule in rules}
    return replace(
        table,
        final=tuple(rule for rule in table.final if rule.id not in gone),
        voices=tuple(tuple(rule for rule in voice if rule.id not in gone) for voice in table.voices),
    )


def incautious(layout: Layout, *, places: frozenset[Value]) -> Iterator[Breach]:
    """
    Yield a witness for each way in which more caution would make an answer more open.

    Setting one of the ``CAUTIONS``, or making a known fact unknown, must never do that. (Facts that are decided over
    all values cannot: there the least open answer stands.)
    """
    within = known({"place": places})
    forest = Forest(layout.order, budget=PROOF_BUDGET)
    root = grow(layout, by_disposition(layout.table), forest=forest, within=within)
    for fact in FACTS:
        wary = CAUTIONS.get(fact.name, "unknown")
        if fact.name not in layout.levels or wary not in within.get(fact.name, fact.values):
            continue
        level = layout.level(fact.name, within)
        after = forest.restrict(root, {fact.name: wary})
        for value in dict(zip(level.classes, level.values, strict=True)).values():
            before = forest.restrict(root, {fact.name: value})
            found = nearest(forest.merge(before, after, _opens_more), bool)
            if found is not None:
                says = f"{fact.path}: {wary} instead of {value} never makes an answer more open"
                yield Breach(
                    f"caution.{fact.name}", says, complete({**found[1], fact.name: value}, within={"place": places})
                )


def _opens_more(before: int, after: int) -> int:
    return int(after < before)
