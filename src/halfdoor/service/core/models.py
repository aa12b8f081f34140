"""The practice, and the rows that keep its keys, its chain and its jobs."""

import uuid

from django.db import models


class Practice(models.Model):
    """
    A practice: the tenant every other row belongs to.

    `place`, `setting`, `provider` and `practitioner` are values of the engine's facts of the same name.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200)
    place = models.CharField(max_length=20)
    setting = models.CharField(max_length=40)
    provider = models.CharField(max_length=40)
    practitioner = models.CharField(max_length=40)
    time_zone = models.CharField(max_length=64, default="UTC")
    language = models.CharField(max_length=10, default="en-us")
    is_demo = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name
