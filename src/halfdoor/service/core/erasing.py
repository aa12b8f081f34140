"""
Emptying what lies sealed: the one way in which anything that was written goes.

Everything sealed begins with the id of its key. So whatever lies under somebody's keys is found in every table there
is, whoever made it, and none can be forgotten. Rows stay with their codes, ids and moments; their words are gone.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import F, Func, Q, QuerySet, Value
from django.db.models.lookups import Exact

from halfdoor.service.core import keys, wall
from halfdoor.service.core.models import Emptying, PersonKey
from halfdoor.service.core.rows import Row
from halfdoor.service.core.sealing import FORMAT, FORMAT_OF_AN_AUTHOR, HEADER

_SEALED = "_sealed"


def lying(people: Collection[UUID], *, practice: UUID) -> Counter[str]:
    """Return how many rows hold something under the keys of these people, by the room they lie in."""
    heads, found = _heads(people, practice=practice), Counter[str]()
    for model in _tables():
        with wall.permit(wall.readable, frozenset({model._meta.db_table})):
            found[model._meta.app_label] += _under(model, _columns(model), heads, practice=practice).count()
    return +found


def empty(people: Collection[UUID], *, practice: UUID) -> int:
    """
    Empty every sealed column under the keys of these people and destroy the keys; return how many columns there were.

    To be called inside a transaction. What a row derives from a sealed column (``EMPTIED_WITH``) goes with it.
    """
    heads, emptied = _heads(people, practice=practice), 0
    with _while_emptying(practice):
        for model in _tables():
            with wall.permit(wall.writable, frozenset({model._meta.db_table})):
                for column in _columns(model):
                    beside = getattr(model, "EMPTIED_WITH", {}).get(column, ())
                    rows = _under(model, [column], heads, practice=practice)
                    emptied += rows.update(**dict.fromkeys(beside, ""), **{column: b""})
    for person in people:
        keys.erase(person, practice=practice)
    return emptied


def empty_moved(rows: "QuerySet[Row]", *columns: str, practice: UUID) -> None:
    """Empty sealed columns whose words were sealed elsewhere, in the same transaction; the rows stay."""
    with _while_emptying(practice), wall.permit(wall.writable, frozenset({rows.model._meta.db_table})):
        rows.update(**dict.fromkeys(columns, b""))


@contextmanager
def _while_emptying(practice: UUID) -> Iterator[None]:
    """Let triggers pass what empties, in this transaction, for this practice."""
    permit = Emptying.objects.create(practice_id=practice)
    yield
    permit.delete()


def _tables() -> Iterator[type[Row]]:
    return (model for model in apps.get_models() if issubclass(model, Row) and _columns(model))


def _columns(model: type[models.Model]) -> list[str]:
    return [field.name for field in model._meta.local_fields if field.name.endswith(_SEALED)]


def _heads(people: Collection[UUID], *, practice: UUID) -> list[bytes]:
    rows = PersonKey.objects.filter(practice_id=practice, person__in=list(people)).values_list("pk", flat=True)
    return [head + key.bytes for key in rows for head in (FORMAT, FORMAT_OF_AN_AUTHOR)]


def _under(model: type[Row], columns: Sequence[str], heads: Sequence[bytes], *, practice: UUID) -> "QuerySet[Row]":
    """Return the rows of which one of these columns begins with one of these heads."""
    begins = Q(pk__in=[])
    for column in columns:
        head = Func(F(column), 1, HEADER, function="substr", output_field=models.BinaryField())
        for one in heads:
            begins |= Q(Exact(head, Value(one, models.BinaryField())))
    rows: QuerySet[Row] = model._base_manager.filter(begins, practice_id=practice)
    return rows
