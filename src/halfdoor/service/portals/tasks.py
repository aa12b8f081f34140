"""Work of the demonstration that can wait until the first page is there."""

from uuid import UUID

from django_tasks import task

from halfdoor.service.core import clock
from halfdoor.service.core.models import Practice
from halfdoor.service.portals.demo import more


@task()
def add_demo_family(practice: str, number: int) -> None:
    """Put one more invented family on record in a demonstration practice."""
    more.add_family(Practice.objects.get(pk=UUID(practice), is_demo=True), number, at=clock.now())
