from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.commands import migrate
from django.db import connection, transaction
from django.db.migrations.exceptions import BadMigrationError
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from halfdoor.service.core import operating, within
from halfdoor.service.core.databases import roles


class Command(migrate.Command):
    """
    Django's own, in one transaction, and then the second wall: no table is left without it, whoever added it.

    Django ends a transaction after each migration, and may write down only after it that the migration was applied: a
    machine that stops in between is left with tables that nobody can change any more. Here all of it holds, or nothing.
    """

    def handle(self, *args: Any, **options: Any) -> None:
        """Change the tables with every practice at hand, and keep each table to its practice."""
        with operating.as_owner(), within.everywhere(), _all_or_nothing():
            if connection.vendor != "postgresql":
                _must_not_be_half_old()
                super().handle(*args, **options)
                return
            roles.must_be_owner()
            _must_not_be_half_old()
            roles.lay_key()
            super().handle(*args, **options)
            roles.lay()

    def migration_progress_callback(self, action: str, *how: Any, **more: Any) -> None:
        """Check what waits for the end of the transaction: PostgreSQL changes no table before."""
        super().migration_progress_callback(action, *how, **more)
        if action.endswith("_success") and connection.vendor == "postgresql":
            connection.check_constraints()


@contextmanager
def _all_or_nothing() -> Iterator[None]:
    """Keep to one transaction. SQLite is told before it that tables are rebuilt, and looks at keys after each step."""
    lifted = connection.vendor == "sqlite" and not connection.in_atomic_block
    if lifted:
        connection.disable_constraint_checking()
    try:
        with transaction.atomic():
            yield
    finally:
        if lifted:
            connection.enable_constraint_checking()


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
