"""Whether the database is one of this version: brought up to date, or told apart before somebody trips over it."""

from collections.abc import Iterator

from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.exceptions import BadMigrationError, InconsistentMigrationHistory, NodeNotFoundError

from halfdoor.service.core import wall
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
