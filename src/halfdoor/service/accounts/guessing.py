"""
How often somebody may try to sign in.

What counts is who is tried, at which door and from where. So nobody shuts anybody else out from elsewhere, and whoever
tries from under the same roof makes them wait a minute, no longer. All processes count together, in the database.
"""

from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from allauth.core.internal.ratelimit import get_ip
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from halfdoor.service.accounts.models import Account, Attempt
from halfdoor.service.core.models import Practice
from halfdoor.service.core.prepared import Prepared
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


def begin(request: HttpRequest, *, practice: Practice, username: str, at: datetime) -> bool:
    """
    Count a try before its password is looked at, and say whether there were not too many.

    Each is on record before the tries are counted, so that of many at once no more than may be go on: call it outside a
    transaction, or others do not see it yet. Whoever turns out to be right takes theirs back with `take_back`; one that
    is turned away does not count.
    """
    ip = get_ip(request)
    whom, address = _digest(space_of(request).name, username.lower(), ip), _digest(ip)
    tried = Attempt(practice=practice, whom=whom, address=address, name=_name(request, username), tried_at=at)
    with transaction.atomic():
        tried.save(force_insert=True)
    here = [one for (one,) in _LATELY.ask(Attempt, practice.pk, address, at - WITHIN)]
    if len(here) > FROM_ONE_ADDRESS or here.count(whom) > OF_ONE_NAME:
        tried.delete()
        return False
    request.tried = tried  # type: ignore[attr-defined]
    return True


_LATELY = Prepared(
    lambda practice, address, since: Attempt.objects.filter(
        practice=practice, address=address, tried_at__gt=since
    ).values_list("whom")[: FROM_ONE_ADDRESS + 1],
    UUID,
    str,
    datetime,
)
"""What was tried from one address: one more than may be says enough."""


def take_back(request: HttpRequest, *, at: datetime) -> None:
    """Take back the try of whoever turned out to be right, and with it those of the practice that are told no more."""
    tried: Attempt | None = request.__dict__.pop("tried", None)
    if tried is not None:
        told = Q(tried_at__lte=at - TOLD_FOR) & ~Q(address=_A_CODE)
        Attempt.objects.filter(Q(pk=tried.pk) | told, practice=tried.practice_id).delete()


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
    wrong = _WRONG.ask(Attempt, account.practice_id, _name(request, account.username), since)
    stopped = _STOPPED.ask(Attempt, account.practice_id, _whose(account), since)
    return Meanwhile(len(list(wrong)) >= SEVERAL, any(stopped))


_WRONG = Prepared(
    lambda practice, name, since: Attempt.objects.filter(practice=practice, name=name, tried_at__gt=since).values_list(
        "pk"
    )[:SEVERAL],
    UUID,
    str,
    datetime,
)
_STOPPED = Prepared(
    lambda practice, whom, since: Attempt.objects.filter(
        practice=practice, whom=whom, address=_A_STEP, tried_at__gt=since
    ).values_list("pk")[:1],
    UUID,
    str,
    datetime,
)


def _name(request: HttpRequest, username: str) -> str:
    return _digest("a name", space_of(request).name, username.lower())


def _codes_of(account: Account) -> QuerySet[Attempt]:
    return Attempt.objects.filter(practice=account.practice, whom=_whose(account), address=_A_CODE)


def _whose(account: Account) -> str:
    return _digest(_A_CODE, str(account.pk))


def _digest(*words: str) -> str:
    return salted_hmac("accounts.attempts", "\n".join(words), algorithm="sha256").hexdigest()
