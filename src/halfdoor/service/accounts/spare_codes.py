"""
Spare codes for a bad day: ten of eight digits, shown once, each good once.

What is kept of them is Argon2id, with a salt of that set, and sealed. Whoever has the database has no code; whoever has
our keys too would have to try them all.

Earlier versions kept a sealed seed from which the codes followed. Such codes go on being good: a job keeps them as
hashes (`accounts.tasks`), and so does the first try of whoever comes before it.
"""

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils.crypto import constant_time_compare, get_random_string

from halfdoor.service.accounts.factor_secrets import Adapter, belonging_to
from halfdoor.service.accounts.models import Account

if TYPE_CHECKING:
    from django.db.models import QuerySet

KEPT = "hashed"
_SALT_CHARACTERS = 22
"""Letters and digits: 131 bits."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a set: its salt, and a hash for each code that is still good."""

    salt: str
    hashes: tuple[str, ...]

    def sealed(self) -> dict[str, str]:
        """The same, as it lies in the row. Within ``belonging_to``."""
        return {KEPT: Adapter().encrypt(json.dumps([self.salt, *self.hashes]))}


def draw() -> list[str]:
    """Return new codes, no two the same, to be shown once."""
    digits, drawn = app_settings.RECOVERY_CODE_DIGITS, dict[str, None]()
    while len(drawn) < app_settings.RECOVERY_CODE_COUNT:
        drawn[f"{secrets.randbelow(10**digits):0{digits}}"] = None
    return list(drawn)


def hashed(codes: Sequence[str]) -> Kept:
    """Return what is kept of them. It takes a while, on purpose: not within a transaction, for which others wait."""
    salt = get_random_string(_SALT_CHARACTERS)
    return Kept(salt, tuple(make_password(code, salt=salt) for code in codes))


def keep(kept: Kept, *, by: Account, at: datetime) -> None:
    """Keep a set in place of any that was there. In a transaction."""
    _rows(by).delete()
    with belonging_to(by):
        Authenticator.objects.create(user=by, type=Authenticator.Type.RECOVERY_CODES, data=kept.sealed(), created_at=at)


def left(row: Authenticator) -> int:
    """Return how many are good still. Within ``belonging_to``."""
    return len(_opened(row).hashes) if KEPT in row.data else len(RecoveryCodes(row).get_unused_codes())


def find(account: Account, code: str) -> str:
    """Return what is kept of this code of theirs, nothing where it is none. Not within a transaction, as `hashed`."""
    code = code.replace(" ", "").replace("-", "")  # as somebody may have written it down
    if len(code) != app_settings.RECOVERY_CODE_DIGITS or not code.isdecimal():
        return ""
    keep_hashed(account)
    row = _rows(account).first()
    if row is None:
        return ""
    with belonging_to(account):
        kept = _opened(row)
    # A set has one salt, so one look is enough; unless the strength was changed since they were made.
    looked = make_password(code, salt=kept.salt)
    for one in kept.hashes:
        if constant_time_compare(one, looked) or (_strength(one) != _strength(looked) and check_password(code, one)):
            return one
    return ""


def use_up(account: Account, found: str) -> Authenticator | None:
    """Let a code be good no more, and return its row, unsaved; none where it was used meanwhile. In a transaction."""
    row = _rows(account).select_for_update().first()
    if row is None or KEPT not in row.data:
        return None
    with belonging_to(account):
        kept = _opened(row)
        if found not in kept.hashes:
            return None
        row.data = row.data | Kept(kept.salt, tuple(one for one in kept.hashes if one != found)).sealed()
    return row


def keep_hashed(account: Account) -> None:
    """Keep codes of an earlier version as hashes from now on. They go on being good."""
    row = _rows(account).first()
    if row is None or KEPT in row.data:
        return
    with belonging_to(account):
        kept = hashed(RecoveryCodes(row).get_unused_codes())
        with transaction.atomic():
            same = _rows(account).select_for_update().filter(pk=row.pk).first()
            if same is not None and same.data == row.data:  # else one was used, or they were renewed, meanwhile
                more = {name: said for name, said in row.data.items() if name == "name"}
                same.data = more | kept.sealed()
                same.save(update_fields=["data"])


def _opened(row: Authenticator) -> Kept:
    salt, *hashes = json.loads(Adapter().decrypt(row.data[KEPT]))
    return Kept(salt, tuple(hashes))


def _strength(encoded: str) -> str:
    return encoded.rpartition("$")[0]


def _rows(account: Account) -> "QuerySet[Authenticator]":
    rows: QuerySet[Authenticator] = Authenticator.objects.filter(user=account, type=Authenticator.Type.RECOVERY_CODES)
    return rows
