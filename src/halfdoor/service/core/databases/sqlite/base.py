"""SQLite behind the wall."""

from pathlib import Path
from typing import Any

from django.db.backends.sqlite3 import base
from django.db.backends.sqlite3.schema import DatabaseSchemaEditor

from halfdoor.service.core import wall


class SchemaEditor(wall.OpenForSchema, DatabaseSchemaEditor):
    """Changes tables; may copy guarded rows while SQLite rebuilds their table."""


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection whose every statement passes the wall."""

    SchemaEditorClass = SchemaEditor

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.execute_wrappers.append(wall.wall)

    def get_new_connection(self, conn_params: Any) -> Any:
        """Connect; the folder is made when the first connection needs it."""
        Path(str(self.settings_dict["NAME"])).parent.mkdir(parents=True, exist_ok=True)
        return super().get_new_connection(conn_params)
