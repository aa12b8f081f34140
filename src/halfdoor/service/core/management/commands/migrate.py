from typing import Any

from django.core.management.commands import migrate
from django.db import connection
from django.db.migrations.exceptions import BadMigrationError
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from halfdoor.service.core import operating, within
from halfdoor.service.core.databases import roles


class Command(migrate.Command):
    """Django's own, and then the second wall: no table is left without it, whoever added it."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Change the tables with every practice at hand, and keep each table to its practice."""
        if connection.vendor != "postgresql":
            with within.everywhere():
                _must_not_be_half_old()
                super().handle(*args, **options)
            return
        with operating.as_owner(), within.everywhere():
            roles.must_be_owner()
            _must_not_be_half_old()
            roles.lay_key()
            super().handle(*args, **options)
            roles.lay()


def _must_not_be_half_old() -> None:
    """
    Refuse tables that lack a part of what a migration stands for, now that the parts are gone.

    :raises BadMigrationError: saying what is missing, and what to do
    """
    recorded = MigrationRecorder(connection).applied_migrations().keys()
    for migration in MigrationLoader(None).disk_migrations.values():
        missing = [name for app, name in migration.replaces if (app, name) not in recorded]
        if 0 < len(missing) < len(migration.replaces):
            raise BadMigrationError(
                f"the tables of {migration.app_label} are from before 0.1.0 and lack {', '.join(missing)}: "
                "upgrade them with the version that made them, and then with this one"
            )
