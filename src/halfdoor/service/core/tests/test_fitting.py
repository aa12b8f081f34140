"""A database of another version is told apart before anybody trips over it."""

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from halfdoor.service.core import fitting

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
