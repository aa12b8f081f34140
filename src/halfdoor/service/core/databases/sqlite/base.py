"""SQLite behind the wall."""

import sqlite3
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db.backends.sqlite3 import base
from django.db.backends.sqlite3.operations import DatabaseOperations
from django.db.backends.sqlite3.schema import DatabaseSchemaEditor

from halfdoor.service.core import wall
from halfdoor.service.core.databases.sqlite.turns import Turn


class SchemaEditor(wall.OpenForSchema, DatabaseSchemaEditor):
    """Changes tables; may copy guarded rows while SQLite rebuilds their table."""


class Cursor(base.SQLiteCursorWrapper):
    """The driver's own cursor, behind the wall too: for scripts, and for whoever takes away Django's wrappers."""

    def execute(self, query: str, params: Any = None) -> Any:
        """Run a statement that the wall lets pass."""
        wall.check(query)
        return super().execute(query, params)

    def executemany(self, query: str, param_list: Any) -> Any:
        """Run a statement many times, if the wall lets it pass."""
        wall.check(query)
        return super().executemany(query, param_list)

    def executescript(self, script: str) -> Any:
        """Run a script that the wall lets pass."""
        wall.check(script)
        return super().executescript(script)

    def convert_query(self, query: str, *, param_names: Any = None) -> str:
        """Write a statement's places as SQLite does. What is asked again and again is written so once."""
        if param_names is None and len(query) <= wall.SHORT:
            return _with_question_marks(query)
        converted: str = super().convert_query(query, param_names=param_names)
        return converted


@lru_cache(maxsize=1024)
def _with_question_marks(query: str) -> str:
    return str(base.FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%"))


class Connection(sqlite3.Connection):
    """The driver's own connection: whatever it runs without being asked for a cursor passes the wall too."""

    def cursor(self, factory: Any = Cursor) -> Any:
        """Return a cursor behind the wall."""
        return super().cursor(factory=factory)

    def execute(self, sql: str, parameters: Any = None) -> Any:
        """Run a statement that the wall lets pass."""
        return self.cursor().execute(sql, parameters)

    def executemany(self, sql: str, parameters: Any) -> Any:
        """Run a statement many times, if the wall lets it pass."""
        return self.cursor().executemany(sql, parameters)

    def executescript(self, sql_script: str) -> Any:
        """Run a script that the wall lets pass."""
        return self.cursor().executescript(sql_script)


class Operations(DatabaseOperations):
    """Reads ids faster: a page reads thousands, most of them again and again, and to make one takes a microsecond."""

    def convert_uuidfield_value(self, value: str | None, *how: Any) -> UUID | None:
        """Return an id as Python has it."""
        return None if value is None else _id(value)


_id = lru_cache(maxsize=4096)(UUID)


# Types for Django do not know how it begins and ends transactions.
_Djangos: Any = base.DatabaseWrapper


class DatabaseWrapper(_Djangos):  # type: ignore[misc]
    """A connection whose every statement passes the wall."""

    ops_class = Operations
    SchemaEditorClass = SchemaEditor

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.execute_wrappers.append(wall.wall)
        self._turn: Turn | None = None

    def get_connection_params(self) -> dict[str, Any]:
        """Let the driver use connections behind the wall."""
        return {**super().get_connection_params(), "factory": Connection}

    def create_cursor(self, name: str | None = None) -> Any:
        """Return a cursor whose every statement passes the wall."""
        return self.connection.cursor(factory=Cursor)

    def get_new_connection(self, conn_params: Any) -> Any:
        """Connect to a file that only its owner can read; it and its folder are made when they are first needed."""
        name = str(self.settings_dict["NAME"])
        if not self.is_in_memory_db():
            Path(name).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            Path(name).touch(mode=0o600)
            if Path(name).stat().st_mode & 0o077:  # made by an earlier version, or copied here
                Path(name).chmod(0o600)
            self._turn = Turn(Path(name))  # of this file: whoever runs tests names another after this was made
        return super().get_new_connection(conn_params)

    def _start_transaction_under_autocommit(self) -> None:
        """Begin a transaction when it is our turn to write."""
        if self._turn:
            self._turn.take(patience=self.settings_dict["OPTIONS"].get("timeout", 5))
        try:
            super()._start_transaction_under_autocommit()
        except Exception:
            self._give()
            raise

    def _commit(self) -> None:
        """Commit, and let the next one write; what cannot be committed is rolled back by whoever began it."""
        super()._commit()
        self._give()

    def _rollback(self) -> None:
        """Roll back, and let the next one write."""
        try:
            super()._rollback()
        finally:
            self._give()

    def _close(self) -> None:
        """Close the connection, and with it the place in the line."""
        try:
            super()._close()
        finally:
            if self._turn:
                self._turn.close()

    def _give(self) -> None:
        if self._turn:
            self._turn.give()
