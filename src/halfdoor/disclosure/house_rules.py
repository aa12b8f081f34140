"""
A practice's own house rules: how they begin, who speaks beside them, what a change of them changes, and whether it
opens anything.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date

from halfdoor.disclosure.comparing import Change, compare
from halfdoor.disclosure.lints import Lint, lint
from halfdoor.disclosure.loading import bodies as body_packs
from halfdoor.disclosure.loading import shipped
from halfdoor.disclosure.parsing import DECIDES_NOTHING, HEADER
from halfdoor.disclosure.records import replace
from halfdoor.disclosure.rules import Pack, Rule, Speaker
from halfdoor.disclosure.table import arrange
from halfdoor.disclosure.vocabulary import BY_NAME, Value

HOUSE_RULES = "practice"
"""The name of the shipped house rules, which hold where a practice has none of its own."""

OPENS_WHAT_IS_CLOSED = "opens-what-is-closed"
NO_SWITCH = "no-switch"

_SAME_WHATEVER_THE_PACK = frozenset({"id", "pack", "over"})


def shipped_house() -> Pack:
    """Return the house rules that come with Halfdoor."""
    return next(pack for pack in shipped() if pack.id == HOUSE_RULES)


def beside(pack: Pack, *, place: str, bodies: Collection[str] = ()) -> list[Pack]:
    """
    Return the shipped packs that speak beside this one, with those of professional bodies that a practice names.

    House rules of one's own replace the shipped ones.
    """
    return [
        other
        for other in (*shipped(), *(body_packs()[body] for body in sorted(bodies)))
        if place in other.places
        and other.id != pack.id
        and (other.speaker is not Speaker.PRACTICE or pack.speaker is not Speaker.PRACTICE)
    ]


def renamed(text: str, name: str) -> str:
    """Return a file of the shipped house rules under another name."""
    text = re.sub(rf'^id = "{HOUSE_RULES}"$', f'id = "{name}"', text, flags=re.MULTILINE)
    return re.sub(rf"\b{HOUSE_RULES}\.(?=[a-z])", f"{name}.", text)


def as_one_text(files: Mapping[str, str]) -> str:
    """Return the rules of a pack's files as one file. Promises, retention, clocks stay behind: they decide nothing."""
    others = sorted(files.keys() - {HEADER} - DECIDES_NOTHING)
    return "\n".join(files[name].rstrip("\n") + "\n" for name in (HEADER, *others))


def warnings(pack: Pack, *, place: str, bodies: Collection[str] = (), on: date) -> Iterator[Lint]:
    """
    Yield what is to be said of one pack beside the shipped ones.

    :raises RuleOrderError: where ``over`` goes round in a circle
    """
    if sure := sorted({*pack.switch_on, *pack.switch_off} - uncertain()):
        says = f"It turns a switch of {', '.join(sure)}, and no uncertain law of this name comes with Halfdoor."
        yield Lint(NO_SWITCH, pack.id, says, tuple(sure))
    for warning in lint([*beside(pack, place=place, bodies=bodies), pack], on=on):
        if warning.rule == pack.id or warning.rule.startswith(f"{pack.id}."):
            yield warning


def uncertain() -> frozenset[str]:
    """Return the names of the shipped rules that have a switch: of laws that may be in force, and may not."""
    packs = (*shipped(), *body_packs().values())
    return frozenset(rule.id for pack in packs for rule in pack.rules if rule.confidence == "uncertain")


def changes(old: Pack, new: Pack, *, place: str, bodies: Collection[str] = (), on: date) -> tuple[Change, ...]:
    """
    Return what is answered otherwise, or by another rule, in a place on a day when one pack takes another's place.

    :raises TooLarge: where the rules are too tangled to be compared as a whole
    """
    old = under_the_name(new.id, old)
    others = beside(new, place=place, bodies=bodies)
    before, after = (arrange([*others, pack] if place in pack.places else others, on=on) for pack in (old, new))
    return compare(before, after, within={"place": frozenset({place})})


def days_that_differ(old: Pack, new: Pack, *, place: str, bodies: Collection[str] = (), on: date) -> list[date]:
    """Return this day, and the later ones on which a rule of these, or of law or ethics beside them, starts or ends."""
    rules = [rule for pack in (*beside(new, place=place, bodies=bodies), old, new) for rule in pack.rules]
    turning = {day for rule in rules for day in (rule.starts_on, rule.ends_on) if day and day > on}
    return [on, *sorted(turning)]


def opens(change: Change) -> bool:
    """Whether what was closed, or less open, is more open after a change."""
    return change.after.disposition.closedness < change.before.disposition.closedness


def loosened(old: Pack, new: Pack) -> list[str]:
    """
    Return the rules of the old pack that are gone or read otherwise in the new one, by their new name.

    Their duties, limits or words may be fewer, though every answer is as closed as before: that is not only closing.
    """
    later = new.by_id
    return [rule.id for rule in under_the_name(new.id, old).rules if not _reads_alike(rule, later.get(rule.id))]


def turned(old: Pack, new: Pack) -> list[str]:
    """Return the uncertain laws that the new pack switches on or off otherwise than the old one: not only closing."""
    return sorted({*new.switch_on} ^ {*old.switch_on} | {*new.switch_off} ^ {*old.switch_off})


def added(old: Pack, new: Pack) -> list[str]:
    """Return the rules that the new pack has beside those of the old one."""
    earlier = under_the_name(new.id, old).by_id
    return [rule.id for rule in new.rules if rule.id not in earlier]


def refusals(old: Pack, new: Pack, *, place: str, bodies: Collection[str] = (), on: date) -> list[Lint]:
    """
    Return the rules, new or changed, that open nothing but what law, ethics or consent close, and what they hit; and
    switches of laws that have none.

    :raises RuleOrderError: where ``over`` goes round in a circle
    """
    touched = {*added(old, new), *loosened(old, new)}
    found = {
        warning.rule: warning
        for day in days_that_differ(old, new, place=place, bodies=bodies, on=on)
        for warning in warnings(new, place=place, bodies=bodies, on=day)
        if warning.about == NO_SWITCH or (warning.about == OPENS_WHAT_IS_CLOSED and warning.rule in touched)
    }
    return list(found.values())


def under_the_name(name: str, pack: Pack) -> Pack:
    """Return the same pack with another name before those of its rules, so that only what they do is compared."""

    def called(rule: str) -> str:
        return f"{name}.{rule.removeprefix(f'{pack.id}.')}" if rule.startswith(f"{pack.id}.") else rule

    rules = tuple(
        replace(rule, id=called(rule.id), pack=name, over=tuple(map(called, rule.over))) for rule in pack.rules
    )
    return replace(pack, id=name, rules=rules)


def unusual(values: Mapping[str, Value]) -> dict[str, Value]:
    """Return what is unlike the defaults: what makes a situation worth telling."""
    return {name: value for name, value in values.items() if value != BY_NAME[name].default}


def answered_otherwise(found: Sequence[Change]) -> list[Change]:
    """Return the changes of an answer, what opens first; without those of a mere reason."""
    answers = [change for change in found if change.before.disposition is not change.after.disposition]
    return sorted(answers, key=opens, reverse=True)


def _reads_alike(rule: Rule, other: Rule | None) -> bool:
    names = [name for name in Rule._fields if name not in _SAME_WHATEVER_THE_PACK]
    return other is not None and all(getattr(rule, name) == getattr(other, name) for name in names)
