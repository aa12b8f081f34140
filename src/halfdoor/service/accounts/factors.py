"""
Second factors of an account: an app that shows codes, passkeys, and spare codes for a bad day.

allauth keeps them and does the arithmetic; here is who changes what and when. Each change leaves a line on the chain,
in codes, and one that its owner reads on their own page.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.db import transaction
from django.db.models import QuerySet

from halfdoor.service.accounts import guessing, sessions, sign_in_rules, spare_codes
from halfdoor.service.accounts.factor_rows import Change, FactorAsked, FactorChange, What
from halfdoor.service.accounts.factor_secrets import Adapter, belonging_to
from halfdoor.service.accounts.models import Account, Role
from halfdoor.service.accounts.policy import NEEDS, PUT_OFF, Asked, Need
from halfdoor.service.core import chain, keys
from halfdoor.service.core.prepared import Prepared

_STEPS_OFF = 1
"""A clock may be half a minute slow or fast."""

_DRAWN = re.compile(r'viewBox="0 0 (?P<size>\d+) \d+".*?\sd="(?P<path>[^"]+)"', re.DOTALL)
_FOURS = re.compile(r".{1,4}")


class WrongCode(Exception):
    """This code is not right, or was used before."""


class LastOne(Exception):
    """Without this the role could not sign in; another has to be added first."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way in, as its owner sees it."""

    id: int
    what: What
    name: str
    added_at: datetime
    used_at: datetime | None
    left: int


@dataclass(frozen=True, slots=True)
class NewApp:
    """What an app needs to know: the secret, in letters, as an address, and drawn for its camera."""

    secret: str
    address: str
    size: int
    path: str


# --- reading


def ways_of(account: Account) -> list[Way]:
    """Return somebody's own ways in beside the password, the oldest first. For themselves."""
    with belonging_to(account), keys.ring():
        return [_way(one) for one in _rows(account).order_by("created_at", "pk")]


def changes_of(account: Account, *, since: datetime) -> list[FactorChange]:
    """Return what happened to somebody's ways in since a moment, the newest first. For themselves."""
    rows = FactorChange.objects.filter(practice=account.practice, account=account, changed_at__gte=since)
    return list(rows.select_related("changed_by").order_by("-changed_at"))


def has_one(account: Account) -> bool:
    """Say whether somebody has a second factor. Spare codes alone are none."""
    return any(_SECOND.ask(Authenticator, account.pk))


_SECOND = Prepared(
    lambda account: Authenticator.objects.filter(user=account, type__in=(What.TOTP, What.WEBAUTHN)).values_list("pk")[
        :1
    ],
    UUID,
)
"""Asked at each sign-in, so that its SQL is written once; as what follows is."""


def have_changed(account: Account, *, since: datetime) -> bool:
    """Say whether anything happened to somebody's ways in since a moment."""
    return any(_CHANGED.ask(FactorChange, account.practice_id, account.pk, since))


_CHANGED = Prepared(
    lambda practice, account, since: FactorChange.objects.filter(
        practice=practice, account=account, changed_at__gte=since
    ).values_list("pk")[:1],
    UUID,
    UUID,
    datetime,
)


def has(account: Account, what: What) -> bool:
    """Say whether somebody has a way in of this kind."""
    return _rows(account).filter(type=what).exists()


def asked_of(account: Account, *, at: datetime) -> Asked:
    """Say whether somebody without a second factor has to add one, and whether that can wait."""
    need = NEEDS[Role(account.role)]
    if need is Need.ASKED:
        if sign_in_rules.rule_of(account.practice).caregivers_at_once:
            return Asked.AT_ONCE
        first = FactorAsked.objects.filter(practice=account.practice, account=account).first()
        if first is None:
            return Asked.NOW_OR_LATER
        return Asked.PUT_OFF if at - first.asked_at < PUT_OFF else Asked.AT_ONCE
    return Asked.AT_ONCE if need is Need.REQUIRED else Asked.NOTHING


# --- changing


def put_off(*, by: Account, at: datetime) -> None:
    """Go on with a password alone for now. The days count from the first time."""
    FactorAsked.objects.get_or_create(practice=by.practice, account=by, defaults={"asked_at": at})


def new_secret() -> str:
    """Return a secret for an app that somebody is about to add."""
    return str(generate_totp_secret())


def new_app(account: Account, *, secret: str) -> NewApp:
    """Return what an app is told, for whoever adds it."""
    adapter = Adapter()
    address = adapter.build_totp_url(account, secret)
    drawn = _DRAWN.search(adapter.build_totp_svg(address))
    assert drawn, "allauth draws one path in a square"
    return NewApp(" ".join(_FOURS.findall(secret)), address, int(drawn["size"]), drawn["path"])


