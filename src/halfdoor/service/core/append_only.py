"""
Tables that only grow.

`AppendOnly` is a migration operation: triggers refuse to change or delete a row, and to replace one under the guise of
inserting. They stop the application and everyone who speaks SQL through it, not the owner of the database file.

`Emptiable` lays them so that what was sealed in a row can be emptied, while `core.erasing` says so; the row stays, and
every other column stays as it is.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
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

_ONLY_EMPTIED = """
CREATE OR REPLACE FUNCTION append_only_but_emptied() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  was jsonb := to_jsonb(OLD);
  will jsonb := to_jsonb(NEW);
  emptied text;
BEGIN
  IF EXISTS (SELECT 1 FROM core_emptying WHERE practice_id = OLD.practice_id) THEN
    FOREACH emptied IN ARRAY TG_ARGV LOOP
      IF will->>emptied IN ('', E'\\\\x') THEN
        was := was - emptied;
        will := will - emptied;
      END IF;
    END LOOP;
    IF was = will THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION '% is append-only: its rows are never changed or deleted', TG_TABLE_NAME
    USING ERRCODE = 'integrity_constraint_violation';
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
            self._drop(schema_editor, from_state.apps.get_model(app_label, name)._meta.db_table)

    def _drop(self, schema_editor: BaseDatabaseSchemaEditor, table: str) -> None:
        if schema_editor.connection.vendor == "postgresql":
            for name in ("append_only", "emptied_append_only"):
                schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_{name} ON {table}")
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


class Emptiable(AppendOnlyAnew):
    """
    Lay the triggers of models of any room anew, so that their sealed columns, and those named, can be emptied.

    :param also: other columns of words, by ``room.Model``: what is derived from something sealed
    """

    def __init__(self, *labels: str, also: Mapping[str, Sequence[str]] = MappingProxyType({})) -> None:
        super().__init__(*labels)
        self.also = also

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        """Say how it was written."""
        return type(self).__name__, list(self.model_names), {"also": dict(self.also)}

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Drop the triggers and create them with their way out."""
        for label in self.model_names:
            model = to_state.apps.get_model(label)
            columns = [field.column for field in model._meta.local_fields if field.column.endswith("_sealed")]
            columns += self.also.get(label, ())
            self._drop(schema_editor, model._meta.db_table)
            lay = _postgresql if schema_editor.connection.vendor == "postgresql" else _sqlite
            for statement in lay(model, columns):
                schema_editor.execute(statement, params=None)


def _postgresql(model: type[Model], emptied: Sequence[str] = ()) -> list[str]:
    table = model._meta.db_table
    events = "DELETE OR TRUNCATE" if emptied else "UPDATE OR DELETE OR TRUNCATE"
    columns = ", ".join(f"'{column}'" for column in emptied)
    only_emptied = [
        _ONLY_EMPTIED,
        f"CREATE TRIGGER {table}_emptied_append_only BEFORE UPDATE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION append_only_but_emptied({columns})",
    ]
    return [
        _POSTGRESQL_FUNCTION,
        f"CREATE TRIGGER {table}_append_only BEFORE {events} ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION append_only()",
        *(only_emptied if emptied else ()),
    ]


def _sqlite(model: type[Model], emptied: Sequence[str] = ()) -> list[str]:
    """
    Refuse three events. A replacing insert deletes without a trigger unless the connection asked for recursive ones,
    so the insert itself looks for the row it would replace: by its keys, and by the number that SQLite gives each row.
    """
    table = model._meta.db_table
    replaced = " OR ".join(
        "(" + " AND ".join(f"{column} = NEW.{column}" for column in columns) + ")" for columns in _keys(model)
    )
    refuse = f"BEGIN SELECT RAISE(ABORT, '{table} {SAYS}'); END"
    but = f"WHEN NOT ({_only_emptied(model, emptied)}) " if emptied else ""
    return [
        f"CREATE TRIGGER {table}_append_only_update BEFORE UPDATE ON {table} {but}{refuse}",
        f"CREATE TRIGGER {table}_append_only_delete BEFORE DELETE ON {table} {refuse}",
        f"CREATE TRIGGER {table}_append_only_insert BEFORE INSERT ON {table} "  # noqa: S608 - names of our own tables
        f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {replaced} OR rowid = NEW.rowid) {refuse}",
    ]


def _only_emptied(model: type[Model], emptied: Sequence[str]) -> str:
    """Return what has to hold of a change: somebody is erasing, these columns are emptied, all others stay."""
    columns = [field.column for field in model._meta.local_fields]
    same = [f'NEW."{column}" IS OLD."{column}"' for column in ("rowid", *columns) if column not in emptied]
    empty = [f'(NEW."{column}" IS OLD."{column}" OR length(NEW."{column}") = 0)' for column in emptied]
    erasing = "EXISTS (SELECT 1 FROM core_emptying WHERE practice_id = OLD.practice_id)"
    return " AND ".join([erasing, *same, *empty])


def _keys(model: Any) -> list[list[str]]:
    """Return the columns of every key of the table."""
    unique = [constraint.fields for constraint in model._meta.constraints if isinstance(constraint, UniqueConstraint)]
    return [["id"], *([model._meta.get_field(field).column for field in fields] for fields in unique)]
