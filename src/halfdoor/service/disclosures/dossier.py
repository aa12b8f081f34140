"""
All that is on record about one young person at a moment, read once and turned into situations without the database.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from halfdoor.disclosure.situation import Situation
from halfdoor.disclosure.vocabulary import BY_NAME, Kind, Value
from halfdoor.service.agreements import facts as agreements
from halfdoor.service.disclosures import providers
from halfdoor.service.disclosures.questions import Caller, Question
from halfdoor.service.people import facts as people
from halfdoor.service.people.models import Episode, Membership, YoungPerson
from halfdoor.service.people.settings_of_care import CLINICIANS

ITEM_FACTS = (
    "kept_private",
    "given_in_confidence",
    "about_third_party",
    "source_promised_confidence",
    "marks_cover",
)
"""Facts that stand in an item's own columns, besides its category."""

_STRENGTH = ("no", "unknown", "yes")
_MARKS = frozenset(name for name, fact in BY_NAME.items() if fact.kind is Kind.MARK)
_STATABLE = providers.SAYABLE - {"suspected_of_harm"} | {"authority_holder_agrees", "other_parent"}


_FORGOTTEN: Mapping[str, Value] = {
    "authorization": "none",
    "authorization_by": "none",
    "wish": "not_asked",
    "authority": "unknown",
}
"""What holds instead, while a restore may have forgotten what was withdrawn, limited or suspected since."""


class MustBeOnRecord(ValueError):
    """A fact was stated that belongs on record. ``fact`` is its name."""

    def __init__(self, fact: str) -> None:
        super().__init__(
            f"'{fact}' cannot only be stated: it would hold for this answer and nobody could check it later. "
            "Record it in the circle of care or among the agreements, then ask again."
        )
        self.fact = fact


@dataclass(frozen=True)
class Dossier:
    """What is on record about a young person: their circle, what was agreed, and what other rooms know."""

    young_person: YoungPerson
    at: datetime
    circle: people.Circle
    agreed: agreements.Agreed
    provided: tuple[providers.About, ...]

    def without_safeguarding(self) -> "Dossier":
        """
        Return what would be on record without any suspicion, limit of a court, danger or other circumstance: the
        circle's ordinary facts, and what was agreed.
        """
        return replace(self, circle=self.circle.without_safeguarding(), provided=())

    def seen_on(self, moment: datetime) -> "Dossier":
        """Return what is on record now, as it will stand at a moment to come: facts lapse, consents end, ages grow."""
        today = people.day_in(self.young_person.practice, at=moment)
        return replace(
            self,
            at=moment,
            circle=replace(self.circle, today=today),
            agreed=replace(self.agreed, today=today),
            provided=providers.consult(self.young_person, at=moment) if self.provided else (),
        )

    def of_question(self, question: Question) -> Situation:
        """
        Return the situation of a question.

        :raises MustBeOnRecord: where a fact is stated that belongs on record
        """
        for name in question.stated:
            if name not in _STATABLE:
                raise MustBeOnRecord(name)
        asked = {"purpose": question.purpose, "initiated_by": question.initiated_by, "category": question.category}
        values = self.facts(
            question.recipient,
            question.episode or self.circle.current_episode,
            question.category,
            question.topic,
            question.purpose,
            stated=question.stated,
        )
        return Situation.of(values | asked, at=self.at)

    def as_usual(self, question: Question) -> Situation:
        """Return the situation of a question as it would be without any suspicion, court or danger, stated or not."""
        return self.without_safeguarding().of_question(replace(question, stated={}))

    def facts(
        self,
        recipient: Membership | Caller,
        episode: Episode | None,
        category: str,
        topic: str,
        purpose: str,
        *,
        stated: Mapping[str, str] = MappingProxyType({}),
    ) -> dict[str, Value]:
        """
        Return what is on record about this recipient and this kind of information, in this episode of care.

        What is stated now goes before what other rooms know of the circumstances, and never before the circle's own
        record.
        """
        practice = self.young_person.practice
        place: dict[str, Value] = {
            "place": practice.place,
            "setting": episode.setting if episode else practice.setting,
            "provider": practice.provider,
            "practitioner": practice.practitioner,
        }
        member = recipient if isinstance(recipient, Membership) else None
        about = self.circle.of_member(recipient) if isinstance(recipient, Membership) else recipient.facts
        return joined(
            *(provided(member, category, topic) for provided in self.provided),
            stated,
            self.agreed.about(member.pk if member else None, str(about["relation"]), category, topic, purpose),
            self.circle.of_episode(episode.pk) if episode else {},
            self.circle.of_young_person(category),
            about,
            place,
            _while_shut(str(about["relation"])) if practice.doors_shut else {},
        )


def _while_shut(relation: str) -> Mapping[str, Value]:
    """Return what counts while nobody knows what a restore forgot. Clinicians go on reading what they need to help."""
    return _FORGOTTEN if relation in CLINICIANS else {**_FORGOTTEN, "suspected_of_harm": "unknown"}


def load(young_person: YoungPerson, *, at: datetime) -> Dossier:
    """Read everything on record about a young person at a moment: two queries, and those of the providers."""
    return load_many([young_person], at=at)[young_person.pk]


def load_many(young_people: Sequence[YoungPerson], *, at: datetime) -> dict[UUID, Dossier]:
    """Read everything on record about several young people of one practice, by their id: as many queries as for one."""
    if not young_people:
        return {}
    circles = people.load_many(young_people, at=at)
    agreed, provided = agreements.load_many(young_people, at=at), providers.consult_about(young_people, at=at)
    return {one.pk: Dossier(one, at, circles[one.pk], agreed[one.pk], provided[one.pk]) for one in young_people}


def joined(*sources: Mapping[str, Value]) -> dict[str, Value]:
    """Join facts: of marks the strongest stands, of anything else what the later source says."""
    joined: dict[str, Value] = {}
    for source in sources:
        for name, value in source.items():
            if name in _MARKS and name in joined:
                value = max(str(joined[name]), str(value), key=_STRENGTH.index)
            joined[name] = value
    return joined
