"""Reading the ledger's lines. Every function says who is reading."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from halfdoor.service.accounts.models import Account
from halfdoor.service.disclosures.choices import SAFEGUARDING, LineKind
from halfdoor.service.disclosures.models import Hold, Line, Obligation
from halfdoor.service.people import queries as people
from halfdoor.service.people.facts import day_in
from halfdoor.service.people.models import YoungPerson

KEEP_OUT = "keep_out_of_accounting"
"""The duty to keep a line out of what somebody who may have done harm could ask for."""


def releases_about(young_person: YoungPerson, *, reader: Account, at: datetime) -> QuerySet[Line]:
    """
    Return what has gone to members of the circle, newest first, to the young person and their clinicians.

    Without what tells by its kind, or by whom it went to, of harm, of danger or of a court: it is read on a page that
    others may see too. Nor with what is kept out of accounts: a page that told it would make them pointless.
    """
    rows = Line.objects.filter(practice=young_person.practice_id, young_person=young_person, kind=LineKind.RELEASE)
    rows = rows if people.is_theirs(young_person, reader=reader) else rows.none()
    rows = rows.exclude(category__in=SAFEGUARDING).exclude(relation__in=people.SAFEGUARDING)
    today = day_in(young_person.practice, at=at)
    rows = without_what_is_kept_out(rows, young_person.practice_id, young_person.pk, on=today)
    return rows.filter(membership__isnull=False).order_by("-at", "-id")


def without_what_is_kept_out(rows: QuerySet[Line], practice: UUID, young_person: UUID, *, on: date) -> QuerySet[Line]:
    """
    Return lines about somebody without those that police or an agency had held, and without releases that no account
    names.

    A refusal that is on the page stays: it would have been refused as well without any suspicion.
    """
    held = Hold.objects.filter(practice=OuterRef("practice"), line=OuterRef("pk"), until_on__gt=on)
    kept_out = Q(kind=LineKind.RELEASE, pk__in=obliged(practice, young_person, to=KEEP_OUT))
    return rows.exclude(Exists(held)).exclude(kept_out)


def obliged(practice: UUID, young_person: UUID, *, to: str) -> QuerySet[Obligation, Any]:
    """
    Return the ids of the lines about somebody that oblige to something.

    Its rows are written with their line. They say what the chain says, which would have to be read word by word.
    """
    return Obligation.objects.filter(practice=practice, young_person=young_person, code=to).values("line")
