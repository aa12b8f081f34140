"""What the rules say of an invented situation, for practice. Nothing is read of anybody's record, nothing written."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, cast
from zoneinfo import ZoneInfo

from halfdoor.disclosure import judging
from halfdoor.disclosure.deciding import Judge
from halfdoor.disclosure.decision import Decision
from halfdoor.disclosure.situation import Situation
from halfdoor.service.core.models import Practice
from halfdoor.service.disclosures import packs

Facts = Mapping[str, str | int]
"""Facts of the contract by name, as an invented story states them."""


@dataclass(frozen=True)
class Ruled:
    """What the rules answer to an invented situation, and by which versions of which packs."""

    facts: Facts
    answer: Decision
    judge: Judge

    @property
    def disposition(self) -> str:
        return str(self.answer.disposition)

    @property
    def rule(self) -> str:
        """The deciding rule, by id."""
        return self.answer.rule.id if self.answer.rule else "silence"

    @property
    def packs(self) -> dict[str, str]:
        """The version of each pack that was heard."""
        return {pack.id: pack.version for pack in self.judge.table.packs}

    @property
    def waits_for(self) -> frozenset[str]:
        """Whom to ask and what to assess before anything goes, in the contract's codes."""
        return frozenset((*self.answer.ask, *self.answer.assess))

    @property
    def confirms_nothing(self) -> bool:
        """Whether the answer has to sound as if there were nobody."""
        return self.answer.acknowledge == "neither_confirm_nor_deny"

    @property
    def opens(self) -> bool:
        return self.answer.disposition.opens

    @cached_property
    def as_json(self) -> Mapping[str, Any]:
        """The decision as the contract writes it, for its card."""
        return cast(Mapping[str, Any], self.answer.as_json())


@dataclass(frozen=True)
class Bench:
    """
    Who decides invented facts for a practice at a moment: its own rules where a story is told in its place, else those
    that are shipped for the place in which it is told. Which rules are its own is read once.
    """

    practice: Practice
    at: datetime

    @cached_property
    def _own(self) -> Judge:
        return packs.judge_of(self.practice, at=self.at)

    def decide(self, facts: Facts, *, place: str) -> Ruled:
        """Return what the rules say of invented facts in a place."""
        judge = self._own if place == self.practice.place else judging.judge_for(place, at=self.at)
        return Ruled(facts, judge.decide(Situation.of({**facts, "place": place}, at=self.at)), judge)


def bench_of(practice: Practice, *, at: datetime) -> Bench:
    """Return who decides for a practice at a moment, in its own time zone."""
    return Bench(practice, at.astimezone(ZoneInfo(practice.time_zone)))
