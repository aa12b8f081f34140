"""Every way of reading a guarded row that did not pass the gate raises."""

import asyncio
import copy
import pickle
import threading
from collections.abc import Iterator
from io import StringIO
from typing import Any
from unittest import mock

import pytest
from asgiref.sync import async_to_sync
from django.apps import apps
from django.core import serializers
from django.core.management import call_command
from django.core.paginator import Paginator
from django.db import NotSupportedError, connection, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, Subquery, Value
from django.template import Context, Template

from halfdoor.service.core import wall
from halfdoor.service.core.databases import roles
from halfdoor.service.core.guarding import GuardedRow, NotThroughTheGate, reading, writing
from halfdoor.service.core.models import Practice
from halfdoor.service.core.rows import Row
from tests.database import as_owner

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def book() -> Iterator[Any]:
    """A guarded model and an unguarded one that points to it, known to Django for the length of this module."""

    class Diary(GuardedRow):
        text = models.TextField()
        day = models.DateField(default="2026-11-02")

        class Meta(GuardedRow.Meta):
            app_label = "core"

    class Letter(Row):
        diary = models.ForeignKey(Diary, models.CASCADE, related_name="letters")
        text = models.TextField()

        class Meta(Row.Meta):
            app_label = "core"

    wall.guarded_tables.cache_clear()
    yield Diary, Letter
    for model in (Diary, Letter):
        del apps.all_models["core"][model._meta.model_name]
    apps.clear_cache()
    wall.guarded_tables.cache_clear()


@pytest.fixture
def amina(book: Any) -> Any:
    """One page of Amina's diary and a letter about it."""
    diary, letter = book
    with as_owner(), connection.cursor() as cursor, wall.permit(wall.readable, wall.EVERYTHING):
        for model in book:
            editor = connection.SchemaEditorClass(connection)
            editor.deferred_sql = []
            sql, _ = editor.table_sql(model)
            cursor.execute(sql)
        if connection.vendor == "postgresql":
            roles.lay()  # as `migrate` does with every new table
    practice = Practice.objects.create(name="Corner House")
    with writing(diary):
        page = diary.objects.create(practice=practice, text="I told her about the river.")
    letter.objects.create(practice=practice, diary=page, text="dear")
    return page


async def collect(rows: Any) -> list[Any]:
    return [row async for row in rows]


def wait(function: Any, *arguments: Any, **named: Any) -> Any:
    async def waiting() -> Any:
        return await function(*arguments, **named)

    return async_to_sync(waiting)()


