"""
Rows of several tables in one question to the database.

What is on record about one thing may lie in twenty tables, a few rows in each. Asked for one by one they take twenty
ways to the database and back, whose number is what a page under load waits for.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from django.db import router
from django.db.models import Field, QuerySet, TextField, Value
from django.db.models.functions import Cast

from halfdoor.service.core.prepared import Prepared

_Columns = Mapping[str, list[Any]]
"""The columns of a model by the kind of what lies in them."""


class Together:
    """
    Several queries by the values that differ from time to time, asked as one whose SQL is written once.

    Each row is padded to the columns of the widest, kind by kind, so that none is read as something else.
    """

    def __init__(self, build: "Callable[..., Sequence[QuerySet[Any, Any]]]", *kinds: type[UUID | date | str]) -> None:
        self._build = build
        self._prepared = Prepared(self._union, *kinds)
        self._models: list[Any] = []

    def ask(self, *values: UUID | date | str) -> list[list[Any]]:
        """Return the rows that each of these queries finds, as it would return them itself but in no order."""
        self._models = self._models or [rows.model for rows in self._build(*values)]
        columns, _, widths = _shape(*self._models)
        found: list[list[Any]] = [[] for _ in self._models]
        for number, *read in self._prepared.ask(self._models[0], *values):
            found[number].append(_row(self._models[number], columns[number], widths, read))
        return found

    def _union(self, *values: UUID | date | str) -> "QuerySet[Any, Any]":
        asked = self._build(*values)
        models: list[Any] = [rows.model for rows in asked]
        columns, kinds, widths = _shape(*models)
        arms = [
            rows.order_by().values_list(Value(number), *_padded(columns[number], kinds, widths))
            for number, rows in enumerate(asked)
        ]
        return arms[0].union(*arms[1:], all=True)


@cache
def _shape(*models: Any) -> tuple[list[_Columns], Mapping[str, Any], Mapping[str, int]]:
    """Return the columns of each model, a field of each kind, and how many columns of a kind there are at most."""
    columns = [_columns(model) for model in models]
    kinds = {kind: field for one in columns for kind, (field, *_) in one.items()}
    return columns, kinds, {kind: max(len(one.get(kind, ())) for one in columns) for kind in kinds}


def _columns(model: Any) -> _Columns:
    columns: dict[str, list[Any]] = defaultdict(list)
    for field in model._meta.concrete_fields:
        columns[_kind(field)].append(field)
    return columns


def _kind(field: Any) -> str:
    kind = str((field.target_field if field.is_relation else field).get_internal_type())
    return "TextField" if kind == "CharField" else kind


def _padded(columns: _Columns, kinds: Mapping[str, Any], widths: Mapping[str, int]) -> Iterator[Any]:
    for kind, width in widths.items():
        own = [field.attname for field in columns.get(kind, ())]
        yield from own
        yield from (Cast(Value(None), _of_kind(kind, kinds[kind])) for _ in range(width - len(own)))


def _of_kind(kind: str, field: Any) -> "Field[Any, Any]":
    """Return a field of a kind that belongs to no model."""
    plain: Field[Any, Any] = TextField() if kind == "TextField" else type(_target(field))()
    return plain


def _target(field: Any) -> Any:
    return field.target_field if field.is_relation else field


def _row(model: Any, columns: _Columns, widths: Mapping[str, int], values: Sequence[Any]) -> Any:
    known: dict[str, Any] = {}
    start = 0
    for kind, width in widths.items():
        own = columns.get(kind, ())
        known |= {field.attname: values[start + place] for place, field in enumerate(own)}
        start += width
    names = [field.attname for field in model._meta.concrete_fields]
    return model.from_db(router.db_for_read(model), names, [known[name] for name in names])
