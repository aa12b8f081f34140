"""What was typed and not sent yet: kept sealed for whoever typed it, and gone once it is sent."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from halfdoor.service.accounts.models import Account
from halfdoor.service.people.models import Draft, YoungPerson

KEPT = timedelta(days=14)
"""How long somebody can come back to what they typed."""

_MOST = 20_000


@transaction.atomic
def keep(
    young_person: YoungPerson, *, about: UUID, form: str, typed: Mapping[str, list[str]], by: Account, at: datetime
) -> Draft:
    """Keep what somebody typed so far, in the place of what they typed before."""
    mine = Draft.objects.filter(practice=by.practice_id).of(by)
    mine.filter(kept_at__lt=at - KEPT).delete()
    row = mine.filter(about=about, form=form).first()
    row = row or Draft(practice=young_person.practice, young_person=young_person, about=about, form=form, kept_by=by)
    row.typed, row.kept_at = json.dumps(dict(typed))[:_MOST], at
    row.save()
    return row


def forget(*, about: UUID, form: str, by: Account) -> None:
    """Let go of what was typed: it was sent."""
    Draft.objects.filter(practice=by.practice_id, about=about, form=form).of(by).delete()


def typed_by(reader: Account, *, about: UUID) -> dict[str, dict[str, list[str]]]:
    """Return what whoever reads typed about this and has not sent, by form."""
    return typed_in(Draft.objects.filter(practice=reader.practice_id, about=about).of(reader))


def typed_in(rows: Iterable[Draft]) -> dict[str, dict[str, list[str]]]:
    """Return what was typed, by form: for whoever typed these themselves."""
    return {row.form: _read(row.typed) for row in rows}


def typed_before(kept: Mapping[str, list[str]]) -> dict[str, Any]:
    """Return what was kept of a form as its beginning."""
    several = ("alternatives", "pieces", "done", "kinds", "categories", "topics", "purposes")
    return {
        name: values if name in several else values[-1]
        for name, values in kept.items()
        if values and name not in ("once", "csrfmiddlewaretoken")
    }


def begun(reader: Account, *, about: UUID, form: str) -> dict[str, Any]:
    """Return what whoever reads typed in one form and has not sent, as its beginning."""
    return typed_before(typed_by(reader, about=about).get(form, {}))


def _read(typed: str) -> dict[str, list[str]]:
    try:
        kept: dict[str, list[str]] = json.loads(typed)
    except ValueError:  # cut off where it was too long to keep
        return {}
    return kept
