"""What somebody typed and has not sent yet."""

from typing import Self

from django.conf import settings
from django.db import models

from halfdoor.service.core.rows import Row
from halfdoor.service.core.sealing import Sealed, sealed_field
from halfdoor.service.people.models.circle import YoungPerson


class DraftQuerySet(models.QuerySet["Draft"]):
    def of(self, account: models.Model) -> Self:
        """Those that somebody typed themselves. Nobody else reads them."""
        return self.filter(kept_by=account.pk)


class Draft(Row):
    """
    What somebody typed and has not sent yet (sealed JSON), for themselves alone: overwritten as they type, and gone
    once it is sent.

    ``about`` is what stands in the address of the page, or the young person where nothing is written down yet; ``form``
    says where it was typed.
    """

    young_person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="+")
    about = models.UUIDField()
    form = models.CharField(max_length=20)
    typed_sealed = sealed_field()
    kept_at = models.DateTimeField()
    kept_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    typed = Sealed("typed_sealed", person="young_person_id")

    objects = DraftQuerySet.as_manager()

    class Meta:
        db_table = "requests_draft"  # what is sealed is sealed for a place in a table; it lay in that room before
        constraints = (
            models.UniqueConstraint(fields=["practice", "kept_by", "about", "form"], name="one_draft_a_form"),
        )
