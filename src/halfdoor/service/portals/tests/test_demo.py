"""The demonstration puts the same invented people on record, once."""

import socket
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from halfdoor.service.core.models import Practice
from halfdoor.service.people.models import Person
from halfdoor.service.portals.demo import families, more
from tests.people import NOON

pytestmark = pytest.mark.django_db


def test_preparing_twice_changes_nothing() -> None:
    families.prepare(at=NOON)
    before = Person.objects.count()
    families.prepare(at=NOON)
    assert Person.objects.count() == before
    assert Practice.objects.filter(is_demo=True).count() == 2


def test_a_family_in_the_background_comes_once() -> None:
    families.prepare(at=NOON)
    larkspur = Practice.objects.get(setting="outpatient")
    before = Person.objects.count()
    for _ in range(2):
        more.add_family(larkspur, 0, at=NOON)
    assert Person.objects.count() == before + 3


def test_the_demonstration_runs_only_where_it_is_meant() -> None:
    with pytest.raises(CommandError, match="HALFDOOR_DEMO=1"):
        call_command("demo", prepare_only=True)


def test_a_port_that_is_taken_is_said_before_anything_else(settings: Any, capsys: pytest.CaptureFixture[str]) -> None:
    settings.HALFDOOR_DEMO = True
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(SystemExit, match=rf"Port {port} is taken.*make demo PORT=8000") as ended:
            call_command("demo", port=port)
    assert ended.value.code not in (None, 0)
    assert "http" not in "".join((*capsys.readouterr(), str(ended.value)))
    assert not Practice.objects.exists()


def test_what_an_earlier_version_left_ends_in_a_sentence(settings: Any) -> None:
    settings.HALFDOOR_DEMO = True
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE core_job RENAME COLUMN task TO errand")
    with pytest.raises(SystemExit, match=r"(?s)cannot use what an earlier one left in .*move the folder away"):
        call_command("demo", prepare_only=True)
