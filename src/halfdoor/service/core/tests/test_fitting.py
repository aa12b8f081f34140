"""A database of another version is told apart before anybody trips over it."""

import threading
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.exceptions import InconsistentMigrationHistory
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from halfdoor.service.core import first, fitting, restoring
from halfdoor.service.core.management.commands import migrate
from tests.people import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_owner_of_the_tables")]


def test_a_database_of_this_version_fits() -> None:
    fitting.bring_up_to_date()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ("ALTER TABLE core_job RENAME COLUMN task TO errand", "core_job.task is missing"),
        ("ALTER TABLE core_job RENAME TO core_errand", "core_job is missing"),
    ],
)
def test_a_table_of_another_version_does_not(changed: str, said: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(changed)
    with pytest.raises(fitting.NotOfThisVersion, match=said):
        fitting.bring_up_to_date()


def test_migrations_in_another_order_do_not() -> None:
    MigrationRecorder.Migration.objects.filter(app="core").delete()
    with pytest.raises(fitting.NotOfThisVersion, match="before its dependency core"):
        fitting.bring_up_to_date()


@pytest.mark.reliability("R11")
def test_tables_that_lack_a_part_of_what_a_migration_now_stands_for_do_not() -> None:
    MigrationRecorder.Migration.objects.filter(app="people", name="0009_emergencies").delete()
    with pytest.raises(fitting.NotOfThisVersion, match=r"people are from before 0\.1\.0 and lack 0009_emergencies"):
        fitting.bring_up_to_date()


def test_tables_that_were_laid_part_by_part_are_those_of_this_version() -> None:
    MigrationRecorder.Migration.objects.filter(name__contains="_squashed_").delete()
    fitting.bring_up_to_date()
    assert MigrationRecorder.Migration.objects.filter(app="people", name__contains="_squashed_").exists()


@pytest.mark.reliability("R11")
@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (lambda rows: rows.create(app="people", name="0999_of_next_year", applied=NOON), "of a newer version"),
        (lambda rows: rows.filter(app="messages", name="0003_checkpoint_sent").delete(), "Run `halfdoor upgrade`"),
    ],
)
def test_nothing_is_served_from_tables_of_another_version(changed, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    fitting.must_fit()
    changed(MigrationRecorder.Migration.objects)
    monkeypatch.setattr(first, "_done", threading.Event())
    answer = Client(raise_request_exception=False).get("/")
    assert answer.status_code == 503
    for command in ("serve", "work"):
        with pytest.raises(CommandError, match=said):
            call_command(command)


@pytest.mark.reliability("R11")
@pytest.mark.abuse("F3")
def test_nothing_is_served_from_a_copy_that_was_not_put_back_to_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    restoring.begin(Path("copies/halfdoor-20261101T000000Z.tar.age"))
    monkeypatch.setattr(first, "_done", threading.Event())
    try:
        assert Client(raise_request_exception=False).get("/").status_code == 503
        with pytest.raises(CommandError, match=r"halfdoor-20261101T000000Z\.tar\.age was being put back"):
            call_command("serve")
    finally:
        restoring.end()
    fitting.must_fit()


@pytest.mark.abuse("F6")
def test_an_upgrade_that_stops_in_the_middle_changed_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def stops(*how: Any, **more: Any) -> None:
        MigrationRecorder.Migration.objects.filter(app="messages").delete()
        raise InconsistentMigrationHistory("here")

    monkeypatch.setattr(migrate.migrate.Command, "handle", stops)
    with pytest.raises(fitting.NotOfThisVersion):
        fitting.bring_up_to_date()
    assert MigrationRecorder.Migration.objects.filter(app="messages").exists()
