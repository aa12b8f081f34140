"""Consents to share at three doors: given, made smaller, taken back at once; and what had already gone."""

import re
import threading
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from halfdoor.service.agreements import consents
from halfdoor.service.agreements.choices import GivenBy
from halfdoor.service.agreements.consents import Terms
from halfdoor.service.agreements.models import Authorization, Grant, Proposal, ProposalEnd, Withdrawal
from halfdoor.service.agreements.queries.consents import shown_with
from halfdoor.service.agreements.words import PURPOSES, SHAREABLE
from halfdoor.service.core import chain
from halfdoor.service.core.models import ChainEntry
from halfdoor.service.disclosures import gate
from halfdoor.service.disclosures.choices import Category, Purpose
from halfdoor.service.disclosures.models import Item
from halfdoor.service.documents import actions as papers
from halfdoor.service.documents.models import File, Signing
from halfdoor.service.documents.tests.test_pages import hidden_fields
from halfdoor.service.documents.verifying import verify
from halfdoor.service.notes import actions as notes
from halfdoor.service.people.choices import Level, Relation
from halfdoor.service.people.models import Membership
from tests.doors import signed_in, words_of
from tests.papers import ALOUD, stamped_line
from tests.people import EARLIER, NOON, Family, amina_and_her_family, know, stranger
from tests.racing import LONG, elsewhere, together

__all__ = ["elsewhere"]

SAID = "She spoke about the week at school."
UNTIL = date(2026, 12, 24)
TYPED = {"categories": ["session_content", "themes"], "purposes": ["support"], "until_on": UNTIL.isoformat()}
TERMS = Terms(categories=("session_content", "themes"), purposes=("support",), ends_on=UNTIL + timedelta(days=1))


@pytest.fixture
def noon() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def shelf(family: Family, noon: None) -> Family:
    return with_papers(family)


def with_papers(family: Family) -> Family:
    """Put the papers on the shelf."""
    papers.take_up_shipped(on=EARLIER.date(), by=family.lead, at=EARLIER)
    return family


def tells(family: Family, member: Membership, *, at: datetime = NOON) -> None:
    """Let Ruth write down what Amina said in a session and tell somebody, who has seen to what comes before."""
    note = notes.write(SAID, episode=family.episode, category=Category.SESSION_CONTENT, by=family.ruth, at=at)
    try:
        receipt = gate.release(member, note.item_id, by=family.ruth, at=at)
    except gate.StillToDo as first:
        receipt = gate.release(member, note.item_id, done=first.codes, by=family.ruth, at=at)
    assert receipt.went


def amina_lets(family: Family, member: Membership) -> Authorization:
    """Let Amina choose, read and sign, on her own pages."""
    amina, address = signed_in(family.amina.person.account), reverse("agreements:my_give", args=[member.pk])
    page = amina.post(address, {**TYPED, "do": "read"})
    assert (
        f"what is said in sessions</li><li>themes</li></ul><h2>To whom</h2><p>{member.person.name}, parent"
        in words_of(page)
    )
    answer = {**hidden_fields(page), **TYPED, "answer": "agreed", "printed_name": "Amina"}
    assert amina.post(address, answer).status_code == 302
    return Authorization.objects.latest("recorded_at")


def reads(member: Membership, *, at=NOON) -> list[str]:
    """Return what the list of a member of the circle shows."""
    return [one.text for one in gate.shareable_with(member, Item.objects.all(), at=at).items]


@pytest.mark.requirement("A5")
def test_amina_lets_her_father_read_and_takes_it_back_in_one_step(shelf: Family):
    given = amina_lets(shelf, shelf.tom)
    assert (given.given_by, given.categories, given.ends_on) == (GivenBy.CLIENT, TYPED["categories"], TERMS.ends_on)
    tells(shelf, shelf.tom)
    assert reads(shelf.tom) == [SAID]
    assert reads(shelf.sara) == []
    amina, address = signed_in(shelf.amina.person.account), reverse("agreements:my_consent", args=[given.pk])
    page = words_of(amina.get(address))
    assert "Holds until Thursday, December 24, 2026" in page
    assert "what is said in sessions, <time" in page
    assert "Stamp of the ledger" not in page
    assert amina.post(address, {"do": "withdraw", "because": "We had a fight."}).status_code == 302
    assert reads(shelf.tom) == []
    after = words_of(amina.get(address))
    assert stamped_line(after, shelf.practice)["kind"] == "agreements.withdrawn"
    assert "Taken back on Monday, November 2, 2026" in after
    assert "what is said in sessions, <time" in after
    assert "Take it back now" not in after
    assert amina.post(address, {"do": "withdraw"}).status_code == 302
    assert Withdrawal.objects.get().because == "We had a fight."


