"""
Keys that begin with the practice.

Django knows every row by `id`. PostgreSQL gets `(practice_id, id)` as the primary key of each row of ours and foreign
keys over both columns, so that a row can never point into another practice and tables can be distributed by practice.
Tables of other packages keep their own keys; their references to rows of ours are Django's to keep, because there is no
unique `id` alone for the database to check.
"""

from typing import Any

from django.db.backends.ddl_references import Columns, Statement, Table
from django.db.backends.postgresql.schema import DatabaseSchemaEditor
from django.db.models import Field, ForeignKey, Model

from halfdoor.service.core import wall


class SchemaEditor(wall.OpenForSchema, DatabaseSchemaEditor):
    """Changes tables, and gives rows of ours their physical key."""

    # Foreign keys are always added afterwards, in `_create_fk_sql`: an inline one can only name a single column.
    sql_create_column_inline_fk = None  # type: ignore[assignment]

    def execute(self, sql: str | Statement | None, params: Any = ()) -> None:
        """Run a statement. `None` stands for a foreign key that the database cannot check."""
        if sql is not None:
            super().execute(sql, params)

    def create_model(self, model: type[Model]) -> None:
        """Create the table, with the key of a row of ours if it already knows its practice."""
        super().create_model(model)
        if _belongs_to_a_practice(model):
            self._begin_key_with_practice(model)

    def add_field(self, model: type[Model], field: "Field[Any, Any]") -> None:
        """Add the column; Django sometimes adds the practice only after it created the table."""
        super().add_field(model, field)
        if field.attname == "practice_id":
            self._begin_key_with_practice(model)

    def _begin_key_with_practice(self, model: type[Model]) -> None:
        """Put the practice into the primary key, and keep an index on `id` alone for Django's look-ups."""
        table = model._meta.db_table
        name = self.quote_name(f"{table}_pkey")
        self.execute(
            f"ALTER TABLE {self.quote_name(table)} DROP CONSTRAINT {name}, "
            f"ADD CONSTRAINT {name} PRIMARY KEY (practice_id, id)"
        )
        self.execute(f"CREATE INDEX {self.quote_name(f'{table}_id')} ON {self.quote_name(table)} (id)")

    def _create_fk_sql(self, model: type[Model], field: "ForeignKey[Any, Any]", suffix: str) -> Statement | None:
        target = field.target_field.model
        if not _belongs_to_a_practice(target):
            plain: Statement = super()._create_fk_sql(model, field, suffix)  # type: ignore[misc]
            return plain
        if not _belongs_to_a_practice(model):
            return None
        table, to_table = model._meta.db_table, target._meta.db_table
        return Statement(
            self.sql_create_fk,
            table=Table(table, self.quote_name),
            name=self._fk_constraint_name(model, field, suffix),  # type: ignore[attr-defined]
            column=Columns(table, ["practice_id", field.attname], self.quote_name),
            to_table=Table(to_table, self.quote_name),
            to_column=Columns(to_table, ["practice_id", "id"], self.quote_name),
            deferrable=self.connection.ops.deferrable_sql(),
        )


def _belongs_to_a_practice(model: type[Model]) -> bool:
    return any(field.attname == "practice_id" for field in model._meta.concrete_fields)
