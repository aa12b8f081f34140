"""What happens at the invented practices apart from any family: rules, papers, practising. Each once."""

from datetime import datetime, timedelta

from django.db import transaction

from halfdoor.service.accounts.models import Account, Role
from halfdoor.service.core.models import Practice
from halfdoor.service.disclosures import lines
from halfdoor.service.disclosures.choices import Category
from halfdoor.service.disclosures.escrow import actions as escrow
from halfdoor.service.disclosures.escrow.rows import Escrow, WhyEscrow
from halfdoor.service.disclosures.house.rows import Proposal
from halfdoor.service.documents import actions as papers
from halfdoor.service.documents.choices import Kind
from halfdoor.service.documents.models import Review, Version
from halfdoor.service.documents.shipped import papers as shipped
from halfdoor.service.notes import actions as notes
from halfdoor.service.people.choices import Setting
from halfdoor.service.people.queries import current_episode, young_people_of
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


def _escrow(staff: Staff, at: datetime) -> None:
    """The colleague is in hospital; the lead asks for what he wrote for himself, and waits for the therapist."""
    theirs = young_people_of(staff.colleague).filter(pk__in=young_people_of(staff.lead).order_by().values("pk"))
    about = theirs.first()
    if about is None or Escrow.objects.filter(practice=staff.practice).exists():
        return
    episode = current_episode(about, on=(at - 21 * _DAY).date())
    if episode is None:
        return
    by, then = staff.colleague, at - 21 * _DAY
    notes.write(_FOR_HIMSELF, episode=episode, category=Category.PROCESS_NOTES, by=by, at=then)
    ill, since = WhyEscrow.ILL, at - timedelta(hours=2)
    escrow.ask(about, staff.colleague, why=ill, because=_BECAUSE, by=staff.lead, at=since)


_FOR_HIMSELF = "I did not ask about the weekend again. I think I was afraid of the answer. Take it to supervision."
_BECAUSE = (
    "He is in hospital and cannot be called. Before their next session, whoever covers has to know whether something "
    "was said about the weekend; the record says nothing of it."
)


def _ledger(staff: Staff, at: datetime) -> None:
    """Every line is read through once more when all is on record."""
    lines.check_chain(staff.practice, at=at)


SCENES = {"rules": _rules, "papers": _papers, "practising": _practising, "escrow": _escrow, "ledger": _ledger}
"""In their order."""
