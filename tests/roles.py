"""Two roles of a PostgreSQL server of our own: one owns the tables, the other serves, as a service has it."""

from contextlib import suppress
from urllib.parse import urlsplit

OWNER, SERVICES, ALONE = "halfdoor_owner", "halfdoor", "halfdoor_alone"
"""
Who lays the tables; who all tests connect as, which reads and writes rows only, as the service's does, and can become
the owner where a test asks for it; and the same that can become nobody.
"""


def make(server: str) -> None:
    """Make the roles, unless they are there. Several processes do this at once, and one is first."""
    import psycopg

    with psycopg.connect(server, autocommit=True) as plain:
        for role in (
            f"{OWNER} LOGIN CREATEDB",
            f"{SERVICES} LOGIN NOINHERIT IN ROLE {OWNER}",
            f"{ALONE} LOGIN ROLE {SERVICES}",
        ):
            with suppress(psycopg.errors.DuplicateObject, psycopg.errors.UniqueViolation):
                plain.execute(f"CREATE ROLE {role}")


def as_role(server: str, role: str, database: str = "") -> str:
    """Return the address of a server for one of these roles."""
    url = urlsplit(server)
    return url._replace(netloc=f"{role}:@", path=f"/{database}" if database else url.path).geturl()


def a_database(server: str, name: str = "halfdoor") -> dict[str, str]:
    """Return the settings of a service with two roles on a database of its own, which is made where there is none."""
    import psycopg

    make(server)
    with psycopg.connect(server, autocommit=True) as plain, suppress(psycopg.errors.DuplicateDatabase):
        plain.execute(f"CREATE DATABASE {name} OWNER {OWNER}")
    owner, services = (as_role(server, role, name) for role in (OWNER, ALONE))
    return {"HALFDOOR_DATABASE": services, "HALFDOOR_DATABASE_OWNER": owner}
