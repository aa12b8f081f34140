"""Tasks that the tests of jobs ask for. They leave marks in a folder, as an outside world would keep them."""

import time
from pathlib import Path

from django.db import transaction
from django_tasks import task

from halfdoor.service.core.models import Practice


@task
def note_down(*, practice: str, mark: str, slowly: float = 0) -> None:
    """Leave a mark, after some time."""
    time.sleep(slowly)
    file = Path(mark)
    file.write_text(file.read_text() + "x" if file.exists() else "x")


@task
def stumble(*, practice: str, over: str) -> None:
    """Fail with words that must not be kept."""
    raise LookupError(f"{over} said: I told her about the river")


@task
def write_slowly(*, practice: str, mark: str) -> None:
    """Change a row, and take a while until that is settled."""
    with transaction.atomic():
        Practice.objects.filter(pk=practice).update(name="Corner House")
        note_down.call(practice=practice, mark=mark, slowly=0.15)
