"""What a practice decides about signing in and leaving; and devices that several people use."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from halfdoor.service.accounts.factor_rows import LeaveTo, SignInRule
from halfdoor.service.accounts.models import Account
from halfdoor.service.core import chain
from halfdoor.service.core.models import Practice
from halfdoor.service.core.prepared import Prepared

SHARED_IDLE = timedelta(minutes=5)
"""How long somebody may be idle at a device that several people use."""

_SALT, _FOR = "accounts.shared-device", timedelta(days=365)


def rule_of(practice: Practice) -> SignInRule:
    """Return what a practice decided last; unsaved defaults, where it decided nothing."""
    newest = next(iter(_NEWEST.rows(SignInRule, practice.pk)), None)
    return newest or SignInRule(practice=practice, leave_to=LeaveTo.ENCYCLOPEDIA)


_NEWEST = Prepared(
    lambda practice: SignInRule.objects.filter(practice=practice).order_by("-decided_at", "-pk")[:1], UUID
)


@transaction.atomic
def decide(*, caregivers_at_once: bool, leave_to: LeaveTo, by: Account, at: datetime) -> SignInRule:
    """Decide whether caregivers need a second factor at once, and where *Leave quickly* goes."""
    rule = SignInRule.objects.create(
        practice=by.practice, caregivers_at_once=caregivers_at_once, leave_to=leave_to, decided_by=by, decided_at=at
    )
    body = {"kind": "accounts.sign_in_rule", "caregivers_at_once": caregivers_at_once, "by": str(by.pk)}
    chain.append(by.practice, body | {"leave_to": str(leave_to)}, at=at)
    return rule


def is_shared(request: HttpRequest) -> bool:
    """Say whether several people use this device. What the browser says is believed only with our signature."""
    try:
        said = signing.loads(request.COOKIES.get(_cookie(), ""), salt=_SALT, max_age=_FOR)
    except signing.BadSignature:
        return False
    return bool(said == "shared")


def share(response: HttpResponse) -> None:
    """Mark this device as one that several people use. The mark names nobody."""
    response.set_cookie(
        _cookie(),
        signing.dumps("shared", salt=_SALT),
        max_age=_FOR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def share_no_more(response: HttpResponse) -> None:
    """Take the mark off this device."""
    response.delete_cookie(_cookie(), samesite="Strict")
    response.cookies[_cookie()]["secure"] = settings.SESSION_COOKIE_SECURE


def _cookie() -> str:
    return settings.SESSION_COOKIE_NAME.replace("session", "shared-device")
