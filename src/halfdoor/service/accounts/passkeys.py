"""
Passkeys: made and shown with the device's own lock each time, so that one is enough to sign in.

What the browser answers is checked by allauth, against a challenge that it keeps in the session.
"""

from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest

from halfdoor.service.accounts import factors
from halfdoor.service.accounts.factor_rows import Change, What
from halfdoor.service.accounts.models import Account
from halfdoor.service.core import within
from halfdoor.service.core.spaces import space_of


def to_add(account: Account) -> dict[str, Any]:
    """Return what a browser needs to make a passkey for somebody."""
    options: dict[str, Any] = auth.begin_registration(account, passwordless=True)
    return options


def to_show(account: Account | None) -> dict[str, Any]:
    """Return what a browser needs to show a passkey: one of somebody's, or any it has for us."""
    options: dict[str, Any] = auth.begin_authentication(account)
    return options


@transaction.atomic
def add(credential: Any, *, name: str, by: Account, at: datetime) -> None:
    """
    Add a passkey that a browser just made.

    :raises WrongCode: if it was not made for this, or without the device's lock
    """
    try:
        auth.parse_registration_response(credential)
        made = auth.complete_registration(credential)
    except (ValidationError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise factors.WrongCode from error
    if not made.is_user_verified():
        raise factors.WrongCode
    row = auth.WebAuthn.add(by, name, credential).instance
    row.created_at = at
    row.save(update_fields=["created_at"])
    factors.changed(by, What.WEBAUTHN, Change.ADDED, by=by, at=at)


def prove(request: HttpRequest, credential: Any, *, account: Account | None, at: datetime) -> Account | None:
    """
    Return whose passkey was shown; nobody if it is not right, or not one of this door's.

    ``account`` is whose it has to be, where that is known already.
    """
    try:
        auth.parse_authentication_response(credential)
        whose = account or _whose(credential)
        row: Authenticator = auth.complete_authentication(whose, credential)
    except (ValidationError, ValueError, TypeError, KeyError, AttributeError):
        return None
    if not whose.is_active or whose.role not in space_of(request).roles:
        return None
    row.last_used_at = at
    row.save(update_fields=["last_used_at"])
    return Account.objects.select_related("practice").get(pk=whose.pk)


def _whose(credential: Any) -> Account:
    """Return whom a passkey names, at whichever practice. Whether it is theirs is asked within that practice."""
    with within.nowhere(), within.everywhere():
        named: Account = auth.extract_user_from_response(credential)
    within.enter(named.practice_id)
    return named
