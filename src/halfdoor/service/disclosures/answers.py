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


class StillToDo(Exception):
    """Something has to be done before this can go. ``codes`` are the obligations, in the judgement's words."""

    def __init__(self, codes: Sequence[str]) -> None:
        super().__init__("Some things have to be done before this can go. Do them, say so, and release it again.")
        self.codes = tuple(codes)


@dataclass(frozen=True, slots=True)
class Released:
    """What the gate hands out: the only thing that carries a payload."""

    item_id: UUID
    category: str
    topic: str
    said_by: str
    written_at: datetime
    text: str = field(repr=False)


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
    """That something was decided for good: the decision, its line in the ledger, and what has to happen around it."""

    decision: Decision
    line: Line
    obligations: tuple[Obligation, ...]

    @property
    def went(self) -> bool:
        return self.decision.disposition.opens


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
