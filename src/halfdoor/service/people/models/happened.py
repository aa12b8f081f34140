"""What happened in a circle of care on a day, and what was gone through with the young person."""

from django.conf import settings
from django.db import models

from halfdoor.service.core.rows import Row
from halfdoor.service.core.sealing import Sealed, sealed_field
from halfdoor.service.people import choices
from halfdoor.service.people.models.circle import Membership, Person, YoungPerson


class CircleEvent(Row):
    """
    A separation, an adoption, a new caseworker: something with a day, after which papers say another thing of several.

    The facts that came with it are rows of their own, recorded at the same moment.
    """

    young_person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=30, choices=choices.EventKind)
    happened_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    note_sealed = sealed_field()

    note = Sealed("note_sealed", person="young_person_id")


class Involvement(Row):
    """
    Whether a caregiver takes part, as it was gone through with the young person, whose view stands beside it.

    It takes away no authority and hides nothing: what they may know changes by authority, order, consent or wish alone.
    """

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=12, choices=choices.Part)
    view = models.CharField(max_length=20, choices=choices.YoungPersonsView)
    effective_on = models.DateField()
    reviewed_at = models.DateTimeField()
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    words_sealed = sealed_field()
    because_sealed = sealed_field()

    words = Sealed("words_sealed", person="about_id")
    because = Sealed("because_sealed", person="about_id")

    @property
    def about_id(self) -> object:
        """The id of the young person, under whose key the words are sealed."""
        return self.membership.young_person_id


class BirthdayCorrection(Row):
    """The day somebody was born was put right: from what, to what, why, and by whom."""

    young_person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="+")
    before_on = models.DateField(null=True, blank=True)
    after_on = models.DateField(null=True, blank=True)
    corrected_at = models.DateTimeField()
    corrected_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    because_sealed = sealed_field()

    because = Sealed("because_sealed", person="young_person_id")


class OutsideReference(Row):
    """What another system calls a person, so that the same file read again finds them again."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=80)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["practice", "reference"], name="one_person_a_reference"),)


class BirthdayTalk(Row):
    """A birthday that changes rights was gone through with the young person before it came; they turn ``age``."""

    young_person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="+")
    age = models.PositiveSmallIntegerField()
    talked_at = models.DateTimeField()
    talked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    words_sealed = sealed_field()

    words = Sealed("words_sealed", person="young_person_id")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["practice", "young_person", "age"], name="one_talk_a_birthday"),)
