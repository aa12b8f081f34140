"""Finding what a restore forgot, shutting the doors on it, and opening them again."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

import rfc8785
from django.db import transaction

from halfdoor.service.accounts import closing
from halfdoor.service.accounts.models import Account, Role
from halfdoor.service.core import chain, journal, within
from halfdoor.service.core.journal import Kept
from halfdoor.service.core.models import Practice
from halfdoor.service.core.trees import leaf
from halfdoor.service.disclosures.gaps import again
from halfdoor.service.disclosures.gaps.rows import LostLine, LostLineReview

NO_JOURNAL = "disclosures.no_journal"
"""Stands for all that nobody can know, where there is no journal to compare a restored database with."""


class NotTheirs(ValueError):
    """Only a lead goes through what was lost."""


def compare_all(*, at: datetime) -> int:
    """Compare every journal with its chain, as is done whenever the service starts; return how many lines are lost."""
    lost = 0
    for practice in Practice.objects.order_by("pk").values_list("pk", flat=True):
        with within.within(practice):
            lost += compare(practice, at=at)
    return lost


@transaction.atomic
def compare(practice_id: UUID, *, restored: bool = False, at: datetime) -> int:
    """
    Compare the second journal of a practice with its chain, and return how many lines only the journal has.

    They go on record as lost, and where one may have changed who may know, the doors are shut.

    :param restored: the database was just put back from a copy: what is doubtful counts as lost, and so does
        everything, where there is no journal at all
    """
    practice = Practice.objects.select_for_update(no_key=True).get(pk=practice_id)
    kept, upto = journal.unknown_to(practice, doubtful_too=restored)
    if restored and not journal.path_of(practice_id).exists():
        kept = [_nobody_knows(practice, at=at)]
    known = set(
        LostLine.objects.filter(practice=practice, leaf__in=[one.leaf for one in kept]).values_list("leaf", flat=True)
    )
    lost = [
        LostLine(practice=practice, sequence=one.sequence, leaf=one.leaf, entry=one.entry, found_at=at)
        for one in kept
        if one.leaf not in known
    ]
    LostLine.objects.bulk_create(lost)
    practice.doors_shut = practice.doors_shut or any(line.weighs for line in lost)
    practice.journal_read_to = upto
    practice.save(update_fields=["doors_shut", "journal_read_to"])
    if lost:
        chain.extend(practice, [_found(line) for line in lost], at=at)
        _close_leavers(practice, lost, at=at)
        again.do_again(practice, lost, at=at)
    return len(lost)


@transaction.atomic
def go_through(
    lines: Collection[UUID], *, outcome: LostLineReview.Outcome, by: Account, at: datetime
) -> list[LostLineReview]:
    """
    Say of lost lines that somebody went through them. After the last one that weighs, the doors open.

    :raises NotTheirs: for anybody but a lead
    """
    if by.role != Role.LEAD:
        raise NotTheirs
    practice = Practice.objects.select_for_update(no_key=True).get(pk=by.practice_id)
    waiting = [line for line in waiting_for(practice) if line.pk in lines]
    made = LostLineReview.objects.bulk_create(
        LostLineReview(practice=practice, line=line, outcome=outcome, reviewed_at=at, reviewed_by=by)
        for line in waiting
    )
    for line in waiting:
        body = {"kind": "disclosures.lost_line_reviewed", "leaf": line.leaf, "outcome": str(outcome), "by": str(by.pk)}
        chain.append(practice, body, at=at)
    if practice.doors_shut and not waiting_for(practice):
        practice.doors_shut = False
        practice.save(update_fields=["doors_shut"])
        chain.append(practice, {"kind": "disclosures.doors_opened", "by": str(by.pk)}, at=at)
    return made


def waiting_for(practice: Practice) -> list[LostLine]:
    """Return the lost lines that somebody still has to go through, in the order in which they were written."""
    done = LostLineReview.objects.filter(practice=practice).values("line")
    rows = LostLine.objects.filter(practice=practice).exclude(pk__in=done).order_by("sequence", "pk")
    return [line for line in rows if line.weighs]


def _close_leavers(practice: Practice, lost: Collection[LostLine], *, at: datetime) -> None:
    """Let nobody in whose sign-in was closed and whom the restore let in again; a lead can open it anew."""
    for body in (line.body for line in lost if line.kind == "accounts.closed"):
        for account in Account.objects.filter(practice=practice, pk=body["account"]):
            by = Account.objects.filter(practice=practice, pk=body["by"]).first() or account
            closing.close_as_before(account, body["why"], by=by, at=at)


def _found(line: LostLine) -> dict[str, object]:
    """Return what the chain says of a line it has lost: all that the line said, so that the evidence stands again."""
    return {"kind": "disclosures.lost_line", "sequence": line.sequence, "leaf": line.leaf, "was": line.body}


def _nobody_knows(practice: Practice, *, at: datetime) -> Kept:
    body = {"kind": NO_JOURNAL, "practice": str(practice.pk)}
    entry = rfc8785.dumps({"practice": str(practice.pk), "sequence": 0, "at": at.isoformat(), "body": body}).decode()
    return Kept(entry, leaf(entry.encode()), done=False)
