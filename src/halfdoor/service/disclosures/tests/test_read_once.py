"""What was read for a page is used again only while nothing about who may know has changed since."""

from collections.abc import Iterator
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection

from halfdoor.service.agreements import actions as agreements
from halfdoor.service.agreements.choices import WishSource, WishValue
from halfdoor.service.disclosures import gate, on_record
from halfdoor.service.disclosures.choices import Category
from halfdoor.service.notes import actions as notes
from halfdoor.service.notes import queries
from halfdoor.service.people import actions as people
from halfdoor.service.people.models import Membership
from tests.people import NOON, Family

SOON = NOON + timedelta(seconds=1)


@pytest.fixture(autouse=True)
def one_page() -> Iterator[None]:
    with on_record.one_page():
        yield


def she_says_no(family: Family) -> None:
    source = WishSource.OWN_PAGE
    herself = family.amina.person.account
    assert herself is not None
    told = {"source": source, "about": family.tom, "category": "progress", "by": herself, "at": SOON}
    agreements.wish(family.amina, value=WishValue.OBJECTS, **told)


def told(member: Membership) -> list[str]:
    return [one.text for one in queries.updates_for(member, at=NOON).items]


@pytest.mark.abuse("F1")
def test_what_was_read_before_she_said_no_opens_nothing_after_it(family: Family) -> None:
    notes.write("Going well.", episode=family.episode, category=Category.PROGRESS, by=family.ruth, at=NOON)
    assert gate.known_to(family.tom.person.account, at=NOON) == [family.tom]
    she_says_no(family)
    assert told(family.tom) == []


@pytest.mark.abuse("F1")
def test_a_clock_read_before_her_no_that_reads_after_it_opens_nothing(family: Family) -> None:
    notes.write("Going well.", episode=family.episode, category=Category.PROGRESS, by=family.ruth, at=NOON)
    she_says_no(family)
    assert gate.known_to(family.tom.person.account, at=NOON) == [family.tom]
    assert told(family.tom) == []


def test_on_one_page_it_is_read_once_for_many_young_people(family: Family, django_assert_num_queries: Any) -> None:
    account = family.tom.person.account
    assert account is not None
    in_one = 2 if connection.vendor == "postgresql" else 0  # what is read of one young person goes in one message
    with django_assert_num_queries(7 - in_one):  # two of them a savepoint around the facts of other rooms
        gate.known_to(account, at=NOON)
    with django_assert_num_queries(2):
        gate.known_to(account, at=NOON)


def test_a_decision_about_one_item_takes_few_ways(family: Family, django_assert_num_queries: Any) -> None:
    note = notes.write("Going well.", episode=family.episode, category=Category.PROGRESS, by=family.ruth, at=NOON)
    with on_record.one_page(), django_assert_num_queries(4 if connection.vendor == "postgresql" else 7):
        gate.decide(family.tom, note.item_id, at=NOON)


LONDON = SimpleNamespace(time_zone="Europe/London")
READ: Any = SimpleNamespace(
    at=NOON, circle=SimpleNamespace(version=3, today=NOON.date()), young_person=SimpleNamespace(practice=LONDON)
)
"""What is on record, as it was read at noon, when its number was three."""


@pytest.mark.abuse("F1")
@pytest.mark.parametrize(
    ("number", "newest", "at", "held", "stands"),
    [
        (3, -1, 0, False, True),
        (3, -1, 0, True, True),
        (4, -1, 0, False, False),
        (2, -1, 0, True, False),
        (3, 0, 1, True, True),  # read at the very moment of the newest change
        (3, 1, 1, False, False),  # a change is later than what was read, and whoever asks read a later clock
        (3, 1, 0, False, True),  # whoever asks is still at the moment that was read
        (3, 1, 0, True, False),  # under the lock nothing newer may be passed over
        (3, -1, 86_400, False, False),  # tomorrow
        (3, -1, -59, False, True),
        (3, -1, -60, False, False),  # somebody asks how it was before
    ],
)
def test_what_was_read_stands_while_its_number_its_day_and_its_moment_do(
    number: int, newest: int, at: int, held: bool, stands: bool
) -> None:
    newest_at, moment = (NOON + timedelta(seconds=seconds) for seconds in (newest, at))
    assert on_record._stands(READ, number, newest_at, at=moment, held=held) is stands


def test_what_was_read_outside_of_a_page_is_not_kept(family: Family) -> None:
    first = on_record.of(family.amina, at=NOON)
    assert on_record.of(family.amina, at=NOON).dossier.circle is first.dossier.circle
    later = on_record.of(family.amina, at=SOON)
    assert (later.dossier.at, later.dossier.circle) == (SOON, first.dossier.circle)
    with on_record.one_page():
        assert on_record.of(family.amina, at=NOON).dossier.circle is not first.dossier.circle
    assert on_record.of(family.amina, at=NOON).dossier.circle is first.dossier.circle


def test_the_middleware_keeps_what_was_read_for_one_page_and_no_longer(family: Family) -> None:
    def page(request: Any) -> list[on_record.OnRecord]:
        return [on_record.of(family.amina, at=NOON) for _ in range(2)]

    shown: Any = on_record.ReadOnceForOnePage(page)
    (one, same), (other, _) = shown(None), shown(None)
    assert one.dossier.circle is same.dossier.circle
    assert one.dossier.circle is not other.dossier.circle


@pytest.mark.abuse("F1")
def test_of_two_young_people_only_the_one_of_whom_something_changed_is_read_anew(family: Family) -> None:
    yusuf = people.admit("Yusuf Khan", born_on=date(2014, 5, 1), account=None, by=family.ruth, at=NOON)
    on_record.of(family.amina, at=NOON)
    both = on_record.of_many([family.amina, yusuf], at=NOON)
    assert both.keys() == {family.amina.pk, yusuf.pk}
    again = on_record.of_many([family.amina, yusuf], at=NOON)
    assert [again[one.pk].dossier.circle is both[one.pk].dossier.circle for one in (family.amina, yusuf)] == [
        True,
        True,
    ]
    she_says_no(family)
    later = on_record.of_many([family.amina, yusuf], at=SOON)
    assert [later[one.pk].dossier.circle is both[one.pk].dossier.circle for one in (family.amina, yusuf)] == [
        False,
        True,
    ]
