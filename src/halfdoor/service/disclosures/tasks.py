"""What happens when an obligation falls due, and the reading of a whole chain."""

from uuid import UUID

from django.db import transaction
from django_tasks import task

from halfdoor.service.core import chain, clock
from halfdoor.service.core.models import Practice
from halfdoor.service.disclosures import lines
from halfdoor.service.disclosures.models import Obligation


@task()
def fall_due(practice: str, obligation: str) -> None:
    """Write into the chain that an obligation is overdue, unless somebody has seen to it."""
    rows = Obligation.objects.open().filter(practice=UUID(practice), pk=UUID(obligation)).select_related("practice")
    for overdue in rows:
        body = {"kind": "disclosures.overdue", "obligation": obligation, "code": overdue.code}
        with transaction.atomic():
            chain.append(overdue.practice, body, at=clock.now())


@task()
def read_chain(practice: str) -> None:
    """Read the practice's whole chain, and keep what was found."""
    lines.check_chain(Practice.objects.get(pk=UUID(practice)), at=clock.now())
