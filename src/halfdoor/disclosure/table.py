"""The table: the rules in force for a place on a day, in the order in which they are heard. All evaluators read it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from graphlib import CycleError, TopologicalSorter

from halfdoor.disclosure.rules import Disposition, Pack, Rule, Speaker, Tier


@dataclass(frozen=True, slots=True)
class Table:
    """
    Rules that decide, in order, and rules that only bring obligations.

    ``final`` holds the tiers from duty to safety: the first match decides. Otherwise each of ``voices`` (law, ethics,
    practice) that is not silent says its first match, and the least open of them is the answer, on a tie the earlier
    voice's; all silent means withhold.
    """

    packs: tuple[Pack, ...]
    final: tuple[Rule, ...]
    voices: tuple[tuple[Rule, ...], ...]
    always: tuple[Rule, ...]

    @property
    def deciding(self) -> tuple[Rule, ...]:
        """All rules with an effect: the final ones, then voice by voice. Evaluators number rules by this order."""
        return self.final + tuple(rule for voice in self.voices for rule in voice)


class RuleOrderError(ValueError):
    """Two rules of one tier each claim to go before the other."""


def arrange(packs: Sequence[Pack], *, on: date) -> Table:
    """
    Return the table of these packs as it stands on a day.

    :raises RuleOrderError: where ``over`` goes round in a circle
    """
    rules = [rule for pack in packs for rule in pack.rules if rule.in_force(on) and rule.switched_on]
    deciding = [rule for rule in rules if rule.effect is not None]
    final = tuple(rule for tier in Tier if tier.is_final for rule in _ranked(r for r in deciding if r.tier is tier))
    voices = tuple(
        tuple(
            rule
            for tier in Tier
            if not tier.is_final
            for rule in _ranked(r for r in deciding if r.tier is tier and r.speaker is speaker)
        )
        for speaker in Speaker
    )
    return Table(tuple(packs), final, voices, tuple(rule for rule in rules if rule.effect is None))


def _ranked(rules: Iterable[Rule]) -> list[Rule]:
    """Order the rules of one tier: what is over another first, then the least open, then by id."""
    by_id = {rule.id: rule for rule in rules}
    sorter: TopologicalSorter[str] = TopologicalSorter(dict.fromkeys(by_id, ()))
    for rule in by_id.values():
        for beaten in rule.over:
            if beaten in by_id:
                sorter.add(beaten, rule.id)
    try:
        sorter.prepare()
    except CycleError as error:
        raise RuleOrderError(f"'over' goes round in a circle: {' > '.join(error.args[1])}") from None
    ranked: list[Rule] = []
    ready: list[Rule] = []
    while sorter.is_active():
        ready += [by_id[rule_id] for rule_id in sorter.get_ready()]
        ready.sort(key=_standing)
        first = ready.pop(0)
        ranked.append(first)
        sorter.done(first.id)
    return ranked


def _standing(rule: Rule) -> tuple[int, str]:
    assert rule.effect is not None, f"an always-rule does not decide: {rule.id}"
    return -rule.effect.closedness, rule.id


CLOSED = Disposition.WITHHOLD
"""The answer where every voice is silent."""
