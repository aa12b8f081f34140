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
    MigrationRecorder.Migration.objects.filter(app="people", name="0001_initial").delete()
    with pytest.raises(fitting.NotOfThisVersion, match="people"):
        fitting.bring_up_to_date()
