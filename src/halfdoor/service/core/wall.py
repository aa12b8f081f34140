"""
The wall: what no statement may name without a permit.

It stands at the database connection, where every way of reading ends: managers, raw SQL, joins, subqueries,
prefetching, serializers. A permit holds for the block that opened it, in its thread or task, and for nobody else.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any, Self

from django.apps import apps

_NOTHING: frozenset[str] = frozenset()
EVERYTHING = frozenset({"*"})
_WRITE = re.compile(r"\s*(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM)\s", re.IGNORECASE)
# Django inserts many rows into PostgreSQL by selecting them from arrays it passes along: that looks at no table.
_LOOK = re.compile(r"\b(?:SELECT(?! \* FROM UNNEST\()|RETURNING)\b", re.IGNORECASE)

readable: ContextVar[frozenset[str]] = ContextVar("readable", default=_NOTHING)
writable: ContextVar[frozenset[str]] = ContextVar("writable", default=_NOTHING)


class NotThroughTheGate(Exception):
    """A guarded row was about to be read or changed by something that the gate did not let pass."""


def wall(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """
    Run a statement, unless it names a guarded table without a permit. Every connection calls this for every statement.

    :raises NotThroughTheGate: before anything reaches the database
    """
    pattern = guarded_tables() if apps.ready else None
    if pattern is not None and EVERYTHING.isdisjoint(readable.get()):
        text = str(sql)
        named = {name.lower() for name in pattern.findall(text)}
        permitted = readable.get() | (writable.get() if _only_writes(text) else _NOTHING)
        if not named <= permitted:
            raise NotThroughTheGate(
                f"{', '.join(sorted(named - permitted))} is guarded: its rows are read through disclosures.gate and "
                "changed by the room that owns them. Ask the gate, naming who is reading and why."
            )
    return execute(sql, params, many, context)


@cache
def guarded_tables() -> re.Pattern[str] | None:
    """Return a pattern that finds the table of any guarded model in SQL, or `None` if no model is guarded."""
    names = [re.escape(model._meta.db_table) for model in apps.get_models() if getattr(model, "is_guarded", False)]
    return re.compile(rf"\b(?:{'|'.join(names)})\b", re.IGNORECASE) if names else None


@contextmanager
def permit(permits: ContextVar[frozenset[str]], tables: frozenset[str]) -> Iterator[None]:
    """Add tables to what may be read or written while the block lasts."""
    token = permits.set(permits.get() | tables)
    try:
        yield
    finally:
        permits.reset(token)


class OpenForSchema:
    """Mixed into the schema editors of `core.databases`: while tables change, any table may be copied."""

    def __enter__(self) -> Self:
        self._permit = readable.set(EVERYTHING)
        return super().__enter__()  # type: ignore[misc, no-any-return]

    def __exit__(self, *raised: Any) -> None:
        try:
            super().__exit__(*raised)  # type: ignore[misc]
        finally:
            readable.reset(self._permit)


def _only_writes(sql: str) -> bool:
    return _WRITE.match(sql) is not None and _LOOK.search(sql) is None
