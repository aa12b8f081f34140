"""What comes out of the gate, and how it says no."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from halfdoor.disclosure.decision import Decision
from halfdoor.disclosure.rules import Disposition
from halfdoor.service.disclosures.models import Line, Obligation
from halfdoor.service.people.models import Membership


class NotReleased(Exception):
    """It does not go to this person, or it is not there at all: nobody is told which."""


class LawCompels(Exception):
    """It has to go: nobody may keep it back."""


class StillToDo(Exception):
    """Something has to be done before this can go. ``codes`` are the obligations, in the judgement's words."""

    def __init__(self, codes: Sequence[str]) -> None:
        super().__init__("Some things have to be done before this can go. Do them, say so, and release it again.")
        self.codes = tuple(codes)


@dataclass(frozen=True, slots=True)
class Marked:
    """What is marked on an item, or may be: by name, whether it covers a part only, and who may know its source."""

    names: tuple[str, ...]
    in_part: bool
    source_may_be_known: str


@dataclass(frozen=True, slots=True)
class Released:
    """
    What the gate hands out: the only thing that carries a payload.

    ``said_by`` and ``source``, whose words they are and their name, are empty for whoever may not know that; what is
    ``marked`` on it is for clinicians.
    """

    item_id: UUID
    episode_id: UUID
    category: str
    topic: str
    written_at: datetime
    written_by: UUID
    version: int
    text: str = field(repr=False)
    said_by: str = ""
    source: str = field(default="", repr=False)
    marked: "Marked | None" = None


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What would become of one drafted item for one person: the answer, and whether a list would show it by itself."""

    decision: Decision
    shows: bool


@dataclass(frozen=True, slots=True)
class Sight:
    """What one member of the circle would get of drafted items, in their order."""

    member: Membership
    items: tuple[Foreseen, ...]


@dataclass(frozen=True, slots=True)
class Foresight:
    """
    What everybody in the circle would get, and what was picked among the items it was held against. ``released`` is
    empty where nobody was to be shown anything.
    """

    sights: tuple[Sight, ...]
    picked: tuple[UUID, ...]
    released: tuple["Released", ...]


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list. It knows whether there is more to see, and never how much there is."""

    items: tuple[Released, ...]
    number: int
    has_next: bool

    @property
    def has_previous(self) -> bool:
        return self.number > 1


@dataclass(frozen=True, slots=True)
class Receipt:
    """
    That something was decided for good: the decision, its line in the ledger, and what has to happen around it.

    ``is_kept_back`` is whether somebody kept back what could have gone.
    """

    decision: Decision
    line: Line
    obligations: tuple[Obligation, ...]
    is_kept_back: bool = False

    @property
    def went(self) -> bool:
        return self.decision.disposition.opens and not self.is_kept_back


@dataclass(frozen=True, slots=True)
class MapRow:
    """What one member of the circle may know now: an answer for each kind of information, in the map's order."""

    member: Membership
    answers: tuple[Disposition, ...]


@dataclass(frozen=True, slots=True)
class SharingMap:
    """Who may know what now. Each cell opens to its decision by asking the gate about that member and that kind."""

    categories: tuple[str, ...]
    rows: tuple[MapRow, ...]
