"""The library: short pieces of ours, in general terms, the same for everybody who may read them."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ObjectDoesNotExist
from django.utils.functional import Promise, lazy
from django.utils.translation import gettext_lazy as _

from halfdoor.service.core.audience import Audience
from halfdoor.service.requests.pieces import Piece as AnswerPiece


@dataclass(frozen=True, slots=True)
class Piece:
    """
    One piece: how it begins, what one can try, and a last word.

    ``tells`` is whether its subject alone could tell something about a young person: it is never offered to anybody.
    """

    slug: str
    title: Promise
    begins: Promise
    tries: tuple[Promise, ...]
    ends: Promise
    tells: bool = False


def shelf_of(audience: str) -> tuple[Piece, ...]:
    """Return what stands on the shelf of a role: its own pieces; for staff, all that they may offer or read."""
    from halfdoor.service.engagement import pieces_for_caregivers, pieces_for_teams, pieces_for_young_people

    shelves: Mapping[str, tuple[Piece, ...]] = {
        Audience.CAREGIVER: pieces_for_caregivers.PIECES,
        Audience.YOUNG_PERSON: pieces_for_young_people.PIECES,
        Audience.TEAM: pieces_for_teams.PIECES,
    }
    return shelves.get(audience, tuple(piece for shelf in shelves.values() for piece in shelf))


class NoSuchPiece(ObjectDoesNotExist):
    """There is no such piece on the shelf of whoever reads."""


def piece_of(audience: str, slug: str) -> Piece:
    """
    Return one piece from the shelf of a role.

    :raises NoSuchPiece: if it does not stand there
    """
    for piece in shelf_of(audience):
        if piece.slug == slug:
            return piece
    raise NoSuchPiece(slug)


SHELVES: Mapping[str, Promise] = {
    Audience.CAREGIVER: _("For parents and caregivers"),
    Audience.YOUNG_PERSON: _("For young people"),
    Audience.TEAM: _("For care and education teams"),
}
"""The shelves, as staff read them."""


def for_whoever_asks() -> Mapping[str, AnswerPiece]:
    """Return what can go with an answer to whoever asked, by code: pieces for caregivers that tell nothing."""
    pieces = [piece for piece in shelf_of(Audience.CAREGIVER) if not piece.tells]
    return {piece.slug: AnswerPiece(piece.slug, piece.title, _when_read(piece)) for piece in pieces}


def _in_one(piece: Piece) -> str:
    return " ".join(str(part) for part in (piece.begins, *piece.tries, piece.ends))


_when_read = lazy(_in_one, str)
