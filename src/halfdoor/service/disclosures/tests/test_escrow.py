"""Process notes in escrow: two officers open them for a day, and nobody else does."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from halfdoor.service.accounts.choices import WhyClosed
from halfdoor.service.accounts.closing import close
from halfdoor.service.accounts.models import Account, Role
from halfdoor.service.core import keys
from halfdoor.service.core.models import ChainEntry, Practice
from halfdoor.service.disclosures.choices import Category
from halfdoor.service.disclosures.escrow import actions, queries
from halfdoor.service.disclosures.escrow.actions import NotNow, Opened
from halfdoor.service.disclosures.escrow.rows import Escrow, EscrowOutcome, WhyEscrow
from halfdoor.service.disclosures.models import Look
from halfdoor.service.notes import actions as notes
from halfdoor.service.people import joining
from halfdoor.service.people.choices import Relation
from halfdoor.service.records import erasing as records
from tests.doors import signed_in, words_of
from tests.people import NOON, Family, account

pytestmark = pytest.mark.django_db

AFRAID = "I was afraid for her."
AGREED, DROPPED = EscrowOutcome.AGREED, EscrowOutcome.DROPPED


@pytest.fixture(autouse=True)
def _at_noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def note(family: Family) -> Any:
    """What Ruth wrote for herself; and a private note, and one of the lead's own, which are none of hers."""
    by: Any = {"episode": family.episode, "at": NOON}
    notes.write("For the team.", category=Category.SESSION_CONTENT, by=family.ruth, **by)
    notes.write("The lead's own.", category=Category.PROCESS_NOTES, by=family.lead, **by)
    return notes.write(AFRAID, category=Category.PROCESS_NOTES, by=family.ruth, **by)


@pytest.fixture
def vera(family: Family) -> Account:
    return account(family.practice, "vera", Role.LEAD)


@pytest.fixture
def lena(family: Family) -> Account:
    """The lead of Amina's practice, who has a place in her circle."""
    since: Any = {"since_on": NOON.date(), "by": family.ruth, "at": NOON}
    joining.take_on(family.amina, clinician=family.lead, relation=Relation.CLINICAL_LEAD, **since)
    return family.lead


def asked(family: Family, *, by: Account | None = None, author: Account | None = None) -> Escrow:
    why = {"why": WhyEscrow.DIED, "because": "Her last week has to be understood."}
    return actions.ask(family.amina, author or family.ruth, **why, by=by or family.lead, at=NOON)


def opened(family: Family, second: Account) -> Escrow:
    escrow = asked(family)
    actions.settle(escrow, AGREED, by=second, at=NOON)
    return escrow


def texts(found: tuple[Opened, ...]) -> list[str]:
    return [version.text for one in found for version in one.versions]


def kinds_on_the_chain() -> list[str]:
    rows = ChainEntry.objects.filter(entry__contains='"disclosures.escrow_').order_by("sequence")
    return [row.entry.partition('"disclosures.escrow_')[2].partition('"')[0] for row in rows]


@pytest.mark.abuse("D9")
@pytest.mark.requirement("R2")
@pytest.mark.usefixtures("note")
def test_two_officers_open_what_a_leaver_wrote_about_this_young_person_and_nothing_else(family: Family, vera: Account):
    close(family.ruth, WhyClosed.LEFT, left_on=NOON.date(), by=family.lead, at=NOON)
    escrow = opened(family, vera)
    assert texts(actions.read(escrow, by=family.lead, at=NOON)) == [AFRAID]
    actions.read(escrow, by=family.lead, at=NOON)
    assert kinds_on_the_chain() == ["asked", "agreed", "opened", "read"]
    assert not ChainEntry.objects.filter(entry__contains="afraid").exists()


@pytest.mark.abuse("D10")
@pytest.mark.usefixtures("note")
def test_nobody_alone_opens_them_nor_reads_them_in_another_s_place(family: Family, vera: Account):
    joel = account(family.practice, "joel", Role.THERAPIST)
    escrow = asked(family)
    with pytest.raises(NotNow):
        actions.read(escrow, by=family.lead, at=NOON)
    for alone in (family.lead, family.ruth, joel, account(family.practice, "office", Role.OFFICE)):
        with pytest.raises(NotNow):
            actions.settle(escrow, AGREED, by=alone, at=NOON)
    actions.settle(escrow, AGREED, by=vera, at=NOON)
    for other in (vera, family.ruth, joel):
        with pytest.raises(NotNow):
            actions.read(escrow, by=other, at=NOON)
    with pytest.raises(NotNow):  # the author may not, though she leads
        asked(family, by=vera, author=vera)
    with pytest.raises(NotNow):
        asked(family, by=joel)


