"""A decision: an answer to one situation, with everything that a person, a page or the ledger needs to stand by it."""

from collections.abc import Iterable, Mapping

from halfdoor.disclosure import words
from halfdoor.disclosure.obligations import CODES
from halfdoor.disclosure.planes import Planes
from halfdoor.disclosure.rules import Citation, Disposition, Rule
from halfdoor.disclosure.situation import Situation
from halfdoor.disclosure.vocabulary import CONTRACT
from halfdoor.disclosure.weighing import Obliged, Overridden, Weighed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from halfdoor.disclosure.changing import Change

ENGINE = "1"
"""The version of the engine. It changes whenever the same packs could decide the same situation otherwise."""

SILENCE = {
    "rule": "silence",
    "pack": "halfdoor",
    "version": ENGINE,
    "says": "No rule that we know lets this go, so it does not go.",
    "cites": [],
    "tier": "default",
    "confidence": "read",
    "reviewed": "no",
}
"""The reason where every voice was silent."""


class Decision:
    """What a judge says of a situation. Made by ``Judge.decide``; most of it is worked out when it is asked for."""

    __slots__ = ("_planes", "situation", "weighed")

    def __init__(self, planes: Planes, situation: Situation, weighed: Weighed) -> None:
        self._planes = planes
        self.situation = situation
        self.weighed = weighed

    @property
    def disposition(self) -> Disposition:
        return self.weighed.disposition

    @property
    def rule(self) -> Rule | None:
        """The deciding rule; None where every voice was silent."""
        return self.weighed.reasons[0] if self.weighed.reasons else None

    @property
    def reasons(self) -> tuple[Rule, ...]:
        return self.weighed.reasons

    @property
    def overridden(self) -> tuple[Overridden, ...]:
        return self.weighed.overridden

    @property
    def obligations(self) -> tuple[Obliged, ...]:
        return self.weighed.obligations

    @property
    def ask(self) -> tuple[str, ...]:
        """Whom to ask, in codes of ``words.ASK``."""
        return self._with_unsettled("ask", self.weighed.ask)

    @property
    def assess(self) -> tuple[str, ...]:
        """What to assess, in codes of ``words.ASSESS``."""
        return self._with_unsettled("assess", self.weighed.assess)

    @property
    def unsettled(self) -> tuple[str, ...]:
        """The unknown marks, age or status that make a difference to the answer."""
        return self._planes.mattering(self._planes.matching(self.situation), self.situation.unknown)

    @property
    def would_change(self) -> "list[Change]":
        """The smallest changes that lead to another answer."""
        from halfdoor.disclosure.changing import changes

        return changes(self._planes, self.situation)

    @property
    def acknowledge(self) -> str:
        return "neither_confirm_nor_deny" if self.weighed.neither_confirm_nor_deny else "yes"

    def as_json(self) -> dict[str, object]:
        """Return the decision in the shape of the contract."""
        weighed = self.weighed
        versions = {pack.id: pack.version for pack in self._planes.table.packs}
        return {
            "contract": CONTRACT,
            "disposition": str(weighed.disposition),
            "recommended": "yes" if weighed.recommended else "no",
            "limits": _worded(weighed.limits, words.LIMITS),
            "ask": list(self.ask),
            "assess": list(self.assess),
            "acknowledge": self.acknowledge,
            "reasons": [_reason(rule, versions) for rule in weighed.reasons] or [SILENCE],
            "overridden": [
                {**_reason(lost.rule, versions), "disposition": str(lost.rule.effect), "beaten_by": lost.by.id}
                for lost in weighed.overridden
            ],
            "obligations": [_obligation(obliged) for obliged in weighed.obligations],
            "alternatives": _worded(weighed.alternatives, words.ALTERNATIVES),
            "would_change": [change.as_json() for change in self.would_change],
            "replay": {
                "packs": versions,
                "situation_sha256": self.situation.sha256(),
                "engine": ENGINE,
            },
        }

    def _with_unsettled(self, how: str, codes: tuple[str, ...]) -> tuple[str, ...]:
        """Add what can settle the unknown facts that make a difference."""
        if not self.situation.unknown:
            return codes
        settling = (words.SETTLED_BY[name] for name in self.unsettled)
        return tuple(dict.fromkeys((*codes, *(code for manner, code in settling if manner == how))))


def _reason(rule: Rule, versions: Mapping[str, str]) -> dict[str, object]:
    """Return a rule as a reason of the contract, with how sure we are of it and who reviewed it."""
    return {
        "rule": rule.id,
        "pack": rule.pack,
        "version": versions[rule.pack],
        "says": rule.says,
        "cites": _cites(rule.cites),
        "tier": str(rule.tier),
        "confidence": rule.confidence,
        "reviewed": rule.reviewed,
    }


def _obligation(obliged: Obliged) -> dict[str, object]:
    duty, meant = obliged.duty, CODES[obliged.duty.code]
    return {
        "code": duty.code,
        "says": meant.says,
        "who": meant.who,
        "when": meant.when,
        "due": {"within": duty.within, "from": duty.since, "unit": duty.unit} if duty.within else None,
        "cites": _cites(obliged.cites),
    }


def _cites(cites: Iterable[Citation]) -> list[dict[str, str]]:
    return [{"source": cite.source, "section": cite.section} for cite in cites]


def _worded(codes: Iterable[str], said: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"code": code, "says": said[code]} for code in codes]
