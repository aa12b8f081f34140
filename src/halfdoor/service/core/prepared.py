"""
Questions to the database whose SQL is written once.

Django writes the SQL of a query each time it is asked. Where a query has many arms, that takes several times as long as
asking it, and what stands on record about one young person is asked for all day long.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from copy import copy
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import count
from types import SimpleNamespace
from typing import Any, TypeVar
from uuid import UUID

from django.db import DatabaseError, connections, router
from django.db.models import CharField, DateField, DateTimeField, Field, Model, QuerySet, UUIDField
from django.utils import timezone

from halfdoor.service.core.in_turn import InTurn

_Row = TypeVar("_Row", bound=Model)

_STANDING_IN: dict[type, Callable[[int], Any]] = {
    UUID: lambda place: UUID(int=(0x5EED << 64) + place),
    datetime: lambda place: datetime(1801, 1, 1 + place, tzinfo=UTC),
    date: lambda place: date(1802, 1, 1) + timedelta(days=place),
    str: lambda place: f"standing in for {place}",
}
_FIELDS: dict[type, Field[Any, Any]] = {
    UUID: UUIDField(),
    datetime: DateTimeField(),
    date: DateField(),
    str: CharField(),
}


_Answers = Iterable[tuple[Any, ...]]


class Prepared:
    """
    A query, by the values that differ from time to time.

    These are ids, moments, days and words, in the order of ``kinds``.

    Nothing else in it may depend on when it is asked, or by whom.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any]], *kinds: type[UUID | date | str]) -> None:
        self._build = build
        self._kinds = kinds
        self._written: dict[str, _Written] = {}

    def ask(self, model: type[Model], *values: UUID | date | str) -> Iterable[tuple[Any, ...]]:
        """Return the rows of a query of `values_list`, from the database where the rows of a model are read."""
        waiting = _ahead.get({}).pop((self, values), _NOT_YET)
        return in_turn(model, (self, values))[0] if waiting is _NOT_YET else waiting

    def rows(self, model: type[_Row], *values: UUID | date | str) -> QuerySet[_Row]:
        """Return the rows of a query of models. They are read once, when they are looked at; nothing narrows them."""
        written, params, connection = self._filled(model, values)
        compiler = copy(written.compiler)
        compiler.connection, compiler.using = connection, connection.alias
        compiler.as_sql = lambda *how, **more: (written.sql, params)
        return QuerySet(model, query=SimpleNamespace(get_compiler=lambda using: compiler), using=connection.alias)  # type: ignore[arg-type]

    def _filled(self, model: type[Model], values: Sequence[Any]) -> tuple["_Written", Any, Any]:
        connection = connections[router.db_for_read(model)]
        written = self._written.get(connection.vendor)
        if written is None:
            written = self._written[connection.vendor] = self._write(connection)
        return written, written.params_with(self._as_kept(values, connection)), connection

    def _write(self, connection: Any) -> "_Written":
        standing_in = [_STANDING_IN[kind](place) for place, kind in enumerate(self._kinds)]
        query = self._build(*standing_in).query
        compiler = query.get_compiler(connection=connection)
        with timezone.override(UTC):
            sql, params = compiler.as_sql()
        kept = self._as_kept(standing_in, connection)
        places = [(place, kept.index(value)) for place, value in enumerate(params) if value in kept]
        if {number for _, number in places} != set(range(len(kept))):
            raise ValueError("A value that differs from time to time does not stand in the SQL of this query.")
        return (_WrittenOut if connection.vendor == "postgresql" else _Written)(query, compiler, sql, params, places)

    def _as_kept(self, values: Sequence[Any], connection: Any) -> list[Any]:
        pairs = zip(self._kinds, values, strict=True)
        return [_FIELDS[kind].get_db_prep_value(value, connection) for kind, value in pairs]


