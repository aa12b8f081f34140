"""Incidents, their assessments, and what was done: dated rows, never overwritten. What people wrote is sealed."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, UniqueConstraint

from halfdoor.service.core.rows import Row
from halfdoor.service.core.sealing import Sealed, sealed_field
from halfdoor.service.safeguarding import choices


class IncidentQuerySet(models.QuerySet["Incident"]):
    def open(self) -> Self:
        """Those that nobody has closed."""
        closed = IncidentStep.objects.filter(
            practice=OuterRef("practice"), incident=OuterRef("pk"), done=choices.Done.CLOSED
        )
        return self.exclude(Exists(closed))


class Incident(Row):
    """
    Confidentiality may have been broken. ``what`` is what happened, in the words of whoever noticed (sealed).

    ``known_at`` is when somebody of ours first knew: clocks run from it, not from when it was written down.
    """

    young_person = models.ForeignKey("people.YoungPerson", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=choices.Kind)
    what_sealed = sealed_field()
    happened_on = models.DateField()
    known_at = models.DateTimeField()
    reported_at = models.DateTimeField()
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    what = Sealed("what_sealed", person="young_person_id")

    objects = IncidentQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=["practice", "young_person", "known_at"], name="incidents_about_somebody"),)


class Unclosed(Row):
    """
    An incident that nobody has closed yet. It goes with the step that closes it.

    It says nothing that incidents and steps do not say; but which of all that there ever were are open is asked all day
    long. `halfdoor doctor` compares them.
    """

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (UniqueConstraint(fields=["practice", "incident"], name="an_incident_is_open_once"),)


class IncidentAssessment(Row):
    """How likely harm is, and how many people it concerns, with reasons (sealed); the newest holds."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="+")
    young_person = models.ForeignKey("people.YoungPerson", on_delete=models.PROTECT, related_name="+")
    risk = models.CharField(max_length=10, choices=choices.Risk)
    people = models.CharField(max_length=20, choices=choices.People)
    reasons_sealed = sealed_field()
    assessed_at = models.DateTimeField()
    assessed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    reasons = Sealed("reasons_sealed", person="young_person_id")

    class Meta:
        indexes = (models.Index(fields=["practice", "incident", "assessed_at"], name="assessments_of_an_incident"),)


class IncidentStep(Row):
    """Something that was done about an incident, or why it was not; ``words`` are what was said or why (sealed)."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="+")
    young_person = models.ForeignKey("people.YoungPerson", on_delete=models.PROTECT, related_name="+")
    done = models.CharField(max_length=20, choices=choices.Done)
    words_sealed = sealed_field()
    done_at = models.DateTimeField()
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    words = Sealed("words_sealed", person="young_person_id")

    class Meta:
        indexes = (
            models.Index(fields=["practice", "incident", "done_at"], name="steps_of_an_incident"),
            models.Index(fields=["practice", "young_person", "done"], name="steps_told_to_somebody"),
        )
