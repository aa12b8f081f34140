"""
Phrases: facts in small groups, so that all that is said of a group is one number and evaluators take fewer steps.

Numbers run through all phrases. Within one, the last fact changes fastest.
"""

from collections.abc import Iterable, Iterator, Mapping
from math import prod
from types import MappingProxyType

from halfdoor.disclosure.vocabulary import FACTS, Fact, Value

_LARGEST = 256
"""How many combinations of values a phrase may have; each costs every table a plane."""


def _grouped(facts: Iterable[Fact]) -> Iterator[tuple[Fact, ...]]:
    group: tuple[Fact, ...] = ()
    for fact in facts:
        if prod(len(member.values) for member in (*group, fact)) > _LARGEST:
            yield group
            group = ()
        group = (*group, fact)
    yield group


PHRASES: tuple[tuple[Fact, ...], ...] = tuple(_grouped(FACTS))


def _numbered() -> tuple[tuple[int, ...], Mapping[tuple[str, Value], tuple[int, int]]]:
    usual: list[int] = []
    steps: dict[tuple[str, Value], tuple[int, int]] = {}
    first = 0
    for place, phrase in enumerate(PHRASES):
        stride, number = 1, first
        for fact in reversed(phrase):
            standing = fact.values.index(fact.default)
            number += standing * stride
            for turn, value in enumerate(fact.values):
                steps[fact.name, value] = place, (turn - standing) * stride
            stride *= len(fact.values)
        usual.append(number)
        first += stride
    return tuple(usual), MappingProxyType(steps)


USUAL, STEPS = _numbered()
"""The number of each phrase with all facts at their default; for a fact and value its phrase, and the step to it."""

_NUMBERS = tuple(range(sum(prod(len(fact.values) for fact in phrase) for phrase in PHRASES)))
"""Each number once, so that all situations share them: evaluators wait for memory more than for anything else."""


def said(values: Mapping[str, Value]) -> dict[int, int]:
    """Return for each phrase that differs from its usual the number it has, where these facts have these values."""
    numbers: dict[int, int] = {}
    for word in values.items():
        place, step = STEPS[word]
        if step:
            numbers[place] = _NUMBERS[numbers.get(place, USUAL[place]) + step]
    return numbers
