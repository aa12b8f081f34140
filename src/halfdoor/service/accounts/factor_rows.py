"""What happened to somebody's ways in, and when they were first asked for one. allauth keeps the ways themselves."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from halfdoor.service.core.rows import Row


class What(models.TextChoices):
    """What a change was about. The first three are values of allauth's own types."""

    TOTP = "totp", _("Codes from an app")
    WEBAUTHN = "webauthn", _("Passkey")
    RECOVERY_CODES = "recovery_codes", _("Spare codes")
    EVERYTHING = "everything", _("Everything but the password")


class Change(models.TextChoices):
    """What happened to it."""

    ADDED = "added", _("added")
    REMOVED = "removed", _("removed")
    USED_UP = "used_up", _("one was used")


class FactorChange(Row):
    """A way in was added or removed, or a spare code used. Shown to whoever it belongs to; never overwritten."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=20, choices=What)
    change = models.CharField(max_length=20, choices=Change)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["practice", "account", "changed_at"], name="changes_of_factors"),)


class FactorAsked(Row):
    """When somebody whose role is asked for a second factor was asked first. From then on their days count."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["practice", "account"], name="asked_for_a_factor_once"),)
