"""What a change of rules changes: for each pair of old and new deciding rule, how many situations, and one of them."""

from collections.abc import Mapping
from functools import cache, partial
from operator import eq

from halfdoor.disclosure.diagram import Forest
from halfdoor.disclosure.geometry import meet
from halfdoor.disclosure.growing import asking_order
from halfdoor.disclosure.paths import complete, counts, more_unusual, nearest
from halfdoor.disclosure.records import Record
from halfdoor.disclosure.rules import Box, Disposition, Rule
from halfdoor.disclosure.survey import BUDGET, Survey, narrowed
from halfdoor.disclosure.table import CLOSED, Table
from halfdoor.disclosure.vocabulary import Value

COMPARING_BUDGET = 8 * BUDGET


class Said(Record):
    """An answer with the id of the rule that decided, which is empty where every voice was silent."""

    disposition: Disposition
    rule: str

    def __str__(self) -> str:
        return f"{self.disposition} because {self.rule or 'nothing speaks'}"


class Change(Record):
    """Situations that were answered in one way, and now in another: how many, and the one nearest to the defaults."""

    before: Said
    after: Said
    situations: int
    witness: Mapping[str, Value]


def compare(before: Table, after: Table, *, within: Box) -> tuple[Change, ...]:
    """
    Return what changed from one table to another inside a box, the largest changes first.

    Counted are situations in which every mark, age and status is known.

    :raises TooLarge: where the tables are too tangled for a diagram
    """
    before, after = narrowed(before, within), narrowed(after, within)
    touched = _touched(before, after, within=within)
    if touched is None:
        return ()
    within, before, after = touched, narrowed(before, touched), narrowed(after, touched)
    order = tuple(dict.fromkeys(asking_order(before) + asking_order(after)))
    forest = Forest(order, budget=COMPARING_BUDGET)
    surveys = Survey(before, order=order), Survey(after, order=order)
    old, new = (survey.winners(within, forest=forest) for survey in surveys)
    pairs: list[tuple[Said, Said] | None] = [None]

    @cache
    def pair(one: int, other: int) -> int:
        said = _said(surveys[0].winner(one)), _said(surveys[1].winner(other))
        if said[0] == said[1]:
            return 0
        pairs.append(said)
        return len(pairs) - 1

    changed = forest.merge(old, new, pair)
    numbers = counts(changed, order, within=within)
    found, around = [], more_unusual(within)
    for place, said in enumerate(pairs):
        way = nearest(changed, partial(eq, place), around) if said is not None else None
        if said is not None and way is not None:
            found.append(Change(*said, numbers[place], complete(way[1], within=within)))
    return tuple(sorted(found, key=lambda change: (-change.situations, str(change.before), str(change.after))))


def _touched(before: Table, after: Table, *, within: Box) -> Box | None:
    """
    Return a box outside which both tables say the same for the same reasons; None where they do everywhere.

    Rules that read alike in both and are heard in the same order decide alike wherever none of the others is met.
    """
    earlier, later = ({rule.id: (rule.effect, rule.boxes) for rule in each.deciding} for each in (before, after))
    alike = {name for name, says in earlier.items() if later.get(name) == says}
    boxes = [box for rules in (earlier, later) for name in rules.keys() - alike for box in rules[name][1]]

    def heard(table: Table) -> list[list[str]]:
        return [[rule.id for rule in rules if rule.id in alike] for rules in (table.final, *table.voices)]

    if heard(before) != heard(after):
        return within
    if not boxes:
        return None
    named = set.intersection(*(set(box) for box in boxes))
    return meet(within, {name: frozenset().union(*(box[name] for box in boxes)) for name in named})


def _said(rule: Rule | None) -> Said:
    return Said(rule.effect or CLOSED, rule.id) if rule else Said(CLOSED, "")
