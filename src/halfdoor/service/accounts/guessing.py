"""
How often somebody may try to sign in.

What counts is who is tried, at which door and from where. So nobody shuts anybody else out from elsewhere, and whoever
tries from under the same roof makes them wait a minute, no longer. All processes count together, in the database.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from allauth.core.internal.ratelimit import get_ip
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from halfdoor.service.accounts.models import Account, Attempt
from halfdoor.service.core.models import Practice
from halfdoor.service.core.spaces import space_of

WITHIN = timedelta(minutes=1)
OF_ONE_NAME = 5
FROM_ONE_ADDRESS = 10

TOLD_FOR = timedelta(days=30)
"""How long a try that did not work is kept, so that whoever it was about can be told when they sign in."""
SEVERAL = 3
"""How many wrong passwords are more than a slip of one's own."""

CODES_WITHIN = timedelta(hours=1)
CODES_OF_ONE = 10
_A_CODE, _A_STEP = "a code", "a step"
_BEGUN = "begun"


@transaction.atomic
def begin(request: HttpRequest, *, practice: Practice, username: str, at: datetime) -> Attempt | None:
    """
    Count a try before its password is looked at, so that many at once count too; none if there were too many.

    Whoever turns out to be right takes it back by deleting it.
    """
    Practice.objects.select_for_update(no_key=True).get(pk=practice.pk)
    tries = Attempt.objects.filter(practice=practice)
    tries.filter(tried_at__lte=at - TOLD_FOR).exclude(address=_A_CODE).delete()
    ip = get_ip(request)
    whom, address = _digest(space_of(request).name, username.lower(), ip), _digest(ip)
    name, tries = _name(request, username), tries.filter(tried_at__gt=at - WITHIN)
    if tries.filter(whom=whom).count() >= OF_ONE_NAME or tries.filter(address=address).count() >= FROM_ONE_ADDRESS:
        return None
    return Attempt.objects.create(practice=practice, whom=whom, address=address, name=name, tried_at=at)


@transaction.atomic
def begin_code(account: Account, *, at: datetime) -> bool:
    """
    Count a try of a code, wherever it comes from; say no after ten within an hour.

    A code has six digits, and whoever tries one knows the password already: so nobody else can shut anybody out here.
    """
    Account.objects.select_for_update(no_key=True).get(pk=account.pk)
    tries = _codes_of(account)
    tries.filter(tried_at__lte=at - CODES_WITHIN).delete()
    if tries.count() >= CODES_OF_ONE:
        return False
    Attempt.objects.create(practice=account.practice, whom=_whose(account), address=_A_CODE, tried_at=at)
    return True


def forget_codes(account: Account) -> None:
    """Take back the tries of somebody who turned out to be right."""
    _codes_of(account).delete()


def begun(request: HttpRequest, account: Account, *, at: datetime) -> None:
    """Note that somebody gave this account's right password and was sent to the second step: once for each browser."""
    finished(request)
    step = Attempt.objects.create(practice=account.practice, whom=_whose(account), address=_A_STEP, tried_at=at)
    request.session[_BEGUN] = str(step.pk)


def finished(request: HttpRequest) -> None:
    """Take back what was noted of whoever has just signed in: it was them."""
    step = request.session.pop(_BEGUN, None)
    if step is not None:
        Attempt.objects.filter(pk=step, address=_A_STEP).delete()


class Meanwhile(NamedTuple):
    """What others may have tried at somebody's door."""

    several_wrong: bool
    stopped_at_the_second_step: bool


def meanwhile(request: HttpRequest, account: Account, *, since: datetime) -> Meanwhile:
    """Return what was tried in somebody's name since a moment. For themselves."""
    tries = Attempt.objects.filter(practice=account.practice, tried_at__gt=since)
    wrong = tries.filter(name=_name(request, account.username)).count()
    return Meanwhile(wrong >= SEVERAL, tries.filter(whom=_whose(account), address=_A_STEP).exists())


def _name(request: HttpRequest, username: str) -> str:
    return _digest("a name", space_of(request).name, username.lower())


def _codes_of(account: Account) -> QuerySet[Attempt]:
    return Attempt.objects.filter(practice=account.practice, whom=_whose(account), address=_A_CODE)


def _whose(account: Account) -> str:
    return _digest(_A_CODE, str(account.pk))


def _digest(*words: str) -> str:
    return salted_hmac("accounts.attempts", "\n".join(words), algorithm="sha256").hexdigest()
