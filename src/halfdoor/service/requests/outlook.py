"""What the gate says now to somebody who asks, with the words for it. Nothing is written down by looking."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from halfdoor.service.accounts.models import Account
from halfdoor.service.disclosures import gate
from halfdoor.service.disclosures.duties import unfulfilled
from halfdoor.service.disclosures.gate import Question
from halfdoor.service.people.facts import day_in
from halfdoor.service.people.models import YoungPerson
from halfdoor.service.requests.departing import CLOSER
from halfdoor.service.requests.facts import ASKABLE
from halfdoor.service.requests.wording import Setting, Wording, to_read_aloud
from halfdoor.service.requests.words import TOPICS
from halfdoor.service.web.decision_words import said

ANSWERED_WITHIN = timedelta(days=5)
"""How long whoever asks waits at most before they hear from us, whatever the answer will be."""

_OPENING = ("must_share", "may_share", "share_limited")
_AT_ONCE = 3


@dataclass(frozen=True)
class Outlook:
    """
    What may be said now to whoever asks a question. Each part is worked out when it is asked for.

    ``promised_on`` is the day by which they were told that we come back to them, where they were told one already.
    """

    question: Question
    reader: Account
    at: datetime
    promised_on: date | None = None

    @cached_property
    def decision(self) -> Mapping[str, Any]:
        """The decision in the contract's JSON."""
        return gate.consider(self.question, at=self.at).as_json()

    @cached_property
    def wording(self) -> Wording:
        """Words to read aloud, with the day by which we come back."""
        return to_read_aloud(self.decision, category=self.question.category, setting=self.setting)

    @property
    def setting(self) -> Setting:
        """What the sentences mention."""
        return setting_of(self.question.young_person, back_on=self.back_on)

    @property
    def back_on(self) -> date:
        """The day by which we come back: the one that was promised, or a new one where none was or it has passed."""
        practice = self.question.young_person.practice
        if self.promised_on is not None and self.promised_on >= day_in(practice, at=self.at):
            return self.promised_on
        return day_in(practice, at=self.at + ANSWERED_WITHIN)

    @cached_property
    def missing(self) -> tuple[str, ...]:
        """The few facts that matter most, are not on record and can be asked for on the telephone."""
        names = gate.missing(self.question, at=self.at) if self._may_be_known else ()
        is_member = self.question.member is not None
        askable = (name for name in names if name in ASKABLE and (is_member or not ASKABLE[name].about_a_member))
        return tuple(askable)[:_AT_ONCE]

    @cached_property
    def also_open(self) -> tuple[Mapping[str, str], ...]:
        """What else may go to the same member, as ``{words, disposition}``, so that nobody is left with nothing."""
        if self.question.member is None or not self._may_be_known:
            return ()
        member = self.question.member
        drawn = gate.sharing_map(self.question.young_person, only=member, reader=self.reader, at=self.at)
        row = next(iter(drawn.rows))
        return tuple(
            {"words": str(TOPICS[category]), "disposition": str(disposition)}
            for category, disposition in zip(drawn.categories, row.answers, strict=True)
            if disposition.opens and category not in (self.question.category, "existence_of_care")
        )

    @property
    def opens(self) -> bool:
        return self.decision["disposition"] in _OPENING

    @property
    def can_be_kept_back(self) -> bool:
        """Whether it could go and no law compels it, so that a clinician may decide to be more careful."""
        return bool(CLOSER.get(self.decision["disposition"]))

    @property
    def waits(self) -> bool:
        """Whether somebody has to be asked, or something checked, before there is an answer."""
        return self.decision["disposition"] in ("ask_first", "assess_first")

    @property
    def todo(self) -> list[tuple[str, str]]:
        """What a person has to do before it goes, as code and words; writing the answer meets what it can."""
        duties = {duty["code"]: said(duty) for duty in self.decision["obligations"]}
        # What goes to an office is sent from elsewhere: only what goes to a member of the circle is written here.
        is_written_here = self.question.member is not None
        return [(code, duties[code]) for code in unfulfilled(duties, by_writing=is_written_here)]

    @property
    def _may_be_known(self) -> bool:
        return bool(self.decision["acknowledge"] == "yes")


def setting_of(young_person: YoungPerson, *, back_on: date) -> Setting:
    """Return what the sentences mention: the first name, the day, the place."""
    return Setting(first_name(young_person), back_on, young_person.practice.place)


def first_name(young_person: YoungPerson) -> str:
    """Return what a young person is called in a sentence."""
    return young_person.name.split()[0]
