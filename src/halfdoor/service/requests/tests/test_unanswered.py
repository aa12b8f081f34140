"""Which requests wait for a first answer is kept beside them, so that nobody looks through all that there ever were."""

from datetime import timedelta
from importlib import import_module

from django.db import connection, transaction

from halfdoor.service.core import health
from halfdoor.service.core.health import State
from halfdoor.service.requests import actions
from halfdoor.service.requests.actions import Asked, Told
from halfdoor.service.requests.models import FamilyRequest, Unanswered
from halfdoor.service.requests.queries.waiting import waiting_for
from halfdoor.service.requests.words import Channel
from tests.people import NOON, Family

MONTH = (NOON + timedelta(days=30)).date()
FILLING = import_module("halfdoor.service.requests.migrations.0003_unanswered").Migration.operations[1].sql


def asks(family: Family) -> FamilyRequest:
    asked = Asked(category="session_content", channel=Channel.PORTAL)
    return actions.receive(family.amina, asked, asked_by=family.sara, by=family.sara.person.account, at=NOON)


def kept_closed(request: FamilyRequest, *, by: object) -> None:
    told = Told(look_again_on=MONTH, alternatives=("family_session",))
    actions.keep_closed(request, told, by=by, at=NOON)


def kept() -> set[object]:
    return set(Unanswered.objects.values_list("request", flat=True))


def found() -> health.Found:
    (one,) = [one for one in health.examine(at=NOON) if one.what == "requests"]
    return one


def test_a_request_waits_until_its_first_answer(family: Family) -> None:
    first, second = asks(family), asks(family)
    assert kept() == {first.pk, second.pk}
    assert len(waiting_for(family.ruth, at=NOON)) == 2
    kept_closed(first, by=family.ruth)
    assert kept() == {second.pk}
    kept_closed(first, by=family.ruth)  # answered again
    assert kept() == {second.pk}
    assert len(waiting_for(family.ruth, at=NOON)) == 1


def test_an_answer_that_is_taken_back_leaves_it_waiting(family: Family) -> None:
    request = asks(family)
    with transaction.atomic():
        kept_closed(request, by=family.ruth)
        transaction.set_rollback(True)
    assert kept() == {request.pk}


def test_the_doctor_misses_a_request_that_stands_on_no_list(family: Family) -> None:
    kept_closed(asks(family), by=family.ruth)
    asks(family)
    assert (found().state, found().says) == (State.WELL, "1 wait for an answer")
    Unanswered.objects.all().delete()
    assert (found().state, found().says[:26]) == (State.BAD, "1 that nobody answered sta")


def test_an_upgrade_finds_what_waits(family: Family) -> None:
    kept_closed(asks(family), by=family.ruth)
    waits = asks(family)
    Unanswered.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(FILLING)
    assert kept() == {waits.pk}