@pytest.mark.usefixtures("note")
def test_where_there_is_no_second_lead_a_therapist_is_the_second_officer_but_never_the_author(family: Family):
    joel, escrow = account(family.practice, "joel", Role.THERAPIST), asked(family)
    assert actions.may_be_second(escrow, joel)
    assert not actions.may_be_second(escrow, family.ruth)
    vera = account(family.practice, "vera", Role.LEAD)
    assert not actions.may_be_second(escrow, joel)
    Account.objects.filter(pk=vera.pk).update(is_active=False)
    actions.settle(escrow, AGREED, by=joel, at=NOON)
    assert texts(actions.read(escrow, by=family.lead, at=NOON)) == [AFRAID]
    with pytest.raises(NotNow):
        actions.read(escrow, by=joel, at=NOON)


@pytest.mark.usefixtures("note")
def test_it_closes_by_itself_and_by_hand_and_lapses_where_nobody_agrees(family: Family, vera: Account):
    escrow = opened(family, vera)
    with pytest.raises(NotNow):
        asked(family)
    with pytest.raises(NotNow):
        actions.read(escrow, by=family.lead, at=NOON + actions.LASTS)
    actions.close(escrow, by=vera, at=NOON)
    with pytest.raises(NotNow):
        actions.read(escrow, by=family.lead, at=NOON)
    again = asked(family)
    with pytest.raises(NotNow):
        actions.settle(again, AGREED, by=vera, at=NOON + actions.WAITS + timedelta(seconds=1))
    actions.settle(again, DROPPED, by=family.lead, at=NOON)
    with pytest.raises(NotNow):
        actions.settle(again, AGREED, by=vera, at=NOON)


@pytest.mark.usefixtures("note")
def test_nothing_opens_while_doors_are_shut_after_a_restore_nor_after_erasing(family: Family, vera: Account):
    escrow = opened(family, vera)
    Practice.objects.update(doors_shut=True)
    with pytest.raises(NotNow):
        actions.read(escrow, by=family.lead, at=NOON)
    Practice.objects.update(doors_shut=False)
    records._erase(family.amina, by=family.lead, at=NOON)
    assert texts(actions.read(escrow, by=family.lead, at=NOON)) == [""]
    assert keys.is_erased(family.amina.pk, practice=family.practice.pk)


@pytest.mark.usefixtures("note")
def test_a_lead_asks_another_agrees_and_the_author_is_told_page_by_page(family: Family, lena: Account, vera: Account):
    lead, second, ruth = signed_in(lena), signed_in(vera), signed_in(family.ruth)
    typed = {"author": family.ruth.pk, "why": "left", "because": "The school asks what she knew."}
    lead.post(reverse("disclosures:ask_escrow", args=[family.amina.pk]), typed)
    page = reverse("disclosures:escrow", args=[Escrow.objects.get().pk])
    reading = reverse("disclosures:read_escrow", args=[Escrow.objects.get().pk])
    assert "wait for a second person" in words_of(lead.get("/staff/today/"))
    assert lead.get(reading).status_code == 404
    assert "asks to open process notes of Ruth" in words_of(second.get("/staff/today/"))
    assert "The school asks" in words_of(second.get(page))
    told = words_of(ruth.get(page))
    assert "Somebody asked to open them" in told
    assert "The school asks" not in told
    second.post(page, {"do": "agree"})
    assert AFRAID in words_of(lead.get(reading))
    assert second.get(reading).status_code == 404
    assert "are open" in words_of(second.get("/staff/today/"))
    assert "Somebody asked for your process notes about Amina Khan" in words_of(ruth.get("/staff/today/"))
    second.post(page, {"do": "close"})
    assert lead.get(reading).status_code == 404
    assert "notes read: 1" in words_of(ruth.get(page))
    ruth.post(page, {"do": "seen"})
    assert "your process notes" not in words_of(ruth.get("/staff/today/"))
    assert not Practice.objects.get(pk=family.practice.pk).escrow_stands
    assert "Process notes of Ruth about Amina Khan" in words_of(lead.get(reverse("disclosures:escrows")))
    assert Look.objects.filter(page="disclosures:read_escrow", young_person=family.amina).exists()


@pytest.mark.usefixtures("note")
def test_whoever_has_nothing_to_do_with_it_finds_nothing(family: Family, vera: Account):
    joel, escrow = account(family.practice, "joel", Role.THERAPIST), asked(family)
    client = signed_in(joel)
    assert client.get(reverse("disclosures:escrow", args=[escrow.pk])).status_code == 404
    assert "rocess notes" not in words_of(client.get("/staff/today/"))
    assert not queries.whom(joel).exists()
    assert signed_in(vera).get(reverse("disclosures:ask_escrow", args=[family.amina.pk])).status_code == 404