@pytest.mark.requirement("A5")
def test_she_makes_it_smaller_in_one_step_and_never_wider(shelf: Family):
    given = amina_lets(shelf, shelf.tom)
    tells(shelf, shelf.tom)
    assert reads(shelf.tom) == [SAID]
    amina, address = signed_in(shelf.amina.person.account), reverse("agreements:my_consent", args=[given.pk])
    wider = {**TYPED, "do": "narrow", "until_on": "2027-01-31"}
    assert "not later than 2026-12-24" in words_of(amina.post(address, wider))
    assert "Take something out" in words_of(amina.post(address, {**TYPED, "do": "narrow"}))
    assert amina.post(address, {**TYPED, "categories": ["themes"], "do": "narrow"}).status_code == 302
    assert reads(shelf.tom) == []
    smaller = Authorization.objects.exclude(pk=given.pk).get()
    assert smaller.categories == ["themes"]
    grant = Grant.objects.get(authorization=smaller)
    assert (grant.instead_of, grant.giver) == (given, shelf.herself)
    assert Withdrawal.objects.get().authorization == given
    with pytest.raises(consents.NotSmaller):
        consents.narrow(smaller, TERMS, by=shelf.ruth, at=NOON)


@pytest.mark.requirement("A5")
def test_what_is_signed_names_what_whom_what_for_and_until_when(shelf: Family):
    amina_lets(shelf, shelf.tom)
    signing = Signing.objects.get()
    for said in ("what is said in sessions", "Tom Reed, parent", "to support the young person", "December 24, 2026"):
        assert said in signing.shown
    assert verify(File.objects.get().content).words == signing.shown


def sara_is_asked(family: Family, **more: Any) -> Proposal:
    """Let Ruth ask Amina's mother whether her father may be told something."""
    ruth, address = signed_in(family.ruth), reverse("agreements:propose", args=[family.amina.pk])
    asked = {**TYPED, "giver": family.sara.pk, "recipient": family.tom.pk, "how": "own_page", **more}
    page = ruth.post(address, asked)
    assert page.status_code == 302, words_of(page)
    return Proposal.objects.latest("proposed_at")


@pytest.mark.requirement("A5")
def test_her_mother_makes_it_smaller_before_she_signs_and_takes_it_back(shelf: Family):
    proposal, sara = sara_is_asked(shelf), signed_in(shelf.sara.person.account)
    address = reverse("agreements:family_proposal", args=[proposal.pk])
    assert address in words_of(sara.get(reverse("portals:week")))
    assert "what is said in sessions" in words_of(sara.get(address))
    less = {**TYPED, "categories": ["themes"]}
    page = sara.post(address, {**less, "do": "read"})
    answer = {**hidden_fields(page), **less, "answer": "agreed", "printed_name": "Sara Khan"}
    assert sara.post(address, answer).status_code == 302
    given = Authorization.objects.get()
    assert (given.given_by, given.categories, given.membership) == (GivenBy.PARENT, ["themes"], shelf.tom)
    assert sara.get(address).status_code == 404
    one = reverse("agreements:family_consent", args=[given.pk])
    assert one in words_of(sara.get(reverse("agreements:family_consents")))
    assert signed_in(shelf.tom.person.account).get(one).status_code == 404
    assert sara.post(one, {"do": "withdraw"}).status_code == 302
    assert "Taken back" in words_of(sara.get(one))


@pytest.mark.abuse("C3")
def test_what_had_gone_tells_a_parent_no_more_than_they_may_know(shelf: Family):
    given = consents.give(
        shelf.sara, shelf.tom, TERMS, shown=shown(shelf.sara, shelf.tom), said=ALOUD, by=shelf.ruth, at=EARLIER
    )
    amina_lets(shelf, shelf.tom)
    tells(shelf, shelf.tom)
    address = reverse("agreements:consent", args=[given.pk])
    assert "what is said in sessions, <time" in words_of(signed_in(shelf.ruth).get(address))
    sara = words_of(signed_in(shelf.sara.person.account).get(reverse("agreements:family_consent", args=[given.pk])))
    assert "what is said in sessions, <time" not in sara
    assert "Nothing that can be listed here." in sara


def shown(giver: Membership, recipient: Membership) -> Any:
    return shown_with(giver, recipient, TERMS, language="en-us", at=NOON)


@pytest.mark.requirement("A5")
def test_a_no_to_what_was_asked_is_kept_and_nothing_goes(shelf: Family):
    proposal, sara = sara_is_asked(shelf), signed_in(shelf.sara.person.account)
    address = reverse("agreements:family_proposal", args=[proposal.pk])
    page = sara.get(address)
    said = {**hidden_fields(page), **TYPED, "answer": "refused", "words": "Ask me in spring."}
    assert sara.post(address, said).status_code == 302
    assert not Authorization.objects.exists()
    assert (ProposalEnd.objects.get().outcome, Signing.objects.get().words) == ("refused", "Ask me in spring.")
    assert address not in words_of(sara.get(reverse("portals:week")))


def test_ruth_asks_no_more_for_a_consent(shelf: Family):
    proposal, ruth = sara_is_asked(shelf), signed_in(shelf.ruth)
    page = reverse("agreements:agreements", args=[shelf.amina.pk])
    assert ruth.post(page, {"take_back": str(proposal.pk)}).status_code == 302
    assert ProposalEnd.objects.get().outcome == "taken_back"
    address = reverse("agreements:family_proposal", args=[proposal.pk])
    assert signed_in(shelf.sara.person.account).get(address).status_code == 404


