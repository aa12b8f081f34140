"""
What they will see: what each person in the circle would get of a draft, sentence by sentence, before anything is
shared; and which sentences repeat what private notes say.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db.models import Q

from halfdoor.service.accounts.models import Account
from halfdoor.service.disclosures import gate
from halfdoor.service.disclosures.answers import Foreseen, Released, Sight
from halfdoor.service.disclosures.choices import Category, Mark
from halfdoor.service.disclosures.duties import unfulfilled
from halfdoor.service.disclosures.models import Item
from halfdoor.service.notes import leak_guard
from halfdoor.service.notes.choices import PRIVATE
from halfdoor.service.notes.contents import Contents, Piece
from halfdoor.service.notes.leak_guard import Likeness, Overlap
from halfdoor.service.notes.models import KINDS, Draft
from halfdoor.service.people import queries as people
from halfdoor.service.people.choices import Relation
from halfdoor.service.people.models import Membership

THIS_NOTE = "private"
THIS_PROCESS = "process"
"""Where a repeated sentence stands, if it is in the private part of the same draft."""


@dataclass(frozen=True, slots=True)
class Repeated:
    """A sentence that repeats, or may repeat, a private one: where that stands, and what was written there when."""

    number: int
    piece: int
    overlap: Overlap
    source: UUID | None
    written_at: datetime | None
    category: str

    @property
    def needs_a_reason(self) -> bool:
        return self.overlap.likeness is Likeness.REPEATS


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a summary, with the mark on it if there is one."""

    text: str
    repeated: Repeated | None


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a summary as its author sees it."""

    piece: Piece
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Got:
    """
    One part as one person would get it, or would not.

    ``goes`` by itself; where it does not, ``todo`` are the duties with which somebody could hand it over, and
    ``reasons`` why it stands so.
    """

    piece: Piece
    disposition: str
    goes: bool
    reasons: tuple[Mapping[str, Any], ...]
    todo: tuple[Mapping[str, Any], ...]

    @property
    def by_hand(self) -> bool:
        """Whether it may go, but only from somebody's hand."""
        return not self.goes and self.disposition in ("must_share", "may_share", "share_limited")


@dataclass(frozen=True, slots=True)
class Recipient:
    """One person in the circle, and what they would get. Without an account they see nothing here by themselves."""

    member: Membership
    has_account: bool
    parts: tuple[Got, ...]

    @property
    def how_many(self) -> int:
        return sum(part.goes for part in self.parts)

    @property
    def is_young_person(self) -> bool:
        return self.member.relation == Relation.SELF

    @property
    def is_clinician(self) -> bool:
        return self.member.relation in people.CLINICIANS


@dataclass(frozen=True, slots=True)
class Preview:
    """What everybody would get. ``fingerprint`` is of all of it: whatever changes it asks the author to look again."""

    parts: tuple[Part, ...]
    recipients: tuple[Recipient, ...]
    repeated: tuple[Repeated, ...]
    fingerprint: str


def of(draft: Draft, contents: Contents, *, show: bool = True, by: Account, at: datetime) -> Preview:
    """
    Return what everybody would get of a draft to its author, and write down what they were shown of private notes;
    with ``show`` off nobody is shown anything.

    :raises NotReleased: if the author is no clinician of the circle any more
    """
    author = own_place(draft, by=by)
    pieces = contents.pieces
    look = _Look(draft, contents)
    foreseen = gate.foresee(
        author,
        [piece.item(episode=draft.episode, by=by, at=at) for piece in pieces],
        beside=Item.objects.of_kind(*KINDS).filter(Q(category__in=PRIVATE) | Q(kept_private=Mark.YES)),
        pick=look,
        show=show,
        at=at,
    )
    repeated = look.repeated(foreseen.released)
    recipients = [_recipient(sight, pieces) for sight in foreseen.sights if sight.member.pk != author.pk]
    recipients.sort(key=lambda one: (one.is_clinician, not one.is_young_person))
    return Preview(
        parts=tuple(_part(number, piece, repeated) for number, piece in enumerate(pieces)),
        recipients=tuple(recipients),
        repeated=repeated,
        fingerprint=_fingerprint(draft, contents, recipients, look.overlaps),
    )


def own_place(draft: Draft, *, by: Account) -> Membership:
    """
    Return the author's place in the circle.

    :raises Membership.DoesNotExist: if they are no clinician of it any more
    """
    places = people.memberships_of(by).filter(young_person=draft.young_person_id, relation__in=people.CLINICIANS)
    return places[0] if places else _nobody()


