"""What templates of records need from Python."""

from django import template

from halfdoor.service.records.choices import ROOMS

register = template.Library()


@register.filter
def room_words(room: str) -> str:
    """Say what lies in a room, by its name."""
    return str(ROOMS.get(room, room))
