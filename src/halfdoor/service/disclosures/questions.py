"""What the gate is asked: may this kind of information go to this recipient, for this purpose, now?"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from halfdoor.service.people.models import Episode, Membership, YoungPerson


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """
    A recipient outside the circle of care. What they say about themselves is not what we know: identity stays
    unverified until somebody checked it.
    """

    relation: str = "unknown"
    authority: str = "unknown"
    identity: str = "unverified"
    needs_it_for_role: str = "unknown"

    @property
    def facts(self) -> Mapping[str, str]:
        return {
            "relation": self.relation,
            "authority": self.authority,
            "identity": self.identity,
            "needs_it_for_role": self.needs_it_for_role,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """
    May this kind of information about a young person go to this recipient, for this purpose?

    ``stated`` holds facts by name that no record keeps yet and that whoever asks the gate answers for: circumstances,
    marks, who started it, for whom somebody acts. Without ``episode`` it is about the care that runs now.
    """

    young_person: YoungPerson
    recipient: Membership | Caller
    category: str
    topic: str = ""
    purpose: str = "unstated"
    initiated_by: str = "recipient"
    episode: Episode | None = None
    stated: Mapping[str, str] = field(default_factory=dict)

    @property
    def member(self) -> Membership | None:
        """The recipient, if they have a place in the circle."""
        return self.recipient if isinstance(self.recipient, Membership) else None
