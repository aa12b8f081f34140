"""Which incidents are open is kept beside them, so that nobody looks through all that there ever were."""

from importlib import import_module

from django.db import connection

from halfdoor.service.core import health
from halfdoor.service.core.health import State
from halfdoor.service.safeguarding import actions, outstanding
from halfdoor.service.safeguarding.actions import Noticed
from halfdoor.service.safeguarding.choices import Done, Kind
from halfdoor.service.safeguarding.models import Incident, IncidentStep, Unclosed
from tests.people import NOON, Family

FILLING = import_module("halfdoor.service.safeguarding.migrations.0003_unclosed").Migration.operations[1].sql


def reported(family: Family) -> Incident:
    noticed = Noticed(Kind.LOST, "A page lay open.", happened_on=NOON.date(), known_at=NOON)
    return actions.report(family.amina, noticed, by=family.ruth, at=NOON)


def closed(incident: Incident, *, family: Family) -> None:
    for done in (one for one in Done if one is not Done.CLOSED):
        actions.take_step(incident, done, words="Done.", by=family.lead, at=NOON)
    actions.assess(incident, risk="unlikely", people="few", reasons="Read by nobody.", by=family.lead, at=NOON)
    actions.take_step(incident, Done.CLOSED, words="", by=family.lead, at=NOON)


def kept() -> set[object]:
    return set(Unclosed.objects.values_list("incident", flat=True))


def found() -> health.Found:
    (one,) = [one for one in health.examine(at=NOON) if one.what == "incidents"]
    return one


def test_an_incident_is_open_until_it_is_closed(family: Family) -> None:
    first, second = reported(family), reported(family)
    assert {one.pk for one in outstanding.of_open(family.ruth)} == kept() == {first.pk, second.pk}
    closed(first, family=family)
    assert IncidentStep.objects.filter(incident=first, done=Done.CLOSED).exists()
    assert {one.pk for one in outstanding.of_open(family.ruth)} == kept() == {second.pk}


def test_the_doctor_misses_an_open_incident_that_stands_on_no_list(family: Family) -> None:
    reported(family)
    assert (found().state, found().says) == (State.WELL, "1 are open")
    Unclosed.objects.all().delete()
    assert (found().state, found().says[:28]) == (State.BAD, "1 open ones stand on no list")


def test_an_upgrade_finds_what_is_open(family: Family) -> None:
    closed(reported(family), family=family)
    still = reported(family)
    Unclosed.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(FILLING)
    assert kept() == {still.pk}
