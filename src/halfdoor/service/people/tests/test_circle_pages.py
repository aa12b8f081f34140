"""Keeping a circle of care in the product: who joins, what is shown of them, what it changes, and how it all came."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from halfdoor.service.accounts.models import Account, Role
from halfdoor.service.people import facts, queries
from halfdoor.service.people.choices import Level, Limit, Relation
from halfdoor.service.people.models import (
    Authority,
    BirthdayCorrection,
    CareRole,
    CourtLimit,
    Membership,
    Person,
    YoungPerson,
)
from tests.doors import signed_in, words_of
from tests.people import NOON, Family, Home, a_court_limits, account, stranger

TODAY = NOON.date().isoformat()

Typed = dict[str, str]


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def omar(family: Family) -> Account:
    """Omar keeps the office of Amina's practice."""
    return account(family.practice, "omar", Role.OFFICE)


def page_of(page: str, /, *keys: object, by: Account, **query: str) -> str:
    return words_of(signed_in(by).get(reverse(f"people:{page}", args=keys), query))


def typed_into(page: Any) -> Typed:
    """Return the hidden values that a page hands back."""
    return dict(re.findall(r'name="(once|seen)" value="([^"]*)"', page.content.decode()))


def sent(page: str, /, *keys: object, by: Account, **typed: str) -> str:
    """Send a form, look at what it would change, and send it again as it stands; return what was shown between."""
    client, address = signed_in(by), reverse(f"people:{page}", args=keys)
    shown = client.post(address, typed)
    if shown.status_code == 302:
        return ""
    assert 'data-kind="mend"' not in shown.content.decode(), words_of(shown)
    again = client.post(address, typed | typed_into(shown))
    assert again.status_code == 302, words_of(again)
    return words_of(shown)


def of(member: Membership, *, days: int = 0) -> facts.Facts:
    return facts.load(member.young_person, at=NOON + timedelta(days=days)).of_member(member)


ADMITTED = {
    "name": "Iris Vance",
    "born_on": "2013-05-04",
    "setting": "outpatient",
    "started_on": TODAY,
    "legal_basis": "parent_consent",
    "evidence": "Signed by her mother at intake",
}


@pytest.mark.requirement("P1")
@pytest.mark.requirement("P4")
def test_the_office_takes_a_young_person_into_care_with_who_sees_them_and_on_what_it_rests(
    family: Family, omar: Account
) -> None:
    signed_in(omar).post(reverse("people:admit"), ADMITTED | {"therapist": str(family.ruth.pk)})
    iris = queries.young_people_of(family.ruth).get(person__name="Iris Vance")
    page = page_of("circle", iris.pk, by=family.ruth)
    assert "a parent agreed" in page
    assert "Signed by her mother at intake" in page
    assert "Usually here too, and not in this circle: <a" in page  # nobody has said who her parents are


def test_who_is_not_born_yet_is_not_taken_into_care(family: Family, omar: Account) -> None:
    typed = ADMITTED | {"born_on": "2027-01-01", "therapist": str(family.ruth.pk)}
    assert "This day has not come yet." in words_of(signed_in(omar).post(reverse("people:admit"), typed))


@pytest.mark.requirement("P1")
def test_a_mother_of_two_joins_the_second_circle_as_the_person_she_is(family: Family, omar: Account) -> None:
    signed_in(omar).post(reverse("people:admit"), ADMITTED | {"therapist": str(family.ruth.pk)})
    iris = YoungPerson.objects.get(person__name="Iris Vance")
    assert "Sara Khan" in page_of("join", iris.pk, by=omar, name="sara")
    address = f"{reverse('people:join', args=[iris.pk])}?name=sara"
    typed = {"person": str(family.sara.person_id), "relation": "parent", "since_on": TODAY, "name": ""}
    assert signed_in(omar).post(address, typed).status_code == 302
    places = queries.memberships_of(family.sara.person.account)
    assert {place.young_person for place in places} == {family.amina, iris}
    assert Person.objects.filter(name="Sara Khan").count() == 1


def test_a_search_for_a_name_tells_a_therapist_nothing_about_who_comes_here(family: Family) -> None:
    vera = account(family.practice, "vera", Role.THERAPIST)
    mine = page_of("admit", by=vera)
    assert "Tom Reed" not in mine
    assert not queries.people_named("Tom", reader=vera)
    assert [one.name for one in queries.people_named("Tom", reader=family.ruth)] == ["Tom Reed"]


