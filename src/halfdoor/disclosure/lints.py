"""What can be wrong with packs that can be read: warnings for whoever writes rules, never a reason not to decide."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import combinations

from halfdoor.disclosure.geometry import covered, meet
from halfdoor.disclosure.records import Record
from halfdoor.disclosure.rules import Box, Pack, Rule, Tier
from halfdoor.disclosure.table import Table, arrange, is_on
from halfdoor.disclosure.vocabulary import BY_NAME, Value


class Lint(Record):
    """
    One warning. ``about`` names the lint, ``rule`` the rule that should be looked at, ``named`` what else it speaks of:
    a fact, a day, other rules; pages say the same in the reader's language.
    """

    about: str
    rule: str
    says: str
    named: tuple[str, ...] = ()


def lint(packs: Sequence[Pack], *, on: date) -> tuple[Lint, ...]:
    """Return all warnings about packs that speak together, as they stand on a day."""
    table = arrange(packs, on=on)
    rules = [rule for pack in packs for rule in pack.rules]
    return (
        *_each(rules, packs, on=on),
        *_names(packs),
        *_overlaps(table),
        *_never_deciding(table),
        *_opening_what_is_closed(table),
    )


def _each(rules: Iterable[Rule], packs: Sequence[Pack], *, on: date) -> Iterator[Lint]:
    for rule in rules:
        if not rule.cites:
            yield Lint("no-citation", rule.id, "Say where this rule can be checked.")
        if rule.reviewed == "no":
            yield Lint("not-reviewed", rule.id, "Nobody has reviewed this rule; every answer that rests on it says so.")
        if not rule.in_force(on):
            day = on.isoformat()
            yield Lint("outside-its-dates", rule.id, f"This rule is not in force on {day}.", (day,))
        for name in _opened_by_not_knowing(rule):
            says = f"Not knowing {name} would open what knowing it can leave closed."
            yield Lint("opens-on-unknown", rule.id, says, (name,))
        if not is_on(rule, packs):
            yield Lint("switched-off", rule.id, "This law may not be in force; it decides nothing here. Read it.")


def _opened_by_not_knowing(rule: Rule) -> Iterator[str]:
    """Yield the facts of an opening rule whose unknown it allows, though not all of their values."""
    for name in dict.fromkeys(name for box in rule.boxes for name in box if rule.effect and rule.effect.opens):
        allowed = frozenset[Value]().union(*(box.get(name, BY_NAME[name].values) for box in rule.boxes))
        if "unknown" in allowed and allowed < frozenset(BY_NAME[name].values):
            yield name


def _names(packs: Sequence[Pack]) -> Iterator[Lint]:
    """Packs and rules that are named, but are not there."""
    rules = {rule.id: rule for pack in packs for rule in pack.rules}
    there = {pack.id for pack in packs}
    for pack in packs:
        for wanted in pack.builds_on:
            if wanted not in there:
                says = f"This pack builds on {wanted}, which does not speak here."
                yield Lint("not-there", pack.id, says, (wanted,))
    for rule in rules.values():
        for beaten in rule.over:
            other = rules.get(beaten)
            if other is None:
                yield Lint("not-there", rule.id, f"'over' names {beaten}; there is no such rule here.", (beaten,))
            elif other.tier is not rule.tier:
                says = f"'over' names {beaten}, which stands in tier {other.tier}: no effect."
                yield Lint("other-tier", rule.id, says, (beaten,))


def _overlaps(table: Table) -> Iterator[Lint]:
    """Rules of one tier and voice that can match together and say the opposite, without ``over``."""
    for tier in Tier:
        for group in (table.final, *table.voices) if tier.is_final else table.voices:
            peers = [rule for rule in group if rule.tier is tier]
            for first, second in combinations(peers, 2):
                if _opposed(first, second) and not {first.id, second.id} & {*first.over, *second.over}:
                    says = f"Where {second.id} matches too, the two say the opposite. Say which goes 'over' which."
                    yield Lint("opposed", first.id, says, (second.id,))


def _opposed(first: Rule, second: Rule) -> bool:
    if _opens(first) is _opens(second):
        return False
    return any(meet(one, other) is not None for one in first.boxes for other in second.boxes)


def _opens(rule: Rule) -> bool:
    assert rule.effect is not None, f"an always-rule does not decide: {rule.id}"
    return rule.effect.opens


def _never_deciding(table: Table) -> Iterator[Lint]:
    """Rules that match only where a rule heard before them does."""
    for voice in (table.final, *table.voices):
        before = [box for rule in table.final if voice is not table.final for box in rule.boxes]
        for rule in voice:
            if _all_covered(rule, before):
                yield Lint(
                    "never-decides", rule.id, "Wherever this rule matches, a rule that is heard earlier does too."
                )
            before += rule.boxes


def _opening_what_is_closed(table: Table) -> Iterator[Lint]:
    """Practice rules that open nothing, because law or ethics close everything that they match."""
    law, ethics, practice = table.voices
    for rule in practice:
        if _opens(rule):
            closing = [(other, box) for other in table.final if not _opens(other) for box in other.boxes]
            closing += [found for voice in (law, ethics) for found in _closing(voice, rule)]
            if _all_covered(rule, [box for _, box in closing]):
                hit = dict.fromkeys(other.id for other, box in closing if any(meet(box, part) for part in rule.boxes))
                says = f"Law or ethics close everything that this rule would open: {', '.join(hit)}."
                yield Lint("opens-what-is-closed", rule.id, says, tuple(hit))


def _closing(voice: Sequence[Rule], opening: Rule) -> Iterator[tuple[Rule, Box]]:
    """Yield the parts of a rule that a voice closes for certain, and by which rule: nothing opens before it."""
    opened: list[Box] = []
    for rule in voice:
        if _opens(rule):
            opened += rule.boxes
        else:
            shared = (meet(box, part) for box in rule.boxes for part in opening.boxes)
            yield from (
                (rule, box) for box in shared if box is not None and not any(meet(box, other) for other in opened)
            )


def _all_covered(rule: Rule, boxes: Sequence[Box]) -> bool:
    return all(covered(box, boxes) for box in rule.boxes)
