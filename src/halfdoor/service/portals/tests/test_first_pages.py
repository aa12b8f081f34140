"""What each person sees first behind their door, and what a stranger does not."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from halfdoor.service.accounts.models import Account, Role
from halfdoor.service.agreements.choices import WishValue
from halfdoor.service.agreements.models import Wish
from halfdoor.service.disclosures.choices import Category
from halfdoor.service.notes import actions as notes
from halfdoor.service.people import actions as people
from halfdoor.service.people.choices import Answer, LegalBasis, Level, Relation, Setting
from halfdoor.service.people.models import EpisodeTerms, Membership, Suspicion, YoungPerson
from halfdoor.service.requests import actions as requests
from halfdoor.service.requests.actions import Asked
from halfdoor.service.requests.models import FamilyRequest
from halfdoor.service.requests.words import Channel
from tests.doors import signed_in, words_of
from tests.people import EARLIER, LONG_AGO, NOON, Family, Home, a_court_limits, account, know, stranger

GOING = "She has come every week."

Closing = Callable[..., object]
"""What closes a door to a member of the circle."""


def suspected(member: Membership, *, by: Account) -> None:
    people.record(Suspicion(membership=member, suspected=Answer.YES, effective_on=LONG_AGO), by=by, at=EARLIER)


def without_names(response: Any) -> str:
    """Return a page without who reads it and without its token."""
    page = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", words_of(response))
    return page.replace("Tom", "NAME").replace("Stranger", "NAME")


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def progress(family: Family) -> None:
    notes.write(GOING, episode=family.episode, category=Category.PROGRESS, by=family.ruth, at=EARLIER)


@pytest.mark.requirement("T1")
def test_each_goes_to_their_own_first_page(family: Family, home: Home) -> None:
    first = {
        family.ruth: "portals:today",
        home.dan.person.account: "portals:shift",
        account(family.practice, "omar", Role.OFFICE): "portals:desk",
        family.lead: "portals:today",
    }
    for who, page in first.items():
        assert signed_in(who).get("/staff/").headers["Location"] == reverse(page)


def test_ruth_finds_amina_and_her_circle(family: Family) -> None:
    ruth = signed_in(family.ruth)
    assert "Amina Khan" in words_of(ruth.get(reverse("portals:today")))
    page = words_of(ruth.get(reverse("portals:young_person", args=[family.amina.pk])))
    assert "Tom Reed" in page
    assert "shared with somebody" in page


def test_a_court_order_is_said_where_ruth_looks_first(family: Family) -> None:
    a_court_limits(family.tom, by=family.ruth)
    page = words_of(signed_in(family.ruth).get(reverse("portals:young_person", args=[family.amina.pk])))
    assert "A court order limits what may be told." in page


def test_a_cell_of_the_map_opens_to_its_answer(family: Family) -> None:
    cell = reverse("portals:cell", args=[family.amina.pk, family.tom.pk, "session_content"])
    page = words_of(signed_in(family.ruth).get(cell))
    assert "Not yet. Somebody has to be asked." in page
    assert f"who={family.tom.pk}&amp;category=session_content" in page


def test_the_map_can_be_seen_on_a_coming_birthday(family: Family) -> None:
    birthday = {"on": "2030-03-08"}
    page = words_of(signed_in(family.ruth).get(reverse("portals:map", args=[family.amina.pk]), birthday))
    assert "This is how it stands on Friday, March 8, 2030" in page
    assert "?on=2030-03-08#cell" in page


@pytest.mark.parametrize("day", ["0001-01-01", "0999-12-31", "1900-01-01", "2012-03-07", "2199-12-31", "9999-12-31"])
def test_the_map_can_be_asked_for_on_any_day(family: Family, day: str) -> None:
    for name, ids in (("map", []), ("cell", [family.tom.pk, "progress"])):
        page = reverse(f"portals:{name}", args=[family.amina.pk, *ids])
        assert signed_in(family.ruth).get(page, {"on": day}).status_code == 200, name


def test_a_birthday_that_is_still_to_come_is_no_age_and_opens_nothing(family: Family) -> None:
    YoungPerson.objects.filter(pk=family.amina.pk).update(born_on=date(2030, 1, 1))
    ruth = signed_in(family.ruth)
    assert ruth.get(reverse("portals:map", args=[family.amina.pk])).status_code == 200
    assert "not known" in words_of(ruth.get(reverse("portals:young_person", args=[family.amina.pk])))


def test_for_amina_there_is_nothing_here_once_her_own_place_has_ended(family: Family) -> None:
    amina = signed_in(family.amina.person.account)
    people.end_membership(family.herself, by=family.ruth, at=EARLIER)
    assert amina.get(reverse("portals:mine")).status_code == 404


def test_for_an_account_that_is_nobodys_there_is_nothing_here(family: Family) -> None:
    nobody = signed_in(account(family.practice, "nobody", Role.YOUNG_PERSON))
    assert nobody.get(reverse("portals:mine")).status_code == 404


def test_who_may_ask_stands_before_who_looks_up(family: Family) -> None:
    page = words_of(signed_in(family.ruth).get(reverse("portals:map", args=[family.amina.pk])))
    assert page.index("Sara Khan") < page.index("Tom Reed") < page.index("Ruth Adler")


def test_the_map_takes_few_queries(family: Family) -> None:
    for number in range(5):
        person = people.introduce(f"Aunt {number}", by=family.ruth)
        relation = {"relation": Relation.RELATIVE, "since_on": EARLIER.date()}
        people.add_to_circle(family.amina, person=person, **relation, by=family.ruth, at=EARLIER)
    ruth, page = signed_in(family.ruth), reverse("portals:map", args=[family.amina.pk])
    with CaptureQueriesContext(connection) as asked:
        ruth.get(page)
    said = [query["sql"] for query in asked]
    outside = [sql for sql in said if "django_session" in sql or "SAVEPOINT" in sql]
    held = 'SELECT "core_practice"'
    of_its_line = [sql for sql in said if "chainentry" in sql or "_look" in sql or sql.startswith(held)]
    in_one = connection.vendor == "postgresql"  # the practice is held and its newest line read in one message
    assert len(of_its_line) == 4 - in_one, "looking at it leaves one line"
    assert len(said) - len(outside) - len(of_its_line) <= 12


@pytest.mark.requirement("R6", "C3")
def test_tom_reads_what_was_shared_and_not_what_was_not(family: Family, progress: None) -> None:
    notes.write("Said by Amina.", episode=family.episode, category=Category.SESSION_CONTENT, by=family.ruth, at=EARLIER)
    page = words_of(signed_in(family.tom.person.account).get(reverse("portals:week")))
    assert GOING in page
    assert "Said by Amina." not in page


def asked_by_tom(family: Family) -> FamilyRequest:
    asked = Asked(category="progress", channel=Channel.PORTAL, motive="I am worried.")
    return requests.receive(family.amina, asked, asked_by=family.tom, by=family.tom.person.account, at=EARLIER)


@pytest.mark.abuse("B1")
@pytest.mark.parametrize("closing", [a_court_limits, suspected])
def test_a_father_who_may_not_know_that_there_is_care_finds_no_door(
    family: Family, progress: None, closing: Closing
) -> None:
    asked = asked_by_tom(family)
    tom, page = signed_in(family.tom.person.account), reverse("portals:week")
    theirs = [
        reverse("requests:family_ask", args=[family.tom.pk]),
        reverse("requests:family_request", args=[asked.pk]),
    ]
    assert [tom.get(address).status_code for address in theirs] == [200, 200]
    closing(family.tom, by=family.ruth)
    nobody = signed_in(stranger(family.practice))
    assert without_names(tom.get(page)) == without_names(nobody.get(page))
    for address in theirs:
        assert tom.get(address).status_code == 404
        assert tom.post(address, {"category": "progress", "motive": ""}).status_code in (404, 405)
    assert FamilyRequest.objects.count() == 1


def test_ruth_is_not_told_that_a_barred_father_reads_her_answer(family: Family) -> None:
    asked = asked_by_tom(family)
    ruth, page = signed_in(family.ruth), reverse("requests:request", args=[asked.pk])
    reads_it = "Tom Reed reads the answer on their own page."
    assert reads_it in words_of(ruth.get(page))
    a_court_limits(family.tom, by=family.ruth)
    assert reads_it not in words_of(ruth.get(page))


def test_a_mother_of_two_sees_both_with_one_sign_in(family: Family) -> None:
    zayn = people.admit("Zayn Khan", born_on=date(2017, 1, 15), by=family.ruth, at=EARLIER)
    began = {"by": family.ruth, "at": EARLIER}
    terms = EpisodeTerms(legal_basis=LegalBasis.PARENT_CONSENT)
    people.begin_episode(zayn, setting=Setting.OUTPATIENT, started_on=EARLIER.date(), terms=terms, **began)
    mother = {"person": family.sara.person, "relation": Relation.PARENT, "since_on": EARLIER.date()}
    his = people.add_to_circle(zayn, **mother, **began)
    know(his, level=Level.FULL, by=family.ruth)
    sara = signed_in(family.sara.person.account)
    page = words_of(sara.get(reverse("portals:week")))
    assert "Ask about Amina Khan" in page
    other = reverse("portals:child", args=[his.pk])
    assert f'<a href="{other}">Zayn Khan</a>' in page
    assert "Ask about Zayn Khan" in words_of(sara.get(other))


def test_a_stranger_with_an_account_sees_an_empty_page(family: Family, progress: None) -> None:
    page = words_of(signed_in(stranger(family.practice)).get(reverse("portals:week")))
    assert "There is nothing here yet" in page
    assert "Amina" not in page


def test_dan_reads_themes_and_not_what_leo_said(home: Home) -> None:
    notes.write("Trust.", episode=home.episode, category=Category.THEMES, by=home.therapist, at=EARLIER)
    notes.write("Leo's words.", episode=home.episode, category=Category.SESSION_CONTENT, by=home.therapist, at=EARLIER)
    page = words_of(signed_in(home.dan.person.account).get(reverse("portals:shift")))
    assert "Trust." in page
    assert "Leo's words." not in page


@pytest.mark.requirement("C10", "R6")
def test_amina_reads_who_can_know_what_and_what_was_told(family: Family, progress: None) -> None:
    signed_in(family.tom.person.account).get(reverse("portals:week"))
    page = signed_in(family.amina.person.account).get(reverse("portals:mine"))
    assert "What Tom Reed has been told" in words_of(page)
    assert "<title>My page</title>" in page.content.decode()


@pytest.mark.requirement("A6")
def test_amina_keeps_something_from_tom_with_one_touch(family: Family, progress: None) -> None:
    amina, tom = signed_in(family.amina.person.account), signed_in(family.tom.person.account)
    assert GOING in words_of(tom.get(reverse("portals:week")))
    amina.post(reverse("portals:person", args=[family.tom.pk]), {"category": "progress", "value": "objects"})
    assert Wish.objects.get().value == WishValue.OBJECTS
    assert GOING not in words_of(tom.get(reverse("portals:week")))


def test_amina_reads_what_she_said_in_her_own_words(family: Family) -> None:
    amina, page = signed_in(family.amina.person.account), reverse("portals:person", args=[family.tom.pk])
    seen = words_of(amina.post(page, {"category": "progress", "value": "objects"}, follow=True))
    assert "You said: Keep this here" in seen


def test_for_a_stranger_what_is_there_and_what_is_not_look_alike(family: Family) -> None:
    theirs = [
        (Role.THERAPIST, "portals:young_person", [family.amina.pk]),
        (Role.THERAPIST, "portals:map", [family.amina.pk]),
        (Role.LEAD, "portals:cell", [family.amina.pk, family.tom.pk, "progress"]),
    ]
    for role, name, ids in theirs:
        who = signed_in(account(family.practice, f"stranger-{uuid4()}", role))
        nowhere = [uuid4(), *ids[1:]]
        assert who.get(reverse(name, args=ids)).status_code == 404
        assert who.get(reverse(name, args=nowhere)).status_code == 404


def test_amina_can_say_something_about_her_circle_and_nobody_elses(family: Family, home: Home) -> None:
    amina = signed_in(family.amina.person.account)
    assert amina.get(reverse("portals:person", args=[family.tom.pk])).status_code == 200
    for member in (home.dan, family.therapist, family.herself):
        assert amina.get(reverse("portals:person", args=[member.pk])).status_code == 404


def test_a_father_does_not_get_through_the_staff_door(family: Family) -> None:
    tom = signed_in(family.tom.person.account)
    page = tom.get(reverse("portals:map", args=[family.amina.pk]))
    assert page.status_code == 302
