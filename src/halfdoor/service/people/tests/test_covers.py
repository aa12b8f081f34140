"""A clinician is away or leaves: who has their young people, from which midnight to which."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from halfdoor.service.accounts.models import Account, Role
from halfdoor.service.core.models import Job
from halfdoor.service.people import actions, covering, queries, turning
from halfdoor.service.people.choices import Relation, WhyCovered
from halfdoor.service.people.models import Cover
from halfdoor.service.people.tasks import turn_cover
from halfdoor.service.people.tests.test_circle_pages import page_of
from halfdoor.service.requests import actions as requests
from halfdoor.service.requests.actions import Asked
from halfdoor.service.requests.words import Channel
from tests.doors import signed_in, words_of
from tests.people import NOON, Family, account

TODAY = NOON.date()


def later(days: int) -> date:
    return TODAY + timedelta(days=days)


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def vera(family: Family) -> Account:
    """Vera is a therapist of the practice, with no circle of her own."""
    return account(family.practice, "vera", Role.THERAPIST)


def covers(family: Family, vera: Account, *, starts: int = 0, ends: int | None = 7, why: str = "away") -> Cover:
    absence = covering.Absence(
        clinician=family.ruth,
        cover=vera,
        why=WhyCovered(why),
        starts_on=later(starts),
        ends_on=None if ends is None else later(ends),
    )
    return covering.arrange(absence, by=family.ruth, at=NOON)


def opens(who: Account, family: Family, *, days: int) -> int:
    """Return what a clinician gets of Amina's page some days from now."""
    with time_machine.travel(NOON + timedelta(days=days), tick=False):
        return signed_in(who).get(reverse("portals:young_person", args=[family.amina.pk])).status_code


@pytest.mark.requirement("P7")
@pytest.mark.abuse("D9")
def test_the_cover_sees_the_circle_from_the_first_day_to_the_last_and_not_a_day_longer(
    family: Family, vera: Account
) -> None:
    covers(family, vera, starts=2, ends=7)
    assert [opens(vera, family, days=days) for days in (0, 1, 2, 6, 7, 9)] == [404, 404, 200, 200, 404, 404]
    assert opens(family.ruth, family, days=9) == 200


@pytest.mark.requirement("P7")
def test_what_waits_for_ruth_waits_for_vera_while_she_covers(family: Family, vera: Account) -> None:
    asked = Asked(category="progress", channel=Channel.TELEPHONE, motive="How is it going?")
    requests.receive(family.amina, asked, asked_by=family.tom, by=family.ruth, at=NOON)
    today = reverse("portals:today")
    assert "Tom Reed" not in words_of(signed_in(vera).get(today))
    covers(family, vera)
    assert "Tom Reed about Amina Khan" in words_of(signed_in(vera).get(today))


@pytest.mark.requirement("P7")
def test_a_job_turns_it_at_midnight_too_and_may_run_twice(family: Family, vera: Account) -> None:
    covers(family, vera, starts=2, ends=7)
    first, last = Job.objects.filter(task=turn_cover.module_path).order_by("due_at")
    for job, sees in ((first, [family.amina]), (last, [])):
        with time_machine.travel(job.due_at, tick=False):
            turn_cover.call(**job.arguments)
            turn_cover.call(**job.arguments)
        assert list(queries.young_people_of(vera)) == sees


@pytest.mark.requirement("P7")
def test_who_comes_into_care_while_ruth_is_away_is_covered_too(family: Family, vera: Account) -> None:
    covers(family, vera)
    since = {"since_on": TODAY, "by": family.ruth, "at": NOON}
    iris = actions.admit("Iris Vance", born_on=None, by=family.ruth, at=NOON)
    actions.add_to_circle(iris, person=family.therapist.person, relation=Relation.THERAPIST, **since)
    turning.turn(vera, at=NOON)
    assert {one.name for one in queries.young_people_of(vera)} == {"Amina Khan", "Iris Vance"}


@pytest.mark.requirement("P7")
@pytest.mark.abuse("D9")
def test_who_leaves_the_practice_has_no_circle_from_that_day_and_the_cover_has_them_all(
    family: Family, vera: Account
) -> None:
    covers(family, vera, starts=1, ends=None, why="leaves")
    assert [opens(family.ruth, family, days=days) for days in (0, 1)] == [200, 404]
    assert opens(vera, family, days=1) == 200


@pytest.mark.requirement("P7")
def test_a_cover_can_be_ended_before_its_day_by_who_is_back(family: Family, vera: Account) -> None:
    cover = covers(family, vera)
    assert "vera for ruth" in page_of("covers", by=family.ruth).lower()
    assert signed_in(family.ruth).post(reverse("people:end_cover", args=[cover.pk])).status_code == 302
    assert opens(vera, family, days=0) == 404
    assert "Nobody is away" in page_of("covers", by=family.ruth)


@pytest.mark.requirement("P7")
def test_who_is_away_cannot_cover_and_who_covers_names_another_before_going_away(family: Family, vera: Account) -> None:
    covers(family, vera)
    typed = {"clinician": vera.pk, "cover": family.lead.pk, "why": "away", "starts_on": later(1).isoformat()}
    page = words_of(signed_in(family.lead).post(reverse("people:covers"), typed))
    assert "covers for a colleague then" in page
    back = {"clinician": family.lead.pk, "cover": family.ruth.pk, "why": "away", "starts_on": later(3).isoformat()}
    assert "is away then" in words_of(signed_in(family.lead).post(reverse("people:covers"), back))
    assert Cover.objects.count() == 1


@pytest.mark.requirement("P7")
def test_a_therapist_names_a_cover_for_themselves_alone(family: Family, vera: Account) -> None:
    typed = {"clinician": family.ruth.pk, "cover": family.lead.pk, "why": "away", "starts_on": TODAY.isoformat()}
    assert signed_in(vera).post(reverse("people:covers"), typed).status_code == 200
    assert not Cover.objects.exists()


def test_who_had_a_place_before_keeps_it_when_the_cover_ends(family: Family, vera: Account) -> None:
    since = {"since_on": TODAY, "by": family.ruth, "at": NOON}
    own = actions.introduce("Vera Lind", account=vera, by=family.ruth)
    actions.add_to_circle(family.amina, person=own, relation=Relation.CLINICAL_TEAM, **since)
    cover = covers(family, vera)
    covering.end(cover, by=family.ruth, at=NOON + timedelta(hours=1))
    assert list(queries.young_people_of(vera)) == [family.amina]


def test_covering_a_second_time_gives_the_places_anew(family: Family, vera: Account) -> None:
    first = covers(family, vera)
    covering.end(first, by=family.ruth, at=NOON + timedelta(hours=1))
    covers(family, vera)
    assert opens(vera, family, days=1) == 200
