"""
Many tables laid in one step.

Django draws all models anew after each operation of a migration; with a hundred and forty tables that is most of the
time that it takes to lay them. Here they are drawn once.
"""

from collections.abc import Sequence
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class CreateModels(Operation):
    """Create these models, each after those that it names."""

    serialization_expand_args = ["models"]

    def __init__(self, models: Sequence[CreateModel]) -> None:
        self.models = models

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        """Say how it was written."""
        return type(self).__name__, [], {"models": list(self.models)}

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Add all of them to what is known, and forget what was drawn without them."""
        state.__dict__.pop("apps", None)
        for model in self.models:
            model.state_forwards(app_label, state)

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Create their tables."""
        for model in self.models:
            model.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Drop their tables, the last one first."""
        for model in reversed(self.models):
            model.database_backwards(app_label, schema_editor, from_state, to_state)

    def references_model(self, name: str, app_label: str) -> bool:
        """Say whether one of them speaks of that model."""
        return any(model.references_model(name, app_label) for model in self.models)

    def describe(self) -> str:
        """Say what this does, in the words `migrate` prints."""
        return f"Create {len(self.models)} models"

    @property
    def migration_name_fragment(self) -> str:
        """Name a migration that does only this."""
        return "initial"
