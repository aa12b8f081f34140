"""The table: the rules in force for a place on a day, in the order in which they are heard. All evaluators read it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from graphlib import CycleError, TopologicalSorter

from halfdoor.disclosure.geometry import covered, meet
from halfdoor.disclosure.records import Record, replace
from halfdoor.disclosure.rules import Box, Disposition, Pack, Rule, Speaker, Tier

_ANYWHERE: Box = {}


class Table(Record):
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
    """Rules that cannot be heard in any order that keeps what they say."""


def arrange(packs: Sequence[Pack], *, on: date, within: Box = _ANYWHERE) -> Table:
    """
    Return the table of these packs as it stands on a day.

    Where only situations in a box are put to it, ``within`` may say so: rules that only limit need less room then.

    :raises RuleOrderError: where ``over`` goes round in a circle, or a limit goes before what is less open
    """
    rules = [rule for pack in packs for rule in pack.rules if rule.in_force(on) and is_on(rule, packs)]
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
    voices = _limited(final, voices, within=within)
    return Table(tuple(packs), final, voices, tuple(rule for rule in rules if rule.effect is None))


def is_on(rule: Rule, packs: Iterable[Pack]) -> bool:
    """Whether a rule decides at all: an uncertain one does as a practice turned its switch, else as it came."""
    if rule.confidence == "uncertain":
        for pack in packs:
            if rule.id in pack.switch_on or rule.id in pack.switch_off:
                return rule.id not in pack.switch_off
    return rule.switched_on


def _limited(final: Sequence[Rule], voices: Sequence[tuple[Rule, ...]], *, within: Box) -> tuple[tuple[Rule, ...], ...]:
    """
    Return the voices with the rules that only limit as they read inside a box.

    A box of theirs stands as it is where another rule is heard anyway, which it can only narrow. Otherwise it might
    speak alone, and so it is left only where it meets a box of another rule that is as open, or more.
    """
    others = [rule for voice in (final, *voices) for rule in voice if not rule.only_limits]
    heard = [box for rule in others for box in rule.boxes]

    def here(rule: Rule) -> Rule:
        as_open = [box for other in others if _closedness(other) <= _closedness(rule) for box in other.boxes]
        boxes = tuple(part for box in rule.boxes for part in _limiting(box, heard, as_open, within=within))
        return rule if boxes == rule.boxes else replace(rule, boxes=boxes)

    for voice in voices:
        _check_limits(voice)
    return tuple(tuple(here(rule) if rule.only_limits else rule for rule in voice) for voice in voices)


def _check_limits(voice: Sequence[Rule]) -> None:
    for place, rule in enumerate(voice):
        for later in voice[place:] if rule.only_limits else ():
            if _closedness(later) > _closedness(rule):
                raise RuleOrderError(f"{rule.id} only limits, and so cannot go before {later.id}, which is less open")


def _limiting(box: Box, heard: Sequence[Box], as_open: Sequence[Box], *, within: Box) -> Iterator[Box]:
    """Yield a box where one of those heard is always there; else what of it lies in those that are open."""
    inside = meet(box, within)
    if inside is None or covered(inside, heard):
        yield box
    else:
        yield from filter(None, (meet(box, other) for other in as_open))


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
    return -_closedness(rule), rule.id


def _closedness(rule: Rule) -> int:
    assert rule.effect is not None, f"an always-rule does not decide: {rule.id}"
    return rule.effect.closedness


CLOSED = Disposition.WITHHOLD
"""The answer where every voice is silent."""
