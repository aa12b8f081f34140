"""A clinician who is not in a circle opened a record in an emergency."""

from django.conf import settings
from django.db import models

from halfdoor.service.core.rows import Row
from halfdoor.service.core.sealing import Sealed, sealed_field
from halfdoor.service.people import choices
from halfdoor.service.people.models.circle import Membership, YoungPerson


class EmergencyAccess(Row):
    """
    Somebody opened a young person's record for an hour. It is a real place in the circle, which ends at ``ends_at``.

    ``review_due_on`` is the day by which a second person has to look at it. ``words`` say why, in their own words.
    """

    young_person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="+")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=20, choices=choices.WhyEmergency)
    words_sealed = sealed_field()
    opened_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    review_due_on = models.DateField()
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    words = Sealed("words_sealed", person="young_person_id")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["practice", "membership"], name="one_emergency_a_place"),)
        indexes = (models.Index(fields=["practice", "opened_by", "ends_at"], name="emergencies_of_somebody"),)


class EmergencyReview(Row):
    """A second person looked at it: what they found, in their own words."""

    access = models.ForeignKey(EmergencyAccess, on_delete=models.PROTECT, related_name="+")
    young_person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=20, choices=choices.EmergencyOutcome)
    words_sealed = sealed_field()
    reviewed_at = models.DateTimeField()
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    words = Sealed("words_sealed", person="young_person_id")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["practice", "access"], name="an_emergency_is_reviewed_once"),)
