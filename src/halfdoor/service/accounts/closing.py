"""
Closing an account, and opening it again.

Closing takes effect with the next request of every session there is: the account is asked for each time, and what it
had open is gone. Nothing that was written is lost. Whoever comes back needs a new code: no old password and no passkey
opens anything.
"""

from collections.abc import Callable
from datetime import date, datetime

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from halfdoor.service.accounts import factors
from halfdoor.service.accounts.choices import CodeEnd, WhyClosed, WhyOpened
from halfdoor.service.accounts.inviting import MayNot, check, end_open, line, shut
from halfdoor.service.accounts.models import Account, Closing, Reopening, Role
from halfdoor.service.core import chain
from halfdoor.service.core.models import Practice

_when_opened_again: list[Callable[[Account], None]] = []


def when_opened_again(do: Callable[[Account], None]) -> None:
    """Let a room above do something in the transaction that opens an account again."""
    _when_opened_again.append(do)


@transaction.atomic
def close(account: Account, why: WhyClosed, *, left_on: date, by: Account, at: datetime) -> Closing:
    """
    Let somebody in no more, and end everything they have open.

    :raises MayNot: if it is not theirs to close, is closed, or is the last lead's
    """
    check(account, by=by)
    # Two leads who close each other at once would leave nobody: one of them comes first.
    Practice.objects.select_for_update(no_key=True).get(pk=account.practice_id)
    held = Account.objects.select_for_update().get(practice=account.practice_id, pk=account.pk)
    if not held.is_active:
        raise MayNot(_("This account is closed already."))
    if held.role == Role.LEAD and not _another_lead(held):
        raise MayNot(_("This is the last clinical lead who can sign in. Let another one in first."))
    end_open(held, CodeEnd.CLOSED, at=at)
    shut(held)
    factors.forget_all(held)
    Account.objects.filter(practice=held.practice_id, pk=held.pk).update(is_active=False)
    closing = Closing.objects.create(
        practice=account.practice, account=account, why=why, left_on=left_on, closed_at=at, closed_by=by
    )
    chain.append(account.practice, line("closed", account, by, closing=closing.pk, why=why), at=at)
    return closing


@transaction.atomic
def open_again(account: Account, why: WhyOpened, *, by: Account, at: datetime) -> Reopening:
    """
    Let an account be used again. Nobody is in by that: its owner gets a code first.

    :raises MayNot: if it is not theirs to open, or is not closed
    """
    check(account, by=by)
    held = Account.objects.select_for_update().get(practice=account.practice_id, pk=account.pk)
    closing = closing_of(account)
    if held.is_active or closing is None:
        raise MayNot(_("This account is not closed."))
    Account.objects.filter(practice=held.practice_id, pk=held.pk).update(is_active=True)
    for do in _when_opened_again:
        do(held)
    opened = Reopening.objects.create(practice=account.practice, closing=closing, why=why, opened_at=at, opened_by=by)
    chain.append(account.practice, line("opened_again", account, by, closing=closing.pk, why=why), at=at)
    return opened


def close_as_before(account: Account, why: str, *, by: Account, at: datetime) -> None:
    """Close an account once more that a restore had opened, as its line said. For whatever compares the journal."""
    held = Account.objects.select_for_update().get(practice=account.practice_id, pk=account.pk)
    if held.is_active:
        end_open(held, CodeEnd.CLOSED, at=at)
        shut(held)
        factors.forget_all(held)
        Account.objects.filter(practice=held.practice_id, pk=held.pk).update(is_active=False)
        Closing.objects.create(
            practice=held.practice, account=held, why=why, left_on=at.date(), closed_at=at, closed_by=by
        )


def closing_of(account: Account) -> Closing | None:
    """Return how an account was closed, if it is."""
    opened = Reopening.objects.filter(practice=OuterRef("practice"), closing=OuterRef("pk"))
    rows = Closing.objects.filter(~Exists(opened), practice=account.practice_id, account=account)
    return rows.select_related("closed_by").order_by("-closed_at", "-id").first()


def _another_lead(lead: Account) -> bool:
    others = Account.objects.filter(practice=lead.practice_id, role=Role.LEAD, is_active=True).exclude(pk=lead.pk)
    return others.exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX).exists()
