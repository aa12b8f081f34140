"""Legal consultation on a case: who asked whom about what, and what the answer was. Sealed, and never changed."""

from django.conf import settings
from django.db import models
from django.db.models import UniqueConstraint

from halfdoor.service.core.rows import Row
from halfdoor.service.core.sealing import Sealed, sealed_field
from halfdoor.service.disclosures.choices import Category


class Consultation(Row):
    """Somebody asked for legal advice about a young person. Whom they asked, and what, lie under that person's key."""

    young_person = models.ForeignKey("people.YoungPerson", on_delete=models.PROTECT, related_name="+")
    category = models.CharField(max_length=30, blank=True, default="", choices=Category)
    whom_sealed = sealed_field()
    question_sealed = sealed_field()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    whom = Sealed("whom_sealed", person="young_person_id")
    question = Sealed("question_sealed", person="young_person_id")

    class Meta:
        indexes = (models.Index(fields=["practice", "young_person", "asked_at"], name="consultations_in_time"),)


class Advice(Row):
    """What the lawyer said, as the clinician took it down."""

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="+")
    young_person = models.ForeignKey("people.YoungPerson", on_delete=models.PROTECT, related_name="+")
    words_sealed = sealed_field()
    given_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    words = Sealed("words_sealed", person="young_person_id")

    class Meta:
        constraints = (UniqueConstraint(fields=["practice", "consultation"], name="a_consultation_is_answered_once"),)
