"""
When there is nothing of escrow left to say to anybody, *Today* asks no more.

It ends by itself, while nobody does anything, and an author may be gone for ever: so it is looked at when an escrow
ends, in a job of its own, and again until it is over. Whoever comes back is told what they never read.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef

from halfdoor.service.accounts.models import Account
from halfdoor.service.core.models import Practice
from halfdoor.service.disclosures.escrow.rows import Escrow, EscrowQuerySet, EscrowSeen
from halfdoor.service.disclosures.escrow.standing import CLINICIANS

AGAIN = timedelta(days=7)
"""After how long it is looked at again while an author has not said that they have read it."""


@transaction.atomic
def look_again(practice: UUID, *, at: datetime) -> bool:
    """Note whether anything waits, is open, or has to be told to an author who can still sign in; return it."""
    # Whoever asks meanwhile comes after this: what they ask for is not forgotten.
    Practice.objects.select_for_update(no_key=True).get(pk=practice)
    rows = Escrow.objects.filter(practice=practice)
    told = _unread(practice).filter(author__is_active=True, author__role__in=CLINICIANS)
    stands = rows.standing(at=at).exists() or told.exists()
    Practice.objects.filter(pk=practice).update(escrow_stands=stands)
    return stands


def came_back(account: Account) -> None:
    """Let *Today* ask again where somebody comes back who never read that their notes were asked for."""
    if _unread(account.practice_id).filter(author=account).exists():
        Practice.objects.filter(pk=account.practice_id).update(escrow_stands=True)


def _unread(practice: UUID) -> EscrowQuerySet:
    read_of = EscrowSeen.objects.filter(practice=OuterRef("practice"), escrow=OuterRef("pk"))
    return Escrow.objects.filter(practice=practice).exclude(Exists(read_of))
