"""Codes of the ledger in words, for its pages."""

from django import template

from halfdoor.service.disclosures.choices import Category, Purpose

register = template.Library()


@register.filter
def kind_of_information(code: str) -> str:
    """Return what a kind of information is called."""
    return str(Category(code).label)


@register.filter
def purpose_word(code: str) -> str:
    """Return what something was shared for."""
    return str(Purpose(code).label)
