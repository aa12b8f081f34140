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


class LeaveTo(models.TextChoices):
    """Everyday pages to which somebody can leave. Each is fetched without a word about where from."""

    ENCYCLOPEDIA = "https://www.wikipedia.org/", _("An encyclopedia (wikipedia.org)")
    WEATHER_UK = "https://www.bbc.co.uk/weather", _("The weather in the United Kingdom (bbc.co.uk)")
    WEATHER_US = "https://www.weather.gov/", _("The weather in the United States (weather.gov)")
    SEARCH = "https://duckduckgo.com/", _("A search page (duckduckgo.com)")


class SignInRule(Row):
    """What a practice decided about signing in and leaving. The newest holds; without one, what the defaults say."""

    caregivers_at_once = models.BooleanField(default=False)
    leave_to = models.CharField(max_length=60, choices=LeaveTo, default=LeaveTo.ENCYCLOPEDIA)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["practice", "decided_at"], name="rules_about_signing_in"),)
