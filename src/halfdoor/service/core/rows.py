"""The shape every row of ours has: an id nobody can guess, and the practice it belongs to."""

import uuid

from django.db import models


class Row(models.Model):
    """
    A row of one practice.

    Every unique constraint of a row begins with `practice`. There is no way back from the practice to its rows: reverse
    relations would read them without saying who asks.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    practice = models.ForeignKey("core.Practice", on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        abstract = True
