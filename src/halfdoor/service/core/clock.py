"""The one place where the clock is read. Views, tasks and commands call it and hand the moment down as `at`."""

from datetime import datetime

from django.utils import timezone


def now() -> datetime:
    """Return this moment, in UTC and aware."""
    return timezone.now()
