"""The database keeps each statement to one practice, whatever it says: also where somebody smuggled SQL into it."""

import uuid
from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from halfdoor.service.accounts.models import Account, OpenSession, Role
from halfdoor.service.core import health, within
from halfdoor.service.core.databases import roles
from halfdoor.service.core.databases.postgresql import second_wall
from halfdoor.service.core.models import Practice, UsedForm
from halfdoor.service.core.session_rows import SessionStore
from tests.database import as_owner
from tests.people import NOON, account, practice
from tests.roles import ALONE, SERVICES

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Practice:
    where = practice("Here")
    account(where, "lena", Role.LEAD)
    return where


@pytest.fixture
def there() -> Practice:
    where = practice("There")
    account(where, "ruth", Role.THERAPIST)
    UsedForm.objects.create(practice=where, form=uuid.uuid4(), used_at=NOON)
    return where


@pytest.fixture
def on_postgresql() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite knows no roles and no policies: rows are checked when they are made into objects")


def got(ask: Callable[[], Any]) -> Any:
    """Return what somebody gets; nothing where they are refused."""
    try:
        with transaction.atomic():
            return ask()
    except (within.OutOfReach, DatabaseError):
        return None


def told(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    """Return what the database answers to SQL that nobody of us wrote."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall()) if cursor.description else []


# --- on either database: nothing of another practice is got, and nothing is written there


ASKING: dict[str, Callable[[Practice], Any]] = {
    "all": lambda there: list(UsedForm.objects.all()),
    "by its key": lambda there: UsedForm.objects.filter(practice=there).first(),
    "beside a row": lambda there: Account.objects.select_related("practice").filter(username="ruth").first(),
    "in pieces": lambda there: list(UsedForm.objects.iterator()),
    "a row of another practice written": lambda there: UsedForm.objects.create(
        practice=there, form=uuid.uuid4(), used_at=NOON
    ),
    "many written": lambda there: UsedForm.objects.bulk_create(
        [UsedForm(practice=there, form=uuid.uuid4(), used_at=NOON)]
    ),
}


@pytest.mark.parametrize("nobody", [False, True], ids=["of another practice", "of none"])
@pytest.mark.parametrize("way", ASKING)
def test_whoever_keeps_to_one_practice_gets_nothing_of_another(
    way: str, nobody: bool, here: Practice, there: Practice
) -> None:
    ask = ASKING[way]
    assert got(lambda: ask(there)), "with every practice at hand it is there"
    before = UsedForm.objects.count()
    with within.nowhere() if nobody else within.within(here.pk):
        assert not got(lambda: ask(there))
    assert UsedForm.objects.count() == before


def test_whoever_keeps_to_one_practice_reaches_its_own_and_no_other_by_asking(here: Practice) -> None:
    with within.within(here.pk):
        assert Account.objects.get().username == "lena"
        UsedForm.objects.create(practice=here, form=uuid.uuid4(), used_at=NOON)
        with pytest.raises(within.OutOfReach), within.everywhere():
            pytest.fail("Nobody gets out of a practice this way.")


# --- on PostgreSQL: every table, whoever added it


@pytest.mark.usefixtures("on_postgresql")
def test_every_table_with_a_practice_is_kept_and_a_new_one_is_found_and_kept() -> None:
    with connection.cursor() as cursor:
        assert second_wall.gaps(cursor) == []
        with as_owner():
            cursor.execute("CREATE TABLE notes_forgotten (id uuid, practice_id uuid NOT NULL)")
            cursor.execute("ALTER TABLE core_job NO FORCE ROW LEVEL SECURITY")
            cursor.execute("CREATE POLICY more ON accounts_account FOR SELECT USING (true)")
            assert second_wall.gaps(cursor) == ["accounts_account", "core_job", "notes_forgotten"]
            cursor.execute("DROP POLICY more ON accounts_account")
            roles.lay()
        assert second_wall.gaps(cursor) == []


@pytest.mark.usefixtures("on_postgresql")
def test_the_services_role_reads_and_writes_rows_and_nothing_else() -> None:
    may = told(
        "SELECT DISTINCT privilege_type FROM information_schema.table_privileges "
        "WHERE grantee = current_user AND table_schema = 'public'"
    )
    assert {one for (one,) in may} == {"SELECT", "INSERT", "UPDATE", "DELETE"}
    written = told(
        "SELECT DISTINCT table_name FROM information_schema.table_privileges WHERE grantee = current_user "
        "AND table_schema = 'public' AND table_name = ANY(%s) AND privilege_type <> 'SELECT'",
        list(second_wall.OPEN | second_wall.NOBODYS),
    )
    assert written == []


# --- on PostgreSQL: the traps


COUNT = "SELECT count(*) FROM core_usedform"


@pytest.mark.usefixtures("on_postgresql")
def test_the_owner_of_the_tables_is_kept_to_the_practice_too(here: Practice, there: Practice) -> None:
    with as_owner():
        assert told(COUNT) == [(1,)]
        with within.within(here.pk):
            assert told(COUNT) == [(0,)]


@pytest.mark.usefixtures("on_postgresql")
def test_a_view_of_the_owners_opens_nothing(here: Practice, there: Practice) -> None:
    with as_owner():
        told("CREATE VIEW all_forms AS SELECT * FROM core_usedform")
        told(f"GRANT SELECT ON all_forms TO {SERVICES}")
    assert told("SELECT count(*) FROM all_forms") == [(1,)]
    with within.within(here.pk):
        assert told("SELECT count(*) FROM all_forms") == [(0,)]


@pytest.mark.usefixtures("on_postgresql")
def test_what_was_shown_does_not_outlive_its_statement_and_a_setting_left_behind_counts_for_nothing(
    here: Practice, there: Practice
) -> None:
    with closing(connection.copy()) as another:
        another.set_autocommit(True)
        with another.cursor() as cursor, within.within(there.pk):
            cursor.execute("SELECT set_config('halfdoor.practice', current_setting('halfdoor.practice'), false)")
        with another.cursor() as cursor, within.nowhere():
            cursor.execute("SHOW halfdoor.practice")
            assert cursor.fetchone()[0].startswith(str(there.pk)), "it was left behind on the connection"
            cursor.execute("SELECT practice_at_hand(), current_setting('halfdoor.practice')")
            assert cursor.fetchone() == (None, "")
        with another.cursor() as cursor, within.within(here.pk):
            cursor.execute("SELECT practice_at_hand()")
            assert cursor.fetchone() == (here.pk,)


SMUGGLED = {
    "another practice": "SELECT set_config('halfdoor.practice', '{there}', false)",
    "another practice, with our own seal": "SELECT set_config('halfdoor.practice', '{there}.' || "
    "split_part(current_setting('halfdoor.practice'), '.', 2), false)",
    "another practice, with the seal of another connection": "SELECT set_config('halfdoor.practice', '{other}', false)",
    "every practice": "SELECT set_config('halfdoor.practice', '{everywhere}', false)",
    "no practice": "SELECT set_config('halfdoor.practice', '', false)",
    "no policies": "SET LOCAL row_security = off",
    "the key": "SELECT key FROM second_wall",
    "ownership": "ALTER TABLE core_usedform OWNER TO CURRENT_USER",
    "the wall taken down": "ALTER TABLE core_usedform NO FORCE ROW LEVEL SECURITY",
    "a policy of its own": "CREATE POLICY mine ON core_usedform USING (true)",
    "a function of its own": "CREATE FUNCTION public.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "our function": "CREATE OR REPLACE FUNCTION practice_at_hand() RETURNS uuid LANGUAGE sql AS 'SELECT null::uuid'",
    "a table of its own before ours": "CREATE TEMP TABLE second_wall (key bytea)",
    "an error that tells": "SELECT 1 / (count(*) FILTER (WHERE practice_id <> '{here}') - 1) FROM core_usedform",
}


@pytest.mark.usefixtures("on_postgresql")
@pytest.mark.parametrize("smuggled", SMUGGLED)
def test_smuggled_sql_does_not_get_out_of_its_practice(smuggled: str, here: Practice, there: Practice) -> None:
    other = second_wall._sealed(there.pk, "1")  # backend 1 is no connection of ours
    first = SMUGGLED[smuggled].format(here=here.pk, there=there.pk, everywhere=within.EVERYWHERE, other=other)
    ways = [f"SELECT 1; {first}; {COUNT}", f"SELECT 1; {first}; TABLE core_usedform"]
    if first.startswith("SELECT set_config"):
        ways.append(f"WITH first AS MATERIALIZED ({first}) {COUNT}, first")
    with within.within(here.pk):
        for way in ways:
            last = got(lambda way=way: all_told(way)[-1])  # type: ignore[misc]
            assert last in (None, [], [(0,)]), way


def all_told(sql: str) -> list[list[tuple[Any, ...]]]:
    """Return what the database answers to each statement of several."""
    answers = []
    with connection.cursor() as cursor:
        cursor.execute(sql)
        while True:
            answers.append(list(cursor.fetchall()) if cursor.description else [])
            if not cursor.nextset():
                return answers


@pytest.mark.usefixtures("on_postgresql")
def test_with_the_right_seal_the_same_sql_would_get_out(here: Practice, there: Practice) -> None:
    """So that what is tried above could work at all."""
    backend = told("SELECT pg_backend_pid()")[0][0]
    shown = second_wall._sealed(there.pk, str(backend))
    with within.within(here.pk):
        assert all_told(f"SELECT set_config('halfdoor.practice', '{shown}', true); {COUNT}")[-1] == [(1,)]


@pytest.mark.usefixtures("on_postgresql")
def test_the_statistics_of_a_table_tell_no_value_of_another_practice(here: Practice, there: Practice) -> None:
    with as_owner():
        told("ANALYZE core_usedform")
    with within.within(here.pk):
        assert told("SELECT 1 FROM pg_stats WHERE tablename = 'core_usedform'") == []


@pytest.mark.usefixtures("on_postgresql")
def test_sessions_and_second_factors_of_another_practice_are_out_of_reach(here: Practice, there: Practice) -> None:
    keys = {where: _session_of(where) for where in (here, there)}
    ruth = Account.objects.get(username="ruth")
    Authenticator.objects.create(user=ruth, type="totp", data={})
    every = "SELECT session_key FROM django_session"
    with within.within(here.pk):
        assert told(every) == [(keys[here],)]
        assert told("SELECT 1 FROM mfa_authenticator") == []
        assert got(lambda: Authenticator.objects.create(user=ruth, type="webauthn", data={})) is None
    with within.nowhere():
        assert told(every) == []
        assert SessionStore(keys[there]).load() == {"who": "There"}, "whoever names the key finds it"


def _session_of(where: Practice) -> str:
    session = SessionStore()
    session["who"] = where.name
    session.save()
    key = str(session.session_key)
    whose = Account.objects.get(practice=where)
    OpenSession.objects.create(practice=where, account=whose, key=key, began_at=NOON)
    return key


# --- what the operator is told


def practices_said() -> dict[str, str]:
    return {found.says: str(found.state) for found in health._practices(NOON)}


def test_the_doctor_says_whether_the_second_wall_stands(
    here: Practice, there: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    if connection.vendor == "sqlite":
        assert list(practices_said().values()) == ["care"]
        return
    with as_owner():
        assert [*practices_said().values()] == ["care"]
        assert "owns the tables" in next(iter(practices_said()))
        told("ALTER TABLE core_job NO FORCE ROW LEVEL SECURITY")
        told("DELETE FROM second_wall")
        assert "core_job: not kept to one practice. halfdoor upgrade" in practices_said()
        assert (
            practices_said()["keys/second-wall is not the database's, so no row is to be seen. halfdoor upgrade"]
            == "BAD"
        )
        roles.lay_key()
        monkeypatch.setattr(settings, "HALFDOOR_DATABASE_ROLE", ALONE)
        roles.lay()
        told(f"SET LOCAL ROLE {ALONE}")
        assert [*practices_said().values()] == ["ok"]


@pytest.mark.usefixtures("on_postgresql")
def test_only_the_owner_changes_tables_and_whoever_is_not_is_told_so() -> None:
    with pytest.raises(roles.NotTheOwner, match="HALFDOOR_DATABASE_OWNER"):
        roles.must_be_owner()
