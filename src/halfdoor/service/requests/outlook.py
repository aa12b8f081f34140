"""What the gate says now to somebody who asks, with the words for it. Nothing is written down by looking."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from halfdoor.service.accounts.models import Account
from halfdoor.service.disclosures import gate
from halfdoor.service.disclosures.duties import unfulfilled
from halfdoor.service.disclosures.gate import Question
from halfdoor.service.people.facts import day_in
from halfdoor.service.people.models import YoungPerson
from halfdoor.service.requests import wording
from halfdoor.service.requests.facts import ASKABLE
from halfdoor.service.requests.words import TOPICS
from halfdoor.service.web.decision_words import said

ANSWERED_WITHIN = timedelta(days=5)
"""How long whoever asks waits at most before they hear from us, whatever the answer will be."""

_OPENING = ("must_share", "may_share", "share_limited")
_AT_ONCE = 3


@dataclass(frozen=True, slots=True)
class Outlook:
    """
    The decision in the contract's JSON, words to read aloud, the names of facts that could still change it (those
    that matter most first), and what else this person may know now, so that nobody has to leave with nothing.
    """

    decision: Mapping[str, Any]
    wording: wording.Wording
    missing: tuple[str, ...]
    also_open: tuple[Mapping[str, str], ...]
    at: datetime

    @property
    def opens(self) -> bool:
        return self.decision["disposition"] in _OPENING

    @property
    def todo(self) -> list[tuple[str, str]]:
        """What a person has to do before it goes, as code and words."""
        duties = {duty["code"]: said(duty) for duty in self.decision["obligations"]}
        return [(code, duties[code]) for code in unfulfilled(duties, by_writing=True)]

    @property
    def alternatives(self) -> list[str]:
        """What the answer suggests to do instead, as codes."""
        return [one["code"] for one in self.decision["alternatives"]]


def outlook(question: Question, *, reader: Account, at: datetime) -> Outlook:
    """Return what may be said now to whoever asks this question."""
    decision = gate.consider(question, at=at).as_json()
    back_on = day_in(question.young_person.practice, at=at + ANSWERED_WITHIN)
    is_known = decision["acknowledge"] == "yes"
    return Outlook(
        decision=decision,
        wording=wording.to_read_aloud(
            decision, category=question.category, setting=setting_of(question.young_person, back_on=back_on)
        ),
        missing=_missing(question, at=at) if is_known else (),
        also_open=_also_open(question, reader=reader, at=at) if is_known else (),
        at=at,
    )


def setting_of(young_person: YoungPerson, *, back_on: date) -> wording.Setting:
    """Return what the sentences mention: the first name, the day, the place."""
    return wording.Setting(first_name(young_person), back_on, young_person.practice.place)


def first_name(young_person: YoungPerson) -> str:
    """Return what a young person is called in a sentence."""
    return young_person.name.split()[0]


def _missing(question: Question, *, at: datetime) -> tuple[str, ...]:
    """Return the facts that could still change the answer and that can be asked for on the telephone."""
    names = [name for name in gate.missing(question, at=at) if name in ASKABLE]
    return tuple(name for name in names if question.member or not ASKABLE[name].about_a_member)[:_AT_ONCE]


def _also_open(question: Question, *, reader: Account, at: datetime) -> tuple[Mapping[str, str], ...]:
    """Return what else may go to the same member of the circle, as ``{words, disposition}`` each."""
    if question.member is None:
        return ()
    drawn = gate.sharing_map(question.young_person, reader=reader, at=at)
    row = next(row for row in drawn.rows if row.member == question.member)
    return tuple(
        {"words": str(TOPICS[category]), "disposition": str(disposition)}
        for category, disposition in zip(drawn.categories, row.answers, strict=True)
        if disposition.opens and category not in (question.category, "existence_of_care")
    )
