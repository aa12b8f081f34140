"""Reading accounts, and the ways into them. Whose accounts somebody may see is decided where they are found."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import QuerySet

from halfdoor.service.accounts.models import Account, Invitation, InvitationEnding
from halfdoor.service.core import within
from halfdoor.service.core.prepared import Prepared

_LAST = 20


class State(StrEnum):
    """How an account stands: nobody reads from it when somebody was last here."""

    CAN = "can"
    HAS_CODE = "has_code"
    NO_WAY_IN = "no_way_in"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class WayIn:
    """A code that was given: by whom, when, in place of an earlier way in or not, and how it ended, if it did."""

    invitation: Invitation
    by: str
    ending: InvitationEnding | None
    is_open: bool


def known_by_ids(practice: UUID, account: UUID, *, role: str = "") -> Account:
    """Return an account of which no more is known: for a question whose SQL is written once, whoever asks it."""
    return Account(pk=account, practice_id=practice, role=role)


def demo_accounts() -> list[Account]:
    """Return the invented people of the demo, by practice and role. They are for everyone."""
    with within.nowhere(), within.everywhere():
        people = Account.objects.filter(practice__is_demo=True, is_active=True).select_related("practice")
        return list(people.order_by("practice__name", "role", "display_name"))


def states_of(accounts: Iterable[Account], *, at: datetime) -> dict[UUID, State]:
    """Return how each of these accounts stands, with one query for all of them."""
    asked = list(accounts)
    coded = set[UUID]()
    if asked:
        rows = Invitation.objects.filter(practice=asked[0].practice_id, account__in=asked)
        coded = set(rows.open(at=at).values_list("account", flat=True))
    return {one.pk: _state(one, has_code=one.pk in coded) for one in asked}


def ways_into(account: Account, *, at: datetime) -> list[WayIn]:
    """Return the codes that were given for an account, the newest first: to whoever it belongs to, or keeps it."""
    newest = list(_INVITED.rows(Invitation, account.practice_id, account.pk))
    ended = {
        one.invitation_id: one
        for one in InvitationEnding.objects.filter(practice=account.practice_id, invitation__in=newest)
    }
    return [
        WayIn(
            invitation=one,
            by=one.given_by.display_name if one.given_by else "",
            ending=ended.get(one.pk),
            is_open=one.pk not in ended and one.expires_at > at,
        )
        for one in newest
    ]


def _invited(practice: UUID, account: UUID) -> QuerySet[Invitation]:
    rows = Invitation.objects.filter(practice=practice, account=account).select_related("given_by")
    return rows.order_by("-given_at", "-id")[:_LAST]


_INVITED = Prepared(_invited, UUID, UUID)


def _state(account: Account, *, has_code: bool) -> State:
    if not account.is_active:
        return State.CLOSED
    if has_code:
        return State.HAS_CODE
    return State.NO_WAY_IN if account.password.startswith(UNUSABLE_PASSWORD_PREFIX) else State.CAN
