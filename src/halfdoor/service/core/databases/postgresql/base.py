"""PostgreSQL behind the wall."""

from typing import Any

from django.db.backends.postgresql import base

from halfdoor.service.core import wall
from halfdoor.service.core.databases.postgresql.schema import SchemaEditor


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection whose every statement passes the wall."""

    SchemaEditorClass = SchemaEditor

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.execute_wrappers.append(wall.wall)
