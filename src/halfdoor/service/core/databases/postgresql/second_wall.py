"""
Row-level security: PostgreSQL itself keeps every statement to the practice at hand.

Each statement that looks at rows or changes them begins by showing whose rows are meant, in the same message and for
its transaction alone (`SET LOCAL`): nothing is remembered on a connection. What is shown is sealed with a key that the
service's own role cannot read in the database, and holds for one connection: whoever smuggles SQL into a statement can
write another practice into the setting, but not the seal. Without it, or with a wrong one, there are no rows.
"""

import hashlib
import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings

from halfdoor.service.core import starting, within

OPEN = frozenset({"django_migrations", "django_content_type"})
"""Tables that hold nothing of any practice, and that the service reads."""
NOBODYS = frozenset({"auth_group", "auth_permission", "auth_group_permissions", "second_wall"})
"""Tables that the service's role has no business with."""
_ROWS = re.compile(r"\s*\(*\s*(?:SELECT|INSERT|UPDATE|DELETE|WITH|EXPLAIN)\b", re.IGNORECASE)
_SESSION_KEY = re.compile(r"[a-z0-9]{1,40}")

_AT_HAND = "(SELECT {schema}.practice_at_hand())"
_ANY = "(SELECT {schema}.every_practice_at_hand())"
_OF_PRACTICE = f"{{column}} = {_AT_HAND} OR {_ANY}"
_OF_ACCOUNT = "EXISTS (SELECT 1 FROM {schema}.accounts_account whose WHERE whose.id = user_id)"
_OF_ADDRESS = "EXISTS (SELECT 1 FROM {schema}.account_emailaddress whose WHERE whose.id = email_address_id)"
_MINE = "EXISTS (SELECT 1 FROM {schema}.accounts_opensession mine WHERE mine.key = session_key)"
_OF_SESSION = f"session_key = split_part(current_setting('halfdoor.practice', true), ' ', 2) OR {_MINE} OR {_ANY}"
BY_THEIR_OWN = {
    "django_session": _OF_SESSION,
    "mfa_authenticator": _OF_ACCOUNT,
    "account_emailaddress": _OF_ACCOUNT,
    "account_emailconfirmation": _OF_ADDRESS,
}
"""Tables of other packages, which have no column for the practice, and whose each of their rows is."""
POLICY, NAMES = "of_this_practice", "names_are_no_secret"

_FUNCTIONS = """
CREATE TABLE IF NOT EXISTS {schema}.second_wall (key bytea NOT NULL);
REVOKE ALL ON {schema}.second_wall FROM PUBLIC;
CREATE OR REPLACE FUNCTION {schema}.practice_at_hand() RETURNS uuid
LANGUAGE plpgsql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $body$
DECLARE
  shown text := split_part(current_setting('halfdoor.practice', true), ' ', 1);
  whose text := left(shown, 36);
  keyed bytea;
  holder text;
BEGIN
  IF shown IS NULL OR length(shown) <> 101 THEN RETURN NULL; END IF;
  SELECT key INTO keyed FROM {schema}.second_wall;
  FOREACH holder IN ARRAY ARRAY[pg_backend_pid()::text, 'a tool'] LOOP
    IF substr(shown, 38) = encode(sha256(keyed || sha256(keyed || convert_to(whose || '.' || holder, 'UTF8'))), 'hex')
    THEN RETURN whose::uuid; END IF;
  END LOOP;
  RETURN NULL;
END $body$;
CREATE OR REPLACE FUNCTION {schema}.every_practice_at_hand() RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $body$
  SELECT coalesce({schema}.practice_at_hand() = '{everywhere}'::uuid, false)
$body$;
"""


def shown_before(statement: str, backend: int) -> str:
    """Return what goes before a statement that looks at rows: whose are meant, or nobody's, whatever was said."""
    if not _ROWS.match(statement):
        return ""
    practice, session = within.at_hand(), within.session_named()
    shown = "" if practice is None else _sealed(practice, str(backend))
    if session and _SESSION_KEY.fullmatch(session):
        shown += f" {session}"
    return f"SET LOCAL halfdoor.practice = '{shown}'; "


def options_of_a_tool() -> str:
    """Return with which options a tool of the database sees every row, where it is the operator's to see them."""
    return f"-c halfdoor.practice={_sealed(within.EVERYWHERE, 'a tool')}"


