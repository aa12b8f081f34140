"""What has gone on a consent to share: from the ledger, as far as whoever asks may know it."""

from datetime import datetime

from halfdoor.service.accounts.models import Account
from halfdoor.service.agreements.gone import Gone
from halfdoor.service.agreements.models import Authorization, Withdrawal
from halfdoor.service.disclosures import gate
from halfdoor.service.disclosures.choices import SAFEGUARDING, LineKind
from halfdoor.service.disclosures.models import Line
from halfdoor.service.people import queries as people
from halfdoor.service.people.choices import Relation


def gone_on(consent: Authorization, *, reader: Account, at: datetime) -> list[Gone]:
    """
    Return what went to the recipient of a consent while it held, of the kinds it names, newest first.

    To clinicians all of it; to the young person what does not tell of harm, as on the rest of their page; to anybody
    else only the kinds of information that may go to themselves.
    """
    ended = Withdrawal.objects.filter(practice=consent.practice_id, authorization=consent).first()
    until = min(at, ended.withdrawn_at) if ended else at
    lines = Line.objects.filter(
        practice=consent.practice_id,
        membership=consent.membership_id,
        kind=LineKind.RELEASE,
        category__in=_readable(consent, reader=reader, at=at),
        at__gte=consent.recorded_at,
        at__lte=until,
    )
    return [Gone(line.category, line.at) for line in lines.order_by("-at", "-id")]


def _readable(consent: Authorization, *, reader: Account, at: datetime) -> list[str]:
    """Return the kinds of information of a consent of which this reader may know whether they went."""
    own = [one for one in people.memberships_of(reader) if one.young_person_id == consent.young_person_id]
    if any(one.relation in people.CLINICIANS for one in own):
        return list(consent.categories)
    plain = [one for one in consent.categories if one not in SAFEGUARDING]
    if any(one.relation == Relation.SELF for one in own):
        return [] if consent.membership.relation in people.SAFEGUARDING else plain
    asked = [(one, gate.usual_question(member, one)) for member in own for one in plain]
    return [category for category, question in asked if gate.consider(question, at=at).disposition.opens]
