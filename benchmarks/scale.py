"""
Page times as a service grows: a small practice, then one of a million items, then a thousand practices beside it.

Run it with `make scale`, or `python -m benchmarks.scale [sqlite|postgres ...] [--items 1000000] [--practices 1000]`.
Every page that a therapist, a mother and a young person come to by links is timed each time, about the same one, and
may take half as long again as in the small practice, and 3 ms for what a clock cannot see. How the database goes about
each statement on them is written to `benchmarks/plans/`; one that goes through a whole table that grew is named.

Items are laid by the database itself, as copies of those about one young person, the same number about each.
"""

import argparse
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from datetime import timedelta
from functools import partial
from pathlib import Path
from time import perf_counter, process_time

from benchmarks import pages
from benchmarks.gate_list import _fill, _fresh, count_rows

OWN, FEW = 1_000, 7
MORE, UNSEEN_MS = 1.5, 3.0
_LAST_HOUR = 2
PLANS = Path(__file__).parent / "plans"
GREW = (
    "disclosures_item",
    "people_youngperson",
    "people_person",
    "people_episode",
    "accounts_account",
    "core_practice",
)


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("databases", nargs="*", default=["sqlite", "postgres"])
    asked.add_argument("--items", type=int, default=1_000_000)
    asked.add_argument("--practices", type=int, default=1_000)
    given = asked.parse_args()
    if len(given.databases) > 1:  # Django is set up once a process
        for database in given.databases:
            again = [database, f"--items={given.items}", f"--practices={given.practices}"]
            subprocess.run([sys.executable, "-m", "benchmarks.scale", *again], check=True)
        return
    with tempfile.TemporaryDirectory(prefix="halfdoor-scale-") as folder, _fresh(given.databases[0], Path(folder)):
        measure(given.databases[0], items=given.items, practices=given.practices)