def sql(statement: str, *parameters: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall()


def dump() -> str:
    out = StringIO()
    call_command("dumpdata", "core.diary", stdout=out, traceback=True)
    return out.getvalue()


LOOKING = {
    "list": lambda diary, letter, page: list(diary.objects.all()),
    "len": lambda diary, letter, page: len(diary.objects.all()),
    "bool": lambda diary, letter, page: bool(diary.objects.all()),
    "index": lambda diary, letter, page: diary.objects.all()[0],
    "slice": lambda diary, letter, page: list(diary.objects.all()[:1]),
    "in": lambda diary, letter, page: page in diary.objects.all(),
    "repr": lambda diary, letter, page: repr(diary.objects.all()),
    "get": lambda diary, letter, page: diary.objects.get(pk=page.pk),
    "first": lambda diary, letter, page: diary.objects.first(),
    "last": lambda diary, letter, page: diary.objects.last(),
    "latest": lambda diary, letter, page: diary.objects.latest("day"),
    "earliest": lambda diary, letter, page: diary.objects.earliest("day"),
    "filter": lambda diary, letter, page: list(diary.objects.filter(text__contains="river")),
    "exclude": lambda diary, letter, page: list(diary.objects.exclude(text="")),
    "count": lambda diary, letter, page: diary.objects.count(),
    "exists": lambda diary, letter, page: diary.objects.exists(),
    "contains": lambda diary, letter, page: diary.objects.contains(page),
    "aggregate": lambda diary, letter, page: diary.objects.aggregate(Count("id")),
    "annotate": lambda diary, letter, page: list(diary.objects.annotate(n=Count("letters"))),
    "values": lambda diary, letter, page: list(diary.objects.values("text")),
    "values_list": lambda diary, letter, page: list(diary.objects.values_list("text", flat=True)),
    "dates": lambda diary, letter, page: list(diary.objects.dates("day", "year")),
    "distinct": lambda diary, letter, page: list(diary.objects.distinct()),
    "only": lambda diary, letter, page: list(diary.objects.only("id")),
    "defer": lambda diary, letter, page: list(diary.objects.defer("text")),
    "iterator": lambda diary, letter, page: list(diary.objects.iterator()),
    "in_bulk": lambda diary, letter, page: diary.objects.in_bulk([page.pk]),
    "raw": lambda diary, letter, page: list(diary.objects.raw("SELECT * FROM core_diary")),
    "extra": lambda diary, letter, page: list(diary.objects.extra(where=["1=1"])),
    "select_for_update": lambda diary, letter, page: list(diary.objects.select_for_update()),
    "explain": lambda diary, letter, page: diary.objects.explain(),
    "union": lambda diary, letter, page: list(diary.objects.values("text").union(letter.objects.values("text"))),
    "union of another": lambda diary, letter, page: list(
        letter.objects.values("text").union(diary.objects.values("text"))
    ),
    "intersection": lambda diary, letter, page: list(
        letter.objects.values("id").intersection(diary.objects.values("id"))
    ),
    "difference": lambda diary, letter, page: list(letter.objects.values("id").difference(diary.objects.values("id"))),
    "get_or_create": lambda diary, letter, page: diary.objects.get_or_create(pk=page.pk),
    "update_or_create": lambda diary, letter, page: diary.objects.update_or_create(pk=page.pk, defaults={"text": "x"}),
    "base manager": lambda diary, letter, page: list(diary._base_manager.all()),
    "default manager": lambda diary, letter, page: list(diary._default_manager.all()),
    "a plain queryset": lambda diary, letter, page: list(models.QuerySet(diary)),
    "refresh_from_db": lambda diary, letter, page: page.refresh_from_db(),
    "deferred field": lambda diary, letter, page: diary(pk=page.pk, practice_id=page.practice_id).refresh_from_db(
        fields=["text"]
    ),
    "validate_unique": lambda diary, letter, page: diary(practice_id=page.practice_id, text="x").validate_unique(),
    "foreign key": lambda diary, letter, page: letter.objects.first().diary,
    "select_related": lambda diary, letter, page: list(letter.objects.select_related("diary")),
    "prefetch_related": lambda diary, letter, page: list(letter.objects.prefetch_related("diary")),
    "prefetch object": lambda diary, letter, page: list(
        letter.objects.prefetch_related(Prefetch("diary", queryset=diary.objects.all()))
    ),
    "filter across": lambda diary, letter, page: list(letter.objects.filter(diary__text__contains="river")),
    "order across": lambda diary, letter, page: list(letter.objects.order_by("diary__text")),
    "annotate across": lambda diary, letter, page: list(letter.objects.annotate(words=F("diary__text"))),
    "values across": lambda diary, letter, page: list(letter.objects.values("diary__text")),
    "count across": lambda diary, letter, page: letter.objects.aggregate(n=Count("diary", filter=Q(diary__text="x"))),
    "subquery": lambda diary, letter, page: list(
        letter.objects.annotate(words=Subquery(diary.objects.filter(pk=OuterRef("diary")).values("text")))
    ),
    "exists in a filter": lambda diary, letter, page: list(
        letter.objects.filter(Exists(diary.objects.filter(text__contains="river")))
    ),
    "in a filter": lambda diary, letter, page: list(
        letter.objects.filter(diary__in=diary.objects.filter(text__contains="river"))
    ),
    "update from": lambda diary, letter, page: letter.objects.update(text=Subquery(diary.objects.values("text")[:1])),
    "paginator": lambda diary, letter, page: Paginator(diary.objects.order_by("pk"), 10).count,
    "template": lambda diary, letter, page: Template("{% for p in pages %}{{ p.text }}{% endfor %}").render(
        Context({"pages": diary.objects.all()})
    ),
    "serializer": lambda diary, letter, page: serializers.serialize("json", diary.objects.all()),
    "dumpdata": lambda diary, letter, page: dump(),
    "cursor": lambda diary, letter, page: sql("SELECT text FROM core_diary"),
    "cursor, loudly": lambda diary, letter, page: sql(
        'SELECT text FROM "CORE_DIARY"' if connection.vendor == "sqlite" else "SELECT text FROM CORE_DIARY"
    ),
    "cursor, with a table expression": lambda diary, letter, page: sql(
        "WITH x AS (SELECT * FROM core_diary) SELECT * FROM x"
    ),
    "cursor, commented": lambda diary, letter, page: sql("SELECT text FROM/**/core_diary"),
    "aget": lambda diary, letter, page: wait(diary.objects.aget, pk=page.pk),
    "afirst": lambda diary, letter, page: wait(diary.objects.afirst),
    "acount": lambda diary, letter, page: wait(diary.objects.acount),
    "aexists": lambda diary, letter, page: wait(diary.objects.aexists),
    "aaggregate": lambda diary, letter, page: wait(diary.objects.aaggregate, Count("id")),
    "ain_bulk": lambda diary, letter, page: wait(diary.objects.ain_bulk, [page.pk]),
    "async for": lambda diary, letter, page: wait(collect, diary.objects.all()),
    "aiterator": lambda diary, letter, page: wait(collect, diary.objects.aiterator()),
    "aexplain": lambda diary, letter, page: wait(diary.objects.aexplain),
    "arefresh_from_db": lambda diary, letter, page: wait(page.arefresh_from_db),
}

CHANGING = {
    "create": lambda diary, letter, page: diary.objects.create(practice_id=page.practice_id, text="x"),
    "bulk_create": lambda diary, letter, page: diary.objects.bulk_create(
        [diary(practice_id=page.practice_id, text=text) for text in ("one", "two")]
    ),
    "save": lambda diary, letter, page: page.save(),
    "save some fields": lambda diary, letter, page: page.save(update_fields=["text"]),
    "update": lambda diary, letter, page: diary.objects.filter(pk=page.pk).update(text="x"),
    "bulk_update": lambda diary, letter, page: diary.objects.bulk_update([page], ["text"]),
    "delete of all": lambda diary, letter, page: diary.objects.filter(pk=page.pk)._raw_delete("default"),
    "acreate": lambda diary, letter, page: wait(diary.objects.acreate, practice_id=page.practice_id, text="x"),
    "asave": lambda diary, letter, page: wait(page.asave),
}


@pytest.mark.parametrize("way", LOOKING)
def test_no_way_of_looking_passes_the_wall(way: str, book: Any, amina: Any) -> None:
    with pytest.raises(NotThroughTheGate, match="core_diary is guarded"):
        LOOKING[way](*book, amina)


@pytest.mark.parametrize("way", LOOKING)
def test_each_way_of_looking_works_behind_the_gate_so_the_test_above_can_fail(way: str, book: Any, amina: Any) -> None:
    with reading(book[0]):
        LOOKING[way](*book, amina)


@pytest.mark.parametrize("way", LOOKING)
def test_whoever_may_write_may_not_look(way: str, book: Any, amina: Any) -> None:
    with writing(book[0]), pytest.raises(NotThroughTheGate):
        LOOKING[way](*book, amina)


@pytest.mark.parametrize("way", CHANGING)
def test_nobody_changes_a_guarded_row_but_its_own_room(way: str, book: Any, amina: Any) -> None:
    with pytest.raises(NotThroughTheGate):
        CHANGING[way](*book, amina)


@pytest.mark.parametrize("way", CHANGING)
def test_its_own_room_changes_it_without_looking(way: str, book: Any, amina: Any) -> None:
    book[1].objects.all().delete()
    with writing(book[0]):
        CHANGING[way](*book, amina)


@pytest.mark.parametrize(
    "sly",
    [
        "INSERT INTO core_letter SELECT * FROM core_diary",
        "INSERT INTO core_letter SELECT * FROM UNNEST((SELECT array_agg(text) FROM core_diary))",
        "DELETE FROM core_diary RETURNING id",
        "UPDATE core_letter SET text = core_diary.text FROM core_diary",
        "INSERT INTO core_letter TABLE core_diary",
        "DELETE FROM core_letter USING core_diary WHERE core_letter.text = core_diary.text",
    ],
)
def test_a_write_that_looks_is_a_look(sly: str, book: Any, amina: Any) -> None:
    with writing(book[0]), pytest.raises(NotThroughTheGate):
        sql(sly)


def without_wrappers(diary: Any, letter: Any, page: Any) -> Any:
    with mock.patch.object(connection, "execute_wrappers", []):
        return sql("SELECT text FROM core_diary")


def by_a_plan(diary: Any, letter: Any, page: Any) -> Any:
    within_a_test = mock.patch.object(connection, "disable_constraint_checking", return_value=True)
    with within_a_test, connection.schema_editor(collect_sql=True, atomic=False):
        return sql("SELECT text FROM core_diary")


def by_the_drivers_own_words(method: str, statement: str) -> Any:
    with connection.cursor() as cursor:
        return getattr(cursor, method)(statement)


SLY = {
    "a connection without wrappers": without_wrappers,
    "a plan of changes": by_a_plan,
    "the driver's connection": lambda *_: connection.connection.execute("SELECT text FROM core_diary").fetchall(),
}
if connection.vendor == "sqlite":
    SLY["a script"] = lambda *_: by_the_drivers_own_words("executescript", "SELECT 1; SELECT text FROM core_diary")
else:
    SLY["a copy"] = lambda *_: by_the_drivers_own_words("copy", "COPY core_diary TO STDOUT")
    SLY["a stream"] = lambda *_: list(by_the_drivers_own_words("stream", "SELECT text FROM core_diary"))
    SLY["a name in escapes"] = lambda *_: sql('SELECT text FROM U&"core\\005fdiary"')
    SLY["a query in a text"] = lambda *_: sql("SELECT query_to_xml('SELECT * FROM core' || '_diary', true, true, '')")


@pytest.mark.parametrize("way", SLY)
def test_no_way_round_djangos_own_words_passes_the_wall(way: str, book: Any, amina: Any) -> None:
    with pytest.raises(NotThroughTheGate):
        SLY[way](*book, amina)


def test_a_change_of_tables_that_cannot_begin_opens_nothing(book: Any, amina: Any) -> None:
    editor = connection.SchemaEditorClass(connection, atomic=False)
    failing = mock.patch.object(connection, "disable_constraint_checking", return_value=False)
    failing_too = mock.patch.object(BaseDatabaseSchemaEditor, "__enter__", side_effect=NotSupportedError)
    with failing, failing_too, pytest.raises(NotSupportedError):
        editor.__enter__()
    assert wall.readable.get() == frozenset()


def test_the_wall_stands_while_rooms_make_themselves_ready(
    book: Any, amina: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apps, "ready", False)
    with pytest.raises(NotThroughTheGate):
        wall.check("SELECT text FROM core_diary")
    monkeypatch.setattr(apps, "models_ready", False)
    with pytest.raises(NotThroughTheGate, match="before every room has loaded"):
        wall.check("SELECT 1")


@pytest.mark.parametrize("permit", [reading, writing])
def test_nobody_holds_a_permit_while_a_generator_waits(permit: Any, book: Any, amina: Any) -> None:
    def pages() -> Iterator[Any]:
        with permit(book[0]):
            yield

    with pytest.raises(NotThroughTheGate, match="across a yield"):
        next(pages())
    assert wall.readable.get() == wall.writable.get() == frozenset()


def test_a_query_built_at_the_gate_does_not_open_after_it(book: Any, amina: Any) -> None:
    with reading(book[0]):
        pages = book[0].objects.all()
    with pytest.raises(NotThroughTheGate):
        list(pages)


def test_a_permit_for_one_model_opens_no_other(book: Any, amina: Any) -> None:
    class Elsewhere(GuardedRow):
        class Meta(GuardedRow.Meta):
            app_label = "core"
            abstract = True
            db_table = "core_elsewhere"

    with reading(Elsewhere), pytest.raises(NotThroughTheGate):
        list(book[0].objects.all())


def test_a_permit_ends_when_the_gate_fails(book: Any, amina: Any) -> None:
    with pytest.raises(ZeroDivisionError), reading(book[0]):
        raise ZeroDivisionError
    with pytest.raises(NotThroughTheGate):
        book[0].objects.count()


def test_a_permit_does_not_reach_another_thread(book: Any, amina: Any) -> None:
    permitted: list[frozenset[str]] = []
    with reading(book[0]):
        thread = threading.Thread(target=lambda: permitted.append(wall.readable.get()))
        thread.start()
        thread.join()
    assert permitted == [frozenset()]


def test_a_permit_does_not_reach_another_task(book: Any, amina: Any) -> None:
    async def gate() -> None:
        with reading(book[0]):
            await asyncio.sleep(0)

    async def stranger() -> frozenset[str]:
        await asyncio.sleep(0)
        return wall.readable.get()

    async def both() -> frozenset[str]:
        return (await asyncio.gather(gate(), stranger()))[1]

    assert async_to_sync(both)() == frozenset()


@pytest.mark.parametrize("keep", [pickle.dumps, copy.copy, copy.deepcopy])
def test_a_guarded_row_cannot_be_kept_elsewhere(keep: Any, amina: Any) -> None:
    with pytest.raises(NotThroughTheGate, match="Keep its id"):
        keep(amina)


def test_a_guarded_query_cannot_be_kept_elsewhere(book: Any, amina: Any) -> None:
    with reading(book[0]), pytest.raises(NotThroughTheGate):
        pickle.dumps(book[0].objects.all())


def test_the_refusal_says_what_to_do_and_names_no_type(book: Any, amina: Any) -> None:
    with pytest.raises(NotThroughTheGate) as refusal:
        book[0].objects.count()
    assert "Ask the gate, naming who is reading and why." in str(refusal.value)
    assert "river" not in str(refusal.value)


def test_rows_that_are_not_guarded_are_read_as_ever(book: Any, amina: Any) -> None:
    assert book[1].objects.filter(text="dear").annotate(one=Value(1)).count() == 1
