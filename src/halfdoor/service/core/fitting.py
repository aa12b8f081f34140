"""Whether the database is one of this version: brought up to date, or told apart before somebody trips over it."""

from collections.abc import Iterator

from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.exceptions import BadMigrationError, InconsistentMigrationHistory, NodeNotFoundError
from django.db.migrations.loader import MigrationLoader

from halfdoor.service.core import restoring, wall
from halfdoor.service.core.databases.roles import NotTheOwner

_CANNOT_MIGRATE = (DatabaseError, InconsistentMigrationHistory, NodeNotFoundError, BadMigrationError, NotTheOwner)


class NotOfThisVersion(Exception):
    """The database cannot be used by this version; the text says what does not fit."""


def bring_up_to_date() -> None:
    """
    Apply the migrations that are missing, and look whether the tables are then as this version expects them.

    :raises NotOfThisVersion: if they cannot be applied, or something is missing all the same
    """
    try:
        call_command("migrate", verbosity=0)
        missing = next(_missing(), None)
    except _CANNOT_MIGRATE as error:
        raise NotOfThisVersion(str(error)) from error
    if missing:
        raise NotOfThisVersion(f"{missing} is missing")


def must_fit() -> None:
    """
    Look whether pages may be served from this database by this version, before the first one is.

    :raises NotOfThisVersion: if its tables are older or newer, or it was not put back to the end
    """
    if copy := restoring.begun():
        raise NotOfThisVersion(
            f"{copy} was being put back, and that was not finished. Run the same `halfdoor restore` again: it goes on."
        )
    try:
        known = MigrationLoader(connection)
    except (DatabaseError, NodeNotFoundError) as error:
        raise NotOfThisVersion(str(error)) from error
    missing = [key for key in known.graph.nodes if key not in known.applied_migrations]
    if missing:
        raise NotOfThisVersion(f"{len(missing)} changes of tables are missing. Run `halfdoor upgrade`.")
    ours = {*known.disk_migrations, *(step for one in known.disk_migrations.values() for step in one.replaces)}
    newer = sorted(f"{room} {name}" for room, name in known.applied_migrations if (room, name) not in ours)
    if newer := [one for one in newer if one.split()[0] in known.migrated_apps]:
        raise NotOfThisVersion(
            f"Its tables are of a newer version ({newer[-1]}). Run that version, or put the copy back that was made "
            "before the upgrade: `halfdoor restore`."
        )


def _missing() -> Iterator[str]:
    """Yield tables and columns that this version has and the database has not."""
    with connection.cursor() as cursor, wall.permit(wall.readable, wall.EVERYTHING):
        tables = set(connection.introspection.table_names(cursor))
        for model in apps.get_models(include_auto_created=True):
            table = model._meta.db_table
            if table not in tables:
                yield table
                continue
            there = {column.name for column in connection.introspection.get_table_description(cursor, table)}
            yield from (f"{table}.{field.column}" for field in model._meta.local_fields if field.column not in there)
