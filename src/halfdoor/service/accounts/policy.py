"""What each role needs to sign in, in one table. Read it together with docs/adr/0019."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum, auto

from halfdoor.service.accounts.models import Role


class Need(StrEnum):
    """Whether a password alone is enough."""

    REQUIRED = auto()
    ASKED = auto()
    OFFERED = auto()


NEEDS: Mapping[Role, Need] = {
    Role.THERAPIST: Need.REQUIRED,
    Role.LEAD: Need.REQUIRED,
    Role.OFFICE: Need.REQUIRED,
    Role.TEAM: Need.REQUIRED,
    Role.CAREGIVER: Need.ASKED,
    Role.YOUNG_PERSON: Need.OFFERED,
}
"""A second factor is a passkey or a code from an app. None is ever sent: a parent often reads a young person's mail."""

PUT_OFF = timedelta(days=14)
"""How long somebody who is asked may go on with a password alone, from the first time they were asked."""

FRESH = timedelta(minutes=10)
"""How long a proof is good for what cannot be taken back."""

STAYS_OPEN = timedelta(minutes=3)
"""How long a young person's most private pages stay open after they last looked at one."""


class Asked(StrEnum):
    """What is asked of somebody who signs in without a second factor."""

    NOTHING = auto()
    NOW_OR_LATER = auto()
    PUT_OFF = auto()
    AT_ONCE = auto()
