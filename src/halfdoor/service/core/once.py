"""
What is sent twice happens once.

A page hands out a form with an id of its own. What the form does and the note that it was used are one transaction: a
form sent again, by a second press or by whoever kept it, does nothing, and one that failed can be sent again.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID

from django.db import transaction

from halfdoor.service.core.models import Practice, UsedForm

Done = TypeVar("Done")

_KEPT = timedelta(days=1)
"""Longer than any session lasts."""


@transaction.atomic
def only(act: Callable[[], Done], *, form: UUID | None, practice: Practice, at: datetime) -> Done | None:
    """Do it and return what it returns; do nothing and return nothing if this form was used before."""
    if form is not None:
        used = UsedForm.objects.filter(practice=practice)
        used.filter(used_at__lt=at - _KEPT).delete()
        if not used.get_or_create(form=form, defaults={"practice": practice, "used_at": at})[1]:
            return None
    return act()
