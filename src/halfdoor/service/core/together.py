"""
Rows of several tables in one question to the database.

What is on record about one thing may lie in twenty tables, a few rows in each. Asked for one by one they take twenty
ways to the database and back, whose number is what a page under load waits for.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Field, QuerySet, TextField, Value
from django.db.models.functions import Cast

_Columns = Mapping[str, list[Any]]
"""The columns of a model by the kind of what lies in them."""


def together(*asked: "QuerySet[Any, Any]") -> list[list[Any]]:
    """
    Return the rows that each of these finds, as it would return them itself but in no order. One query.

    Each row is padded to the columns of the widest, kind by kind, so that none is read as something else.
    """
    columns = [_columns(rows.model) for rows in asked]
    kinds = {kind: field for one in columns for kind, (field, *_) in one.items()}
    widths = {kind: max(len(one.get(kind, ())) for one in columns) for kind in kinds}
    arms = [
        rows.order_by().values_list(Value(number), *_padded(columns[number], kinds, widths))
        for number, rows in enumerate(asked)
    ]
    found: list[list[Any]] = [[] for _ in asked]
    for number, *values in arms[0].union(*arms[1:], all=True):
        found[number].append(_row(asked[number], columns[number], widths, values))
    return found


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


def _row(rows: "QuerySet[Any, Any]", columns: _Columns, widths: Mapping[str, int], values: Sequence[Any]) -> Any:
    known: dict[str, Any] = {}
    start = 0
    for kind, width in widths.items():
        own = columns.get(kind, ())
        known |= {field.attname: values[start + place] for place, field in enumerate(own)}
        start += width
    names = [field.attname for field in rows.model._meta.concrete_fields]
    return rows.model.from_db(rows.db, names, [known[name] for name in names])
