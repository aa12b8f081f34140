"""Confidentiality may have been broken: from the first word to the lesson, by the clocks of the place."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.urls import reverse

from halfdoor.service.accounts.models import Role
from halfdoor.service.core import chain
from halfdoor.service.core.models import ChainEntry
from halfdoor.service.people.models import YoungPerson
from halfdoor.service.safeguarding import actions, outstanding, queries
from halfdoor.service.safeguarding.actions import Noticed
from halfdoor.service.safeguarding.choices import Done, Kind, People, Risk
from halfdoor.service.safeguarding.models import Incident, IncidentStep
from tests.doors import signed_in, words_of
from tests.people import NOON, Family, Home, a_court_limits, account, stranger

WHAT = "The letter about the next session lay open in the hall."
TYPED = {"kind": "lost", "what": WHAT, "happened_on": "2026-10-30", "known_on": "2026-11-01"}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


def reported(about: YoungPerson, *, by: object) -> Incident:
    noticed = Noticed(Kind.LOST, WHAT, happened_on=NOON.date(), known_at=NOON)
    return actions.report(about, noticed, by=by, at=NOON)


def due_days(incident: Incident) -> dict[str, datetime]:
    return {due.clock.to: due.clock.due_at for due in outstanding.dues_of(incident) if not due.is_met}


@pytest.mark.requirement("C12")
def test_leos_carer_reports_early_and_the_clock_runs_from_when_somebody_knew(home: Home) -> None:
    dan = signed_in(home.dan.person.account)
    address = reverse("safeguarding:report_from_shift", args=[home.dan.pk])
    assert address in words_of(dan.get(reverse("portals:shift")))
    assert dan.post(address, TYPED).headers["Location"] == reverse("portals:shift")
    incident = Incident.objects.get()
    assert (incident.what, incident.reported_by) == (WHAT, home.dan.person.account)
    assert due_days(incident)["regulator"] == datetime(2026, 11, 4, tzinfo=UTC)
    nia = signed_in(home.therapist)
    today = words_of(nia.get(reverse("portals:today")))
    assert "An incident about Leo Marsh" in today
    assert "was due on Sunday, November 1, 2026" in today
    page = words_of(nia.get(reverse("safeguarding:incident", args=[incident.pk])))
    assert WHAT in page
    assert "Information Commissioner" in page
    assert "art. 33(1)" in page
    lines = [chain.body_of(entry) for entry in ChainEntry.objects.filter(practice=home.practice).order_by("sequence")]
    said, looked = lines[-2:]
    assert (said["kind"], looked["kind"]) == ("safeguarding.incident_reported", "disclosures.looked")
    assert WHAT not in str(said)


@pytest.mark.requirement("C12")
def test_in_the_united_states_few_people_are_reported_after_the_end_of_the_year(family: Family) -> None:
    incident = reported(family.amina, by=family.ruth)
    actions.assess(incident, risk=Risk.LIKELY, people=People.FEW, reasons="Read.", by=family.lead, at=NOON)
    assert due_days(incident) == {
        "person": NOON + timedelta(days=60),
        "regulator": datetime(2027, 3, 2, 5, tzinfo=UTC),
    }


@pytest.mark.requirement("C12")
def test_it_is_closed_when_everything_is_done_and_not_before(family: Family) -> None:
    incident = reported(family.amina, by=family.ruth)
    ruth, page = signed_in(family.ruth), reverse("safeguarding:incident", args=[incident.pk])

    def step(done: Done, words: str = "So it was.") -> str:
        address = reverse("safeguarding:step", args=[incident.pk])
        return words_of(ruth.post(address, {"done": done, "words": words}, follow=True))

    refused = step(Done.CLOSED, "I think that is all.")
    assert "Assess how likely harm is" in refused
    assert "I think that is all." in refused
    assessed = {"risk": "likely", "people": "fewer_than_500", "reasons": "Her father may have read it."}
    ruth.post(reverse("safeguarding:assess", args=[incident.pk]), assessed)
    for done in (Done.CONTAINED, Done.TOLD_ON_PAGE, Done.TOLD_REGULATOR):
        assert "This incident is closed." not in step(done)
    assert "Say what changes" in step(Done.CLOSED)
    step(Done.LESSON, "Letters go into an envelope.")
    assert "This incident is closed." in step(Done.CLOSED)
    assert "An incident about" not in words_of(ruth.get(reverse("portals:today")))
    assert "Letters go into an envelope." in words_of(ruth.get(page))
    with pytest.raises(actions.Closed):
        actions.take_step(incident, Done.LESSON, words="More.", by=family.ruth, at=NOON)


@pytest.mark.requirement("C12")
def test_an_unlikely_harm_still_needs_a_word_about_the_young_person(family: Family) -> None:
    incident = reported(family.amina, by=family.ruth)
    actions.assess(incident, risk=Risk.UNLIKELY, people=People.FEW, reasons="Still sealed.", by=family.ruth, at=NOON)
    assert due_days(incident) == {}
    assert "Tell the young person, or say why they are not told." in outstanding.missing(incident)


@pytest.mark.requirement("C12")
def test_amina_reads_on_her_page_what_she_is_told_in_these_words_and_nobody_else_does(family: Family) -> None:
    incident = reported(family.amina, by=family.ruth)
    actions.take_step(incident, Done.TOLD_ON_PAGE, words="Your letter lay open.", by=family.ruth, at=NOON)
    actions.take_step(incident, Done.NOT_TOLD, words="Not this part.", by=family.ruth, at=NOON)
    page = words_of(signed_in(family.amina.person.account).get(reverse("portals:mine")))
    assert "Your letter lay open." in page
    assert "Not this part." not in page
    assert WHAT not in page
    for member in (family.sara, family.tom):
        assert "lay open" not in words_of(signed_in(member.person.account).get(reverse("portals:week")))


def test_what_cannot_have_been_is_said_beside_its_field_and_nothing_typed_is_lost(family: Family) -> None:
    ruth, address = signed_in(family.ruth), reverse("safeguarding:report", args=[family.amina.pk])
    page = words_of(ruth.post(address, TYPED | {"happened_on": "2026-11-03", "known_on": "2026-11-02"}))
    assert "This day is still to come." in page
    assert "Nobody can have known before it happened." in page
    assert WHAT in page
    assert not Incident.objects.exists()


def test_others_find_nothing(family: Family, home: Home) -> None:
    incident = reported(family.amina, by=family.ruth)
    for who in (account(family.practice, "vera", Role.THERAPIST), home.therapist):
        assert signed_in(who).get(reverse("safeguarding:incident", args=[incident.pk])).status_code == 404
        assert list(queries.due_for(who, at=NOON)) == []
        assert list(queries.incidents_for(who, page="1")) == []
    assert queries.told_to(family.amina, reader=family.amina.person.account, at=NOON) == ()
    nobody = signed_in(stranger(family.practice))
    assert nobody.get(reverse("safeguarding:incidents")).status_code in (302, 404)


def test_from_a_shift_one_reports_about_ones_own_and_where_one_may_know(home: Home, family: Family) -> None:
    dan = signed_in(home.dan.person.account)
    for place in (home.priya, family.sara):
        assert dan.get(reverse("safeguarding:report_from_shift", args=[place.pk])).status_code == 404
        assert dan.get(reverse("portals:shift_of", args=[place.pk])).status_code == 404
    a_court_limits(home.dan, by=home.therapist)
    assert dan.get(reverse("safeguarding:report_from_shift", args=[home.dan.pk])).status_code == 404


def test_what_was_done_cannot_be_changed(family: Family) -> None:
    incident = reported(family.amina, by=family.ruth)
    actions.take_step(incident, Done.CONTAINED, words="Called back.", by=family.ruth, at=NOON)
    with pytest.raises(DatabaseError), transaction.atomic():
        IncidentStep.objects.update(done=Done.NOT_TOLD)
    with pytest.raises(DatabaseError), transaction.atomic():
        Incident.objects.update(happened_on=date(2020, 1, 1))


def test_today_asks_twice_however_many_are_open_and_names_those_of_ones_own(
    home: Home, family: Family, django_assert_num_queries
) -> None:
    first = reported(home.leo, by=home.therapist)
    actions.assess(first, risk=Risk.UNLIKELY, people=People.FEW, reasons="A hall.", by=home.therapist, at=NOON)
    for _ in range(3):
        closed = reported(home.leo, by=home.therapist)
        IncidentStep.objects.create(
            practice=home.practice,
            incident=closed,
            young_person=home.leo,
            done=Done.CLOSED,
            done_at=NOON,
            done_by=home.therapist,
        )
        reported(family.amina, by=family.ruth)
    with django_assert_num_queries(2):
        (due,) = queries.due_for(home.therapist, at=NOON)
    assert list(queries.due_for(stranger(home.practice), at=NOON)) == []
    assert due.href == reverse("safeguarding:incident", args=[first.pk])
