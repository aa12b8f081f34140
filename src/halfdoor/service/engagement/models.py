"""What was offered to whom to read."""

from django.conf import settings
from django.db import models

from halfdoor.service.core.rows import Row


class Offer(Row):
    """A piece of the library was offered to a member of the circle. ``piece`` is its slug."""

    membership = models.ForeignKey("people.Membership", on_delete=models.PROTECT, related_name="+")
    piece = models.SlugField(max_length=60)
    offered_at = models.DateTimeField()
    offered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = (models.Index(fields=["practice", "membership", "offered_at"], name="offers_to_somebody"),)
