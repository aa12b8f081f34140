"""Reading the ledger's lines. Every function says who is reading."""

import json
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from halfdoor.service.accounts.models import Account
from halfdoor.service.disclosures.choices import SAFEGUARDING, LineKind
from halfdoor.service.disclosures.models import Hold, Line
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
    rows = without_what_is_kept_out(rows, on=day_in(young_person.practice, at=at))
    return rows.filter(membership__isnull=False).order_by("-at", "-id")


def without_what_is_kept_out(rows: QuerySet[Line], *, on: date) -> QuerySet[Line]:
    """
    Return lines without those that police or an agency had held, and without releases that no account names.

    A refusal that is on the page stays: it would have been refused as well without any suspicion.
    """
    held = Hold.objects.filter(practice=OuterRef("practice"), line=OuterRef("pk"), until_on__gt=on)
    kept_out = Q(kind=LineKind.RELEASE, entry__entry__contains=json.dumps(KEEP_OUT))
    return rows.exclude(Exists(held)).exclude(kept_out)
