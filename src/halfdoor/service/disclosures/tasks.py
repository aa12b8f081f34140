"""What happens when an obligation falls due or an escrow ends, and the reading of a whole chain."""

from uuid import UUID

from django.db import transaction
from django_tasks import task

from halfdoor.service.core import chain, clock, jobs
from halfdoor.service.core.models import Practice
from halfdoor.service.disclosures import lines
from halfdoor.service.disclosures.escrow import over
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


@task()
def escrow_is_over(practice: str) -> None:
    """Let *Today* ask no more for process notes in escrow once nobody has to be told anything; else look again."""
    at = clock.now()
    if over.look_again(UUID(practice), at=at):
        due_at = at + over.AGAIN
        key = f"escrow on {due_at.date()}"  # not this job's own key: it is open while it runs
        jobs.enqueue(escrow_is_over, practice=UUID(practice), dedupe_key=key, due_at=due_at, at=at)
