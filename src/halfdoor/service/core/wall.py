"""
The wall: what no statement may name without a permit.

It stands at the database connection, where every way of reading ends: managers, raw SQL, joins, subqueries,
prefetching, serializers. A permit holds for the block that opened it, in its thread or task, and for nobody else.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache
from typing import Any, Self

from django.apps import apps

_NOTHING: frozenset[str] = frozenset()
EVERYTHING = frozenset({"*"})
_WRITE = re.compile(r'\s*(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM)\s+"?(\w+)\b"?(?!\s*\.)', re.IGNORECASE)
# Django inserts many rows into PostgreSQL by selecting them from arrays it passes along: that looks at no table.
_LOOK = re.compile(r"\b(?:SELECT(?! \* FROM UNNEST\()|RETURNING)\b", re.IGNORECASE)
# Names written in escapes, and functions that run the text they are given: what they name cannot be seen from here.
_HIDDEN = re.compile(r"\bU&[\"']|\bquery_to_xml", re.IGNORECASE)

readable: ContextVar[frozenset[str]] = ContextVar("readable", default=_NOTHING)
writable: ContextVar[frozenset[str]] = ContextVar("writable", default=_NOTHING)


class NotThroughTheGate(Exception):
    """A guarded row was about to be read or changed by something that the gate did not let pass."""


def wall(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """
    Run a statement, unless it names a guarded table without a permit. Every connection calls this for every statement.

    :raises NotThroughTheGate: before anything reaches the database
    """
    check(sql)
    return execute(sql, params, many, context)


def check(sql: Any) -> None:
    """
    Let a statement pass that names no guarded table without a permit. The driver's cursors ask this once more.

    :raises NotThroughTheGate: if it names one, or if it is not yet known which are guarded
    """
    if not EVERYTHING.isdisjoint(readable.get()):
        return
    if not apps.models_ready:
        raise NotThroughTheGate("Nothing is read or written before every room has loaded its models. Do it later.")
    pattern, text = guarded_tables(), str(sql)
    if pattern is None:
        return
    named, written = _seen(text, pattern) if len(text) <= SHORT else _read(text, pattern)
    permitted = readable.get() | (written & writable.get())
    if not named <= permitted:
        raise NotThroughTheGate(
            f"{', '.join(sorted(named - permitted))} is guarded: its rows are read through disclosures.gate and "
            "changed by the room that owns them. Ask the gate, naming who is reading and why."
        )


def _read(text: str, guarded: re.Pattern[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Return what a statement names of what is guarded, and the table that it writes to without looking."""
    named = frozenset(name.lower() for name in guarded.findall(text)) | frozenset(_HIDDEN.findall(text))
    return named, _target(text, guarded)


SHORT = 20_000
"""Letters of a statement that is remembered: the same few hundred are run all day, and reading one takes a while."""

_seen = lru_cache(maxsize=1024)(_read)


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
        collects = getattr(self, "collect_sql", False)  # then it changes nothing, so it needs no rows
        self._permit = readable.set(readable.get() if collects else EVERYTHING)
        try:
            return super().__enter__()  # type: ignore[misc, no-any-return]
        except BaseException:
            readable.reset(self._permit)
            raise

    def __exit__(self, *raised: Any) -> None:
        try:
            super().__exit__(*raised)  # type: ignore[misc]
        finally:
            readable.reset(self._permit)


def _target(sql: str, guarded: re.Pattern[str]) -> frozenset[str]:
    """Return the table that a statement writes to without looking: beyond it, only its own columns are named."""
    written = _WRITE.match(sql)
    if written is None or _LOOK.search(sql):
        return _NOTHING
    beyond = re.compile(rf'(?:{guarded.pattern})(?!"?\s*\.)', re.IGNORECASE)
    return _NOTHING if beyond.search(sql, written.end(1)) else frozenset({written[1].lower()})
