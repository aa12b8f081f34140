"""PostgreSQL behind both walls: no guarded table without a permit, and no row of another practice."""

import math
import select
import time
from typing import Any

from django.db.backends.postgresql import base, operations, psycopg_any
from psycopg import ClientCursor
from psycopg import Connection as _DriversConnection
from psycopg.errors import FeatureNotSupported
from psycopg.pq import TransactionStatus

from halfdoor.service.core import wall
from halfdoor.service.core.databases.postgresql import kept_ready, second_wall
from halfdoor.service.core.databases.postgresql.schema import SchemaEditor

# Django takes the driver that is installed, so its type is not known before.
_DriversCursor: Any = base.Cursor
_DriversServerSideCursor: Any = base.ServerSideCursor


class Connection(_DriversConnection[Any]):
    """The driver's own connection, which lets the first message of a transaction begin it: one way less."""

    begins_itself = False
    """Whether the message that is sent next begins the transaction, where the driver would send one before it."""

    @property
    def begin(self) -> str:
        """What goes before the next statement, in the same message, so that it begins a transaction if it has to."""
        is_due = not self.autocommit and self.pgconn.transaction_status == TransactionStatus.IDLE
        return f"{self._get_tx_start_command().decode()}; " if is_due else ""

    def set_autocommit(self, value: bool) -> None:
        """Begin and end transactions by hand, or not. Between two of them this is only noted."""
        if self.pgconn.transaction_status == TransactionStatus.IDLE:
            self._autocommit = value
        else:
            super().set_autocommit(value)

    def _start_query(self) -> Any:
        """Begin a transaction as the driver does, unless what is sent next does so itself."""
        if not self.begins_itself:
            yield from super()._start_query()


class Cursor(_DriversCursor):  # type: ignore[misc]
    """The driver's own cursor, behind the wall too: for copies and streams, which Django does not know."""

    def execute(self, query: Any, *args: Any, **kwargs: Any) -> Any:
        """Run a statement that the wall lets pass, for the practice at hand: both in one message to the server."""
        wall.check(query)
        shown = second_wall.shown_before(query, self.connection.info.backend_pid) if isinstance(query, str) else ""
        if not shown:
            return super().execute(query, *args, **kwargs)
        named = kept_ready.named(self.connection, query, args[0] if args else None, super().execute)
        begin = self.connection.begin
        before = begin + shown
        self.connection.begins_itself = bool(begin)
        try:
            super().execute(before.encode() + named) if named else super().execute(before + query, *args, **kwargs)
        except FeatureNotSupported:  # a table has other columns than when it was kept ready
            kept_ready.forget(self.connection)
            if begin:  # nothing else has happened in it
                self.connection.rollback()
            if not named or self.connection.info.transaction_status != TransactionStatus.IDLE:
                raise
            return self.execute(query, *args, **kwargs)
        finally:
            self.connection.begins_itself = False
        for _ in range(before.count(";")):
            self.nextset()
        return self

    def executemany(self, query: Any, params_seq: Any, **kwargs: Any) -> None:
        """Run a statement many times, if the wall lets it pass."""
        for params in params_seq:
            self.execute(query, params, **kwargs)

    def copy(self, statement: Any, *args: Any, **kwargs: Any) -> Any:
        """Copy what the wall lets pass."""
        wall.check(statement)
        return super().copy(statement, *args, **kwargs)

    def stream(self, query: Any, *args: Any, **kwargs: Any) -> Any:
        """Stream what the wall lets pass."""
        wall.check(query)
        return super().stream(query, *args, **kwargs)


class ServerSideCursor(_DriversServerSideCursor):  # type: ignore[misc]
    """The driver's cursor for reading many rows in pieces, behind the walls too."""

    def execute(self, query: Any, *args: Any, **kwargs: Any) -> Any:
        """Begin to read what the wall lets pass, for the practice at hand; what is shown holds in a transaction."""
        wall.check(query)
        shown = second_wall.shown_before(query, self.connection.info.backend_pid)
        with self.connection.transaction():
            if shown:
                self.connection.execute(shown)
            return super().execute(query, *args, **kwargs)


class DatabaseOperations(operations.DatabaseOperations):
    """Django's own, which logs a statement as it was asked: no seal, and not the name of what is kept ready."""

    def last_executed_query(self, cursor: Any, sql: str, params: Any) -> str:
        """Return a statement as it was asked for."""
        return ClientCursor(cursor.connection).mogrify(sql, params)


_A_MOMENT = 5.0
"""Seconds after which a connection is asked whether it holds: to ask takes as long as a question of the page."""


def _is_quiet(file: int) -> bool:
    """Say whether nothing came on a connection, nor its end."""
    looked = select.poll()
    looked.register(file, select.POLLIN)
    return not looked.poll(0)


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection whose every statement passes the wall."""

    SchemaEditorClass = SchemaEditor
    ops_class = DatabaseOperations

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.execute_wrappers.append(wall.wall)
        self._held_at = -math.inf

    def is_usable(self) -> bool:
        """
        Say whether the connection holds. One that was in use a moment ago, and on which nothing has come since, does:
        a server that stops says so. All others are asked, and all on which something has gone wrong.
        """
        now, before = time.monotonic(), self._held_at
        self._held_at = now
        is_fresh = now - before < _A_MOMENT and not self.errors_occurred and not self.connection.closed
        if is_fresh and _is_quiet(self.connection.fileno()):
            return True
        return bool(super().is_usable())

    def get_new_connection(self, conn_params: Any) -> Any:
        """Connect as Django does for what `core.starting` asks for, with a connection of ours."""
        self.isolation_level = psycopg_any.IsolationLevel.READ_COMMITTED
        return Connection.connect(**conn_params)

    def get_connection_params(self) -> dict[str, Any]:
        """
        Let the driver use cursors behind the wall, and the server compile nothing: it takes the long questions of first
        pages for dear ones, and would work longer on each than it takes to answer.
        """
        return {**super().get_connection_params(), "cursor_factory": Cursor, "options": "-c jit=off"}

    def create_cursor(self, name: str | None = None) -> Any:
        """Return a cursor behind the walls, also for reading in pieces."""
        if name is None:
            return super().create_cursor()
        cursor = ServerSideCursor(self.connection, name=name, scrollable=False, withhold=self.connection.autocommit)
        psycopg_any.register_tzloader(self.timezone, cursor)
        return cursor
