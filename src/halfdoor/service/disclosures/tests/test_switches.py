"""A home in England switches a law on that may not be in force: by a proposal, by two people, for itself alone."""

import pytest
import time_machine
from django.urls import reverse

from halfdoor.service.accounts.models import Account, Role
from halfdoor.service.disclosures import packs
from halfdoor.service.disclosures.house import actions, drafts
from halfdoor.service.disclosures.house.rows import Impact, Proposal
from halfdoor.service.disclosures.house.tasks import work_out_impact
from tests.doors import signed_in, words_of
from tests.people import NOON, Home, account

LAW = "england.duty-to-share-for-welfare"


@pytest.fixture
def gwen(home: Home) -> Account:
    return account(home.practice, "gwen", Role.LEAD)


def text_with(home: Home, line: str) -> str:
    """Return the rules of today as text, with one line more at their head."""
    return drafts.text_of(actions.newest(home.practice)).replace("[pack]\n", f"[pack]\n{line}\n", 1)


def decides(home: Home) -> bool:
    table = packs.judge_of(home.practice, at=NOON).table
    return LAW in [rule.id for rule in table.deciding]


@pytest.mark.requirement("C4", "C14")
@pytest.mark.abuse("D10")
def test_it_takes_two_people_and_they_read_which_law_it_is(home: Home, gwen: Account) -> None:
    proposal = actions.propose(text_with(home, f'switch_on = ["{LAW}"]'), because="Our lawyer", by=gwen, at=NOON)
    impact = Impact.objects.get(proposal=proposal)
    with time_machine.travel(NOON, tick=False):
        work_out_impact.call(practice=str(impact.practice_id), impact=str(impact.pk))
    impact.refresh_from_db()
    assert impact.outcome == Impact.Outcome.OPENS
    page = words_of(signed_in(gwen).get(reverse("rules:proposal", args=[proposal.pk])))
    assert "Laws that may not be in force, switched on or off" in page
    assert LAW in page
    with pytest.raises(actions.NotNow):
        actions.activate(proposal, from_on=NOON.date(), by=gwen, at=NOON)
    assert not decides(home)
    actions.approve(proposal, fingerprint=proposal.version.sha256, by=home.therapist, at=NOON)
    actions.activate(proposal, from_on=NOON.date(), by=gwen, at=NOON)
    assert decides(home)


def test_a_law_that_is_sure_is_not_switched_off(home: Home, gwen: Account) -> None:
    with pytest.raises(drafts.Unusable, match=r"england\.inspection"):
        actions.propose(text_with(home, 'switch_off = ["england.inspection"]'), because="x", by=gwen, at=NOON)
    assert not Proposal.objects.exists()
