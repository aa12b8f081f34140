"""What somebody wrote after a session, as the room takes it: private notes, and the parts of a summary."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from halfdoor.service.accounts.models import Account
from halfdoor.service.agreements.choices import Topic
from halfdoor.service.disclosures.actions import UNMARKED, Marks, draw_up
from halfdoor.service.disclosures.choices import Category, Mark, MarksCover, SaidBy
from halfdoor.service.disclosures.models import Item
from halfdoor.service.notes.choices import FAMILY_WORK, SecretsRule, SessionKind
from halfdoor.service.notes.models import KIND, PROCESS_KIND
from halfdoor.service.people.models import Episode


def kind_of(category: str) -> str:
    """Return under which word an item of this category stands: process notes lie apart."""
    return PROCESS_KIND if category == Category.PROCESS_NOTES else KIND


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """
    One part that is decided by itself: its words, what it is about, what is marked on it, and whose words they are.

    ``source`` is the name of whoever said it; ``told_on`` says that they agree that the others of the family hear it.
    """

    text: str = field(repr=False)
    category: Category
    topic: Topic = Topic.NONE
    marks: Marks = UNMARKED
    said_by: SaidBy = SaidBy.CLINICIAN
    source: str = field(default="", repr=False)
    source_may_be_known: Mark = Mark.UNKNOWN
    told_on: bool = False

    def item(self, *, episode: Episode, by: Account, at: datetime) -> Item:
        """Return the item it would be; it is on record nowhere."""
        return draw_up(
            kind_of(self.category),
            episode=episode,
            category=self.category,
            topic=self.topic,
            marks=self.marks,
            said_by=self.said_by,
            source_may_be_known=self.source_may_be_known,
            by=by,
            at=at,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """All of what was written after one session; ``private`` is for the clinical team, ``process`` for its author."""

    met_on: date
    kind: SessionKind = SessionKind.INDIVIDUAL
    private: str = field(default="", repr=False)
    process: str = field(default="", repr=False)
    pieces: tuple[Piece, ...] = ()

    def protected(self, rule: str) -> "Contents":
        """Return the same with each member's own disclosures marked, as the family agreed (``rule``; none: nothing)."""
        return replace(self, pieces=tuple(_protected(piece, self.kind, rule) for piece in self.pieces))

    def everything(self) -> Sequence[Piece]:
        """Return all of it as pieces: those to share first."""
        private = (
            Piece(text=text, category=category)
            for text, category in (
                (self.private, Category.SESSION_CONTENT),
                (self.process, Category.PROCESS_NOTES),
            )
            if text
        )
        return (*self.pieces, *private)


def _protected(piece: Piece, kind: SessionKind, rule: str) -> Piece:
    """
    Mark what a member of the family said in family work, so that the rules keep it from the others.

    What the young person said was given in confidence; what anybody else said was promised to stay with us, and so is
    kept from the young person too.
    """
    if kind not in FAMILY_WORK or piece.told_on or rule == SecretsRule.AMONG_US:
        return piece
    marks = replace(piece.marks, marks_cover=MarksCover.EVERYTHING)
    match piece.said_by:
        case SaidBy.YOUNG_PERSON:
            return replace(piece, marks=replace(marks, given_in_confidence=Mark.YES))
        case SaidBy.CAREGIVER | SaidBy.SOMEBODY_ELSE:
            return replace(piece, marks=replace(marks, source_promised_confidence=Mark.YES))
        case SaidBy.TEAM | SaidBy.CLINICIAN:
            return piece
