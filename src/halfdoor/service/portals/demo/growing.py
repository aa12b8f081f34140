"""All of the demonstration at once, for whoever does not want to wait for the background: pictures, counting."""

from datetime import datetime

from halfdoor.service.core.models import Practice
from halfdoor.service.people.choices import Setting
from halfdoor.service.portals.demo import families, more, scenes, stories


def grow(*, at: datetime) -> None:
    """Put everything on record that the background would bring in time, in its order."""
    families.prepare(at=at)
    *first, last = scenes.SCENES
    for practice in Practice.objects.filter(is_demo=True):
        for name in stories.STORIES[practice.setting]:
            stories.tell(practice, name, at=at)
        for scene in first:
            scenes.play(practice, scene, at=at)
        for number in range(more.HOW_MANY[Setting(practice.setting)]):
            more.add_family(practice, number, at=at)
        scenes.play(practice, last, at=at)
