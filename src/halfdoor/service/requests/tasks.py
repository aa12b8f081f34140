"""What happens when a clock of the law runs out."""

from uuid import UUID

from django.db import transaction
from django_tasks import task

from halfdoor.service.core import chain
from halfdoor.service.core import clock as time
from halfdoor.service.requests.models import Answer, Clock, Extension


@task()
def run_out(practice: str, clock: str) -> None:
    """Write into the chain that a request was not answered in time, unless it was, or has longer by now."""
    at = time.now()
    for ran in Clock.objects.filter(practice=UUID(practice), pk=UUID(clock)).select_related("practice"):
        longer = Extension.objects.filter(practice=ran.practice_id, clock=ran, due_at__gt=at)
        answers = Answer.objects.filter(practice=ran.practice_id, request=ran.request_id)
        if not (longer.exists() or answers.exists()):
            body = {"kind": "requests.overdue", "request": str(ran.request_id), "code": ran.code}
            with transaction.atomic():
                chain.append(ran.practice, body, at=at)
