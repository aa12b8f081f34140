"""How long a record is kept: by the rules of the place, never shorter than a hold, and open where nobody can say."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.urls import reverse

from halfdoor.service.accounts.models import Account, Role
from halfdoor.service.core import chain
from halfdoor.service.core.models import ChainEntry
from halfdoor.service.people import actions as people
from halfdoor.service.people.models import Suspicion
from halfdoor.service.records import actions, queries, schedule
from halfdoor.service.records.actions import NotNow
from halfdoor.service.records.choices import Alleged, HoldKind, KeptBy, Outcome, RecordKind, State
from halfdoor.service.records.models import LegalHold
from halfdoor.service.requests import actions as requests
from halfdoor.service.requests.actions import Asked
from halfdoor.service.requests.words import Channel, Way
from halfdoor.service.safeguarding import actions as safeguarding
from halfdoor.service.safeguarding.actions import Noticed
from halfdoor.service.safeguarding.choices import Kind
from tests.doors import signed_in, words_of
from tests.people import NOON, Family, Home, account

GROWN = datetime(2046, 11, 2, 12, tzinfo=UTC)
"""Thirty-five years after Leo was born, and twenty after his therapy ended."""

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def gwen(home: Home) -> Account:
    return account(home.practice, "gwen", Role.LEAD)


def ended(home: Home) -> None:
    people.end_episode(home.episode, ended_on=date(2026, 11, 1), by=home.therapist, at=NOON)


def kept_by(lead: Account, who: KeptBy = KeptBy.HEALTH_SERVICE) -> None:
    actions.say_who_keeps(RecordKind.THERAPY_RECORD, who, by=lead, at=NOON)


def record(home: Home, reader: Account, *, at: datetime = NOON) -> queries.Record:
    return queries.record_of(reader, home.leo, at=at)


def test_while_nobody_says_who_keeps_it_or_that_care_ended_it_stays(home: Home, gwen: Account) -> None:
    assert signed_in(gwen).get(reverse("records:record", args=[home.leo.pk])).status_code == 404, "in care: not hers"
    assert record(home, gwen).state is State.UNKNOWN
    kept_by(gwen)
    found = record(home, gwen, at=GROWN)
    assert (found.state, found.until) == (State.UNKNOWN, None)
    assert "the day on which care ended" in found.missing


def test_the_rules_of_the_place_say_until_when_with_their_source(home: Home, gwen: Account) -> None:
    kept_by(gwen)
    ended(home)
    page = words_of(signed_in(gwen).get(reverse("records:record", args=[home.leo.pk])))
    assert "November 1, 2046" in page
    assert "NHS Records Management Code of Practice 2021" in page
    assert record(home, gwen, at=GROWN).state is State.DUE
    listed = words_of(signed_in(gwen).get(reverse("records:records")))
    assert "Leo Marsh" in listed


def test_a_suspicion_on_record_counts_whatever_is_said_and_the_office_reads_nothing_of_it(
    home: Home, gwen: Account
) -> None:
    kept_by(gwen, KeptBy.PRIVATE_PRACTICE)
    ended(home)
    actions.say_known(home.leo, abuse_alleged=Alleged.NO, died_on=None, by=gwen, at=NOON)
    assert record(home, gwen, at=GROWN).state is State.DUE
    people.record(Suspicion(membership=home.dan, suspected="yes", effective_on=NOON.date()), by=home.therapist, at=NOON)
    assert record(home, gwen, at=GROWN).state is State.UNKNOWN
    office = account(home.practice, "olga", Role.OFFICE)
    assert "abuse" not in words_of(signed_in(office).get(reverse("records:record", args=[home.leo.pk])))


@pytest.mark.abuse("D10")
def test_one_person_holds_a_record_at_once_and_two_lift_it(home: Home, gwen: Account) -> None:
    kept_by(gwen)
    ended(home)
    office = account(home.practice, "olga", Role.OFFICE)
    typed = {"kind": "claim", "because": "Our insurer wrote on Monday."}
    signed_in(office).post(reverse("records:hold", args=[home.leo.pk]), typed)
    held = LegalHold.objects.get()
    assert record(home, gwen, at=GROWN).state is State.HELD
    with pytest.raises(DatabaseError), transaction.atomic():
        LegalHold.objects.update(kind=HoldKind.OTHER)
    asked = actions.ask_to_lift(held, because="The claim is settled.", by=gwen, at=NOON)
    with pytest.raises(NotNow):
        actions.settle_lifting(asked, Outcome.AGREED, by=gwen, at=NOON)
    assert record(home, gwen, at=GROWN).state is State.HELD
    today = words_of(signed_in(home.therapist).get(reverse("portals:today")))
    assert "Gwen would lift a hold" in today
    signed_in(home.therapist).post(reverse("records:settle_lifting", args=[asked.pk]), {"do": "agree"})
    assert record(home, gwen, at=GROWN).state is State.DUE
    kinds = [chain.body_of(entry)["kind"] for entry in ChainEntry.objects.order_by("sequence")]
    assert [kind for kind in kinds if "hold" in kind or "lifting" in kind] == [
        *("records.hold_placed", "records.lifting_asked", "records.lifting_agreed"),
    ]


def test_what_is_still_open_about_it_holds_it_too_and_the_office_reads_nothing_of_it(home: Home, gwen: Account) -> None:
    from halfdoor.service.safeguarding import actions as safeguarding
    from halfdoor.service.safeguarding.choices import Kind

    kept_by(gwen)
    ended(home)
    noticed = safeguarding.Noticed(Kind.LOST, "A letter lay open.", happened_on=NOON.date(), known_at=NOON)
    safeguarding.report(home.leo, noticed, by=home.therapist, at=NOON)
    assert record(home, gwen, at=GROWN).state is State.HELD
    assert record(home, gwen, at=GROWN).going_on == ("an incident that is not closed",)
    office = account(home.practice, "olga", Role.OFFICE)
    assert (record(home, office, at=GROWN).state, record(home, office).going_on) == (State.DUE, ())


def test_a_therapist_of_another_circle_finds_nothing(home: Home, gwen: Account) -> None:
    vera = account(home.practice, "vera", Role.THERAPIST)
    assert signed_in(vera).get(reverse("records:record", args=[home.leo.pk])).status_code == 404
    assert signed_in(vera).get(reverse("records:records")).status_code == 404


def test_what_is_open_about_one_is_found_alone_as_among_many(family: Family) -> None:
    by, at = family.ruth, NOON
    ida, leyla = (people.admit(name, born_on=date(2012, 2, 3), by=by, at=at) for name in ("Ida", "Leyla"))
    three = [family.amina.pk, ida.pk, leyla.pk]
    asked = Asked(category="session_content", channel=Channel.TELEPHONE, motive="Again.", sure=Way.CALLED_BACK)
    requests.receive(family.amina, asked, asked_by=family.tom, by=by, at=at)
    lost = Noticed(Kind.LOST, "The letter lay open.", happened_on=at.date(), known_at=at)
    for about in (family.amina, ida):
        safeguarding.report(about, lost, by=by, at=at)
    among = schedule._waiting(family.practice.pk, three)
    assert {key: len(words) for key, words in among.items()} == dict(zip(three, (2, 1, 0), strict=True))
    for key in three:
        assert schedule._waiting(family.practice.pk, [key]) == {key: among[key]}