def _nobody() -> Membership:
    raise Membership.DoesNotExist


class _Look:
    """The guard's look at private texts; it says which of them the author is to see again."""

    def __init__(self, draft: Draft, contents: Contents) -> None:
        self._names = draft.young_person.name.split()
        own = {THIS_NOTE: contents.private, THIS_PROCESS: contents.process}
        self._own: dict[object, str] = {place: text for place, text in own.items() if text}
        self._replaced = draft.corrects_id
        self._sentences = [
            (number, sentence)
            for number, piece in enumerate(contents.pieces)
            if piece.category not in PRIVATE
            for sentence in leak_guard.sentences_of(piece.text)
        ]
        self.overlaps: tuple[Overlap, ...] = ()

    def __call__(self, texts: Mapping[UUID, str]) -> set[UUID]:
        """Look through texts by item, and return those that are repeated."""
        private = self._own | {item: text for item, text in texts.items() if item != self._replaced}
        sentences = list(dict.fromkeys(sentence for _, sentence in self._sentences))
        self.overlaps = leak_guard.overlaps(sentences, private, names=self._names)
        return {one.source for one in self.overlaps if isinstance(one.source, UUID)}

    def repeated(self, released: Sequence[Released]) -> tuple[Repeated, ...]:
        """Return each marked sentence with its source, in the order of the summary."""
        notes = {one.item_id: one for one in released}
        found = {one.sentence: one for one in self.overlaps}
        marked = [(piece, found[sentence]) for piece, sentence in self._sentences if sentence in found]
        return tuple(_repeated(number, piece, one, notes) for number, (piece, one) in enumerate(marked))


def _repeated(number: int, piece: int, overlap: Overlap, notes: Mapping[UUID, Released]) -> Repeated:
    if not isinstance(overlap.source, UUID):
        category = Category.PROCESS_NOTES if overlap.source == THIS_PROCESS else Category.SESSION_CONTENT
        return Repeated(number, piece, overlap, None, None, category)
    note = notes.get(overlap.source)
    return Repeated(
        number, piece, overlap, overlap.source, note.written_at if note else None, note.category if note else ""
    )


def _part(number: int, piece: Piece, repeated: Sequence[Repeated]) -> Part:
    marks = {one.overlap.sentence: one for one in repeated if one.piece == number}
    sentences = leak_guard.sentences_of(piece.text)
    return Part(piece, tuple(Sentence(text, marks.get(text)) for text in sentences))


def _recipient(sight: Sight, pieces: Sequence[Piece]) -> Recipient:
    has_account = sight.member.person.account_id is not None
    parts = tuple(_got(foreseen, piece) for foreseen, piece in zip(sight.items, pieces, strict=True))
    return Recipient(sight.member, has_account, parts)


def _got(foreseen: Foreseen, piece: Piece) -> Got:
    decision = foreseen.decision
    return Got(
        piece=piece,
        disposition=str(decision.disposition),
        goes=foreseen.shows,
        reasons=tuple({"rule": rule.id, "says": rule.says} for rule in decision.reasons[:1]),
        todo=_todo(decision.as_json()) if decision.disposition.opens and not foreseen.shows else (),
    )


def _todo(decision: Mapping[str, Any]) -> tuple[Mapping[str, Any], ...]:
    """Return what a person has to do before they hand something over, as the judgement says it."""
    duties = {duty["code"]: duty for duty in decision["obligations"]}
    return tuple(duties[code] for code in unfulfilled(duties, by_writing=True))


def _fingerprint(draft: Draft, contents: Contents, recipients: Sequence[Recipient], overlaps: Sequence[Overlap]) -> str:
    """Return a hash of what would be written and who gets what. The draft's id salts it, and goes with it."""
    seen = {
        "draft": str(draft.pk),
        "written": repr((contents.met_on, contents.kind, contents.private, contents.process)),
        "pieces": [[piece.text, piece.source, repr(piece)] for piece in contents.pieces],
        "got": [[str(one.member.pk), [[got.disposition, got.goes] for got in one.parts]] for one in recipients],
        "repeated": sorted([one.sentence, str(one.source), one.private] for one in overlaps),
    }
    return sha256(json.dumps(seen, sort_keys=True).encode()).hexdigest()
