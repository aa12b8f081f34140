"""
Asking for process notes in escrow, agreeing, closing. Each writes its line into the chain; so does reading (`reading`).

It is no decision of the judgement, which keeps process notes from everybody but their author: it is what an officer of
records does with sealed evidence, and two of them stand behind it (ADR 0025).
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from halfdoor.service.accounts.models import Account, Role
from halfdoor.service.core import chain, jobs
from halfdoor.service.core.models import Practice
from halfdoor.service.disclosures import tasks
from halfdoor.service.disclosures.escrow import over, standing
from halfdoor.service.disclosures.escrow.rows import (
    Escrow,
    EscrowClosed,
    EscrowOutcome,
    EscrowSeen,
    EscrowSettled,
    WhyEscrow,
)
from halfdoor.service.people.actions import sharing_changes
from halfdoor.service.people.models import YoungPerson

LASTS = timedelta(hours=24)
"""How long the notes can be read once a second officer agreed."""

WAITS = timedelta(days=7)
"""How long it waits for a second officer."""


class NotNow(ValueError):
    """It cannot be done as things stand, or not by them; the message says why, and what can be done."""


@transaction.atomic
def ask(
    young_person: YoungPerson, author: Account, *, why: WhyEscrow, because: str, by: Account, at: datetime
) -> Escrow:
    """
    Ask to open what an author wrote for themselves about a young person. Nothing opens before a second officer agrees.

    :raises NotNow: for anybody but a lead who may ask about that young person, for notes of their own or of whoever
        was no clinician there, and where it was asked for already
    """
    at = sharing_changes(young_person, at=at)
    _must_have_standing(young_person, author, by, at=at)
    return _ask(young_person, author, why=why, because=because, by=by, at=at)


def _ask(
    young_person: YoungPerson, author: Account, *, why: WhyEscrow, because: str, by: Account, at: datetime
) -> Escrow:
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
    Practice.objects.filter(pk=by.practice_id).update(escrow_stands=True)
    jobs.enqueue(tasks.escrow_is_over, practice=by.practice_id, due_at=escrow.lapses_at, at=at)
    chain.append(by.practice, line("asked", escrow, by, why=str(why)), at=at)
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
    if agreed:
        jobs.enqueue(tasks.escrow_is_over, practice=by.practice_id, due_at=settled.until_at, at=at)
    else:
        over.look_again(by.practice_id, at=at)
    chain.append(by.practice, line(str(outcome), escrow, by, asked_by=str(escrow.asked_by_id)), at=at)
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
    over.look_again(by.practice_id, at=at)
    chain.append(by.practice, line("closed", escrow, by), at=at)


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
    over.look_again(by.practice_id, at=at)


def _must_have_standing(young_person: YoungPerson, author: Account, by: Account, *, at: datetime) -> None:
    if by.role != Role.LEAD:
        raise NotNow(_("Only a clinical lead can ask for this."))
    if by.pk == author.pk:
        raise NotNow(_("These are your own notes. You read them where you wrote them."))
    if not standing.whom(by, at=at).filter(pk=young_person.pk).exists():
        raise NotNow(_("A lead asks about young people of their own circles, and about those whose care has ended."))
    if not standing.authors_about(young_person, reader=by).filter(pk=author.pk).exists():
        raise NotNow(_("They had no clinician’s place in this circle, so there are no notes of theirs to ask for."))


def _must_be_second(escrow: Escrow, by: Account) -> None:
    if by.pk == escrow.asked_by_id:
        raise NotNow(_("You asked for this. A second person has to agree: ask a colleague."))
    if by.pk == escrow.author_id:
        raise NotNow(_("These are your own notes. Two others decide about this."))
    if not standing.may_be_second(escrow, by):
        raise NotNow(_("Another clinical lead has to agree to this."))


def line(kind: str, escrow: Escrow, by: Account, **more: object) -> dict[str, object]:
    """Return what the chain says of one of its steps: codes and ids."""
    return {
        "kind": f"disclosures.escrow_{kind}",
        "escrow": str(escrow.pk),
        "young_person": str(escrow.young_person_id),
        "author": str(escrow.author_id),
        "by": str(by.pk),
        **more,
    }
