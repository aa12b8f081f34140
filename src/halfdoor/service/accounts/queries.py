"""Reading accounts, and the ways into them. Whose accounts somebody may see is decided where they are found."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX

from halfdoor.service.accounts.models import Account, Invitation, InvitationEnding
from halfdoor.service.core import within

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
    rows = Invitation.objects.filter(practice=account.practice_id, account=account).select_related("given_by")
    newest = list(rows.order_by("-given_at", "-id")[:_LAST])
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


def _state(account: Account, *, has_code: bool) -> State:
    if not account.is_active:
        return State.CLOSED
    if has_code:
        return State.HAS_CODE
    return State.NO_WAY_IN if account.password.startswith(UNUSABLE_PASSWORD_PREFIX) else State.CAN
