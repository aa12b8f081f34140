"""Process notes in escrow: two officers open them for a day, and nobody else does."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from halfdoor.service.accounts.choices import WhyClosed, WhyOpened
from halfdoor.service.accounts.closing import close, open_again
from halfdoor.service.accounts.models import Account, Role
from halfdoor.service.core import keys
from halfdoor.service.core.models import ChainEntry, Job, Practice
from halfdoor.service.disclosures import tasks
from halfdoor.service.disclosures.choices import Category
from halfdoor.service.disclosures.escrow import actions, over, reading, standing
from halfdoor.service.disclosures.escrow.actions import NotNow
from halfdoor.service.disclosures.escrow.reading import Opened
from halfdoor.service.disclosures.escrow.rows import Escrow, EscrowOutcome, WhyEscrow
from halfdoor.service.disclosures.models import Look
from halfdoor.service.notes import actions as notes_of_hers
from halfdoor.service.people import actions as people
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


@pytest.fixture(autouse=True)
def lena(family: Family) -> Account:
    """The lead of Amina's practice, who has a place in her circle."""
    since: Any = {"since_on": NOON.date(), "by": family.ruth, "at": NOON}
    joining.take_on(family.amina, clinician=family.lead, relation=Relation.CLINICAL_LEAD, **since)
    return family.lead


@pytest.fixture
def note(family: Family) -> Any:
    """What Ruth wrote for herself; and a private note, and one of the lead's own, which are none of hers."""
    by: Any = {"episode": family.episode, "at": NOON}
    notes_of_hers.write("For the team.", category=Category.SESSION_CONTENT, by=family.ruth, **by)
    notes_of_hers.write("The lead's own.", category=Category.PROCESS_NOTES, by=family.lead, **by)
    return notes_of_hers.write(AFRAID, category=Category.PROCESS_NOTES, by=family.ruth, **by)


@pytest.fixture
def vera(family: Family) -> Account:
    return account(family.practice, "vera", Role.LEAD)


def asked(family: Family, *, by: Account | None = None, author: Account | None = None) -> Escrow:
    why = {"why": WhyEscrow.DIED, "because": "Her last week has to be understood."}
    return actions.ask(family.amina, author or family.ruth, **why, by=by or family.lead, at=NOON)


def opened(family: Family, second: Account) -> Escrow:
    escrow = asked(family)
    actions.settle(escrow, AGREED, by=second, at=NOON)
    return escrow


def read(escrow: Escrow, by: Account, at: datetime = NOON) -> list[str]:
    """What somebody reads who presses the button and loads the page."""
    return texts(reading.notes_in(reading.begin(escrow, by=by, at=at), escrow, by=by, at=at))


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
    assert read(escrow, family.lead) == [AFRAID]
    read(escrow, family.lead)
    assert kinds_on_the_chain() == ["asked", "agreed", "opened", "read"]
    assert not ChainEntry.objects.filter(entry__contains="afraid").exists()


@pytest.mark.abuse("D10")
@pytest.mark.usefixtures("note")
def test_nobody_alone_opens_them_nor_reads_them_in_another_s_place(family: Family, vera: Account):
    joel = account(family.practice, "joel", Role.THERAPIST)
    escrow = asked(family)
    with pytest.raises(NotNow):
        read(escrow, family.lead)
    for alone in (family.lead, family.ruth, joel, account(family.practice, "office", Role.OFFICE)):
        with pytest.raises(NotNow):
            actions.settle(escrow, AGREED, by=alone, at=NOON)
    actions.settle(escrow, AGREED, by=vera, at=NOON)
    for other in (vera, family.ruth, joel):
        with pytest.raises(NotNow):
            read(escrow, other)
    with pytest.raises(NotNow):  # the author may not, though she leads
        asked(family, by=vera, author=vera)
    with pytest.raises(NotNow):
        asked(family, by=joel)


@pytest.mark.usefixtures("note")
def test_where_there_is_no_second_lead_a_therapist_is_the_second_officer_but_never_the_author(family: Family):
    joel, escrow = account(family.practice, "joel", Role.THERAPIST), asked(family)
    assert standing.may_be_second(escrow, joel)
    assert not standing.may_be_second(escrow, family.ruth)
    vera = account(family.practice, "vera", Role.LEAD)
    assert not standing.may_be_second(escrow, joel)
    Account.objects.filter(pk=vera.pk).update(is_active=False)
    actions.settle(escrow, AGREED, by=joel, at=NOON)
    assert read(escrow, family.lead) == [AFRAID]
    with pytest.raises(NotNow):
        read(escrow, joel)


@pytest.mark.usefixtures("note")
def test_it_closes_by_itself_and_by_hand_and_lapses_where_nobody_agrees(family: Family, vera: Account):
    escrow = opened(family, vera)
    with pytest.raises(NotNow):
        asked(family)
    with pytest.raises(NotNow):
        read(escrow, family.lead, NOON + actions.LASTS)
    actions.close(escrow, by=vera, at=NOON)
    with pytest.raises(NotNow):
        read(escrow, family.lead)
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
        read(escrow, family.lead)
    Practice.objects.update(doors_shut=False)
    records._erase(family.amina, by=family.lead, at=NOON)
    assert read(escrow, family.lead) == [""]
    assert keys.is_erased(family.amina.pk, practice=family.practice.pk)


