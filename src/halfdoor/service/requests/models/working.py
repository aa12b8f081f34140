"""How a request is worked on: in what office somebody asks, what was weighed, left out and why, which clock runs."""

from django.db import models

from halfdoor.service.core.sealing import Sealed, sealed_field
from halfdoor.service.requests.models.asking import OfRequest
from halfdoor.service.requests.words import Longer, Paper


class Official(OfRequest):
    """
    Somebody asks in an office: a lawyer, the police, a court, a school, an insurer. ``relation`` is the contract's.
    """

    relation = models.CharField(max_length=30)
    paper = models.CharField(max_length=24, choices=Paper)


class Skipped(OfRequest):
    """A step of the conversation was left out, and why (sealed)."""

    kind = models.CharField(max_length=20)
    reason_sealed = sealed_field()

    reason = Sealed("reason_sealed", person="young_person_id")


class Weighing(OfRequest):
    """
    Somebody weighed what sharing would do, as a professional. ``harm`` and ``interests`` are the contract's words;
    ``serves`` is what speaks for it, ``harms`` what speaks against it, in their words (sealed).
    """

    harm = models.CharField(max_length=20)
    interests = models.CharField(max_length=20)
    serves_sealed = sealed_field()
    harms_sealed = sealed_field()

    serves = Sealed("serves_sealed", person="young_person_id")
    harms = Sealed("harms_sealed", person="young_person_id")


class Clock(OfRequest):
    """
    The law gives us until a moment. ``code`` is the obligation's; ``extension`` is how long one may take longer
    (ISO 8601; empty: not at all).
    """

    code = models.CharField(max_length=60)
    due_at = models.DateTimeField()
    extension = models.CharField(max_length=8, blank=True, default="")

    class Meta(OfRequest.Meta):
        constraints = (models.UniqueConstraint(fields=["practice", "request", "code"], name="a_clock_starts_once"),)


class Extension(OfRequest):
    """A clock runs longer: until when, and for which reason, which whoever asked is told. It happens once."""

    clock = models.ForeignKey(Clock, on_delete=models.PROTECT, related_name="+")
    due_at = models.DateTimeField()
    reason = models.CharField(max_length=10, choices=Longer)

    class Meta(OfRequest.Meta):
        constraints = (models.UniqueConstraint(fields=["practice", "clock"], name="a_clock_is_extended_once"),)