@pytest.mark.requirement("P2")
def test_before_a_change_of_authority_is_on_record_it_is_said_who_could_know_what(family: Family) -> None:
    friday = (NOON + timedelta(days=4)).date()
    typed = {"level": "ended", "effective_on": friday.isoformat(), "evidence": "Judgment, read", "document": "FC 26-9"}
    address = reverse("people:record", args=[family.amina.pk, family.tom.pk, "authority"])
    shown = words_of(signed_in(family.ruth).post(address, typed))
    assert "This is not on record yet" in shown
    assert "Tom Reed, parent" in shown
    assert of(family.tom, days=4)["authority"] == "shared"
    sent("record", family.amina.pk, family.tom.pk, "authority", by=family.ruth, **typed)
    assert (of(family.tom, days=3)["authority"], of(family.tom, days=4)["authority"]) == ("shared", "ended")
    story = page_of("member", family.amina.pk, family.tom.pk, by=family.ruth)
    assert "Judgment, read" in story
    assert "FC 26-9" in story
    assert "shared with somebody" in story  # what was before stays


def test_what_changed_after_it_was_shown_is_shown_again_and_not_recorded(family: Family) -> None:
    typed = {"level": "ended", "effective_on": TODAY, "evidence": "Judgment, read", "document": ""}
    address = reverse("people:record", args=[family.amina.pk, family.tom.pk, "authority"])
    client = signed_in(family.ruth)
    seen = typed_into(client.post(address, typed))
    a_court_limits(family.tom, by=family.ruth)
    assert client.post(address, typed | seen).status_code == 200
    assert not Authority.objects.filter(membership=family.tom, level=Level.ENDED).exists()


@pytest.mark.requirement("P2")
def test_that_it_cannot_be_determined_needs_its_explanation(family: Family) -> None:
    address = reverse("people:record", args=[family.amina.pk, family.tom.pk, "authority"])
    page = signed_in(family.ruth).post(address, {"level": "undeterminable", "effective_on": TODAY})
    assert "This field is required." in words_of(page)
    why = {"evidence": "Two orders contradict each other", "document": ""}
    sent("record", family.amina.pk, family.tom.pk, "authority", by=family.ruth, level="undeterminable",
         effective_on=TODAY, **why)  # fmt: skip
    assert of(family.tom)["authority"] == "undeterminable"
    assert "Two orders contradict each other" in page_of("circle", family.amina.pk, by=family.ruth)


@pytest.mark.requirement("P2")
@pytest.mark.abuse("B3")
def test_a_court_limit_closes_at_once_and_waits_for_a_second_reader(family: Family) -> None:
    typed = {"limit": Limit.NOT_TO_SHARE, "effective_on": TODAY, "evidence": "Shown by Sara", "lapses_on": "2027-05-01"}
    address = reverse("people:record", args=[family.amina.pk, family.tom.pk, "courtlimit"])
    assert "This field is required." in words_of(signed_in(family.ruth).post(address, typed))  # without its paper
    assert signed_in(family.ruth).post(address, typed | {"document": "Order 26-114"}).status_code == 302
    assert of(family.tom)["order"] == "court_order_not_to_share"
    limit = CourtLimit.objects.get(membership=family.tom)
    assert "Nothing to read" in page_of("court_limits", by=family.ruth)
    assert signed_in(family.ruth).get(reverse("people:court_limit", args=[limit.pk])).status_code == 404
    assert "Tom Reed, about Amina Khan" in page_of("court_limits", by=family.lead)
    assert "Order 26-114" in page_of("court_limit", limit.pk, by=family.lead)
    signed_in(family.lead).post(reverse("people:court_limit", args=[limit.pk]), {"outcome": "lifted"})
    assert "order" not in of(family.tom, days=1)
    assert "Nothing to read" in page_of("court_limits", by=family.lead)


def test_a_therapist_of_another_circle_does_not_read_the_orders_of_this_one(family: Family) -> None:
    a_court_limits(family.tom, by=family.ruth)
    assert "Nothing to read" in page_of("court_limits", by=account(family.practice, "vera", Role.THERAPIST))


