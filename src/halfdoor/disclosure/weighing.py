"""Weighing: all of an answer that depends only on which rules matched, so that equal matches are weighed once."""

from collections.abc import Iterable, Iterator, Sequence

from halfdoor.disclosure.obligations import CODES, lasting
from halfdoor.disclosure.records import Record
from halfdoor.disclosure.rules import Citation, Disposition, Duty, Rule, Speaker


class Overridden(Record):
    """A rule that matched and lost, and the rule that beat it."""

    rule: Rule
    by: Rule


class Obliged(Record):
    """A duty that comes with the answer, and where the rule that brings it can be checked."""

    duty: Duty
    cites: tuple[Citation, ...]


class Weighed(Record):
    """
    An answer without its situation.

    ``reasons`` are the rules that say the same, the deciding one first; empty where every voice was silent. ``ask``,
    ``assess``, ``limits`` and ``alternatives`` are their codes, each once.
    """

    disposition: Disposition
    reasons: tuple[Rule, ...]
    overridden: tuple[Overridden, ...]
    obligations: tuple[Obliged, ...]
    limits: tuple[str, ...]
    ask: tuple[str, ...]
    assess: tuple[str, ...]
    alternatives: tuple[str, ...]
    advice: tuple[str, ...]
    neither_confirm_nor_deny: bool
    recommended: bool


def weigh(winner: Rule | None, fired: Sequence[Rule]) -> Weighed:
    """
    Return the answer where ``winner`` decides (None: every voice was silent).

    ``fired`` are all rules that match, in the order in which they are heard, always-rules last.
    """
    disposition = winner.effect if winner and winner.effect else Disposition.WITHHOLD
    deciding = [rule for rule in fired if rule.effect and rule is not winner]
    leading = [winner] if winner else []
    agreeing = [*leading, *(rule for rule in deciding if rule.effect is disposition)]
    same_way = [*leading, *(rule for rule in deciding if rule.effect and rule.effect.opens is disposition.opens)]
    always = [rule for rule in fired if not rule.effect]
    return Weighed(
        disposition=disposition,
        reasons=tuple(agreeing),
        overridden=tuple(_beaten(winner, deciding)) if winner else (),
        obligations=_obliged(same_way, always, opens=disposition.opens),
        limits=_codes(rule.limits for rule in agreeing),
        ask=_codes(rule.ask for rule in agreeing),
        assess=_codes(rule.assess for rule in agreeing),
        alternatives=_codes(rule.alternatives for rule in agreeing),
        advice=_codes(rule.advice for rule in same_way),
        neither_confirm_nor_deny=any(
            rule.neither_confirm_nor_deny for rule in (leading if disposition.opens else same_way)
        ),
        recommended=_is_expected(disposition, same_way),
    )


def _is_expected(disposition: Disposition, same_way: Iterable[Rule]) -> bool:
    """Whether guidance or duty expects this sharing. What law compels is not expected: it is due."""
    compelled = disposition is Disposition.MUST_SHARE
    return disposition.opens and not compelled and any(rule.recommended for rule in same_way)


def _beaten(winner: Rule, others: Iterable[Rule]) -> Iterator[Overridden]:
    """Yield what lost: to the first of its own voice, else to the winner, which stands above or is the least open."""
    first: dict[Speaker, Rule] = {}
    if not winner.tier.is_final:
        first[winner.speaker] = winner
        for rule in others:
            first.setdefault(rule.speaker, rule)
    for rule in others:
        if rule.effect is not winner.effect:
            leading = first.get(rule.speaker, rule)
            yield Overridden(rule, by=winner if leading is rule else leading)


def _codes(lists: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for codes in lists for code in codes))


def _obliged(deciding: Iterable[Rule], always: Iterable[Rule], *, opens: bool) -> tuple[Obliged, ...]:
    """
    Return what the rules oblige to, each code once in the order of the rules; the shortest clock wins.

    Of what always holds, the duties of sharing stay away where nothing goes.
    """
    due = [(duty, rule) for rule in deciding for duty in rule.obligations]
    due += [(duty, rule) for rule in always for duty in rule.obligations if opens or not CODES[duty.code].of_sharing]
    found: dict[str, Obliged] = {}
    for duty, rule in due:
        earlier = found.get(duty.code)
        if earlier is None or lasting(duty) < lasting(earlier.duty):
            found[duty.code] = Obliged(duty, rule.cites)
    return tuple(found.values())
