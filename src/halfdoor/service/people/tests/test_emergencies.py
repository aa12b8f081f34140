"""Emergency access: a record opens for an hour, everybody it concerns sees it, and a second person looks at it."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from halfdoor.service.accounts.models import Account, Role
from halfdoor.service.core import chain
from halfdoor.service.core.models import ChainEntry
from halfdoor.service.people import covering, emergencies, queries
from halfdoor.service.people.choices import EmergencyOutcome, WhyCovered, WhyEmergency
from halfdoor.service.people.models import EmergencyAccess
from tests.doors import signed_in, words_of
from tests.people import NOON, Family, account, practice

TYPED = {
    "name": "amina khan",
    "born_on": "2012-03-08",
    "why": "danger",
    "words": "Her mother rang at two. Ruth does not answer.",
}


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as moved:
        yield moved


@pytest.fixture
def vera(family: Family) -> Account:
    """Vera is a therapist of the practice, on call, and not in Amina's circle."""
    return account(family.practice, "vera", Role.THERAPIST)


def opened(family: Family, by: Account, *, at=NOON) -> EmergencyAccess:
    return emergencies.open_record(family.amina, why=WhyEmergency.DANGER, words="She rang.", by=by, at=at)


@pytest.mark.abuse("D2")
def test_it_opens_for_an_hour_and_then_shuts_by_itself(family: Family, vera: Account, clock) -> None:
    page, hers = signed_in(vera), reverse("portals:young_person", args=[family.amina.pk])
    assert page.get(hers).status_code == 404
    assert page.post(reverse("people:emergency"), TYPED).headers["Location"] == hers
    assert page.get(hers).status_code == 200
    clock.move_to(NOON + timedelta(minutes=14), tick=False)
    assert page.get(hers).status_code == 200
    for minutes in (28, 42, 56):  # somebody who goes on working is not signed out meanwhile
        clock.move_to(NOON + timedelta(minutes=minutes), tick=False)
        assert page.get(hers).status_code == 200
    clock.move_to(NOON + timedelta(minutes=60), tick=False)
    assert page.get(hers).status_code == 404, "without any job"


@pytest.mark.abuse("D2")
def test_its_line_comes_before_anything_else(family: Family, vera: Account) -> None:
    before = ChainEntry.objects.count()
    opened(family, vera)
    lines = [chain.body_of(line)["kind"] for line in ChainEntry.objects.order_by("sequence")[before:]]
    assert lines[0] == "people.emergency_opened"
    assert "people.joined" in lines


@pytest.mark.abuse("D1", "D2")
def test_everybody_it_concerns_sees_it_at_once(family: Family, vera: Account, clock) -> None:
    access = opened(family, vera)
    address = reverse("people:emergency_access", args=[access.pk])
    for who in (family.ruth, family.lead):
        assert address in words_of(signed_in(who).get("/staff/today/"))
        assert "She rang." in words_of(signed_in(who).get(address))
    mine = words_of(signed_in(family.herself.person.account).get("/me/", follow=True))
    assert "Somebody opened your record in an emergency" in mine
    assert "Vera, who is not one of your usual people." in mine
    for parent in (family.sara, family.tom):
        assert "emergency" not in words_of(signed_in(parent.person.account).get("/family/", follow=True)).replace(
            "call the emergency number", ""
        )


@pytest.mark.abuse("D10")
def test_whoever_opened_it_does_not_look_at_it(family: Family, vera: Account, clock) -> None:
    access = opened(family, vera)
    typed = {"outcome": "needed", "words": "It was night."}
    address = reverse("people:emergency_access", args=[access.pk])
    assert "A second person has to look at it" in words_of(signed_in(vera).post(address, typed, follow=True))
    signed_in(family.lead).post(address, typed)
    assert emergencies.review_of(access).reviewed_by == family.lead
    assert "Somebody has looked at it already" in words_of(signed_in(family.ruth).post(address, typed, follow=True))


@pytest.mark.abuse("D2")
def test_one_that_nobody_looked_at_in_time_holds_back_the_next(family: Family, vera: Account) -> None:
    first = opened(family, vera)
    assert first.review_due_on == date(2026, 11, 4), "two working days"
    emergencies.close(first, by=vera, at=NOON)
    again = opened(family, vera, at=NOON + timedelta(days=1))
    emergencies.close(again, by=vera, at=NOON + timedelta(days=1))
    with pytest.raises(emergencies.NotNow, match="has not been looked at"):
        opened(family, vera, at=NOON + timedelta(days=3))
    for one in (first, again):
        emergencies.review(one, outcome=EmergencyOutcome.NEEDED, words="Yes.", by=family.lead, at=NOON)
    assert opened(family, vera, at=NOON + timedelta(days=3))


def test_a_weekend_is_no_time_to_look_at_it(family: Family, vera: Account) -> None:
    friday = NOON + timedelta(days=4)
    assert opened(family, vera, at=friday).review_due_on == date(2026, 11, 10)


@pytest.mark.abuse("D1")
def test_nobody_is_found_by_half_a_name_and_the_try_is_on_record(family: Family, vera: Account, clock) -> None:
    page = words_of(signed_in(vera).post(reverse("people:emergency"), TYPED | {"name": "Amina"}))
    assert "There is nobody of this name and day of birth here" in page
    assert "Ruth does not answer." in page, "what was typed is still there"
    last = ChainEntry.objects.filter(practice=family.practice).order_by("-sequence").first()
    assert chain.body_of(last) == {"kind": "people.emergency_not_found", "by": str(vera.pk)}


@pytest.mark.abuse("D2")
def test_nobody_hands_the_hour_on_to_a_colleague(family: Family, vera: Account, clock) -> None:
    opened(family, vera)
    otto = account(family.practice, "otto", Role.THERAPIST)
    away = covering.Absence(clinician=vera, cover=otto, why=WhyCovered.AWAY, starts_on=NOON.date(), ends_on=None)
    covering.arrange(away, by=vera, at=NOON)
    assert not queries.young_people_of(otto).exists()


def test_it_ends_early_when_whoever_opened_it_says_so(family: Family, vera: Account, clock) -> None:
    access = opened(family, vera)
    signed_in(vera).post(reverse("people:close_emergency", args=[access.pk]))
    assert not queries.young_people_of(vera).exists()
    vera.refresh_from_db()
    assert vera.turns_on is None, "no request of theirs looks for an hour that is over"


@pytest.mark.parametrize("role", [Role.OFFICE, Role.TEAM, Role.CAREGIVER])
def test_only_clinicians_open_a_record_so(family: Family, role: Role, clock) -> None:
    somebody = account(family.practice, "somebody", role)
    with pytest.raises(emergencies.NotNow, match="Only a therapist"):
        opened(family, somebody)
    assert signed_in(somebody).get(reverse("people:emergency")).status_code in {302, 404}


def test_a_practice_next_door_finds_nobody(family: Family, clock) -> None:
    elsewhere = account(practice("Next door"), "vera", Role.THERAPIST)
    assert "There is nobody" in words_of(signed_in(elsewhere).post(reverse("people:emergency"), TYPED))
