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
        """Connect to a file that only its owner can read; it and its folder are made when they are first needed."""
        name = str(self.settings_dict["NAME"])
        if not self.is_in_memory_db():
            Path(name).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            Path(name).touch(mode=0o600)
            if Path(name).stat().st_mode & 0o077:  # made by an earlier version, or copied here
                Path(name).chmod(0o600)
        return super().get_new_connection(conn_params)
