"""Work of the demonstration that can wait until the first page is there."""

from uuid import UUID

from django_tasks import task

from halfdoor.service.core import clock
from halfdoor.service.core.models import Practice
from halfdoor.service.portals.demo import more, scenes, stories


@task()
def add_demo_family(practice: str, number: int) -> None:
    """Put one more invented family on record in a demonstration practice."""
    more.add_family(Practice.objects.get(pk=UUID(practice), is_demo=True), number, at=clock.now())


@task()
def tell_demo_story(practice: str, name: str) -> None:
    """Put one invented family's story on record in a demonstration practice."""
    stories.tell(Practice.objects.get(pk=UUID(practice), is_demo=True), name, at=clock.now())


@task()
def play_demo_scene(practice: str, scene: str) -> None:
    """Put on record what happens at a demonstration practice apart from any family."""
    scenes.play(Practice.objects.get(pk=UUID(practice), is_demo=True), scene, at=clock.now())
