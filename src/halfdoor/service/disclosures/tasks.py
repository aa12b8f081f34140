"""What happens when an obligation falls due."""

from uuid import UUID

from django.db import transaction
from django_tasks import task

from halfdoor.service.core import chain, clock
from halfdoor.service.disclosures.models import Obligation


@task()
def fall_due(practice: str, obligation: str) -> None:
    """Write into the chain that an obligation is overdue, unless somebody has seen to it."""
    rows = Obligation.objects.open().filter(practice=UUID(practice), pk=UUID(obligation)).select_related("practice")
    for overdue in rows:
        body = {"kind": "disclosures.overdue", "obligation": obligation, "code": overdue.code}
        with transaction.atomic():
            chain.append(overdue.practice, body, at=clock.now())
