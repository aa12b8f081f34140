"""What goes out every evening."""

from uuid import UUID

from django_tasks import task

from halfdoor.service.core import clock
from halfdoor.service.core.models import Practice


@task()
def evening_round(practice: str) -> None:
    """Plan the next round, and send this one's words."""
    from halfdoor.service.messages import actions

    where, at = Practice.objects.get(pk=UUID(practice)), clock.now()
    actions.send_round(where, at=at)
    actions.plan_next_round(where, at=at)


@task()
def checkpoint_of_the_day(practice: str) -> None:
    """Plan the next one, and send this one: it is tried again until it went."""
    from halfdoor.service.messages import actions, checkpoints

    where, at = Practice.objects.get(pk=UUID(practice)), clock.now()
    actions.plan_next_checkpoint(where, at=at)
    checkpoints.send(where, at=at)
