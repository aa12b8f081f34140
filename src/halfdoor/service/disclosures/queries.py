"""Reading the ledger's lines. Every function says who is reading."""

from django.db.models import QuerySet

from halfdoor.service.accounts.models import Account
from halfdoor.service.disclosures.choices import SAFEGUARDING, LineKind
from halfdoor.service.disclosures.models import Line
from halfdoor.service.people import queries as people
from halfdoor.service.people.models import YoungPerson


def releases_about(young_person: YoungPerson, *, reader: Account) -> QuerySet[Line]:
    """
    Return what has gone to members of the circle, newest first, to the young person and their clinicians.

    Without what tells by its kind, or by whom it went to, of harm, of danger or of a court: it is read on a page that
    others may see too.
    """
    rows = Line.objects.filter(practice=young_person.practice_id, young_person=young_person, kind=LineKind.RELEASE)
    rows = rows if people.circle_of(young_person, reader=reader) else rows.none()
    rows = rows.exclude(category__in=SAFEGUARDING).exclude(relation__in=people.SAFEGUARDING)
    return rows.filter(membership__isnull=False).order_by("-at", "-id")
