"""The if/else that somebody would write by hand, written out here by a loop so that it cannot fall behind the rules."""

from collections.abc import Sequence

from benchmarks.peers import Peer, effect_of, facts_named
from halfdoor.disclosure.rules import Rule
from halfdoor.disclosure.table import Table

NAME = "hand-written if/else"


def prepare(table: Table) -> Peer:
    names = {name: f"f{place}" for place, name in enumerate(facts_named(table.deciding))}
    voices = [f"_{place}" for place, voice in enumerate(table.voices) if voice]
    source = [f"def decide({', '.join(names.values())}):"]
    source += _chain(table.final, names, "return {}")
    for voice, rules in zip(voices, (v for v in table.voices if v), strict=True):
        source += [f"    {voice} = -1", *_chain(rules, names, f"{voice} = {{}}", otherwise="elif")]
    source += [f"    answer = max({', '.join(voices)})" if len(voices) > 1 else f"    answer = {voices[0]}"]
    source += ["    return 5 if answer == -1 else answer"]
    scope: dict[str, object] = {}
    exec("\n".join(source), scope)
    decide = scope["decide"]
    order = tuple(names)
    return Peer(
        encode=lambda situation: tuple(situation.values[name] for name in order),
        answer=lambda given: decide(*given),
    )


def _chain(rules: Sequence[Rule], names: dict[str, str], act: str, *, otherwise: str = "if") -> list[str]:
    lines = []
    for place, rule in enumerate(rules):
        test = " or ".join(f"({_box(box, names)})" for box in rule.boxes)
        lines += [f"    {otherwise if place else 'if'} {test}:", f"        {act.format(effect_of(rule))}"]
    return lines


def _box(box: object, names: dict[str, str]) -> str:
    parts = []
    for name, allowed in sorted(box.items(), key=lambda item: len(item[1])):
        values = sorted(allowed, key=str)
        parts.append(f"{names[name]} == {values[0]!r}" if len(values) == 1 else f"{names[name]} in {set(values)!r}")
    return " and ".join(parts) or "True"
