"""Lines that a restore of the database forgot, and who went through them."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import UniqueConstraint
from django.utils.translation import gettext_lazy as _

from halfdoor.service.core.rows import Row

CHANGES_NOTHING = (
    "disclosures.looked",
    "disclosures.view",
    "disclosures.release",
    "disclosures.refusal",
    "disclosures.accounted",
    "disclosures.noticed",
    "disclosures.overdue",
    "disclosures.escrow_read",
    "notes.process_notes_apart",
    "requests.overdue",
    "engagement.",
    "training.",
)
"""Kinds of lines that record what was seen, said or due, and change nothing of who may know. Any other may."""


class LostLine(Row):
    """
    A line that was on the chain once, as the journal has it, letter for letter; ``found_at`` is when it was missed.
    """

    sequence = models.PositiveBigIntegerField()
    leaf = models.CharField(max_length=64)
    entry = models.TextField()
    found_at = models.DateTimeField()

    class Meta:
        constraints = (UniqueConstraint(fields=["practice", "leaf"], name="a_line_is_lost_once"),)

    @property
    def body(self) -> dict[str, Any]:
        """What it said: codes and ids."""
        said: dict[str, Any] = json.loads(self.entry)["body"]
        return said

    @property
    def at(self) -> datetime:
        """When it was written."""
        return datetime.fromisoformat(json.loads(self.entry)["at"])

    @property
    def kind(self) -> str:
        """What happened, as a code."""
        return str(self.body.get("kind", ""))

    @property
    def weighs(self) -> bool:
        """Whether it may have changed who may know, so that somebody has to go through it."""
        return not self.kind.startswith(CHANGES_NOTHING)

    @property
    def about(self) -> UUID | None:
        """The young person it names, if it names one."""
        named = self.body.get("young_person")
        return UUID(named) if named else None


class LostLineReview(Row):
    """A lead went through a lost line."""

    class Outcome(models.TextChoices):
        """What came of it."""

        RECORDED_AGAIN = "recorded_again", _("It is on record again")
        NOTHING_TO_DO = "nothing_to_do", _("Nothing has to be put right")

    line = models.ForeignKey(LostLine, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=20, choices=Outcome)
    reviewed_at = models.DateTimeField()
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (UniqueConstraint(fields=["practice", "line"], name="a_lost_line_is_reviewed_once"),)
