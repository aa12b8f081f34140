"""What somebody answered, which sets they completed, and how often that is expected: dated rows that only grow."""

from django.conf import settings
from django.db import models

from halfdoor.service.core.rows import Row


class ExerciseAnswer(Row):
    """
    What somebody chose in a scenario, and what the rules said that day. Theirs alone to read.

    ``points`` and ``out_of`` count halves. ``packs`` are the versions that were heard, by id.
    """

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    scenario = models.SlugField(max_length=60)
    answer = models.CharField(max_length=20)
    step = models.CharField(max_length=20, blank=True)
    words = models.CharField(max_length=10, blank=True)
    decided = models.CharField(max_length=20)
    rule = models.CharField(max_length=120)
    packs = models.JSONField()
    points = models.PositiveSmallIntegerField()
    out_of = models.PositiveSmallIntegerField()
    answered_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["practice", "account", "answered_at"], name="exercises_of_somebody"),)


class Completion(Row):
    """
    Somebody completed a set. ``decided`` is what the rules said to each scenario of it, by slug: the answer and its
    rule; ``packs`` are the versions that were heard.
    """

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    collection = models.CharField(max_length=20)
    decided = models.JSONField()
    packs = models.JSONField()
    completed_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["practice", "account", "completed_at"], name="completions_of_somebody"),)


class Expectation(Row):
    """The practice expects every set to be completed again after so many months (0: it expects nothing)."""

    months = models.PositiveSmallIntegerField()
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = (models.Index(fields=["practice", "decided_at"], name="expectations_of_a_practice"),)
