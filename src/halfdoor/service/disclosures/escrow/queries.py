"""Reading of what is in escrow. Every function says who is reading; what they may not know is not there."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from halfdoor.service.accounts.models import Account, Role
from halfdoor.service.disclosures.escrow.rows import (
    Escrow,
    EscrowClosed,
    EscrowOutcome,
    EscrowQuerySet,
    EscrowReading,
    EscrowSeen,
    EscrowSettled,
)
from halfdoor.service.disclosures.escrow.standing import CLINICIANS, may_be_second
from halfdoor.service.people.facts import day_in
from halfdoor.service.web.due import Due

_A_FEW = 50


@dataclass(frozen=True, slots=True)
class Found:
    """
    One escrow as somebody may read of it: the reason in words is for officers alone.

    ``state`` is one of: waiting, lapsed, dropped, open, over.
    """

    escrow: Escrow
    state: str
    settled: EscrowSettled | None
    closed: EscrowClosed | None
    readings: tuple[EscrowReading, ...]
    because: str
    is_author: bool
    may_agree: bool
    may_take_back: bool
    may_close: bool
    may_read: bool
    seen: EscrowSeen | None


def escrows_of(lead: Account) -> EscrowQuerySet:
    """Return all of the practice to a lead, the newest first; nothing to anybody else."""
    rows = _rows(lead).order_by("-asked_at", "-pk")
    return rows if lead.role == Role.LEAD else rows.none()


def escrow_of(reader: Account, escrow_id: UUID, *, at: datetime) -> Found:
    """
    Return one to a lead, to the author, and to whoever is or was its second officer.

    :raises Escrow.DoesNotExist: to anybody else, and if there is none of this id
    """
    escrow = _readable(reader, at=at).get(pk=escrow_id)
    of_it = {"practice": reader.practice_id, "escrow": escrow}
    settled = EscrowSettled.objects.filter(**of_it).select_related("settled_by").first()
    closed = EscrowClosed.objects.filter(**of_it).select_related("closed_by").first()
    state = _state(escrow, settled, closed, at=at)
    is_author, asked = reader.pk == escrow.author_id, reader.pk == escrow.asked_by_id
    readings = EscrowReading.objects.filter(**of_it).select_related("read_by").order_by("read_at")
    return Found(
        escrow=escrow,
        state=state,
        settled=settled,
        closed=closed,
        readings=tuple(readings[:_A_FEW]),
        because="" if is_author else escrow.because,
        is_author=is_author,
        may_agree=state == "waiting" and may_be_second(escrow, reader),
        may_take_back=state == "waiting" and asked,
        may_close=state == "open" and not is_author,
        may_read=state == "open" and asked and reader.role == Role.LEAD,
        seen=EscrowSeen.objects.filter(**of_it).first(),
    )


def due(reader: Account, *, at: datetime) -> Iterator[Due]:
    """
    Yield to leads what waits or is open, to a therapist what waits for them, and to an author what they should know.
    Nothing is asked while nothing stands.
    """
    if reader.role not in CLINICIANS or not reader.practice.escrow_stands:
        return
    rows = _readable(reader, at=at).order_by("asked_at", "pk")
    for escrow in rows.waiting(at=at).exclude(author=reader)[:_A_FEW]:
        yield from _waiting(escrow, reader)
    if reader.role == Role.LEAD:
        for escrow in rows.open(at=at).exclude(author=reader)[:_A_FEW]:
            words = _("Process notes of %(author)s about %(name)s are open") % _names(escrow)
            yield _due(escrow, words, _("%(who)s asked for them.") % {"who": escrow.asked_by.display_name})
    read_of = EscrowSeen.objects.filter(practice=OuterRef("practice"), escrow=OuterRef("pk"))
    for escrow in rows.filter(author=reader).exclude(Exists(read_of))[:_A_FEW]:
        words = _("Somebody asked for your process notes about %(name)s") % _names(escrow)
        yield _due(escrow, words, _("Read who asked, why, and what became of it."))


def _waiting(escrow: Escrow, reader: Account) -> Iterator[Due]:
    if may_be_second(escrow, reader):
        words = _("%(who)s asks to open process notes of %(author)s about %(name)s")
        said = words % (_names(escrow) | {"who": escrow.asked_by.display_name})
        yield _due(escrow, said, _("Read why, and whether you agree."))
    elif escrow.asked_by_id == reader.pk:
        words = _("Process notes of %(author)s about %(name)s wait for a second person")
        yield _due(escrow, words % _names(escrow), _("Nothing is open yet. Ask a colleague to look at it."))


def _state(escrow: Escrow, settled: EscrowSettled | None, closed: EscrowClosed | None, *, at: datetime) -> str:
    if settled is None:
        return "waiting" if at < escrow.lapses_at else "lapsed"
    if settled.outcome == EscrowOutcome.DROPPED:
        return "dropped"
    return "open" if closed is None and at < settled.until_at else "over"


def _readable(reader: Account, *, at: datetime) -> EscrowQuerySet:
    """Return to a lead all, to a clinician what they wrote, settled, or can be the second officer of (``standing``)."""
    rows = _rows(reader)
    if reader.role == Role.LEAD:
        return rows
    leads = Account.objects.filter(practice=OuterRef("practice"), role=Role.LEAD, is_active=True)
    others = leads.exclude(pk=OuterRef("asked_by")).exclude(pk=OuterRef("author"))
    settled = EscrowSettled.objects.filter(practice=OuterRef("practice"), escrow=OuterRef("pk"), settled_by=reader)
    waits = Q(pk__in=Escrow.objects.filter(practice=reader.practice_id).waiting(at=at).values("pk"))
    theirs = Q(author=reader) | Q(Exists(settled)) | (waits & ~Q(Exists(others)))
    return rows.filter(theirs) if reader.role == Role.THERAPIST else rows.none()


def _rows(reader: Account) -> EscrowQuerySet:
    rows = Escrow.objects.filter(practice=reader.practice_id)
    return rows.select_related("young_person__person", "young_person__practice", "author", "asked_by")


def _names(escrow: Escrow) -> dict[str, str]:
    return {"author": escrow.author.display_name, "name": escrow.young_person.name}


def _due(escrow: Escrow, words: str, why: str) -> Due:
    """Return a line of *Today*, by the day on which it lapses if nobody agrees."""
    day = day_in(escrow.young_person.practice, at=escrow.lapses_at)
    return Due(reverse("disclosures:escrow", args=[escrow.pk]), words, why, day)
