"""
Other engines, given the same rules: each module has ``NAME`` and ``prepare(table) -> Peer``.

Unless it says otherwise, a peer answers with a place in ``ORDER``. None of them is a dependency of the product.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from halfdoor.disclosure.rules import Disposition, Rule
from halfdoor.disclosure.situation import Situation
from halfdoor.disclosure.vocabulary import BY_NAME

ORDER = tuple(Disposition)
SILENT = -1
"""A voice that no rule speaks for."""


@dataclass(frozen=True)
class Peer:
    """
    ``encode`` turns one situation into what the peer wants to be handed, ``said`` its answer into a disposition (not
    timed); ``answer`` answers one situation a call, ``answer_all`` a list at once where a peer is faster so (timed).
    """

    encode: Callable[[Situation], object]
    answer: Callable[[object], object]
    answer_all: Callable[[Sequence[object]], object] | None = None
    said: Callable[[object], Disposition] = ORDER.__getitem__


def effect_of(rule: Rule) -> int:
    assert rule.effect is not None, f"an always-rule does not decide: {rule.id}"
    return rule.effect.closedness


def facts_named(rules: Sequence[Rule]) -> tuple[str, ...]:
    """The facts that these rules name, in the order of the contract."""
    named = {name for rule in rules for box in rule.boxes for name in box}
    return tuple(name for name in BY_NAME if name in named)


def least_open(final: int, voices: Sequence[int]) -> int:
    """The first match of the final tiers, else the least open of the voices that speak, else withhold."""
    if final != SILENT:
        return final
    return max((voice for voice in voices if voice != SILENT), default=len(ORDER) - 1)
