"""Where each of the staff begins: *Today*, *The board* of a clinical lead, the *Front desk* of the office."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from halfdoor.service.accounts.models import Role
from halfdoor.service.people import actions as people
from halfdoor.service.people import covering
from halfdoor.service.people.choices import Relation, WhyCovered
from halfdoor.service.portals.queries.waiting import grouped
from halfdoor.service.requests import actions as requests
from halfdoor.service.requests.actions import Asked
from halfdoor.service.requests.words import Channel
from halfdoor.service.safeguarding import actions as safeguarding
from halfdoor.service.safeguarding.actions import Noticed
from halfdoor.service.safeguarding.choices import Kind
from halfdoor.service.web.due import Due
from tests.doors import signed_in, words_of
from tests.people import NOON, Family, a_court_limits, account

TODAY = NOON.date()


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.mark.requirement("R6")
def test_what_is_overdue_stands_before_what_has_time() -> None:
    days: list[date | None] = [TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=7)]
    days += [TODAY + timedelta(days=8), None]
    groups = grouped([Due("/", "words", "why", day) for day in days], today=TODAY)
    assert [(str(one.title), len(one.lines)) for one in groups] == [
        ("Overdue", 1),
        ("Within a week", 2),
        ("Later", 1),
        ("When there is time", 1),
    ]


@pytest.mark.requirement("R6")
def test_where_much_waits_what_is_overdue_lies_open_and_what_has_time_is_folded_and_none_is_lost() -> None:
    def waiting(*, days: int, how_many: int) -> list[Due]:
        return [Due("/", "words", "why", TODAY + timedelta(days=days)) for _ in range(how_many)]

    many = waiting(days=-1, how_many=20) + waiting(days=1, how_many=8) + waiting(days=30, how_many=3)
    groups = grouped([*many, Due("/", "words", "why")], today=TODAY)
    assert [(len(one.open), len(one.folded)) for one in groups] == [(20, 0), (5, 3), (0, 3), (1, 0)]
    assert sum(len(one.lines) for one in groups) == 32
    (later,) = grouped(waiting(days=30, how_many=40), today=TODAY)  # a page further on
    assert (len(later.open), len(later.folded)) == (5, 35)
    assert not any(one.folded for one in grouped(waiting(days=30, how_many=30), today=TODAY))


@pytest.mark.requirement("R6")
def test_the_lead_reads_the_board_with_orders_of_the_whole_practice_before_the_young_people(family: Family) -> None:
    a_court_limits(family.tom, by=family.ruth)
    page = words_of(signed_in(family.lead).get(reverse("portals:today")))
    assert "<h1>The board</h1>" in page
    order = page.index("A court order about Amina Khan, to be read by a second person")
    assert page.index("When there is time") < order < page.index('id="young-people"')
    assert "<h1>Today</h1>" in words_of(signed_in(family.ruth).get(reverse("portals:today")))


@pytest.mark.requirement("R6")
def test_the_front_desk_leads_to_callers_circles_papers_and_files(family: Family) -> None:
    page = words_of(signed_in(account(family.practice, "omar", Role.OFFICE)).get(reverse("portals:desk")))
    for name in ("requests:calls", "people:kept", "people:admit", "people:file", "people:covers", "documents:library"):
        assert f'href="{reverse(name)}"' in page, name
    assert "1 circle that you keep" in page


@pytest.mark.requirement("R6")
def test_nothing_clinical_lies_on_the_front_desk(family: Family) -> None:
    omar = signed_in(account(family.practice, "omar", Role.OFFICE))
    before = _without_token(omar)
    a_court_limits(family.tom, by=family.ruth)
    lost = Noticed(Kind.LOST, "Her page lay open in the hall.", happened_on=TODAY, known_at=NOON)
    safeguarding.report(family.amina, lost, by=family.ruth, at=NOON)
    assert _without_token(omar) == before
    assert "Amina" not in before


@pytest.mark.parametrize("role", [Role.THERAPIST, Role.LEAD, Role.TEAM, Role.CAREGIVER])
def test_the_front_desk_is_the_offices_only(role: Role, family: Family) -> None:
    other = signed_in(account(family.practice, "somebody", role))
    assert other.get(reverse("portals:desk")).status_code in (302, 403, 404)


@pytest.mark.requirement("R6")
def test_the_menu_of_staff_is_short_and_the_rest_stands_under_more(family: Family) -> None:
    page = words_of(signed_in(family.ruth).get(reverse("rules:rules")))
    daily, more = page.split("<summary", 1)
    assert reverse("portals:today") in daily
    assert reverse("rules:rules") not in daily
    assert more.startswith(' aria-current="true">More</summary>')
    assert f'<a href="{reverse("rules:rules")}" aria-current="page">' in more
    assert daily.count("<li>") <= 6


def _without_token(omar: Client) -> str:
    page = words_of(omar.get(reverse("portals:desk")))
    return page.split("<main", 1)[1].split("</main>", 1)[0]


@pytest.mark.requirement("R6")
def test_today_asks_no_more_for_many_requests_and_incidents_than_for_one(family: Family) -> None:
    def counted() -> int:
        asked = Asked(category="progress", channel=Channel.TELEPHONE, motive="How is it going?")
        requests.receive(family.amina, asked, asked_by=None, by=family.ruth, at=NOON)
        lost = Noticed(Kind.LOST, "A page lay open.", happened_on=TODAY, known_at=NOON)
        safeguarding.report(family.amina, lost, by=family.ruth, at=NOON)
        with CaptureQueriesContext(connection) as queries:
            assert ruth.get(reverse("portals:today")).status_code == 200
        return len(queries)

    ruth = signed_in(family.ruth)
    ruth.get(reverse("portals:today"))
    one = counted()
    assert [counted() for _ in range(3)] == [one] * 3


@pytest.mark.requirement("R6")
def test_the_way_back_is_called_as_whoever_reads_calls_it(family: Family) -> None:
    people.add_to_circle(
        family.amina,
        person=people.introduce("Lena", account=family.lead, by=family.ruth),
        relation=Relation.CLINICAL_LEAD,
        since_on=TODAY,
        by=family.ruth,
        at=NOON,
    )
    for reader, words in ((family.ruth, "Today"), (family.lead, "The board")):
        page = words_of(signed_in(reader).get(reverse("portals:map", args=[family.amina.pk])))
        assert f'<li><a href="{reverse("portals:today")}">{words}</a></li>' in page.split("Where you are")[1]


@pytest.mark.requirement("P7", "R6")
def test_the_office_reads_who_is_away_soon_and_nobody_else_does(family: Family) -> None:
    away = NOON.date() + timedelta(days=3)
    vera = account(family.practice, "vera", Role.THERAPIST)
    away_with = covering.Absence(clinician=family.ruth, cover=vera, why=WhyCovered.AWAY, starts_on=away)
    covering.arrange(away_with, by=family.lead, at=NOON)
    omar = signed_in(account(family.practice, "omar", Role.OFFICE))
    assert "Ruth is away from then on" in words_of(omar.get(reverse("portals:desk")))
    assert "is away from then on" not in words_of(signed_in(family.ruth).get(reverse("portals:today")))
