"""What happens at the invented practices apart from any family: rules, papers, practising. Each once."""

from datetime import datetime, timedelta

from django.db import transaction

from halfdoor.service.accounts.models import Account, Role
from halfdoor.service.core.models import Practice
from halfdoor.service.disclosures import lines
from halfdoor.service.disclosures.house.rows import Proposal
from halfdoor.service.documents import actions as papers
from halfdoor.service.documents.choices import Kind
from halfdoor.service.documents.models import Review, Version
from halfdoor.service.documents.shipped import papers as shipped
from halfdoor.service.people.choices import Setting
from halfdoor.service.portals.demo import practicing, rules
from halfdoor.service.portals.demo.circles import account_of
from halfdoor.service.portals.demo.staff import Staff, staff_of
from halfdoor.service.training import progress

_DAY = timedelta(days=1)
_A_YEAR = timedelta(days=365)


@transaction.atomic
def play(practice: Practice, scene: str, *, at: datetime) -> None:
    """Put one of the scenes on record, unless it is there."""
    SCENES[scene](staff_of(practice), at)


def _rules(staff: Staff, at: datetime) -> None:
    """A proposal waits at the practice; at the home one came into force today, after one that was withdrawn."""
    practice = staff.practice
    if practice.setting == Setting.OUTPATIENT:
        if Proposal.objects.filter(practice=practice).count() < 2:
            rules.wonder(lead=staff.lead, at=at - timedelta(hours=20))
    elif not Proposal.objects.filter(practice=practice).exists():
        rules.think_better_of(lead=staff.lead, at=at - 30 * _DAY)
        rules.adopt(lead=staff.lead, second=staff.therapist, is_long_ago=False, at=at - timedelta(hours=3))


def _papers(staff: Staff, at: datetime) -> None:
    """A year ago the lead read the papers again and let them stand, but for two; one has a second version since."""
    if Review.objects.filter(practice=staff.practice).exists():
        return
    by, then = staff.lead, at - _A_YEAR
    for version in Version.objects.filter(practice=staff.practice, number=1).exclude(kind__in=_NOT_READ_AGAIN):
        papers.review(version, on=(then + 2 * _DAY).date(), words="Read aloud in the team.", by=by, at=then + 2 * _DAY)
    then = at - 25 * _DAY
    because = "We say more plainly how often we call, as two families asked."
    texts = shipped()[Kind.EXPECTATIONS]
    papers.publish(Kind.EXPECTATIONS, texts, effective_on=then.date(), because=because, by=by, at=then)


_NOT_READ_AGAIN = (Kind.RECORDING, Kind.CARE)


def _practising(staff: Staff, at: datetime) -> None:
    """The lead is finished, somebody is halfway, a colleague has not begun."""
    then = at - 20 * _DAY
    office = Role.OFFICE if staff.practice.setting == Setting.OUTPATIENT else None
    halfway = account_of("Omar Price", office, where=staff.practice) if office else staff.therapist
    _practise(staff.lead, halfway=False, at=then)
    _practise(halfway, halfway=True, at=then)


def _practise(account: Account, *, halfway: bool, at: datetime) -> None:
    if not progress.newest_answers(account):
        practicing.practice(account, halfway=halfway, at=at)


def _ledger(staff: Staff, at: datetime) -> None:
    """Every line is read through once more when all is on record."""
    lines.check_chain(staff.practice, at=at)


SCENES = {"rules": _rules, "papers": _papers, "practising": _practising, "ledger": _ledger}
"""In their order."""
