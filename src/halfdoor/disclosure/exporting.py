"""
The same rules in other people's languages, Cedar and Rego, so that other engines can say whether we read them right.

Either text answers situations in which every mark, age and status is known, given as each fact by its name. What is
decided over several values (an unknown mark) is ours alone.
"""

import json
from collections.abc import Iterator, Mapping, Sequence

from halfdoor.disclosure.rules import Box, Disposition, Rule, Speaker
from halfdoor.disclosure.table import CLOSED, Table
from halfdoor.disclosure.vocabulary import Value

FINAL = "final"
SILENT = -1
_DISPOSITIONS = tuple(Disposition)


def groups(table: Table) -> Mapping[str, Sequence[Rule]]:
    """Return the rules as they are heard: those that are final, and those of each voice that says anything."""
    voices = zip(Speaker, table.voices, strict=True)
    return {FINAL: table.final} | {str(speaker): voice for speaker, voice in voices if voice}


def cedar(table: Table) -> str:
    """
    Return a Cedar policy set: a ``permit`` for each box of each rule.

    Cedar knows no order and only two answers. So the ``@id`` says what a policy that is satisfied stands for: its
    group, its turn in it, how closed its answer is, and its rule. The first turn of ``final`` decides, else the most
    closed of the first turns of the voices; where nothing is satisfied, the answer is to withhold.
    """
    policies = [
        f'@id("{group} {turn} {_closedness(rule)} {rule.id}")\n'
        f"permit(principal, action, resource) when {{ {_cedar_box(box)} }};"
        for group, rules in groups(table).items()
        for turn, rule in enumerate(rules)
        for box in rule.boxes
    ]
    return "\n".join((*_head(table, "//"), *policies)) + "\n"


def rego(table: Table) -> str:
    """Return a Rego module. Its ``disposition`` is the answer, and ``answer`` says how closed it is, from 0 to 5."""
    heard = groups(table)
    voices = ", ".join(f"heard_{group}" for group in heard if group != FINAL)
    lines = (
        *_head(table, "#"),
        "package halfdoor",
        "import rego.v1",
        *(_chain(group, rules) for group, rules in heard.items()),
        f"spoken := [said | some said in [{voices}]; said >= 0]",
        f"default answer := {CLOSED.closedness}",
        f"answer := heard_{FINAL} if heard_{FINAL} >= 0 else := max(spoken) if count(spoken) > 0",
        f"disposition := {json.dumps([str(each) for each in _DISPOSITIONS])}[answer]",
    )
    return "\n\n".join(lines) + "\n"


def _head(table: Table, comment: str) -> Iterator[str]:
    packs = ", ".join(f"{pack.id} {pack.version}" for pack in table.packs)
    yield f"{comment} The rules of {packs}, written by `halfdoor packs export`."


def _closedness(rule: Rule) -> int:
    assert rule.effect is not None, f"an always-rule does not decide: {rule.id}"
    return rule.effect.closedness


def _cedar_box(box: Box) -> str:
    return " && ".join(_cedar_test(name, allowed) for name, allowed in box.items()) or "true"


def _cedar_test(name: str, allowed: frozenset[Value]) -> str:
    if len(allowed) == 1:
        return f"context.{name} == {json.dumps(next(iter(allowed)))}"
    ages = [value for value in allowed if isinstance(value, int)]
    if len(ages) == len(allowed) == max(ages) - min(ages) + 1:
        return f"context.{name} >= {min(ages)} && context.{name} <= {max(ages)}"
    return f"{json.dumps(sorted(allowed, key=str))}.contains(context.{name})"


def _chain(group: str, rules: Sequence[Rule]) -> str:
    arms = [f":= {_closedness(rule)} if {{ {_rego_box(box)} }} # {rule.id}\n" for rule in rules for box in rule.boxes]
    return f"default heard_{group} := {SILENT}\n\nheard_{group} " + "else ".join(arms)


def _rego_box(box: Box) -> str:
    return "; ".join(_rego_test(name, allowed) for name, allowed in box.items()) or "true"


def _rego_test(name: str, allowed: frozenset[Value]) -> str:
    if len(allowed) == 1:
        return f"input.{name} == {json.dumps(next(iter(allowed)))}"
    return f"input.{name} in {{{', '.join(json.dumps(value) for value in sorted(allowed, key=str))}}}"