@pytest.mark.abuse("B9")
def test_who_may_not_decide_cannot_consent_nor_be_asked_to(shelf: Family):
    know(shelf.sara, level=Level.INFORMATION_ONLY, by=shelf.ruth, on=NOON.date(), at=NOON)
    with pytest.raises(consents.NotTheirsToGive):
        consents.give(
            shelf.sara, shelf.tom, TERMS, shown=shown(shelf.sara, shelf.tom), said=ALOUD, by=shelf.ruth, at=NOON
        )
    ruth, address = signed_in(shelf.ruth), reverse("agreements:propose", args=[shelf.amina.pk])
    asked = {**TYPED, "giver": shelf.sara.pk, "recipient": shelf.tom.pk, "how": "own_page"}
    assert "may not decide what is shared" in words_of(ruth.post(address, asked))
    assert "Choose somebody else" in words_of(ruth.post(address, {**asked, "recipient": shelf.sara.pk}))
    assert not Proposal.objects.exists()


@pytest.mark.requirement("A5")
def test_on_her_word_ruth_notes_a_consent_and_its_end(shelf: Family):
    ruth = signed_in(shelf.ruth)
    noted = {**TYPED, "giver": shelf.herself.pk, "recipient": shelf.tom.pk, "how": "aloud", "words": "Just this once."}
    assert ruth.post(reverse("agreements:propose", args=[shelf.amina.pk]), noted).status_code == 302
    tells(shelf, shelf.tom)
    assert reads(shelf.tom) == [SAID]
    given = Authorization.objects.get()
    overview = words_of(ruth.get(reverse("agreements:agreements", args=[shelf.amina.pk])))
    assert "Amina Khan lets Tom Reed be told" in overview
    assert ruth.post(reverse("agreements:consent", args=[given.pk]), {"do": "withdraw"}).status_code == 302
    assert reads(shelf.tom) == []


def test_a_stranger_gives_nothing_and_finds_nothing(shelf: Family):
    given = amina_lets(shelf, shelf.tom)
    nobody = signed_in(stranger(shelf.practice))
    assert nobody.get(reverse("agreements:family_consent", args=[given.pk])).status_code == 404
    assert "There is nothing here yet" in words_of(nobody.get(reverse("agreements:family_consents")))


def test_without_the_paper_nobody_is_asked_and_ruth_reads_why(family: Family, noon: None):
    ruth, address = signed_in(family.ruth), reverse("agreements:propose", args=[family.amina.pk])
    asked = {**TYPED, "giver": family.sara.pk, "recipient": family.tom.pk, "how": "own_page"}
    assert "no paper for a consent to share yet" in words_of(ruth.post(address, asked))
    assert not Proposal.objects.exists()


def test_what_can_be_named_is_what_the_rules_know():
    assert SHAREABLE.keys() < set(Category.values)
    assert PURPOSES.keys() < set(Purpose.values)
    assert Category.PROCESS_NOTES not in SHAREABLE
    assert Relation.SELF in consents._IN_WHOSE_RIGHT


@pytest.mark.abuse("F1")
@pytest.mark.reliability("R6")
@pytest.mark.requirement("A5")
def test_nothing_goes_after_she_took_it_back_whoever_comes_first(elsewhere: Callable[[], None]):
    family = with_papers(amina_and_her_family())
    paper = shown_with(family.herself, family.tom, TERMS_NOW, language="en-us", at=EARLIER)
    given = consents.give(family.herself, family.tom, TERMS_NOW, shown=paper, said=ALOUD, by=family.ruth, at=EARLIER)
    tells(family, family.tom, at=EARLIER)
    toms, amina = [signed_in(family.tom.person.account) for _ in range(3)], signed_in(family.amina.person.account)
    address = reverse("agreements:my_consent", args=[given.pk])
    elsewhere()
    start = threading.Barrier(len(toms) + 1)

    def look(client: Any) -> str:
        start.wait(LONG)
        return words_of(client.get(reverse("portals:week")))

    def take_back() -> int:
        start.wait(LONG)
        return int(amina.post(address, {"do": "withdraw"}).status_code)

    *_, status = together(*(lambda one=one: look(one) for one in toms), take_back)
    assert status == 302
    (kinds,) = together(lambda: [chain.body_of(one)["kind"] for one in ChainEntry.objects.order_by("sequence")])
    after = kinds[kinds.index("agreements.withdrawn") :]
    assert not {"disclosures.release", "disclosures.view"} & set(after)
    (page,) = together(lambda: words_of(toms[0].get(reverse("portals:week"))))
    assert SAID not in page
    assert re.search("Nothing at the moment", page)


TERMS_NOW = Terms(categories=("session_content",), purposes=("support",), ends_on=date(2099, 1, 1))
