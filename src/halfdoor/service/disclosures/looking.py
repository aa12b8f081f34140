"""
Looking at somebody's record leaves a line: one a page, whoever on the staff opened it.

Whose record a page is about follows from the key in its address. A room says once whose the keys of its addresses are;
a page that could not leave its line is not shown.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from halfdoor.service.accounts.models import Account
from halfdoor.service.agreements.models import Authorization
from halfdoor.service.core import chain
from halfdoor.service.core.models import Practice
from halfdoor.service.core.prepared import Prepared, insert
from halfdoor.service.core.rows import Row
from halfdoor.service.disclosures.models import Consultation, Look
from halfdoor.service.documents.models import Signing
from halfdoor.service.people.models import CourtLimit, EmergencyAccess, Membership

Whose = Callable[[UUID, Practice], UUID | None]
"""Returns the id of the young person whom a row is about, by its key."""


def _themselves(key: UUID, practice: Practice) -> UUID | None:
    return key


def of(model: type[Row], whose: str = "young_person") -> Whose:
    """Return whom a row of a model is about, which names its young person itself or through what it belongs to."""
    written = Prepared(
        lambda practice, key: model._default_manager.filter(practice=practice, pk=key).values_list(whose), UUID, UUID
    )

    def found(key: UUID, practice: Practice) -> UUID | None:
        return next((about for (about,) in written.ask(model, practice.pk, key)), None)

    return found


_KEYS: dict[str, Whose] = {
    "young_person_id": _themselves,
    "membership_id": of(Membership),
    "limit_id": of(CourtLimit, "membership__young_person"),
    "access_id": of(EmergencyAccess),
    "signing_id": of(Signing),
    "consent_id": of(Authorization),
    "consultation_id": of(Consultation),
}


def key(name: str, whose: Whose) -> None:
    """Say whose record a page is about that has this key in its address. Called from a room's ``AppConfig.ready``."""
    _KEYS[name] = whose


def keys() -> frozenset[str]:
    """Return the names of the keys of which we know whose record they lead to."""
    return frozenset(_KEYS)


@transaction.atomic
def looked(young_person_id: UUID, *, page: str, by: Account, at: datetime) -> Look:
    """Write down that somebody on the staff opened a page about a young person."""
    body = {"kind": "disclosures.looked", "young_person": str(young_person_id), "page": page, "by": str(by.pk)}
    entry = chain.append(by.practice, body, at=at)
    look = Look(practice=by.practice, entry=entry, young_person_id=young_person_id, page=page, at=at, by=by)
    insert(look)
    return look


def whom(kwargs: Mapping[str, Any], practice: Practice) -> UUID | None:
    """Return whom an address is about, by the first of its keys that says."""
    return next((_KEYS[name](value, practice) for name, value in kwargs.items() if name in _KEYS), None)
