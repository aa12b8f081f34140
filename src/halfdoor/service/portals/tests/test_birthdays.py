"""A birthday that changes rights is told before it comes, to each in the words that are for them."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from halfdoor.service.people import actions as people
from halfdoor.service.people import birthdays
from halfdoor.service.people.models import BirthdayTalk
from tests.doors import signed_in, words_of
from tests.people import NOON, Family, a_court_limits

SIXTY = timedelta(days=60)
SOON = NOON + timedelta(hours=1)


def turns(family: Family, age: int, *, on: date) -> None:
    """Let Amina turn so old on a day."""
    born_on = on.replace(year=on.year - age)
    people.correct_birthday(family.amina, born_on=born_on, because="For this story", by=family.ruth, at=NOON)
    family.amina.refresh_from_db()


def on_today(family: Family, *, at: datetime = NOON) -> str:
    with time_machine.travel(at, tick=False):
        return words_of(signed_in(family.ruth).get(reverse("portals:today")))


EIGHTEEN = date(2026, 12, 20)


@pytest.mark.requirement("P3")
@pytest.mark.abuse("B8")
def test_ruth_is_told_sixty_days_ahead_and_until_it_was_gone_through(family: Family) -> None:
    turns(family, 18, on=EIGHTEEN)
    assert "Amina Khan turns 18" in on_today(family)
    eve = datetime(2026, 12, 20, 12, tzinfo=NOON.tzinfo) - SIXTY - timedelta(days=1)
    assert "Amina Khan turns 18" not in on_today(family, at=eve)
    with time_machine.travel(NOON, tick=False):
        ruth, address = signed_in(family.ruth), reverse("portals:birthday", args=[family.amina.pk])
        page = words_of(ruth.get(address))
        assert "Tom Reed, parent" in page
        assert "The sharing map on that day" in page
        ruth.post(address, {"words": "I want to tell them myself"})
    assert "Amina Khan turns 18" not in on_today(family)
    assert BirthdayTalk.objects.get().words == "I want to tell them myself"


@pytest.mark.requirement("P3")
def test_amina_reads_in_her_words_what_becomes_hers_to_say(family: Family) -> None:
    turns(family, 18, on=EIGHTEEN)
    with time_machine.travel(NOON, tick=False):
        page = words_of(signed_in(family.amina.person.account).get(reverse("portals:mine")))
    assert "You turn 18 on" in page
    assert "From that day some things are more for you to say:" in page


def test_amina_is_not_told_of_a_birthday_that_changes_nothing_for_her(family: Family) -> None:
    turns(family, 13, on=EIGHTEEN)
    assert "Amina Khan turns 13" in on_today(family)
    with time_machine.travel(NOON, tick=False):
        page = words_of(signed_in(family.ruth).get(reverse("portals:birthday", args=[family.amina.pk])))
        hers = words_of(signed_in(family.amina.person.account).get(reverse("portals:mine")))
    assert ("Tom Reed, parent" in page) == ("You turn 13" in hers)


@pytest.mark.requirement("P3")
@pytest.mark.abuse("C6")
def test_a_parent_reads_that_it_comes_and_nothing_of_what_changes_for_whom(family: Family) -> None:
    turns(family, 18, on=EIGHTEEN)

    def week() -> str:
        with time_machine.travel(SOON, tick=False):
            return words_of(signed_in(family.sara.person.account).get("/family/"))

    page = week()
    assert "your child turns 18" in page
    a_court_limits(family.tom, by=family.ruth)
    assert [line for line in week().split("<") if "turns 18" in line] == [
        line for line in page.split("<") if "turns 18" in line
    ]


def test_who_may_not_know_of_care_reads_of_no_birthday(family: Family) -> None:
    turns(family, 18, on=EIGHTEEN)
    a_court_limits(family.tom, by=family.ruth)
    with time_machine.travel(SOON, tick=False):
        assert "turns 18" not in words_of(signed_in(family.tom.person.account).get("/family/"))


def test_a_birthday_at_which_no_rule_turns_is_nobody_s_task(family: Family) -> None:
    turns(family, 11, on=EIGHTEEN)
    assert "turns 11" not in on_today(family)


@pytest.mark.parametrize(
    ("born_on", "today", "comes"),
    [
        (date(2008, 12, 20), date(2026, 12, 20), date(2026, 12, 20)),
        (date(2008, 12, 20), date(2026, 12, 21), None),
        (date(2009, 1, 5), date(2026, 12, 20), date(2027, 1, 5)),
        (date(2008, 2, 29), date(2026, 2, 1), date(2026, 3, 1)),
        (None, date(2026, 12, 20), None),
    ],
)
def test_the_next_birthday_is_found_across_the_year_and_on_leap_days(born_on, today, comes) -> None:
    found = birthdays.next_of(born_on, ages={18}, today=today)
    assert (found.on if found else None) == comes
