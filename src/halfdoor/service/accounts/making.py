"""Making a practice, and accounts in it."""

import re
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from halfdoor.service.accounts import inviting
from halfdoor.service.accounts.models import Account, Role
from halfdoor.service.core import chain
from halfdoor.service.core.models import Practice

_NAME = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,78}[a-z0-9])?")


class NameTaken(ValueError):
    """Somebody, or another practice, has this name already."""


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody who is to sign in: with which name, what they are called, what for and in which language."""

    username: str
    display_name: str
    role: Role
    language: str = ""


def check_sign_in_name(typed: str) -> None:
    """
    Say whether this can be a sign-in name: what every keyboard has, and nobody reads aloud wrongly.

    :raises ValidationError: if it cannot
    """
    if not _NAME.fullmatch(typed):
        raise ValidationError(
            _("Use small letters from a to z, digits, and dots or lines between them: for example lena.vance.")
        )


@transaction.atomic
def begin_practice(practice: Practice, lead: Newcomer, *, by: None = None, at: datetime) -> inviting.Given:
    """
    Put a practice on record with its first clinical lead, and return the code with which the lead comes in.

    :raises NameTaken: if there is a practice of this name
    """
    if Practice.objects.filter(name__iexact=practice.name).exists():
        raise NameTaken(_("There is a practice of this name already."))
    practice.save(force_insert=True)
    account = _put_on_record(lead, practice=practice)
    facts = {name: getattr(practice, name) for name in ("place", "setting", "provider", "practitioner")}
    body = {"kind": "accounts.practice_began", "lead": str(account.pk), "by": "server", "facts": facts}
    chain.append(practice, body, at=at)
    return inviting.give_from_the_server(account, at=at)


@transaction.atomic
def make_account(newcomer: Newcomer, *, by: Account, at: datetime) -> Account:
    """
    Make an account that nobody can open yet. Giving its owner a code is another step.

    :raises NameTaken: if somebody at this practice has the sign-in name
    :raises MayNot: if it is not theirs to make
    """
    inviting.check(Account(practice=by.practice, role=newcomer.role), by=by)
    Practice.objects.select_for_update(no_key=True).get(pk=by.practice_id)
    if Account.objects.filter(practice=by.practice_id, username__iexact=newcomer.username).exists():
        raise NameTaken(_("Somebody here has this sign-in name already. Choose another."))
    account = _put_on_record(newcomer, practice=by.practice)
    chain.append(by.practice, inviting.line("made", account, by, role=account.role), at=at)
    return account


def _put_on_record(newcomer: Newcomer, *, practice: Practice) -> Account:
    account = Account(
        practice=practice,
        username=newcomer.username,
        display_name=newcomer.display_name,
        role=newcomer.role,
        language=newcomer.language,
    )
    account.set_unusable_password()
    account.save(force_insert=True)
    return account
