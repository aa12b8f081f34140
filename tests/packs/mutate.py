"""
Breaking every rule of the shipped packs, one small break at a time: does anybody notice?

Noticing counts only where a person wrote down what must hold: the worked examples of the packs, those of the contract,
and the invariants. (Generated tables of answers show every change, and so prove nothing.) A break that changes neither
answer nor deciding rule is no break, and one that makes the packs unusable is noticed by whoever loads them. Prints
what nobody noticed, each with a situation in which it shows:

    python -m tests.packs.mutate [PACK ...]
"""

import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property

from halfdoor.disclosure.comparing import Change, compare
from halfdoor.disclosure.proving import CAUTIONS, breach, incautious
from halfdoor.disclosure.records import replace
from halfdoor.disclosure.reference import Answer, answer
from halfdoor.disclosure.rules import Box, Invariant, Pack, Rule
from halfdoor.disclosure.survey import Survey, narrowed, overlaps
from halfdoor.disclosure.table import RuleOrderError, Table, arrange
from halfdoor.disclosure.vocabulary import FACTS, Value
from tests.packs import tables
from tests.packs.examples import SIGNED_AT, Example, written
from tests.packs.mutants import Mutant, mutants

TODAY = SIGNED_AT.date()

_WEIGHED = {fact.name for fact in FACTS if fact.name in CAUTIONS or ("unknown" in fact.values and not fact.spreads)}
"""Facts along which a break may make more caution open something: both values have to be looked at."""


@dataclass(frozen=True, eq=False)
class Ground:
    """Packs that stand together in some places, and what people wrote about these."""

    packs: tuple[Pack, ...]
    places: frozenset[Value]
    examples: tuple[Example, ...]

    def table(self, day: date, *, instead: Rule | None = None, of: Rule | None = None) -> Table:
        """Return the table of a day, with one rule ``instead`` of another, or without that other."""
        packs = [_changed(pack, of, instead) if of and pack.id == of.pack else pack for pack in self.packs]
        return arrange(packs, on=day, within={"place": self.places})

    @cached_property
    def promised(self) -> tuple[Invariant, ...]:
        """The invariants that hold as the packs are; others can notice nothing."""
        survey = Survey(self.table(TODAY))
        invariants = [invariant for pack in self.packs for invariant in pack.invariants]
        return tuple(each for each in invariants if breach(survey, each, places=self.places) is None)

    @cached_property
    def cautious(self) -> bool:
        """Whether more caution never opens anything as the packs are."""
        return next(incautious(Survey(self.table(TODAY)), within={"place": self.places}), None) is None


def _changed(pack: Pack, old: Rule, new: Rule | None) -> Pack:
    rules = [new if rule.id == old.id else rule for rule in pack.rules]
    return replace(pack, rules=tuple(rule for rule in rules if rule is not None))


@cache
def grounds() -> tuple[Ground, ...]:
    examples = list(written())
    bodies = {pack.id for pack in tables.every_pack() if pack.body}

    def about(example: Example, packs: Sequence[Pack], places: frozenset[Value]) -> bool:
        """What was written of a professional body counts where its code does, and there nothing else."""
        told = {example.pack} & bodies == {pack.id for pack in packs if pack.body}
        return told and example.situation.values["place"] in places

    return tuple(
        Ground(packs, places, tuple(example for example in examples if about(example, packs, places)))
        for packs, places in tables.grounds().items()
    )


def unnoticed(rule: Rule) -> list[str]:
    """Return what can be done to a rule without anybody noticing, each with a situation in which it shows."""
    found, here = [], _where_it_speaks(rule)
    for mutant in mutants(rule):
        if any(_noticed_by_example(ground, rule, mutant) for ground in here):
            continue
        shown = next(filter(None, (_shown(ground, rule, mutant) for ground in here)), None)
        if shown and not any(_noticed_by_invariant(ground, rule, mutant) for ground in here):
            found.append(f"{rule.id}: {mutant.done}\n    {shown}")
    return found


def _where_it_speaks(rule: Rule) -> list[Ground]:
    """Return the grounds with a rule: of what everybody hears, those without the code of a professional body."""
    speaking = [ground for ground in grounds() if any(pack.id == rule.pack for pack in ground.packs)]
    return [ground for ground in speaking if all(not pack.body or pack.id == rule.pack for pack in ground.packs)]


def _noticed_by_example(ground: Ground, rule: Rule, mutant: Mutant) -> bool:
    """Whether an example tells, or rules cannot be heard in any order any more: nobody could put that into use."""
    try:
        tables = {TODAY: ground.table(TODAY, instead=mutant.rule, of=rule)}
    except RuleOrderError:
        return True
    for example in ground.examples:
        if not _touches(example, rule, mutant):
            continue
        day = example.situation.at.date()
        if day not in tables:
            tables[day] = ground.table(day, instead=mutant.rule, of=rule)
        if not _agrees(example, answer(tables[day], example.situation.values)):
            return True
    return False