@pytest.mark.abuse("B7")
def test_the_office_keeps_papers_and_reads_no_suspicion(family: Family, omar: Account) -> None:
    at = {"by": family.ruth, "at": NOON}
    typed = {"suspected": "yes", "effective_on": TODAY, "evidence": "A bruise she explained twice"}
    sent("record", family.amina.pk, family.tom.pk, "suspicion", by=family.ruth, **typed)
    person = Person.objects.create(practice=family.practice, name="Sergeant Poe")
    queries_of = [family.amina.pk, family.tom.pk]
    from halfdoor.service.people import actions

    actions.add_to_circle(family.amina, person=person, relation=Relation.POLICE, since_on=NOON.date(), **at)
    for page in (page_of("circle", family.amina.pk, by=omar), page_of("member", *queries_of, by=omar)):
        assert "bruise" not in page
        assert "uspicion" not in page
        assert "Sergeant Poe" not in page
    assert "Do not alert them" in page_of("circle", family.amina.pk, by=family.ruth)
    refused = signed_in(omar).get(reverse("people:record", args=[*queries_of, "suspicion"]))
    assert refused.status_code == 404


def test_nobody_else_keeps_this_circle(family: Family, home: Home) -> None:
    for who in (home.therapist, account(family.practice, "vera", Role.THERAPIST)):
        for address in (
            reverse("people:circle", args=[family.amina.pk]),
            reverse("people:member", args=[family.amina.pk, family.tom.pk]),
            reverse("people:event", args=[family.amina.pk, "adoption"]),
        ):
            assert signed_in(who).get(address).status_code == 404
    assert signed_in(stranger(family.practice)).get(reverse("people:kept")).status_code in (302, 404)


def test_a_birthday_put_right_says_who_did_it_and_why(family: Family) -> None:
    shown = sent("birthday", family.amina.pk, by=family.ruth, born_on="2012-03-18", because="The passport says so")
    assert "It changes nothing in who may know what." in shown
    family.amina.refresh_from_db()
    assert family.amina.born_on == date(2012, 3, 18)
    correction = BirthdayCorrection.objects.get(young_person=family.amina)
    assert (correction.before_on, correction.because) == (date(2012, 3, 8), "The passport says so")
    assert "The passport says so" in page_of("circle", family.amina.pk, by=family.ruth)


def test_a_birthday_that_makes_her_an_adult_shows_what_that_changes_and_the_past_stays(family: Family) -> None:
    shown = sent("birthday", family.amina.pk, by=family.ruth, born_on="2008-03-08", because="The passport says so")
    assert "<h3>Tom Reed, parent</h3>" in shown
    family.amina.refresh_from_db()
    ages = [facts.load(family.amina, at=at).of_young_person("")["age"] for at in (NOON - timedelta(days=1), NOON)]
    assert ages == [14, 18]


@pytest.mark.requirement("P6")
def test_who_joins_a_home_has_the_part_that_is_usual_there(home: Home) -> None:
    page = page_of("circle", home.leo.pk, by=home.therapist)
    assert "manager of the home" in page
    typed = {"name": "Mo Ellis", "relation": "home_manager", "since_on": TODAY, "level": ""}
    sent("join", home.leo.pk, by=home.therapist, **typed)
    joined = Membership.objects.get(person__name="Mo Ellis")
    part = CareRole.objects.get(membership=joined)
    assert (part.involved_in_care, part.needs_it_for_role) == ("yes", "yes")
    assert "authority" not in of(joined)


@pytest.mark.requirement("P6")
@pytest.mark.requirement("P4")
def test_another_setting_begins_another_episode_and_the_first_keeps_its_terms(family: Family) -> None:
    typed = {"setting": "school", "legal_basis": "own_consent", "on": TODAY, "evidence": "She asked for it herself"}
    sent("setting", family.amina.pk, by=family.ruth, **typed)
    circle = facts.load(family.amina, at=NOON + timedelta(hours=1))
    assert circle.current_episode is not None
    assert str(circle.current_episode.setting) == "school"
    assert circle.of_episode(family.episode.pk)["legal_basis"] == "parent_consent"
    assert "teacher" in page_of("circle", family.amina.pk, by=family.ruth)


def test_a_zero_byte_in_a_search_finds_nobody_and_breaks_nothing(family: Family, omar: Account) -> None:
    assert "Amina Khan" in page_of("kept", by=omar, name="Am\0ina")
    assert signed_in(omar).get(reverse("people:join", args=[family.amina.pk]), {"name": "To\0m"}).status_code == 200


def test_only_who_takes_in_files_is_led_to_where_they_are_taken_in(family: Family, omar: Account) -> None:
    led_there = f'href="{reverse("people:file")}"'
    assert led_there in page_of("kept", by=omar)
    assert led_there in page_of("kept", by=family.lead)
    assert led_there not in page_of("kept", by=family.ruth)
