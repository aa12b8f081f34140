"""
Ways in: an account is opened with a code that somebody hands over, once, and then with a password of one's own.

A new code takes the place of everything before it: older codes, the password and all open sessions. So getting in again
is never easier than getting in for the first time. An e-mail address plays no part.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from halfdoor.service.accounts import codes, factors, guessing, sessions
from halfdoor.service.accounts.choices import IN_PERSON, CodeEnd, Handed, Known
from halfdoor.service.accounts.models import Account, Invitation, InvitationEnding, Role
from halfdoor.service.core import chain, within
from halfdoor.service.core.models import Practice
from halfdoor.service.core.spaces import STAFF, space_of

HOLDS = timedelta(hours=72)
IN_THE_ROOM = timedelta(minutes=30)


class MayNot(ValueError):
    """Somebody may not do this with this account; the message says who can."""


class NotOpened(ValueError):
    """The practice, the name and the code open nothing together; or there were too many tries."""


@dataclass(frozen=True, slots=True)
class Giving:
    """
    How a code is handed over, how the giver knows whom they give it to, and how long it holds.

    ``factors_too`` takes away what they show beside the password, where it is lost or in other hands. Without it a code
    alone lets nobody in who had a second factor, whoever reads it.
    """

    handed: Handed
    known: Known
    holds: timedelta = HOLDS
    factors_too: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """A way in that was just given, and its code: the only time that it can be read."""

    invitation: Invitation
    code: str


@dataclass(frozen=True, slots=True)
class Coming:
    """What somebody types who comes in with a code."""

    practice: Practice
    username: str
    code: str
    password: str


@transaction.atomic
def give(account: Account, giving: Giving, *, by: Account, at: datetime) -> Given:
    """
    Give somebody a code with which they come in. Their password, older codes and open sessions end at once; of a young
    person, their second factors too.

    :raises MayNot: if it is not theirs to give, or not like this
    """
    check(account, by=by)
    if account.role == Role.YOUNG_PERSON and (giving.handed != Handed.IN_HAND or giving.known not in IN_PERSON):
        raise MayNot(_("A young person gets a way in from somebody they meet, into their own hands."))
    given = _give(account, giving, by=by, at=at)
    if giving.factors_too or account.role == Role.YOUNG_PERSON:
        _without_factors(account, by=by, at=at)
    return given


@transaction.atomic
def give_from_the_server(account: Account, *, factors_too: bool = False, by: None = None, at: datetime) -> Given:
    """
    Give somebody of the staff a code, as whoever runs the server. Nobody of the practice did; the chain says so.

    :raises MayNot: if the account is a caregiver's or a young person's
    """
    if account.role not in STAFF.roles:
        raise MayNot(_("Caregivers and young people get their way in from somebody who knows them, never from here."))
    if factors_too:
        factors.forget_all(account)
    return _give(account, Giving(Handed.SERVER, Known.SERVER, factors_too=factors_too), by=None, at=at)


@transaction.atomic
def withdraw(account: Account, *, by: Account, at: datetime) -> None:
    """
    Take back the code of an account before it is used, if there is one.

    :raises MayNot: if it is not theirs to take back
    """
    check(account, by=by)
    held = Account.objects.select_for_update().get(practice=account.practice_id, pk=account.pk)
    for invitation in end_open(held, CodeEnd.WITHDRAWN, at=at):
        chain.append(by.practice, line("code_withdrawn", account, by, invitation=invitation.pk), at=at)


def come_in(coming: Coming, request: HttpRequest, *, at: datetime) -> Account:
    """
    Open an account with a code, and put the password that was chosen in place. Every refusal looks and lasts the same.

    :raises NotOpened: if it opens nothing, for whatever reason
    """
    within.enter(coming.practice.pk)
    if not guessing.begin(request, practice=coming.practice, username=coming.username, at=at):
        raise NotOpened(_("There were too many tries. Wait a minute, then try again."))
    hashed = make_password(coming.password)  # for a code that opens nothing too
    account = take(coming, hashed, roles=space_of(request).roles, at=at)
    if account is None:
        raise NotOpened(_("This does not open. Look at the name and the code again, or ask for a new code."))
    guessing.take_back(request, at=at)
    return account


def check(account: Account, *, by: Account) -> None:
    """
    Say whether somebody may give or take ways into an account, by their parts. Whose circles it is about is looked at
    where the account is found.

    :raises MayNot: saying who can
    """
    if account.pk == by.pk:
        raise MayNot(_("Nobody does this for themselves. Ask a colleague."))
    if account.role == Role.LEAD and by.role != Role.LEAD:
        raise MayNot(_("Only a clinical lead does this for a clinical lead."))
    if account.role in STAFF.roles and by.role not in (Role.LEAD, Role.OFFICE):
        raise MayNot(_("The office or a clinical lead does this for whoever works here."))
    if by.role not in (Role.THERAPIST, Role.LEAD, Role.OFFICE) or account.practice_id != by.practice_id:
        raise MayNot(_("The office, or a therapist of the circle, does this."))


def end_open(account: Account, how: CodeEnd, *, at: datetime) -> list[Invitation]:
    """End every code of an account that could still open it, and return them."""
    ending = list(Invitation.objects.filter(practice=account.practice_id, account=account).open(at=at))
    for invitation in ending:
        InvitationEnding.objects.create(practice=account.practice, invitation=invitation, how=how, ended_at=at)
    return ending


def line(kind: str, account: Account, by: Account | None, **more: object) -> dict[str, object]:
    """Return the body of a chain line: codes and ids, never a name and never a code that opens."""
    told = {key: value if isinstance(value, bool) else str(value) for key, value in more.items()}
    return {"kind": f"accounts.{kind}", "account": str(account.pk), "by": str(by.pk) if by else "server", **told}


def _give(account: Account, giving: Giving, *, by: Account | None, at: datetime) -> Given:
    held = Account.objects.select_for_update().get(practice=account.practice_id, pk=account.pk)
    if not held.is_active:
        raise MayNot(_("This account was closed. It is opened again first."))
    before = Invitation.objects.filter(practice=account.practice_id, account=account)
    again = (held.password != "" and held.has_usable_password()) or InvitationEnding.objects.filter(
        practice=account.practice_id, invitation__in=before, how=CodeEnd.USED
    ).exists()
    end_open(account, CodeEnd.REPLACED, at=at)
    shut(held)
    code = codes.make()
    invitation = Invitation.objects.create(
        practice=account.practice,
        account=account,
        digest=codes.digest(code, practice=account.practice, username=account.username),
        again=again,
        handed=giving.handed,
        known=giving.known,
        given_at=at,
        expires_at=at + giving.holds,
        given_by=by,
    )
    more = {"invitation": invitation.pk, "handed": giving.handed, "known": giving.known}
    more |= {"again": again, "factors_too": giving.factors_too}
    chain.append(account.practice, line("code_given", account, by, **more), at=at)
    return Given(invitation, code)


def _without_factors(account: Account, *, by: Account, at: datetime) -> None:
    if factors.ways_of(account):
        factors.remove_all(account, by=by, at=at)


def shut(account: Account) -> None:
    """Let the password open nothing any more, and end every session."""
    account.set_unusable_password()
    account.save(update_fields=["password"])
    sessions.end_all(account)


@transaction.atomic
def take(coming: Coming, hashed: str, *, roles: Collection[str], at: datetime) -> Account | None:
    """Use a code up, and put a password in place as it is kept; do nothing where the code opens none of these roles."""
    digest = codes.digest(coming.code, practice=coming.practice, username=coming.username)
    found = Invitation.objects.filter(practice=coming.practice, digest=digest).open(at=at).first()
    if found is None:
        return None
    # Whoever closes the account or gives another code holds the same row: one of us comes first.
    held = Account.objects.select_for_update(of=("self",)).select_related("practice")
    account = held.get(practice=coming.practice, pk=found.account_id)
    still = Invitation.objects.filter(practice=coming.practice, pk=found.pk).open(at=at).exists()
    if not still or not account.is_active or account.role not in roles:
        return None
    InvitationEnding.objects.create(practice=coming.practice, invitation=found, how=CodeEnd.USED, ended_at=at)
    sessions.end_all(account)
    account.password = hashed
    account.save(update_fields=["password"])
    chain.append(coming.practice, line("code_used", account, account, invitation=found.pk), at=at)
    return account