@transaction.atomic
def add_app(secret: str, *, code: str, by: Account, at: datetime) -> None:
    """
    Add an app whose code shows that it has the secret. It takes the place of one that was there.

    :raises WrongCode: if the code is not of this secret and this half minute
    """
    step = _step_of(secret, code, at=at)
    if step is None:
        raise WrongCode
    if _rows(by).filter(type=What.TOTP).delete()[0]:
        changed(by, What.TOTP, Change.REMOVED, by=by, at=at)
    with belonging_to(by):
        row = TOTP.activate(by, secret).instance
    row.created_at, row.data = at, row.data | {"step": step}
    row.save(update_fields=["created_at", "data"])
    changed(by, What.TOTP, Change.ADDED, by=by, at=at)


def fresh_codes(*, by: Account, at: datetime) -> list[str]:
    """Return new spare codes, to be shown once. Those from before are good no more."""
    codes = spare_codes.draw()
    kept = spare_codes.hashed(codes)
    with transaction.atomic():
        spare_codes.keep(kept, by=by, at=at)
        changed(by, What.RECOVERY_CODES, Change.ADDED, by=by, at=at)
    return codes


@transaction.atomic
def rename(way: int, *, name: str, by: Account) -> None:
    """Call one of one's own ways in otherwise."""
    row = _rows(by).select_for_update().get(pk=way)
    row.data = row.data | {"name": name}
    row.save(update_fields=["data"])


@transaction.atomic
def remove(way: int, *, by: Account, at: datetime) -> None:
    """
    Remove one of one's own ways in.

    :raises LastOne: if the role needs one and this is the last
    """
    Account.objects.select_for_update(no_key=True).get(pk=by.pk)
    row = _rows(by).get(pk=way)
    others = _rows(by).filter(type__in=(What.TOTP, What.WEBAUTHN)).exclude(pk=row.pk)
    if row.type != What.RECOVERY_CODES and not others.exists():
        if asked_of(by, at=at) is Asked.AT_ONCE:
            raise LastOne
        _rows(by).filter(type=What.RECOVERY_CODES).delete()
    row.delete()
    changed(by, What(row.type), Change.REMOVED, by=by, at=at)


@transaction.atomic
def remove_all(account: Account, *, by: Account, at: datetime) -> None:
    """
    Remove somebody's ways in for them, as when a telephone is lost, and end their sessions.

    Their password stays, and would be enough to add new ones: give them a new code to come in with at the same time.
    """
    Account.objects.select_for_update(no_key=True).get(pk=account.pk)
    forget_all(account)
    sessions.end_all(account)
    changed(account, What.EVERYTHING, Change.REMOVED, by=by, at=at)


def forget_all(account: Account) -> None:
    """Remove somebody's ways in, in the transaction of an act that puts it on record."""
    _rows(account).delete()
    guessing.forget_codes(account)


# --- proving


def prove_by_code(account: Account, code: str, *, at: datetime) -> bool:
    """Say whether a code from the app or a spare code is right. Each is good once, in every process."""
    spare = spare_codes.find(account, code)
    with transaction.atomic():
        return _prove_by_app(account, code, at=at) if not spare else _prove_by_spare(account, spare, at=at)


def _prove_by_app(account: Account, code: str, *, at: datetime) -> bool:
    row = _rows(account).select_for_update().filter(type=What.TOTP).first()
    if row is None:
        return False
    with belonging_to(account):
        step = _step_of(Adapter().decrypt(row.data["secret"]), code, at=at)
    if step is None or step <= row.data.get("step", 0):
        return False
    _used(row, {"step": step}, at=at)
    return True


def _prove_by_spare(account: Account, found: str, *, at: datetime) -> bool:
    row = spare_codes.use_up(account, found)
    if row is None:
        return False
    _used(row, {}, at=at)
    changed(account, What.RECOVERY_CODES, Change.USED_UP, by=account, at=at)
    return True


def _used(row: Authenticator, more: dict[str, int], *, at: datetime) -> None:
    row.last_used_at, row.data = at, row.data | more
    row.save(update_fields=["last_used_at", "data"])


def _step_of(secret: str, code: str, *, at: datetime) -> int | None:
    """Return the half minute a code belongs to, near this moment; none if it belongs to none."""
    now = int(at.timestamp()) // app_settings.TOTP_PERIOD
    for step in range(now - _STEPS_OFF, now + _STEPS_OFF + 1):
        if compare_user_code(actual=code, expected=format_hotp_value(hotp_value(secret, step))):
            return step
    return None


def _rows(account: Account) -> "QuerySet[Authenticator]":
    rows: QuerySet[Authenticator] = Authenticator.objects.filter(user=account)
    return rows


def _way(row: Authenticator) -> Way:
    left = spare_codes.left(row) if row.type == What.RECOVERY_CODES else 0
    return Way(row.pk, What(row.type), row.data.get("name", ""), row.created_at, row.last_used_at, left)


def changed(account: Account, what: What, change: Change, *, by: Account, at: datetime) -> None:
    """Put on record what happened to somebody's ways in, for them and on the chain. In the act's own transaction."""
    FactorChange.objects.create(
        practice=account.practice, account=account, what=what, change=change, changed_by=by, changed_at=at
    )
    body = {"kind": f"accounts.factor_{change}", "factor": str(what), "account": str(account.pk), "by": str(by.pk)}
    chain.append(account.practice, body, at=at)
