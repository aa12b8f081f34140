"""Notes, sealed, behind the wall."""

from django.db import models

from halfdoor.service.core.guarding import GuardedRow
from halfdoor.service.core.sealing import Sealed, sealed_field

KIND = "note"


class Note(GuardedRow):
    """
    A summary written so that it can be shared. ``body`` lies sealed under the young person's key, for this row alone.
    """

    young_person = models.ForeignKey("people.YoungPerson", on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey("disclosures.Item", on_delete=models.PROTECT, related_name="+")
    body_sealed = sealed_field()

    body = Sealed("body_sealed", person="young_person_id")

    class Meta(GuardedRow.Meta):
        constraints = (models.UniqueConstraint(fields=["practice", "item"], name="one_note_an_item"),)
