"""Which professional codes a practice would have count, and what became of that wish. Nothing is ever changed."""

from datetime import datetime
from typing import Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import UniqueConstraint

from halfdoor.service.core.models import Practice
from halfdoor.service.core.rows import Row


class CodesWishQuerySet(models.QuerySet["CodesWish"]):
    def waiting(self) -> Self:
        """Those that nobody has settled yet."""
        settled = CodesSettled.objects.filter(practice=models.OuterRef("practice"), wish=models.OuterRef("pk"))
        return self.exclude(models.Exists(settled))


class CodesWish(Row):
    """A lead would have exactly these codes count. ``base`` are those that counted when it was asked."""

    bodies = models.JSONField(default=list)
    base = models.JSONField(default=list)
    because = models.TextField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = CodesWishQuerySet.as_manager()


class CodesSettledQuerySet(models.QuerySet["CodesSettled"]):
    def counting(self, practice: Practice | UUID, *, at: datetime | None = None) -> Self:
        """What has counted, the newest first: by a moment, or at all."""
        held = self.filter(practice=practice, outcome=CodesSettled.Outcome.COUNTS).order_by("-settled_at", "-id")
        return held.filter(settled_at__lte=at) if at else held


class CodesSettled(Row):
    """A wish counts from this moment on, or was dropped."""

    class Outcome(models.TextChoices):
        COUNTS = "counts"
        DROPPED = "dropped"

    wish = models.ForeignKey(CodesWish, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=10, choices=Outcome)
    settled_at = models.DateTimeField()
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = CodesSettledQuerySet.as_manager()

    class Meta:
        constraints = (UniqueConstraint(fields=["practice", "wish"], name="a_wish_for_codes_is_settled_once"),)
        indexes = (models.Index(fields=["practice", "outcome", "settled_at"], name="codes_that_count"),)