@lru_cache(maxsize=512)
def _sealed(practice: UUID, holder: str) -> str:
    """Seal a practice for one connection. It is a MAC: what is hashed has one form, and twice, so none can go on."""
    inner = hashlib.sha256(_key() + f"{practice}.{holder}".encode()).digest()
    return f"{practice}.{hashlib.sha256(_key() + inner).hexdigest()}"


@cache
def _key() -> bytes:
    return starting.secret_file(Path(settings.HALFDOOR_DATA) / "keys" / "second-wall")


def lay_key(cursor: Any) -> None:
    """Put the key of this service where the functions find it; a database from elsewhere has another, or none."""
    cursor.execute(_FUNCTIONS.format(schema=_schema(cursor), everywhere=within.EVERYWHERE))
    cursor.execute("DELETE FROM second_wall")
    cursor.execute("INSERT INTO second_wall (key) VALUES (%s)", [_key()])


def lay(cursor: Any, *, role: str) -> None:
    """Keep every table to its practice, where one does not yet, and let the service's role in as far as it has to."""
    schema, standing = _schema(cursor), _standing(cursor)
    for table, column in _tables(cursor).items():
        kept = BY_THEIR_OWN.get(table) or (_OF_PRACTICE if column else None)
        if kept and table not in standing:
            _keep(cursor, table, kept.format(schema=schema, column=column))
    if role:
        _let_in(cursor, schema, role)


def _schema(cursor: Any) -> str:
    cursor.execute("SELECT quote_ident(current_schema())")
    return str(cursor.fetchone()[0])


def _tables(cursor: Any) -> dict[str, str]:
    """Return every table with the column in which its practice stands; none, if there is none."""
    cursor.execute(
        "SELECT c.relname, a.attname FROM pg_class c LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND "
        "a.attname = CASE c.relname WHEN 'core_practice' THEN 'id' ELSE 'practice_id' END AND NOT a.attisdropped "
        "WHERE c.relkind IN ('r', 'p') AND c.relnamespace = current_schema()::regnamespace ORDER BY c.relname"
    )
    return {table: column or "" for table, column in cursor.fetchall()}


def _standing(cursor: Any) -> set[str]:
    """Return every table that is kept already."""
    cursor.execute(
        "SELECT relname FROM pg_class c JOIN pg_policy p ON p.polrelid = c.oid AND p.polname = %s WHERE "
        "relrowsecurity AND relforcerowsecurity AND c.relnamespace = current_schema()::regnamespace",
        [POLICY],
    )
    return {table for (table,) in cursor.fetchall()}


def _keep(cursor: Any, table: str, to: str) -> None:
    cursor.execute(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY')
    cursor.execute(f'DROP POLICY IF EXISTS {POLICY} ON "{table}"')
    cursor.execute(f'CREATE POLICY {POLICY} ON "{table}" USING ({to}) WITH CHECK ({to})')
    if table == "core_practice":  # whoever signs in chooses among them
        cursor.execute(f"DROP POLICY IF EXISTS {NAMES} ON core_practice")
        cursor.execute(f"CREATE POLICY {NAMES} ON core_practice FOR SELECT USING (true)")


def gaps(cursor: Any) -> list[str]:
    """Return every table that is not kept to its practice, or opened by more than what we laid; none is right."""
    cursor.execute(
        "SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity, array_remove(array_agg(p.polname::text), NULL) "
        "FROM pg_class c LEFT JOIN pg_policy p ON p.polrelid = c.oid WHERE c.relkind IN ('r', 'p') "
        "AND c.relnamespace = current_schema()::regnamespace GROUP BY c.oid ORDER BY c.relname"
    )
    rightly = {"core_practice": {POLICY, NAMES}}
    return [
        table
        for table, forced, policies in cursor.fetchall()
        if table not in OPEN | NOBODYS and not (forced and set(policies) == rightly.get(table, {POLICY}))
    ]


def _let_in(cursor: Any, schema: str, role: str) -> None:
    """Let a role read and write rows, and nothing else: no table is its own, and what is nobody's stays shut."""
    cursor.execute("SELECT quote_ident(%s)", [role])
    whom = cursor.fetchone()[0]
    walled = ", ".join(f'"{table}"' for table, column in _tables(cursor).items() if column or table in BY_THEIR_OWN)
    cursor.execute(
        f"REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM {whom}; GRANT USAGE ON SCHEMA {schema} TO {whom}; "
        f"REVOKE CREATE ON SCHEMA {schema} FROM PUBLIC, {whom}; "
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON {walled} TO {whom}; "
        f"GRANT SELECT ON {', '.join(sorted(OPEN))} TO {whom}; "
        f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA {schema} TO {whom}"
    )
