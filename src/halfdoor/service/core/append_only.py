"""
Tables that only grow.

`AppendOnly` is a migration operation: triggers refuse to change or delete a row, and to replace one under the guise of
inserting. They stop the application and everyone who speaks SQL through it, not the owner of the database file.
"""

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models import Model, UniqueConstraint

SAYS = "is append-only: its rows are never changed or deleted"

_POSTGRESQL_FUNCTION = f"""
CREATE OR REPLACE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% {SAYS}', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$
"""


class AppendOnly(Operation):
    """Make the tables of these models append-only. A later migration that rebuilds one on SQLite must repeat it."""

    reversible = True

    def __init__(self, *model_names: str) -> None:
        self.model_names = model_names

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Change nothing: Django does not know triggers."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Create the triggers."""
        create = _postgresql if schema_editor.connection.vendor == "postgresql" else _sqlite
        for name in self.model_names:
            for statement in create(to_state.apps.get_model(app_label, name)):
                schema_editor.execute(statement, params=None)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Drop the triggers."""
        for name in self.model_names:
            table = from_state.apps.get_model(app_label, name)._meta.db_table
            if schema_editor.connection.vendor == "postgresql":
                schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_append_only ON {table}")
            else:
                for event in ("update", "delete", "insert"):
                    schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_append_only_{event}")

    def describe(self) -> str:
        """Say what this does, in the words `migrate` prints."""
        return f"Make append-only: {', '.join(self.model_names)}"

    @property
    def migration_name_fragment(self) -> str:
        """Name a migration that does only this."""
        return "append_only"


class AppendOnlyAnew(AppendOnly):
    """Lay the triggers of these models again, as they are made now, also where a table was rebuilt without them."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Drop the triggers and create them."""
        super().database_backwards(app_label, schema_editor, to_state, from_state)
        super().database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Change nothing: the newer triggers refuse all that the older ones did."""


def _postgresql(model: type[Model]) -> list[str]:
    table = model._meta.db_table
    return [
        _POSTGRESQL_FUNCTION,
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION append_only()",
    ]


def _sqlite(model: type[Model]) -> list[str]:
    """
    Refuse three events. A replacing insert deletes without a trigger unless the connection asked for recursive ones,
    so the insert itself looks for the row it would replace: by its keys, and by the number that SQLite gives each row.
    """
    table = model._meta.db_table
    replaced = " OR ".join(
        "(" + " AND ".join(f"{column} = NEW.{column}" for column in columns) + ")" for columns in _keys(model)
    )
    refuse = f"BEGIN SELECT RAISE(ABORT, '{table} {SAYS}'); END"
    return [
        f"CREATE TRIGGER {table}_append_only_update BEFORE UPDATE ON {table} {refuse}",
        f"CREATE TRIGGER {table}_append_only_delete BEFORE DELETE ON {table} {refuse}",
        f"CREATE TRIGGER {table}_append_only_insert BEFORE INSERT ON {table} "  # noqa: S608 - names of our own tables
        f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {replaced} OR rowid = NEW.rowid) {refuse}",
    ]


def _keys(model: Any) -> list[list[str]]:
    """Return the columns of every key of the table."""
    unique = [constraint.fields for constraint in model._meta.constraints if isinstance(constraint, UniqueConstraint)]
    return [["id"], *([model._meta.get_field(field).column for field in fields] for fields in unique)]
