"""Small breaks of a rule: what a slip of the pen, or a bad day, would do to it."""

from collections.abc import Iterator
from datetime import timedelta
from typing import NamedTuple

from halfdoor.disclosure.boxes import speakable
from halfdoor.disclosure.records import replace
from halfdoor.disclosure.rules import Box, Disposition, Rule
from halfdoor.disclosure.vocabulary import BY_NAME, Value

_A_DAY = timedelta(days=1)


class Mutant(NamedTuple):
    """What was done to a rule, and the rule as it is then; None where it is gone."""

    done: str
    rule: Rule | None


def mutants(rule: Rule) -> Iterator[Mutant]:
    """Yield every small break of a deciding rule."""
    yield Mutant("removed", None)
    yield from _other_effects(rule)
    for turn, box in enumerate(rule.boxes):
        where = f"box {turn + 1}: " if len(rule.boxes) > 1 else ""
        others = (rule.boxes[:turn], rule.boxes[turn + 1 :])
        if len(rule.boxes) > 1:
            yield Mutant(f"{where}removed", replace(rule, boxes=others[0] + others[1]))
        for done, changed in _other_boxes(box):
            yield Mutant(where + done, replace(rule, boxes=(*others[0], changed, *others[1])))
    for beaten in rule.over:
        kept = tuple(name for name in rule.over if name != beaten)
        yield Mutant(f"no longer over {beaten}", replace(rule, over=kept))
    if rule.only_limits:
        yield Mutant("lets go by itself", replace(rule, only_limits=False))
    if rule.starts_on:
        yield Mutant("starts a day later", replace(rule, starts_on=rule.starts_on + _A_DAY))
    if rule.ends_on:
        yield Mutant("ends a day earlier", replace(rule, ends_on=rule.ends_on - _A_DAY))


def _other_effects(rule: Rule) -> Iterator[Mutant]:
    """Yield the rule turned round, and one step more and less open."""
    assert rule.effect is not None, f"an always-rule does not decide: {rule.id}"
    order = list(Disposition)
    here = rule.effect.closedness
    turned = Disposition.WITHHOLD if rule.effect.opens else Disposition.MAY_SHARE
    for effect in dict.fromkeys([turned, *order[max(here - 1, 0) : here], *order[here + 1 : here + 2]]):
        yield Mutant(f"effect {effect}", replace(rule, effect=effect))


def _other_boxes(box: Box) -> Iterator[tuple[str, Box]]:
    """Yield the box with one condition less, wider or narrower."""
    for name, allowed in box.items():
        yield f"any {name}", {other: values for other, values in box.items() if other != name}
        for done, values in _other_sets(name, allowed):
            yield f"{name} {done}", {**box, name: values}


def _other_sets(name: str, allowed: frozenset[Value]) -> Iterator[tuple[str, frozenset[Value]]]:
    """Yield the set with one value more and one less: at its ends for an age, else the first in the vocabulary."""
    values = speakable(BY_NAME[name])
    within = [value in allowed for value in values]
    if name == "age":
        edges = [place for place in range(1, len(values)) if within[place - 1] != within[place]]
        toggled = [place for edge in edges for place in (edge - 1, edge)]
    else:
        toggled = [within.index(inside) for inside in (False, True) if inside in within]
    for place in toggled:
        changed = allowed ^ {values[place]}
        if changed and len(changed) < len(values):
            yield f"{'without' if within[place] else 'also'} {values[place]}", changed
