"""What a password may not be, and changing one."""

from datetime import datetime
from typing import NamedTuple

from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from halfdoor.service.accounts import guessing, sessions
from halfdoor.service.accounts.models import Account
from halfdoor.service.core import chain

_SHORTEST_NAME = 3
"""A shorter sign-in name stands in many good sentences."""


class NotTheSignInName:
    """A password that holds the sign-in name is tried first by whoever knows the name."""

    def validate(self, password: str, user: Account | None = None) -> None:
        """
        :raises ValidationError: if the sign-in name stands in it
        """
        name = user.username.lower() if user else ""
        if len(name) >= _SHORTEST_NAME and name in password.lower():
            raise ValidationError(_("Leave your sign-in name out of it."), code="holds_the_name")

    def get_help_text(self) -> str:
        """Say it before anybody types."""
        return _("It does not hold your sign-in name.")


class NotOverAndOver:
    """Something short said again and again is as easy to guess as once."""

    def validate(self, password: str, user: Account | None = None) -> None:
        """
        :raises ValidationError: if it is one piece over and over, the last time perhaps not to its end
        """
        long = len(password)
        for piece in range(1, long * 2 // 3 + 1):
            if (password[:piece] * long).startswith(password):
                raise ValidationError(_("It says the same over and over."), code="over_and_over")

    def get_help_text(self) -> str:
        """Say it before anybody types."""
        return _("It does not say the same over and over.")


class Change(NamedTuple):
    """A password and the one that takes its place."""

    old: str
    new: str


class NotChanged(ValueError):
    """A password was not changed; the message says why."""


def change_own(changing: Change, *, request: HttpRequest, by: Account, at: datetime) -> None:
    """
    Change one's own password. Whoever finds a page left open guesses the old one no more often than at the door.

    :raises NotChanged: if the old password is not theirs, or was tried too often
    """
    attempt = guessing.begin(request, practice=by.practice, username=by.username, at=at)
    if attempt is None:
        raise NotChanged(_("There were too many tries. Wait a minute, then try again."))
    if not by.check_password(changing.old):
        raise NotChanged(_("This is not your present password."))
    attempt.delete()
    change(by, changing.new, by=by, at=at)


def change(account: Account, password: str, *, by: Account, at: datetime) -> None:
    """
    Put a new password in place of somebody's own, and end all their sessions: whoever asks goes on with a new one.
    """
    hashed = make_password(password)  # before the transaction: others wait for that, not for the work
    with transaction.atomic():
        Account.objects.filter(practice=account.practice_id, pk=account.pk).update(password=hashed)
        sessions.end_all(account)
        body = {"kind": "accounts.password_changed", "account": str(account.pk), "by": str(by.pk)}
        chain.append(account.practice, body, at=at)
    account.password = hashed
