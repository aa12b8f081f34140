"""What was read for a page is used again only while nothing about who may know has changed since."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from halfdoor.service.agreements import actions as agreements
from halfdoor.service.agreements.choices import WishSource, WishValue
from halfdoor.service.disclosures import gate, on_record
from halfdoor.service.disclosures.choices import Category
from halfdoor.service.notes import actions as notes
from halfdoor.service.notes import queries
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
    with django_assert_num_queries(7):  # two of them a savepoint around the facts of other rooms
        gate.known_to(account, at=NOON)
    with django_assert_num_queries(2):
        gate.known_to(account, at=NOON)
