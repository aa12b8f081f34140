"""
Questions to the database whose SQL is written once.

Django writes the SQL of a query each time it is asked. Where a query has many arms, that takes several times as long as
asking it, and what stands on record about one young person is asked for all day long.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from copy import copy
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any, TypeVar
from uuid import UUID

from django.db import connections, router
from django.db.models import CharField, DateField, DateTimeField, Field, Model, QuerySet, UUIDField
from django.utils import timezone

_Row = TypeVar("_Row", bound=Model)

_STANDING_IN: dict[type, Callable[[int], Any]] = {
    UUID: lambda place: UUID(int=(0x5EED << 64) + place),
    datetime: lambda place: datetime(1801, 1, 1 + place, tzinfo=UTC),
    date: lambda place: date(1802, 1, 1 + place),
    str: lambda place: f"standing in for {place}",
}
_FIELDS: dict[type, Field[Any, Any]] = {
    UUID: UUIDField(),
    datetime: DateTimeField(),
    date: DateField(),
    str: CharField(),
}


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
        written, params, connection = self._filled(model, values)
        with connection.cursor() as cursor:
            cursor.execute(written.sql, params)
            rows = cursor.fetchall()
        compiler = written.query.get_compiler(connection=connection)
        found: Iterable[tuple[Any, ...]] = map(tuple, compiler.apply_converters(rows, written.converters))
        return found

    def rows(self, model: type[_Row], *values: UUID | date | str) -> QuerySet[_Row]:
        """Return the rows of a query of models. They are read once, when they are looked at; nothing narrows them."""
        written, params, connection = self._filled(model, values)
        compiler = copy(written.compiler)
        compiler.connection, compiler.using = connection, connection.alias
        compiler.as_sql = lambda *how, **more: (written.sql, tuple(params))
        return QuerySet(model, query=SimpleNamespace(get_compiler=lambda using: compiler), using=connection.alias)  # type: ignore[arg-type]

    def _filled(self, model: type[Model], values: Sequence[Any]) -> tuple["_Written", list[Any], Any]:
        connection = connections[router.db_for_read(model)]
        written = self._written.get(connection.vendor)
        if written is None:
            written = self._written[connection.vendor] = self._write(connection)
        params, kept = list(written.params), self._as_kept(values, connection)
        for place, number in written.places:
            params[place] = kept[number]
        return written, params, connection

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
        return _Written(query, compiler, sql, params, places)

    def _as_kept(self, values: Sequence[Any], connection: Any) -> list[Any]:
        pairs = zip(self._kinds, values, strict=True)
        return [_FIELDS[kind].get_db_prep_value(value, connection) for kind, value in pairs]


class Among:
    """
    A query about some rows out of many, by the values that differ and then the ids of these rows.

    Its SQL is written once for a few, for some and for many of them; an id of no row stands where there are fewer. Of
    more than that many it is written anew.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any]], *kinds: type[UUID | date | str]) -> None:
        self._build = build
        self.sizes = {size: Prepared(build, *kinds, *[UUID] * size) for size in (8, 64, 512)}

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
