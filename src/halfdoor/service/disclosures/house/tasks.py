"""Working out what a proposal would change, beside the pages: with many families it takes a while."""

from uuid import UUID

from django_tasks import task

from halfdoor.service.core import clock
from halfdoor.service.disclosures import packs
from halfdoor.service.disclosures.house import impact as looking
from halfdoor.service.disclosures.house.rows import Impact


@task()
def work_out_impact(practice: str, impact: str) -> None:
    """Work out what a proposal would change, against the rules it was compared with. Run twice, it does so once."""
    rows = Impact.objects.filter(practice=UUID(practice), pk=UUID(impact), ended_at=None)
    for one in rows.select_related("practice", "proposal__version"):
        old, new = packs.kept([one.proposal.base, one.proposal.version.sha256], practice=one.practice)
        looking.work_out(one, old, new, at=clock.now())
