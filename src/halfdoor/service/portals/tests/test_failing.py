"""What one sees when something fails half-way: that it is our failure, and nothing of what was being read."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import OperationalError, connection, transaction
from django.test import Client
from django.urls import reverse

from halfdoor.service.core.models import ChainEntry
from halfdoor.service.disclosures.choices import Category
from halfdoor.service.disclosures.models import Delivery, Line
from halfdoor.service.notes import actions as notes
from tests.doors import signed_in, words_of
from tests.people import NOON, Family

CANARY = "kingfisher at the weir"
DETAIL = "could not open /var/lib/halfdoor"
OURS = "Something went wrong on our side"
FEWEST = 15

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    with time_machine.travel(NOON + timedelta(minutes=1), tick=False):
        yield


class Fault:
    """Lets one statement fail, counted from the first; with no number it counts how many there are."""

    def __init__(self, number: int = 0) -> None:
        self.number = number
        self.seen = 0

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        """Run a statement, unless it is the one."""
        if not sql.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
            self.seen += 1
            if self.seen == self.number:
                raise OperationalError(DETAIL)
        return execute(sql, params, many, context)


@contextmanager
def failing_at(number: int) -> Iterator[Fault]:
    fault = Fault(number)
    with connection.execute_wrapper(fault):
        yield fault


def reader(family: Family, door: str) -> Client:
    who = {"family": family.tom.person.account, "staff": family.ruth}[door]
    client = signed_in(who)
    client.raise_request_exception = False
    return client


reads = {"family": lambda family: family.tom, "staff": lambda family: family.therapist}


def page_of(note: Any, family: Family, door: str) -> str:
    if door == "family":
        return reverse("portals:child", args=[family.tom.pk])
    return reverse("notes:note", args=[family.amina.pk, note.item_id])


@pytest.fixture
def note(family: Family) -> Any:
    return notes.write(f"A {CANARY}.", episode=family.episode, category=Category.PROGRESS, by=family.ruth, at=NOON)


@pytest.mark.abuse("C7", "F5")
@pytest.mark.reliability("R9")
@pytest.mark.parametrize("door", ["family", "staff"])
def test_whichever_query_fails_the_page_says_so_and_nothing_is_read_without_its_line(
    door: str, family: Family, note: Any
) -> None:
    address = page_of(note, family, door)
    client = reader(family, door)
    before = ChainEntry.objects.count()
    number, paused = 0, 0
    while True:
        number += 1
        with transaction.atomic():
            with failing_at(number) as fault:
                answer = client.get(address)
            page, went = words_of(answer), Line.objects.filter(membership=reads[door](family)).exists()
            transaction.set_rollback(fault.seen >= number)
        if fault.seen < number:
            break
        paused += answer.status_code == 503
        # A room above that fails is a fact that stays closed, and the rest of the page may stand.
        assert (answer.status_code, OURS in page) in ((503, True), (200, False)), (number, answer.status_code)
        assert CANARY not in page or went, number
        assert answer.status_code == 200 or CANARY not in page, number
        assert DETAIL not in page
        assert (Delivery.objects.count(), ChainEntry.objects.count()) == (0, before), number
    assert number > FEWEST
    assert paused > 0.8 * number
    assert answer.status_code == 200
    assert CANARY in page
    assert went


def test_a_fault_of_our_own_is_no_pause(family: Family, note: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def stumbles(*_: Any, **__: Any) -> None:
        raise LookupError(CANARY)

    monkeypatch.setattr("halfdoor.service.disclosures.delivering.hand_out", stumbles)
    answer = reader(family, "family").get(page_of(note, family, "family"))
    assert (answer.status_code, CANARY in words_of(answer)) == (500, False)


@pytest.mark.abuse("F4")
@pytest.mark.reliability("R10")
@pytest.mark.parametrize("door", ["family", "staff"])
def test_while_the_clock_is_wrong_a_page_says_that_and_shows_nothing(door: str, family: Family, note: Any) -> None:
    address = page_of(note, family, door)
    with time_machine.travel(NOON - timedelta(seconds=62), tick=False):
        answer = reader(family, door).get(address)
    page = words_of(answer)
    assert (answer.status_code, "The clock of this service is wrong" in page) == (503, True)
    assert CANARY not in page
    assert Line.objects.count() == 0
    with time_machine.travel(NOON - timedelta(seconds=58), tick=False):
        assert CANARY in words_of(reader(family, door).get(address))
