"""Who wants a word when there is something new, which were sent, and which checkpoints. Rows, never overwritten."""

from django.conf import settings
from django.db import models

from halfdoor.service.core.rows import Row


class NoticeChoice(Row):
    """Whether somebody wants a word; the newest holds, and without one nothing is sent."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    wanted = models.BooleanField()
    chosen_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["practice", "account", "chosen_at"], name="choices_about_notices"),)


class Notice(Row):
    """
    A word was handed over to be sent. Written before it goes: one of which nobody knows whether it went is never sent
    again.
    """

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["practice", "account", "sent_at"], name="notices_to_somebody"),)


class NoticeRefused(Row):
    """The mail server did not take a word, so it was not sent. ``error`` is the kind of error, and nothing it said."""

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="+")
    error = models.CharField(max_length=60)
    refused_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["practice", "notice"], name="a_notice_is_refused_once"),)


class CheckpointSent(Row):
    """A checkpoint of the ledger that the mail server took, for everybody who keeps it: ``note`` is what it said."""

    note = models.TextField()
    sent_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["practice", "sent_at"], name="checkpoints_that_went"),)