def measure(database: str, *, items: int, practices: int) -> None:
    """Let the service grow, and print what each page takes at each size."""
    from django.conf import settings
    from django.core.management import call_command

    from halfdoor.service.core import keys
    from tests.people import amina_and_her_family

    settings.ALLOWED_HOSTS = ["*"]
    call_command("migrate", verbosity=0)
    with keys.ring():
        family = amina_and_her_family()
        pages._admit(family)
        _fill(family, range(OWN), noted=OWN)
    timed = {"small": _timed(family, database, hour=0)}
    _grow(f"{database}: {items:,} items in one practice", lambda: _copy_items(family, items // pages.FAMILIES))
    timed["items"] = _timed(family, database, hour=1)
    _grow(f"{database}: {practices:,} practices of {OWN:,} items", lambda: _copy_practices(family, practices))
    timed["practices"] = _timed(family, database, hour=_LAST_HOUR)
    _tell(timed)
    _write_plans(family, database)


def _grow(what: str, lay) -> None:
    from django.db import connection

    from halfdoor.service.core import wall

    started = perf_counter()
    with wall.permit(wall.readable, wall.EVERYTHING), wall.permit(wall.writable, wall.EVERYTHING):
        lay()
        count_rows()
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM disclosures_item")
            total = cursor.fetchone()[0]
    print(f"{what}: laid in {perf_counter() - started:.0f} s, {total:,} items in all", flush=True)


def _copy_items(family, each: int) -> None:
    """Copy so many of Amina's items to every other young person of her practice."""
    _copy("whose.practice_id = %s AND whose.id <> %s", [family.practice.pk, family.amina.pk], family, each)


def _copy_practices(family, practices: int) -> None:
    """Lay practices with one young person each, and copy all of Amina's items to them."""
    from uuid import uuid4

    from halfdoor.service.accounts.models import Account
    from halfdoor.service.core.models import Practice
    from halfdoor.service.people.models import Episode, Person, YoungPerson

    said = {name: getattr(family.practice, name) for name in ("place", "setting", "provider", "practitioner")}
    others = [Practice(id=uuid4(), name=f"Practice {number}", **said) for number in range(practices)]
    people = [Person(practice=one, name="Child") for one in others]
    young = [YoungPerson(practice=one.practice, person=one, born_on=family.amina.born_on) for one in people]
    began = family.episode.started_on
    episodes = [
        Episode(practice=one.practice, young_person=one, setting="outpatient", started_on=began) for one in young
    ]
    accounts = [Account(practice=one, username="ruth", password="!", role=family.ruth.role) for one in others]
    for rows in (others, people, young, episodes, accounts):
        type(rows[0])._default_manager.bulk_create(rows, batch_size=1000)
    _copy("whose.practice_id <> %s", [family.practice.pk], family, OWN)


def _copy(whose: str, values, family, each: int) -> None:
    from django.db import connection

    from halfdoor.service.disclosures.models import Item

    own = {
        "id": "lower(hex(randomblob(16)))" if connection.vendor == "sqlite" else "gen_random_uuid()",
        "practice_id": "whose.practice_id",
        "young_person_id": "whose.id",
        "episode_id": "(SELECT e.id FROM people_episode e WHERE e.young_person_id = whose.id LIMIT 1)",
        "written_by_id": "(SELECT a.id FROM accounts_account a WHERE a.practice_id = whose.practice_id LIMIT 1)",
    }
    columns = [field.column for field in Item._meta.concrete_fields]
    taken = ", ".join(own.get(column, f"item.{column}") for column in columns)
    values = [value.hex if connection.vendor == "sqlite" else value for value in (*values, family.amina.pk)]
    with connection.cursor() as cursor:
        for begin in range(0, each, OWN):  # as many as there are to copy, again and again
            cursor.execute(
                f"INSERT INTO disclosures_item ({', '.join(columns)}) SELECT {taken} FROM people_youngperson whose "
                f"CROSS JOIN (SELECT * FROM disclosures_item WHERE young_person_id = %s ORDER BY written_at LIMIT %s) "
                f"item WHERE {whose}",
                [values[-1], min(OWN, each - begin), *values[:-1]],
            )


def _readers(family):
    return {"staff": family.ruth, "family": family.sara.person.account, "me": family.amina.person.account}


def _timed(family, database: str, *, hour: int) -> dict[tuple[str, str], tuple[str, float]]:
    """
    Return address and milliseconds of each page: of the processor where the database is in this process.

    :param hour: after noon, later each time: nothing is shared by a clock that is behind the ledger
    """
    import time_machine

    from halfdoor.service.portals.tests.test_queries import walk
    from tests.doors import signed_in
    from tests.people import NOON

    clock = process_time if database == "sqlite" else perf_counter
    found = {}
    # It ticks: no two lines of the ledger are of one moment.
    with time_machine.travel(NOON + timedelta(hours=hour, minutes=1)):
        for door, reader in _readers(family).items():
            client = signed_in(reader)
            for name, cost in walk(client, door).items():
                taken = []
                for _ in range(FEW):
                    started = clock()
                    client.get(cost.address)
                    taken.append((clock() - started) * 1e3)
                found[door, name] = (cost.address, min(taken))
    return found


def _tell(timed) -> None:
    small = timed["small"]
    for size, name in (("items", "with the items"), ("practices", "with the practices too")):
        ratios = {page: timed[size][page][1] / taken for page, (_, taken) in small.items() if page in timed[size]}
        slow = [
            f"{page[1]} {small[page][1]:.0f} -> {timed[size][page][1]:.0f} ms"
            for page, ratio in ratios.items()
            if ratio > MORE and timed[size][page][1] - small[page][1] > UNSEEN_MS
        ]
        middle, most = sorted(ratios.values())[len(ratios) // 2], max(ratios.values())
        print(f"  {len(ratios)} pages {name}: median {middle:.2f} x, worst {most:.2f} x", flush=True)
        print(f"  over {MORE} x: {', '.join(slow) or 'nothing'}", flush=True)


def _write_plans(family, database: str) -> None:
    """Write how each statement on the pages is gone about, where it looks at a table that grew."""
    from django.db import connection

    from halfdoor.service.core import wall, within

    said, where = _said_on_pages(family)
    explain = "EXPLAIN QUERY PLAN " if database == "sqlite" else "EXPLAIN (COSTS OFF) "
    plans, whole = defaultdict(set), set()
    with within.within(family.practice.pk), wall.permit(wall.readable, wall.EVERYTHING):
        for key, (sql, params) in said.items():
            with connection.cursor() as cursor:
                cursor.execute(explain + sql, params)
                lines = [str(row[-1]) for row in cursor.fetchall()]
            plan = "\n".join(f"    {_without_values(line)}" for line in lines)
            plans[plan] |= where[key]
            whole |= {f"{table} on {min(where[key])}" for table in GREW if _goes_through(table, key, lines)}
    PLANS.mkdir(exist_ok=True)
    told = [
        f"{', '.join(sorted(names)[:4])}{' ...' if len(names) > 4 else ''}\n{plan}" for plan, names in plans.items()
    ]
    (PLANS / f"{database}.txt").write_text("\n\n".join(sorted(told)) + "\n")
    print(
        f"  {len(said)} statements, {len(plans)} plans; a whole table: {', '.join(sorted(whole)) or 'none'}", flush=True
    )


def _said_on_pages(family):
    """Return each statement that looks at a table that grew, with its values, and the pages on which it is said."""
    import time_machine
    from django.db import connection

    from halfdoor.service.portals.tests.test_queries import walk
    from tests.doors import signed_in
    from tests.people import NOON

    said, where = {}, defaultdict(set)

    def note(execute, sql, params, many, context, name):
        if sql.startswith("SELECT") and any(f'"{table}"' in sql for table in GREW):
            key = re.sub(r"(%s, )+%s", "%s, ...", sql)
            said.setdefault(key, (sql, params))
            where[key].add(name)
        return execute(sql, params, many, context)

    with time_machine.travel(NOON + timedelta(hours=_LAST_HOUR + 1, minutes=1)):  # it ticks: see `_timed`
        for door, reader in _readers(family).items():
            client = signed_in(reader)
            for name, cost in walk(client, door).items():
                with connection.execute_wrapper(partial(note, name=name)):
                    client.get(cost.address)
    return said, where


def _goes_through(table: str, sql: str, lines: list[str]) -> bool:
    """Say whether a table is read from end to end, in SQLite by its name or by the name it has in the statement."""
    called = {table, *re.findall(rf'"{table}" (\w+)\b', sql)} - {"WHERE", "ON", "INNER", "LEFT", "ORDER", "GROUP"}
    return any(
        re.search(rf"^SCAN {name}\b(?! USING INDEX)|Seq Scan on {table}\b", line) for line in lines for name in called
    )


def _without_values(line: str) -> str:
    return re.sub(r"'[0-9a-f-]{32,36}'", "'...'", line)[:300]


if __name__ == "__main__":
    main()