@pytest.mark.usefixtures("note")
def test_a_lead_asks_another_agrees_and_the_author_is_told_page_by_page(family: Family, lena: Account, vera: Account):
    lead, second, ruth = signed_in(lena), signed_in(vera), signed_in(family.ruth)
    typed = {"author": family.ruth.pk, "why": "left", "because": "The school asks what she knew."}
    lead.post(reverse("disclosures:ask_escrow", args=[family.amina.pk]), typed)
    page = reverse("disclosures:escrow", args=[Escrow.objects.get().pk])
    notes = reverse("disclosures:read_escrow", args=[Escrow.objects.get().pk])
    assert "wait for a second person" in words_of(lead.get("/staff/today/"))
    assert AFRAID not in words_of(lead.post(notes, follow=True))
    assert "asks to open process notes of Ruth" in words_of(second.get("/staff/today/"))
    assert "The school asks" in words_of(second.get(page))
    told = words_of(ruth.get(page))
    assert "Somebody asked to open them" in told
    assert "The school asks" not in told
    assert second.post(page, {"do": "agree"})["Location"] == page
    assert AFRAID in words_of(lead.post(notes, follow=True))
    assert [second.get(notes).status_code, second.post(notes).status_code] == [404, 404]
    assert "are open" in words_of(second.get("/staff/today/"))
    assert "Somebody asked for your process notes about Amina Khan" in words_of(ruth.get("/staff/today/"))
    second.post(page, {"do": "close"})
    assert AFRAID not in words_of(lead.get(notes, follow=True))
    assert "notes read: 1" in words_of(ruth.get(page))
    assert ruth.post(page, {"do": "seen"})["Location"] == reverse("portals:today")
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
    assert not standing.whom(joel, at=NOON).exists()
    assert signed_in(vera).get(reverse("disclosures:ask_escrow", args=[family.amina.pk])).status_code == 404


@pytest.mark.abuse("D9")
@pytest.mark.usefixtures("note")
def test_a_lead_asks_only_where_they_have_a_place_or_care_has_ended_and_of_who_was_a_clinician_there(
    family: Family, vera: Account
):
    outside = account(family.practice, "joel", Role.THERAPIST)
    for by, author in ((vera, family.ruth), (family.lead, outside), (family.lead, family.sara.person.account)):
        with pytest.raises(NotNow):
            asked(family, by=by, author=author)
    assert not Escrow.objects.exists()
    assert kinds_on_the_chain() == []
    people.end_episode(family.episode, ended_on=NOON.date(), by=family.ruth, at=NOON)
    assert asked(family, by=vera).asked_by == vera


@pytest.mark.usefixtures("note")
def test_loading_again_is_the_same_reading_and_another_device_or_half_an_hour_or_a_new_note_is_another(
    family: Family, vera: Account
):
    escrow = opened(family, vera)
    notes = reverse("disclosures:read_escrow", args=[escrow.pk])
    lead, telephone = signed_in(family.lead), signed_in(family.lead)
    assert AFRAID not in words_of(lead.get(notes, follow=True))  # fetched ahead: nothing is shown, nothing written
    assert kinds_on_the_chain() == ["asked", "agreed"]
    button = lead.get(reverse("disclosures:escrow", args=[escrow.pk])).context["reading"]["once"].value()
    for _ in range(2):  # pressed twice, loaded again, gone back
        assert AFRAID in words_of(lead.post(notes, {"once": button}, follow=True))
        assert AFRAID in words_of(lead.get(notes))
    assert kinds_on_the_chain() == ["asked", "agreed", "opened"]
    assert AFRAID not in words_of(telephone.get(notes, follow=True))
    assert AFRAID in words_of(telephone.post(notes, follow=True))
    assert kinds_on_the_chain()[2:] == ["opened", "read"]
    newer: Any = {"category": Category.PROCESS_NOTES, "episode": family.episode, "by": family.ruth, "at": NOON}
    notes_of_hers.write("And the week after.", **newer)
    assert AFRAID not in words_of(lead.get(notes, follow=True))
    assert "And the week after." in words_of(lead.post(notes, follow=True))
    with time_machine.travel(NOON + reading.STAYS, tick=False):
        client = signed_in(family.lead)
        client.cookies = lead.cookies
        assert AFRAID not in words_of(client.get(notes, follow=True))
    assert kinds_on_the_chain()[2:] == ["opened", "read", "read"]


@pytest.mark.usefixtures("note")
def test_today_asks_no_more_once_it_is_over_and_its_author_has_gone_and_again_when_they_come_back(
    family: Family, vera: Account
):
    def stands() -> bool:
        return Practice.objects.get(pk=family.practice.pk).escrow_stands

    def day_after() -> None:
        with time_machine.travel(NOON + actions.LASTS, tick=False):
            tasks.escrow_is_over.call(practice=str(family.practice.pk))

    opened(family, vera)
    day_after()
    assert stands()  # Ruth has not read it yet
    jobs = Job.objects.filter(task__endswith="escrow_is_over")
    assert sorted(job.due_at - NOON for job in jobs) == [actions.LASTS, actions.WAITS, actions.LASTS + over.AGAIN]
    close(family.ruth, WhyClosed.LEFT, left_on=NOON.date(), by=family.lead, at=NOON)
    day_after()
    assert not stands()
    open_again(family.ruth, WhyOpened.BACK, by=family.lead, at=NOON)
    assert stands()
