"""
Questions that PostgreSQL keeps ready.

To read, rewrite and plan a question takes PostgreSQL about as long as to answer it, and a practice asks the same few
hundred all day. So each connection has what it asks again and again kept ready (`PREPARE`), and then only names it
(`EXECUTE`), in the same message in which it shows whose rows are meant. The values are written as the driver writes
them, and have in the question kept ready the types that they have where it is written out.

What acts is kept ready like what asks. In a transaction, something is made ready behind a savepoint: what cannot be
would otherwise be its end.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from functools import partial
from itertools import count
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from psycopg import Connection, Error
from psycopg.adapt import Transformer
from psycopg.pq import TransactionStatus

from halfdoor.service.core.in_turn import InTurn

_BEFORE = 1
"""How often a connection asks a question in full, before it has it kept ready."""
_MOST = 300
"""How many one connection has kept ready: each takes some 150 kB of the server's memory."""
_ANEW = 300
_NEXT = 8
"""
How often something is asked before it is made ready anew, and how many times as often before the next time: a plan made
for an empty table is a bad one for a thousand rows, and PostgreSQL makes another only after it has counted them, within
a minute. Each time it plans for single values five times before it trusts one plan for all.
"""
_LATELY = 20_000
"""After so many questions, how often each was asked counts half: what is asked lately keeps its place."""
_LONGEST = 30_000

_STATEMENT = re.compile(r"\s*\(*\s*(?:SELECT|WITH|INSERT|UPDATE|DELETE)\b", re.IGNORECASE)
_PLACE = re.compile(r"%(?:\((\w+)\))?(.)", re.DOTALL)
_TYPED = re.compile(rb" ?E?'.*'::(\w+(?:\[\])?)", re.DOTALL)
_NUMBER = re.compile(rb" ?-?\d{1,9}")

_Run = Callable[[str], Any]


class _Asked(NamedTuple):
    """A question, and the types of its values: `unknown` is for PostgreSQL to find out, as it does for any text."""

    question: str
    types: tuple[str, ...]
    names: tuple[str, ...]


class _Ready:
    """What is kept ready: under which name, and how often it is asked before it is made ready anew."""

    def __init__(self, name: str, lasts: int) -> None:
        self.name = name
        self.lasts = self.left = lasts


class _Kept:
    """What one connection has kept ready, under which names."""

    def __init__(self, connection: Connection[Any]) -> None:
        self._written = Transformer(connection).as_literal
        self._ready: dict[_Asked, _Ready] = {}
        self._times: Counter[_Asked] = Counter()
        self._never: set[_Asked] = set()
        self._until_old = _LATELY

    def named(self, question: str, values: Mapping[str, Any], run: _Run | None) -> bytes | None:
        """Return how to ask it by its name, once it has one; it gets one with ``run``."""
        written = [b"NULL" if value is None else self._written(value) for value in values.values()]
        types = [_type_of(one) for one in written]
        asked = _Asked(question, tuple(filter(None, types)), tuple(values))
        if asked in self._never or len(asked.types) < len(types):
            return None
        self._count(asked)
        ready = self._ready_for(asked, run)
        if ready is None:
            return None
        return f"EXECUTE {ready.name}".encode() + (b"(" + b", ".join(written) + b")" if written else b"")

    def _ready_for(self, asked: _Asked, run: _Run | None) -> _Ready | None:
        ready = self._ready.get(asked)
        if ready:
            ready.left -= 1
        if run is None or (ready and ready.left > 0):
            return ready
        if ready:
            run(f"DEALLOCATE {self._ready.pop(asked).name}")
            return self._made_ready(asked, run, lasts=_NEXT * ready.lasts)
        if self._times[asked] > _BEFORE and self._made_room(asked, run):
            return self._made_ready(asked, run, lasts=_ANEW)
        return None

    def _count(self, asked: _Asked) -> None:
        self._times[asked] += 1
        self._until_old -= 1
        if not self._until_old:
            self._until_old = _LATELY
            self._times = Counter({one: times // 2 for one, times in self._times.items() if times > 1})

    def _made_room(self, asked: _Asked, run: _Run) -> bool:
        """Let go of what is asked least, for what is asked twice as often: not for what takes turns with it."""
        if len(self._ready) < _MOST:
            return True
        rarest = min(self._ready, key=self._times.__getitem__)
        if self._times[asked] <= 2 * self._times[rarest]:
            return False
        run(f"DEALLOCATE {self._ready.pop(rarest).name}")
        return True

    def _made_ready(self, asked: _Asked, run: _Run, *, lasts: int) -> _Ready | None:
        """Have it kept ready: not, where PostgreSQL cannot tell what its values are."""
        name, number = f"asked_{next(_NUMBERS)}", count(1)
        numbers = {value: f"${place}" for place, value in enumerate(asked.names, 1)}
        whole = _PLACE.sub(
            lambda place: "%" if place[2] == "%" else numbers[place[1] or str(next(number))], asked.question
        )
        try:
            run(
                f"PREPARE {name} ({', '.join(asked.types)}) AS {whole}" if asked.types else f"PREPARE {name} AS {whole}"
            )
        except Error:
            self._never.add(asked)
            return None
        self._ready[asked] = ready = _Ready(name, lasts)
        return ready


_NUMBERS = count(1)
_OF: WeakKeyDictionary[Connection[Any], _Kept] = WeakKeyDictionary()


def named(connection: Connection[Any], question: str, values: Any, run: _Run) -> bytes | None:
    """
    Return how to ask a question by the name under which this connection has it kept ready; nothing, if it has not.

    :param values: what the driver puts into the question, in their order or by their names
    :param run: runs a statement that has no values on this connection
    """
    if not isinstance(values, (tuple, list, dict)) or len(question) > _LONGEST:
        return None
    by_name = values if isinstance(values, dict) else {str(place): one for place, one in enumerate(values, 1)}
    kept = _OF.get(connection)
    if kept is None:
        kept = _OF[connection] = _Kept(connection)
    makes, names = _making(connection, run), []
    for part, takes in question.parts if isinstance(question, InTurn) else [(question, tuple(by_name))]:
        if not _STATEMENT.match(part) or ";" in part:  # of two statements, only the first would get the name
            return None
        name = kept.named(part, {value: by_name[value] for value in takes}, makes)
        if name is None:
            return None
        names.append(name)
    return b"; ".join(names)


def _making(connection: Connection[Any], run: _Run) -> _Run | None:
    """Return how to run what makes ready: behind a savepoint in a transaction, and not at all in one that failed."""
    status = connection.pgconn.transaction_status
    if status == TransactionStatus.IDLE and connection.autocommit:
        return run
    return partial(_behind_a_savepoint, run) if status in (TransactionStatus.IDLE, TransactionStatus.INTRANS) else None


def _behind_a_savepoint(run: _Run, statement: str) -> None:
    try:
        run(f"SAVEPOINT making_ready; {statement}; RELEASE SAVEPOINT making_ready")
    except Error:
        run("ROLLBACK TO SAVEPOINT making_ready; RELEASE SAVEPOINT making_ready")
        raise


def forget(connection: Connection[Any]) -> None:
    """Forget what is kept ready, as tables may have changed."""
    _OF.pop(connection, None)


def _type_of(written: bytes) -> str | None:
    """Return the type of a value as it is written: none, where that depends on how large it is."""
    typed = _TYPED.fullmatch(written)
    if typed:
        return typed[1].decode()
    if _NUMBER.fullmatch(written):
        return "integer"
    if written in (b"true", b"false"):
        return "boolean"
    return "unknown" if written.endswith(b"'") or written == b"NULL" else None
