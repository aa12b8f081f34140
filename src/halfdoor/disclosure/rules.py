"""Rules and packs: a rule is a box (facts in sets), with its words and its source; a pack is rules for a place."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from functools import cached_property

from halfdoor.disclosure.records import Record
from halfdoor.disclosure.vocabulary import Value


class Disposition(StrEnum):
    """The six answers, from most open to least open."""

    MUST_SHARE = "must_share"
    MAY_SHARE = "may_share"
    SHARE_LIMITED = "share_limited"
    ASK_FIRST = "ask_first"
    ASSESS_FIRST = "assess_first"
    WITHHOLD = "withhold"

    @property
    def closedness(self) -> int:
        """0 for the most open answer, 5 for the least open."""
        return _ORDER[self]

    @property
    def opens(self) -> bool:
        """Whether something may go now."""
        return _ORDER[self] < _ORDER[Disposition.ASK_FIRST]


_ORDER = {disposition: place for place, disposition in enumerate(Disposition)}


class Tier(StrEnum):
    """Where a rule stands. From ``DUTY`` to ``SAFETY`` the first match is final; below, three voices are heard."""

    DUTY = "duty"
    ORDER = "order"
    BAR = "bar"
    RIGHT = "right"
    SAFETY = "safety"
    CONSENT = "consent"
    PERMIT = "permit"
    ETHICS = "ethics"
    PRACTICE = "practice"
    DEFAULT = "default"

    @property
    def is_final(self) -> bool:
        return self in _FINAL


_FINAL = frozenset({Tier.DUTY, Tier.ORDER, Tier.BAR, Tier.RIGHT, Tier.SAFETY})


class Speaker(StrEnum):
    """Who speaks in a pack."""

    LAW = "law"
    ETHICS = "ethics"
    PRACTICE = "practice"


Box = Mapping[str, frozenset[Value]]
"""Fact name to the values it allows. A fact that is not named allows every value."""


class Invariant(Record):
    """A promise that holds in every situation in any of the boxes: the answer is one of ``allowed``."""

    id: str
    pack: str
    says: str
    boxes: tuple[Box, ...]
    allowed: frozenset[Disposition]


class Citation(Record):
    """Where a rule can be checked: a source and the place in it."""

    source: str
    section: str


class Duty(Record):
    """
    An obligation that a rule brings, by its code in ``obligations.CODES``.

    ``within`` is an ISO 8601 duration counted from the event ``since``, in ``unit`` (calendar or working) time; all
    three are empty where the duty has no clock of its own.
    """

    code: str
    within: str = ""
    since: str = ""
    unit: str = ""


class Rule(Record, eq=False):
    """
    One rule. It matches a situation that lies in any of its boxes.

    ``effect`` is None for an always-rule, which only brings obligations. ``starts_on`` and ``ends_on`` bound the days
    on which it is in force (the end is not included). ``over`` names rules of the same tier that it goes before.
    ``confidence`` says how well the source was read, ``facts`` which entries of our list of legal facts it carries.
    ``switched_on`` is False for an uncertain rule that would open: it is shown, and decides only where a practice turns
    its switch. One that ``only_limits`` narrows what another voice or rule lets go, and lets nothing go by itself.
    """

    id: str
    pack: str
    speaker: Speaker
    tier: Tier
    effect: Disposition | None
    boxes: tuple[Box, ...]
    says: str
    cites: tuple[Citation, ...] = ()
    obligations: tuple[Duty, ...] = ()
    advice: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()
    ask: tuple[str, ...] = ()
    assess: tuple[str, ...] = ()
    alternatives: tuple[str, ...] = ()
    neither_confirm_nor_deny: bool = False
    recommended: bool = False
    starts_on: date | None = None
    ends_on: date | None = None
    over: tuple[str, ...] = ()
    confidence: str = "unchecked"
    reviewed: str = "no"
    switched_on: bool = True
    only_limits: bool = False
    facts: tuple[str, ...] = ()

    def in_force(self, day: date) -> bool:
        started = self.starts_on is None or self.starts_on <= day
        return started and (self.ends_on is None or day < self.ends_on)

    def matches(self, values: Mapping[str, Value]) -> bool:
        """Whether the situation lies in one of the boxes. ``values`` has every fact by name."""
        for box in self.boxes:
            for name, allowed in box.items():
                if values[name] not in allowed:
                    break
            else:
                return True
        return False


class Pack(Record, eq=False):
    """
    The rules of one speaker for some places.

    ``version`` is the pack's own; ``sha256`` is of the bytes of its rules, so that a decision names exactly the words
    it rests on. ``builds_on`` names the packs that it adds to. ``body`` is the professional body whose members it
    binds: such a pack speaks only where a practice names the body, and only narrows. Empty, it speaks to everybody.
    ``switch_on`` and ``switch_off`` name uncertain rules of other packs that a practice turned on or off for itself.
    """

    id: str
    version: str
    speaker: Speaker
    says: str
    places: frozenset[str]
    builds_on: tuple[str, ...]
    rules: tuple[Rule, ...]
    sha256: str
    sources: tuple[str, ...] = ()
    invariants: tuple[Invariant, ...] = ()
    body: str = ""
    switch_on: tuple[str, ...] = ()
    switch_off: tuple[str, ...] = ()

    @cached_property
    def by_id(self) -> Mapping[str, Rule]:
        return {rule.id: rule for rule in self.rules}
