"""The house rules of the invented practice: a version of its own that holds, and a proposal that waits for somebody."""

from datetime import datetime, timedelta

from halfdoor.service.accounts.models import Account
from halfdoor.service.disclosures.choices import Category
from halfdoor.service.disclosures.codes import actions as codes
from halfdoor.service.disclosures.house import actions, drafts, guided
from halfdoor.service.disclosures.house import impact as looking
from halfdoor.service.disclosures.house.guided import Answered, Wanted, Who
from halfdoor.service.disclosures.house.queries import pack_of
from halfdoor.service.disclosures.house.rows import Impact, Proposal
from halfdoor.service.people.facts import day_in

_RELATIVES_WAIT = Wanted(
    who=Who.RELATIVES,
    what=(Category.PROGRESS, Category.THEMES, Category.GOALS_AND_PLAN),
    answered=Answered.ASK,
    says="Before grandparents and step-parents hear how it is going, we ask the young person.",
    agreed="Our team meeting",
)
_PARENTS_READ_SUMMARIES = Wanted(
    who=Who.PARENTS,
    what=(Category.SESSION_SUMMARY,),
    answered=Answered.OUTLINE,
    says="Parents hear in general terms what a session was about.",
    agreed="Our team meeting",
)


def adopt(*, lead: Account, second: Account, is_long_ago: bool = True, at: datetime) -> None:
    """Bring a practice's first rules of its own into force; long ago, with the code of its counselors."""
    if is_long_ago:
        codes.wish(["aca"], because="Two of us are counselors.", by=lead, at=at)
    proposal = _propose(_RELATIVES_WAIT, because="Two families asked us to be slower with relatives.", by=lead, at=at)
    later = at + timedelta(hours=3)
    actions.approve(proposal, fingerprint=proposal.version.sha256, by=second, at=later)
    change = actions.activate(proposal, from_on=day_in(lead.practice, at=later), by=lead, at=later)
    if is_long_ago:
        actions.see(change, by=second, at=later + timedelta(days=1))


def wonder(*, lead: Account, at: datetime) -> None:
    """Leave a proposal that opens something, so that a second person has to read it."""
    because = "Parents keep asking what a session was about, and we say it anyway in every review. Let us say so."
    _propose(_PARENTS_READ_SUMMARIES, because=because, by=lead, at=at)


def think_better_of(*, lead: Account, at: datetime) -> None:
    """Propose something, see what it would change, and withdraw it."""
    because = "It would save a call a week."
    proposal = _propose(_PARENTS_READ_SUMMARIES, because=because, by=lead, at=at)
    actions.withdraw(proposal, by=lead, at=at + timedelta(days=2))


def _propose(wanted: Wanted, *, because: str, by: Account, at: datetime) -> Proposal:
    base = actions.newest(by.practice)
    text = guided.with_rule(drafts.text_of(base), wanted, pack=drafts.OWN_NAME, on=at.date())
    proposal = actions.propose(text, because=because, by=by, at=at)
    for impact in Impact.objects.filter(practice=by.practice, proposal=proposal, ended_at=None):
        looking.work_out(impact, pack_of(base), pack_of(proposal.version), at=at)
    return proposal
