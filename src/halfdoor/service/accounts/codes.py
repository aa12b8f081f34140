"""
The words of a way in: short enough to read aloud, long enough that nobody guesses it.

Ten signs of twenty-nine are 48 bits. There is no 0, O, 1 or I, which people mistake for each other, and no other vowel:
no code reads like a word.
"""

import secrets

from django.utils.crypto import salted_hmac

from halfdoor.service.core.models import Practice

SIGNS = "23456789BCDFGHJKLMNPQRSTVWXYZ"
_GROUPS, _IN_A_GROUP = 2, 5


def make() -> str:
    """Return a new code, in groups: `K7MRT-9XQ2F`."""
    groups = ("".join(secrets.choice(SIGNS) for _ in range(_IN_A_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)


def digest(code: str, *, practice: Practice, username: str) -> str:
    """Return what is kept of a code: keyed, and of use only with this sign-in name at this practice."""
    typed = "".join(sign for sign in code.upper() if sign.isalnum())
    words = "\n".join((str(practice.pk), username, typed))
    return salted_hmac("accounts.codes", words, algorithm="sha256").hexdigest()
