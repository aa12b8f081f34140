"""PostgreSQL behind the wall."""

from typing import Any

from django.db.backends.postgresql import base

from halfdoor.service.core import wall
from halfdoor.service.core.databases.postgresql.schema import SchemaEditor

# Django takes the driver that is installed, so its type is not known before.
_DriversCursor: Any = base.Cursor


class Cursor(_DriversCursor):  # type: ignore[misc]
    """The driver's own cursor, behind the wall too: for copies and streams, which Django does not know."""

    def execute(self, query: Any, *args: Any, **kwargs: Any) -> Any:
        """Run a statement that the wall lets pass."""
        wall.check(query)
        return super().execute(query, *args, **kwargs)

    def executemany(self, query: Any, *args: Any, **kwargs: Any) -> Any:
        """Run a statement many times, if the wall lets it pass."""
        wall.check(query)
        return super().executemany(query, *args, **kwargs)

    def copy(self, statement: Any, *args: Any, **kwargs: Any) -> Any:
        """Copy what the wall lets pass."""
        wall.check(statement)
        return super().copy(statement, *args, **kwargs)

    def stream(self, query: Any, *args: Any, **kwargs: Any) -> Any:
        """Stream what the wall lets pass."""
        wall.check(query)
        return super().stream(query, *args, **kwargs)


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection whose every statement passes the wall."""

    SchemaEditorClass = SchemaEditor

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.execute_wrappers.append(wall.wall)

    def get_connection_params(self) -> dict[str, Any]:
        """Let the driver use cursors behind the wall."""
        return {**super().get_connection_params(), "cursor_factory": Cursor}
