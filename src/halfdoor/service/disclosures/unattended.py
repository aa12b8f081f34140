"""
What may go to a list by itself, without a person looking at each item.

A list has no therapist at hand to verify, to ask or to take something out. So the rules are read more strictly there: a
rule that opens only a part, or only after a person has done something, opens no list by itself. What a person released
stays within the rules as they are. Law that compels is left alone.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from halfdoor.disclosure.deciding import Judge
from halfdoor.disclosure.records import replace
from halfdoor.disclosure.rules import Box, Disposition, Rule
from halfdoor.disclosure.table import Table
from halfdoor.disclosure.vocabulary import Value
from halfdoor.service.disclosures.choices import Category
from halfdoor.service.disclosures.duties import unfulfilled

_ALL: frozenset[Value] = frozenset(category.value for category in Category)
_GENERAL: frozenset[Value] = frozenset({"general_information", "progress", "themes"})

_ALREADY_LIMITED: Mapping[str, frozenset[Value]] = {
    "minimum_necessary": _ALL,
    "directly_relevant": _ALL,
    "as_authorized": _ALL,
    "without_process_notes": _ALL,
    "without_other_episodes": _ALL,
    "general_terms": _GENERAL,
    "themes_only": _GENERAL,
    "goals_only": frozenset({"goals_and_plan"}),
    "attendance_only": frozenset({"attendance", "scheduling"}),
    "summary_only": _GENERAL | {"session_summary", "clinical_summary", "goals_and_plan"},
    "prescriptions_only": frozenset({"medication"}),
    "risk_and_safety_only": frozenset({"risk"}),
    "staff_guidance_only": frozenset({"staff_guidance"}),
    "public_knowledge_only": frozenset({"general_information"}),
}
"""
The kinds of item that are no more than a limit allows, because they were written to be just that. Of other limits none.
"""


@lru_cache(maxsize=128)
def unattended(judge: Judge) -> Judge:
    """
    Return a judge that opens only what can go without a person looking at each item. Never more open than the first.
    """
    table = judge.table
    voices = tuple(_strict(voice) for voice in table.voices)
    return Judge(Table(table.packs, _strict(table.final), voices, table.always))


def _strict(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """Return the rules in the same order, each as strict as a list needs it."""
    return tuple(strict for rule in rules for strict in _strictly(rule))


def _strictly(rule: Rule) -> Iterable[Rule]:
    if rule.effect not in (Disposition.MAY_SHARE, Disposition.SHARE_LIMITED):
        return (rule,)
    if unfulfilled((duty.code for duty in rule.obligations), by_writing=True):
        return (replace(rule, effect=Disposition.ASSESS_FIRST),)
    return _divided(rule)


def _divided(rule: Rule) -> Iterator[Rule]:
    """Yield the rule for kinds of item that are within its limits anyway, and a closed one for all others."""
    within = _ALL.intersection(*(_ALREADY_LIMITED.get(limit, frozenset()) for limit in rule.limits))
    if within == _ALL:
        yield rule
        return
    opened, closed = _narrowed(rule, within), _narrowed(rule, _ALL - within)
    if opened:
        yield replace(rule, boxes=opened)
    if closed:
        yield replace(rule, id=f"{rule.id}~", effect=Disposition.ASSESS_FIRST, boxes=closed)


def _narrowed(rule: Rule, categories: frozenset[Value]) -> tuple[Box, ...]:
    narrowed = ({**box, "category": box.get("category", _ALL) & categories} for box in rule.boxes)
    return tuple(box for box in narrowed if box["category"])
