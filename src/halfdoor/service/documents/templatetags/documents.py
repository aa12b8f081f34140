"""What templates of papers need from Python."""

from django import template

from halfdoor.service.documents.choices import Kind

register = template.Library()


@register.filter
def kind_words(kind: str) -> str:
    """Return what a paper is about, in words."""
    return str(Kind(kind).label)
