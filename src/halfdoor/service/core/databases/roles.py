"""
Two roles of PostgreSQL: one owns the tables and changes them, the other serves pages and may only read and write rows.

The first is known to whoever runs `halfdoor upgrade`, `backup` and `restore`, and not to the service.
"""

from collections.abc import Iterator

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction

from halfdoor.service.core import starting, wall
from halfdoor.service.core.databases.postgresql import second_wall


class NotTheOwner(Exception):
    """The tables belong to another role than the one that is to change them; the text says what to do."""


def services() -> str:
    """Return the role of the service, where it is another than the one that owns the tables; else nothing."""
    url = settings.HALFDOOR_DATABASE_OWNER
    if not url:
        return ""
    owner = starting.database(url, data=settings.HALFDOOR_DATA)["USER"]
    service = str(settings.HALFDOOR_DATABASE_ROLE)
    if service == owner:
        raise ImproperlyConfigured(
            "HALFDOOR_DATABASE and HALFDOOR_DATABASE_OWNER name the same role. The service's must not be the owner's."
        )
    return service


def must_be_owner() -> None:
    """
    Look whether the tables are ours to change, before anything is.

    :raises NotTheOwner: if they are another role's
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT has_schema_privilege(current_schema(), 'CREATE') AND NOT EXISTS (SELECT 1 FROM pg_tables WHERE "
            "schemaname = current_schema() AND NOT pg_has_role(current_user, tableowner, 'USAGE'))"
        )
        is_owner = cursor.fetchone()[0]
    if not is_owner:
        raise NotTheOwner(
            "The tables belong to another role than this one. Name it in HALFDOOR_DATABASE_OWNER, for this command "
            "alone: docs/how-to/keep-practices-apart.md"
        )


def lay_key() -> None:
    """Put the key of this service into the database, so that migrations see the rows that they change."""
    with transaction.atomic(), connection.cursor() as cursor:
        second_wall.lay_key(cursor)


def lay() -> None:
    """Keep every table to its practice, and let the service's role in."""
    with transaction.atomic(), wall.permit(wall.readable, wall.EVERYTHING), connection.cursor() as cursor:
        second_wall.lay(cursor, role=services())


def examine() -> Iterator[tuple[bool | None, str]]:
    """Yield how the second wall stands for whoever is connected: well, to be looked after (None) or not at all."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper OR rolbypassrls, EXISTS (SELECT 1 FROM pg_tables WHERE schemaname = current_schema() AND "
            "pg_has_role(current_user, tableowner, 'MEMBER')) FROM pg_roles WHERE rolname = current_user"
        )
        passes_by, owns = cursor.fetchone()
        gaps = second_wall.gaps(cursor)
        cursor.execute("SELECT every_practice_at_hand()")
        fits = cursor.fetchone()[0]
    if passes_by:
        yield False, "a superuser's role, which PostgreSQL keeps from nothing: give the service one of its own"
    elif owns:
        yield None, "the service's role owns the tables, so it can take the second wall down: give it one of its own"
    if gaps:
        yield False, f"{', '.join(gaps)}: not kept to one practice. halfdoor upgrade"
    if not fits:
        yield False, "keys/second-wall is not the database's, so no row is to be seen. halfdoor upgrade"
    if not (passes_by or owns or gaps) and fits:
        yield True, "the database keeps each statement to one practice, and the service cannot change that"
