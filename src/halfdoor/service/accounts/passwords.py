"""What a password may not be, and changing one."""

from bisect import bisect_left
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha1
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from halfdoor.service.accounts import guessing, sessions
from halfdoor.service.accounts.models import Account
from halfdoor.service.core import chain
from halfdoor.service.core.health import Found, State

_SHORTEST_NAME = 3
"""A shorter sign-in name stands in many good sentences."""


class NotStolen:
    """
    A password that was stolen elsewhere is tried here first. The operator's list is the one of "Have I Been Pwned", or
    any other: a line for each password, beginning with its SHA-1 in hexadecimal, in order.
    """

    def validate(self, password: str, user: Account | None = None) -> None:
        """
        :raises ValidationError: if it stands on the list
        """
        file = settings.HALFDOOR_STOLEN_PASSWORDS
        if file and _stands_in(Path(file), sha1(password.encode(), usedforsecurity=False).hexdigest().upper()):
            raise ValidationError(_("It stands on a list of stolen passwords."), code="stolen")

    def get_help_text(self) -> str:
        """Say it before anybody types."""
        return _("It stands on no list of stolen passwords.")


def _stands_in(file: Path, digest: str) -> bool:
    """Say whether a line of a file in order begins with this, in some forty looks however long the file is."""
    with file.open("rb") as lines:

        def line_at(place: int) -> bytes:
            lines.seek(max(0, place - 1))
            if place:
                lines.readline()
            return lines.readline()[: len(digest)].upper()

        places = range(file.stat().st_size)
        found = bisect_left(places, True, key=lambda place: (line := line_at(place)) == b"" or line >= digest.encode())
        return line_at(found) == digest.encode()


def doctor(at: datetime) -> Iterator[Found]:
    """Yield whether new passwords are compared with stolen ones."""
    file = settings.HALFDOOR_STOLEN_PASSWORDS
    if not file:
        says = "compared with some usual ones alone: set HALFDOOR_STOLEN_PASSWORDS to a list of stolen ones"
        yield Found("passwords", State.CARE, says)
    elif not Path(file).is_file():
        yield Found("passwords", State.BAD, f"{file} is not there: nobody can choose a password")
    else:
        yield Found("passwords", State.WELL, "compared with a list of stolen ones")


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
    if not guessing.begin(request, practice=by.practice, username=by.username, at=at):
        raise NotChanged(_("There were too many tries. Wait a minute, then try again."))
    if not by.check_password(changing.old):
        raise NotChanged(_("This is not your present password."))
    guessing.take_back(request, at=at)
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
