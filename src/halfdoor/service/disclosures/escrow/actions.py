"""
Asking for process notes in escrow, agreeing, reading them, closing. Each writes its line into the chain.

It is no decision of the judgement, which keeps process notes from everybody but their author: it is what an officer of
records does with sealed evidence, and two of them stand behind it (ADR 0025).
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from halfdoor.service.accounts.models import Account, Role
from halfdoor.service.core import chain, keys
from halfdoor.service.core.guarding import reading
from halfdoor.service.core.models import Practice
from halfdoor.service.disclosures import payloads
from halfdoor.service.disclosures.choices import Category
from halfdoor.service.disclosures.escrow.rows import (
    Escrow,
    EscrowClosed,
    EscrowOutcome,
    EscrowReading,
    EscrowSeen,
    EscrowSettled,
    WhyEscrow,
)
from halfdoor.service.disclosures.hearing import hold_to_share
from halfdoor.service.disclosures.models import Item
from halfdoor.service.people.actions import sharing_changes
from halfdoor.service.people.models import YoungPerson

LASTS = timedelta(hours=24)
"""How long the notes can be read once a second officer agreed."""

WAITS = timedelta(days=7)
"""How long it waits for a second officer."""


class NotNow(ValueError):
    """It cannot be done as things stand, or not by them; the message says why, and what can be done."""


@dataclass(frozen=True, slots=True)
class Version:
    """How a process note read at one time."""

    number: int
    written_at: datetime
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Opened:
    """One process note as it stands, and how it read before, newest first."""

    item_id: UUID
    versions: tuple[Version, ...]


@transaction.atomic
def ask(
    young_person: YoungPerson, author: Account, *, why: WhyEscrow, because: str, by: Account, at: datetime
) -> Escrow:
    """
    Ask to open what an author wrote for themselves about a young person. Nothing opens before a second officer agrees.

    :raises NotNow: for anybody but a lead, for the author, and where it was asked for already
    """
    if by.role != Role.LEAD:
        raise NotNow(_("Only a clinical lead can ask for this."))
    if by.pk == author.pk:
        raise NotNow(_("These are your own notes. You read them where you wrote them."))
    at = sharing_changes(young_person, at=at)
    rows = Escrow.objects.filter(practice=by.practice, young_person=young_person, author=author)
    if rows.standing(at=at).exists():
        raise NotNow(_("This was asked for already. It waits for a second person, or is open."))
    escrow = Escrow(
        practice=by.practice,
        young_person=young_person,
        author=author,
        why=why,
        asked_at=at,
        lapses_at=at + WAITS,
        asked_by=by,
    )
    escrow.because = because
    escrow.save(force_insert=True)
    chain.append(by.practice, _line("asked", escrow, by, why=str(why)), at=at)
    Practice.objects.filter(pk=by.practice_id).update(escrow_stands=True)
    return escrow


@transaction.atomic
def settle(escrow: Escrow, outcome: EscrowOutcome, *, by: Account, at: datetime) -> EscrowSettled:
    """
    Agree as a second officer, so that whoever asked can read for some hours; or leave it closed.

    :raises NotNow: for whoever asked (who may only take it back), the author, and whoever is no officer here
    """
    at = sharing_changes(escrow.young_person, at=at)
    if not Escrow.objects.filter(practice=by.practice, pk=escrow.pk).waiting(at=at).exists():
        raise NotNow(_("This is settled already, or it has lapsed. Ask anew if it is still needed."))
    takes_back = outcome == EscrowOutcome.DROPPED and by.pk == escrow.asked_by_id
    if not takes_back:
        _must_be_second(escrow, by)
    agreed = outcome == EscrowOutcome.AGREED
    settled = EscrowSettled.objects.create(
        practice=by.practice,
        escrow=escrow,
        outcome=outcome,
        until_at=at + LASTS if agreed else at,
        settled_at=at,
        settled_by=by,
    )
    chain.append(by.practice, _line(str(outcome), escrow, by, asked_by=str(escrow.asked_by_id)), at=at)
    return settled


@transaction.atomic
def close(escrow: Escrow, *, by: Account, at: datetime) -> None:
    """
    Close it before its hours are over: whoever asked can, whoever agreed, and every lead but the author.

    :raises NotNow: for anybody else, and where it is not open
    """
    at = sharing_changes(escrow.young_person, at=at)
    if not Escrow.objects.filter(practice=by.practice, pk=escrow.pk).open(at=at).exists():
        raise NotNow(_("It is closed."))
    agreed_by = EscrowSettled.objects.values_list("settled_by", flat=True).get(practice=by.practice, escrow=escrow)
    if by.pk == escrow.author_id or (by.role != Role.LEAD and by.pk != agreed_by):
        raise NotNow(_("Whoever asked or agreed closes it, or a clinical lead."))
    EscrowClosed.objects.create(practice=by.practice, escrow=escrow, closed_at=at, closed_by=by)
    chain.append(by.practice, _line("closed", escrow, by), at=at)


@transaction.atomic
def read(escrow: Escrow, *, by: Account, at: datetime) -> tuple[Opened, ...]:
    """
    Return the process notes to whoever asked for them, while it is open; each reading is on the chain before it.

    :raises NotNow: for anybody else, and where it is not open
    """
    at = hold_to_share(escrow.young_person, at=at).at
    practice = Practice.objects.get(pk=by.practice_id)
    is_open = Escrow.objects.filter(practice=practice, pk=escrow.pk).open(at=at).exists()
    if not is_open or by.pk != escrow.asked_by_id or by.role != Role.LEAD or practice.doors_shut:
        raise NotNow(_("It is not open for you."))
    with reading(Item):
        rows = Item.objects.about(escrow.young_person).filter(category=Category.PROCESS_NOTES, written_by=escrow.author)
        items = list(rows.order_by("-written_at", "-id"))
    before = EscrowReading.objects.filter(practice=practice, escrow=escrow).exists()
    EscrowReading.objects.create(practice=practice, escrow=escrow, notes=len(items), read_at=at, read_by=by)
    said = {"items": {str(item.pk): item.version for item in items}}
    chain.append(practice, _line("read" if before else "opened", escrow, by) | said, at=at)
    with keys.ring():
        held = payloads.fetch(items, escrow.young_person)
        return tuple(_opened(item, held[item.pk].text) for item in items)


@transaction.atomic
def seen(escrow: Escrow, *, by: Account, at: datetime) -> None:
    """
    Note that the author has read what became of it.

    :raises NotNow: for anybody else
    """
    if by.pk != escrow.author_id:
        raise NotNow(_("This is for the author alone."))
    if Escrow.objects.filter(practice=by.practice, pk=escrow.pk).standing(at=at).exists():
        raise NotNow(_("It is not over yet. It stays on your page until then."))
    EscrowSeen.objects.get_or_create(practice=by.practice, escrow=escrow, defaults={"seen_at": at, "seen_by": by})
    left = Escrow.objects.filter(practice=by.practice).exclude(
        pk__in=EscrowSeen.objects.filter(practice=by.practice).values("escrow")
    )
    if not left.filter(author__is_active=True).exists() and not left.standing(at=at).exists():
        Practice.objects.filter(pk=by.practice_id).update(escrow_stands=False)


def may_be_second(escrow: Escrow, by: Account) -> bool:
    """
    Whether somebody can be the second officer: another lead; where there is none with an account, a therapist.

    Never whoever asked, and never the author.
    """
    if by.pk in (escrow.asked_by_id, escrow.author_id) or not by.is_active:
        return False
    if by.role == Role.LEAD:
        return True
    leads = Account.objects.filter(practice=escrow.practice_id, role=Role.LEAD, is_active=True)
    others = leads.exclude(pk__in=[escrow.asked_by_id, escrow.author_id])
    return by.role == Role.THERAPIST and not others.exists()


def _must_be_second(escrow: Escrow, by: Account) -> None:
    if by.pk == escrow.asked_by_id:
        raise NotNow(_("You asked for this. A second person has to agree: ask a colleague."))
    if by.pk == escrow.author_id:
        raise NotNow(_("These are your own notes. Two others decide about this."))
    if not may_be_second(escrow, by):
        raise NotNow(_("Another clinical lead has to agree to this."))


def _opened(item: Item, text: str) -> Opened:
    now = Version(item.version, item.written_at, text)
    earlier = payloads.earlier(item) if item.version > 1 else ()
    return Opened(item.pk, (now, *(Version(then.version, then.written_at, said) for then, said in earlier)))


def _line(kind: str, escrow: Escrow, by: Account, **more: object) -> dict[str, object]:
    return {
        "kind": f"disclosures.escrow_{kind}",
        "escrow": str(escrow.pk),
        "young_person": str(escrow.young_person_id),
        "author": str(escrow.author_id),
        "by": str(by.pk),
        **more,
    }
