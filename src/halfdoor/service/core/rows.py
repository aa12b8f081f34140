"""The shape every row of ours has: an id nobody can guess, and the practice it belongs to."""

import uuid
from collections.abc import Collection
from typing import TYPE_CHECKING, Any, Self

from django.db import models

from halfdoor.service.core import within

if TYPE_CHECKING:
    from halfdoor.service.core.models import Practice

    _ToAPractice = models.ForeignKey[Practice, Practice]
else:
    _ToAPractice = models.ForeignKey


class PracticeOfARow(_ToAPractice):
    """The practice of a row: none is written for another practice than the one at hand, on any database."""

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Let a row of the practice at hand be written."""
        practice = super().pre_save(model_instance, add)
        within.check(practice)
        return practice

    def deconstruct(self) -> Any:
        """Be a plain foreign key to migrations: what differs is no matter of tables."""
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.ForeignKey", args, kwargs


class Row(models.Model):
    """
    A row of one practice.

    Every unique constraint of a row begins with `practice`. There is no way back from the practice to its rows: reverse
    relations would read them without saying who asks.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    practice = PracticeOfARow("core.Practice", on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        abstract = True

    @classmethod
    def from_db(cls, db: str | None, field_names: Collection[str], values: Collection[Any], **more: Any) -> Self:
        """Make a row of what was read, if it is one of the practice at hand: on any database, however it was asked."""
        row = super().from_db(db, field_names, values, **more)
        if "practice_id" in row.__dict__:
            within.check(row.practice_id)
        return row
