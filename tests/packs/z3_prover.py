"""
A second prover, which shares nothing with the first but the rules: it writes them down as formulas and asks z3.

A fact is a variable, whose number is the place of its value in the vocabulary; the answer is a term over all of them.
An invariant holds if no situation in its boxes has an answer that it does not allow.
"""

from collections.abc import Mapping, Sequence
from functools import cache

import z3

from halfdoor.disclosure.boxes import speakable
from halfdoor.disclosure.rules import Box, Disposition, Invariant, Rule
from halfdoor.disclosure.table import Table
from halfdoor.disclosure.vocabulary import BY_NAME, FACTS, Value

_SILENT = -1


class Prover:
    """Proves invariants of one table in some places. Every age, mark and status is known in its situations."""

    def __init__(self, table: Table, *, places: frozenset[Value]) -> None:
        heard = z3.IntVal(_SILENT)
        for voice in table.voices:
            said = self._first(voice, otherwise=z3.IntVal(_SILENT))
            heard = z3.If(said > heard, said, heard)
        closed = z3.IntVal(Disposition.WITHHOLD.closedness)
        self._answer = self._first(table.final, otherwise=z3.If(heard == _SILENT, closed, heard))
        self._solver = z3.Solver()
        self._solver.add([_one_of(fact.name, frozenset(speakable(fact))) for fact in FACTS])
        self._solver.add(_one_of("place", places))

    def breach(self, invariant: Invariant) -> Mapping[str, Value] | None:
        """Return a situation whose answer the invariant does not allow."""
        here = z3.Or([_lies_in(box) for box in invariant.boxes])
        other = z3.And([self._answer != allowed.closedness for allowed in invariant.allowed])
        verdict = self._solver.check(here, other)
        assert verdict != z3.unknown, f"z3 gave up on {invariant.id}"
        return self._values(self._solver.model()) if verdict == z3.sat else None

    def _values(self, model: z3.ModelRef) -> dict[str, Value]:
        """Return the situation that a model of z3 stands for."""
        places = {name: model.eval(variable, model_completion=True).as_long() for name, variable in _FACTS.items()}
        return {name: BY_NAME[name].values[place] for name, place in places.items()}

    def _first(self, rules: Sequence[Rule], *, otherwise: z3.ArithRef) -> z3.ArithRef:
        said = otherwise
        for rule in reversed(rules):
            assert rule.effect is not None, f"an always-rule does not decide: {rule.id}"
            matches = z3.Or([_lies_in(box) for box in rule.boxes])
            said = z3.If(matches, z3.IntVal(rule.effect.closedness), said)
        return said


_FACTS = {fact.name: z3.Int(fact.name) for fact in FACTS}


def _lies_in(box: Box) -> z3.BoolRef:
    return _all_of(tuple((name, frozenset(allowed)) for name, allowed in box.items()))


@cache
def _all_of(box: tuple[tuple[str, frozenset[Value]], ...]) -> z3.BoolRef:
    return z3.And([_one_of(name, allowed) for name, allowed in box])


@cache
def _one_of(name: str, allowed: frozenset[Value]) -> z3.BoolRef:
    """Say that a fact has one of these values, as runs of their places in the vocabulary."""
    places = sorted(BY_NAME[name].values.index(value) for value in allowed)
    starts = [place for place in places if place - 1 not in places]
    ends = [place for place in places if place + 1 not in places]
    variable = _FACTS[name]
    return z3.Or([z3.And(variable >= start, variable <= end) for start, end in zip(starts, ends, strict=True)])