class Among:
    """
    A query about some rows out of many, by the values that differ and then the ids of these rows.

    Its SQL is written once for each of several numbers of them; an id of no row stands where there are fewer. Of
    more than the last of these it is written anew.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any]], *kinds: type[UUID | date | str]) -> None:
        self._build = build
        self.sizes = {size: Prepared(build, *kinds, *[UUID] * size) for size in (8, 64, 128, 512)}

    def rows(self, model: type[_Row], *values: UUID | date | str, some: Collection[UUID]) -> QuerySet[_Row]:
        """Return the rows of a query of models."""
        for size, prepared in self.sizes.items():
            if len(some) <= size:
                return prepared.rows(model, *values, *self._filled(some, size))
        return self._build(*values, *some)

    def ask(self, model: type[Model], *values: UUID | date | str, some: Collection[UUID]) -> Iterable[tuple[Any, ...]]:
        """Return the rows of a query of `values_list`."""
        for size, prepared in self.sizes.items():
            if len(some) <= size:
                return prepared.ask(model, *values, *self._filled(some, size))
        return self._build(*values, *some)

    def _filled(self, some: Collection[UUID], size: int) -> list[UUID]:
        return [*some, *[UUID(int=0)] * (size - len(some))]


Question = tuple[Prepared, tuple[UUID | date | str, ...]]
"""A query, and the values that it is asked for."""


def in_turn(
    model: type[Model], *questions: tuple[Prepared, Sequence[UUID | date | str]]
) -> list[Iterable[tuple[Any, ...]]]:
    """
    Return the rows of several queries of `values_list`, each asked when the one before it has been answered.

    PostgreSQL gets all in one message: see `InTurn`.
    """
    filled = [prepared._filled(model, values) for prepared, values in questions]
    connection = filled[0][2]
    in_one = connection.vendor == "postgresql" and len(filled) > 1
    answers = []
    with connection.cursor() as cursor:
        if in_one:
            whole = InTurn(*((written.sql, tuple(params)) for written, params, _ in filled))
            cursor.execute(whole, {name: value for _, params, _ in filled for name, value in params.items()})
        for written, params, _ in filled:
            if not in_one:
                cursor.execute(written.sql, params)
            answers.append(written.converted(cursor.fetchall(), connection))
            if in_one:
                cursor.nextset()
    return answers


@contextmanager
def ahead(model: type[Model], *questions: Question) -> Iterator[None]:
    """
    Ask PostgreSQL several questions in one message: each gets its answer when it is asked in the block, and once.

    For what is read one after the other, and nothing is changed between. SQLite is asked as each comes: it is near.
    What fails together outside a transaction is asked again one by one, so that each may fail alone.
    """
    connection, outer = connections[router.db_for_read(model)], _ahead.get({})
    along_with_it = [one for one, answer in outer.items() if answer is _NOT_YET]
    asked, answers = [*questions, *along_with_it], dict[Question, _Answers]()
    if connection.vendor == "postgresql":
        try:
            with _behind.get()() if along_with_it else nullcontext():
                answers = dict(zip(asked, in_turn(model, *asked), strict=True))
        except DatabaseError:
            if connection.in_atomic_block:
                raise
    outer.update((one, answers.pop(one)) for one in along_with_it if one in answers)
    token = _ahead.set(answers)
    try:
        yield
    finally:
        _ahead.reset(token)


@contextmanager
def along(*questions: Question, behind: Callable[[], AbstractContextManager[Any]]) -> Iterator[None]:
    """
    Ask these in the message of what is next asked ahead in the block, after it; by themselves where nothing is.

    :param behind: what holds while that message is sent, and no longer: a permit, where they need one
    """
    tokens = _ahead.set(dict.fromkeys(questions, _NOT_YET)), _behind.set(behind)
    try:
        yield
    finally:
        _ahead.reset(tokens[0])
        _behind.reset(tokens[1])


def insert(row: Model) -> None:
    """Write a new row of a model of plain columns, by SQL that is written once; no signals are sent."""
    connection = connections[router.db_for_write(type(row))]
    sql, fields = _inserting(type(row), connection.vendor)
    values = [field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
    row._state.adding, row._state.db = False, connection.alias


@cache
def _inserting(model: type[Model], vendor: str) -> tuple[str, list[Field[Any, Any]]]:
    fields = list(model._meta.concrete_fields)
    quoted = connections[router.db_for_write(model)].ops.quote_name
    columns = ", ".join(quoted(str(field.column)) for field in fields)
    places = ", ".join("%s" for _ in fields)
    sql = f"INSERT INTO {quoted(model._meta.db_table)} ({columns}) VALUES ({places})"  # noqa: S608 - our own names
    return sql, fields


class _Written:
    """The SQL of a query for one kind of database, and where in its parameters the values go."""

    def __init__(
        self, query: Any, compiler: Any, sql: str, params: Iterable[Any], places: list[tuple[int, int]]
    ) -> None:
        self.query = query
        self.compiler = compiler
        self.sql = sql
        self.params = tuple(params)
        self.places = places
        self.converters = compiler.get_converters([column for column, *_ in compiler.select[: compiler.col_count]])

    def params_with(self, values: Sequence[Any]) -> Any:
        """Return what goes with the SQL where these are the values that differ from time to time."""
        params = list(self.params)
        for place, number in self.places:
            params[place] = values[number]
        return tuple(params)

    def converted(self, rows: list[tuple[Any, ...]], connection: Any) -> Iterable[tuple[Any, ...]]:
        """Return rows as Python has them."""
        if not self.converters:
            return rows
        compiler = self.query.get_compiler(connection=connection)
        return map(tuple, compiler.apply_converters(rows, self.converters))


class _WrittenOut(_Written):
    """
    The same for PostgreSQL, which is told only what differs from time to time, and each of it once, under a name.

    All else stands in the SQL, as the driver writes it. A word may be of another type in each place.
    """

    def __init__(self, *how: Any) -> None:
        super().__init__(*how)
        prefix, compose = f"p{next(_PREFIXES)}", self.compiler.connection.ops.compose_sql
        called = {
            place: f"{prefix}_{f'word{place}' if isinstance(self.params[place], str) else number}"
            for place, number in self.places
        }
        self._names = {called[place]: number for place, number in self.places}
        written = iter(
            f"%({called[place]})s" if place in called else compose("%s", [value]).replace("%", "%%")
            for place, value in enumerate(self.params)
        )
        self.sql = _PLACE.sub(lambda found: "%%" if found[0] == "%%" else next(written), self.sql)

    def params_with(self, values: Sequence[Any]) -> Any:
        """Return the values by their names."""
        return {name: values[number] for name, number in self._names.items()}


_NOT_YET: Any = object()
_ahead: ContextVar[dict[Question, _Answers]] = ContextVar("asked_ahead")
_behind: ContextVar[Callable[[], AbstractContextManager[Any]]] = ContextVar("behind_what", default=nullcontext)
_PREFIXES = count()
_PLACE = re.compile("%[s%]")