def _touches(example: Example, rule: Rule, mutant: Mutant) -> bool:
    """Whether the break may matter to an example that held before it."""
    touched = any(_may_lie_in(box, example) for either in (rule, mutant.rule) if either for box in either.boxes)
    return touched and _held(example)


def _may_lie_in(box: Box, example: Example) -> bool:
    """Whether the situation lies in the box for some values of what is unknown."""
    values = example.situation.values
    unknown = example.situation.unknown
    return all(values[name] in allowed or name in unknown for name, allowed in box.items())


@cache
def _held(example: Example) -> bool:
    """Whether the example holds as the packs are; one that does not can notice nothing."""
    ground = next(ground for ground in grounds() if example in ground.examples)
    return _agrees(example, answer(ground.table(example.situation.at.date()), example.situation.values))


def _agrees(example: Example, said: Answer) -> bool:
    by = said.rule.id if said.rule else ""
    return said.disposition in example.accepts and example.because in ("", by)


def _touched(ground: Ground, rule: Rule, mutant: Mutant) -> list[Box]:
    """Return the boxes, in the places of the ground, outside of which a break changes nothing."""
    found = {frozenset(box.items()): box for either in (rule, mutant.rule) if either for box in either.boxes}
    boxes = [{**box, "place": box.get("place", ground.places) & ground.places} for box in found.values()]
    return [box for box in boxes if box["place"]]


def _shown(ground: Ground, rule: Rule, mutant: Mutant) -> str:
    """Return a situation in which the break changes answer or deciding rule, in words; "" where there is none."""
    day = _telling_day(rule, mutant)
    before, after = ground.table(day), ground.table(day, instead=mutant.rule, of=rule)
    for box in _touched(ground, rule, mutant):
        changes = compare(before, after, within=box)
        if changes:
            plainest = min(changes, key=lambda change: (len(_unusual(change)), str(change.after)))
            return f"on {day}, {', '.join(_unusual(plainest))}: {plainest.before}, not {plainest.after}"
    return ""


def _unusual(change: Change) -> list[str]:
    values = change.witness
    return [f"{fact.name}={values[fact.name]}" for fact in FACTS if values[fact.name] != fact.default]


def _telling_day(rule: Rule, mutant: Mutant) -> date:
    """Return the day on which the break shows: today, or where dates were moved, the day that was lost."""
    if mutant.rule and mutant.rule.starts_on != rule.starts_on and rule.starts_on:
        return rule.starts_on
    if mutant.rule and mutant.rule.ends_on != rule.ends_on and mutant.rule.ends_on:
        return mutant.rule.ends_on
    return TODAY


def _noticed_by_invariant(ground: Ground, rule: Rule, mutant: Mutant) -> bool:
    table = ground.table(TODAY, instead=mutant.rule, of=rule)
    return any(
        _breaks_promise(ground, table, box) or _opens(ground, table, box) for box in _touched(ground, rule, mutant)
    )


def _breaks_promise(ground: Ground, table: Table, box: Box) -> bool:
    """Whether an invariant that held is broken within a box."""
    survey = Survey(narrowed(table, box))
    for invariant in ground.promised:
        here = tuple({**box, **overlap} for overlap in overlaps(invariant.boxes, box))
        if here and breach(survey, replace(invariant, boxes=here), places=ground.places):
            return True
    return False


def _opens(ground: Ground, table: Table, box: Box) -> bool:
    """Whether more caution opens something if it leads into the box, or out of it."""
    for name in ("", *_WEIGHED & box.keys()):
        around = {fact: values for fact, values in box.items() if fact != name}
        if ground.cautious and next(incautious(Survey(narrowed(table, around)), within=around), None):
            return True
    return False


def main(wanted: Sequence[str]) -> int:
    everywhere = 0
    with ProcessPoolExecutor(max_workers=2) as pool:
        for pack in tables.every_pack():
            rules = [rule for rule in pack.rules if rule.effect] if pack.id in wanted or not wanted else []
            survivors = [line for lines in pool.map(unnoticed, rules, chunksize=2) for line in lines]
            everywhere += len(survivors)
            if rules:
                breaks = sum(1 for rule in rules for _ in mutants(rule))
                survivors.append(f"{pack.id}: {breaks} breaks of {len(rules)} rules; {len(survivors)} unnoticed")
                sys.stdout.write("\n".join(survivors) + "\n")
                sys.stdout.flush()
    sys.stdout.write(f"{everywhere} breaks that no example and no invariant notices\n")
    return 1 if everywhere else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
