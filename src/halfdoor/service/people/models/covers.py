"""Who stands in for a clinician who is away or leaves."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from halfdoor.service.core.rows import Row
from halfdoor.service.people import choices
from halfdoor.service.people.models.circle import Membership


class Cover(Row):
    """
    From one day to another somebody covers for a clinician. Without ``ends_on`` it holds until it is ended.

    ``ends_on`` is the first day on which the clinician is back.
    """

    clinician = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    cover = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=10, choices=choices.WhyCovered)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=models.F("starts_on")),
                name="a_cover_ends_after_it_begins",
            ),
            models.CheckConstraint(condition=~Q(clinician=models.F("cover")), name="nobody_covers_for_themselves"),
        )
        indexes = (models.Index(fields=["practice", "cover"], name="covers_by_somebody"),)


class CoverEnding(Row):
    """A cover ended earlier than was said, or at last."""

    cover = models.ForeignKey(Cover, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["practice", "cover"], name="a_cover_ends_once"),)


class CoverPlace(Row):
    """A place in a circle that somebody has because they cover, and for as long as they do."""

    cover = models.ForeignKey(Cover, on_delete=models.PROTECT, related_name="+")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["practice", "membership"], name="a_place_by_one_cover"),)
