"""`{% url %}` as Django has it, whose addresses are written by `web.addresses` where only keys stand in them."""

from uuid import UUID

from django import template
from django.template.base import Parser, Token
from django.template.context import Context
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as djangos
from django.urls import NoReverseMatch
from django.utils.html import conditional_escape

from halfdoor.service.web import addresses

register = template.Library()


class Addressed(URLNode):
    """One address in a template."""

    def render(self, context: Context) -> str:
        """Write the address, or keep it under the name that the template gives it."""
        keys = [key.resolve(context) for key in self.args]
        if self.kwargs or not all(type(key) is UUID for key in keys):
            return str(super().render(context))
        try:
            written = addresses.of(str(self.view_name.resolve(context)), *keys)
        except NoReverseMatch:
            return str(super().render(context))  # which says what is wrong, or keeps nothing under the name
        if self.asvar:
            context[self.asvar] = written
            return ""
        return conditional_escape(written) if context.autoescape else written


@register.tag
def url(parser: Parser, token: Token) -> URLNode:
    """Read the tag as Django does."""
    node = djangos(parser, token)
    return Addressed(node.view_name, node.args, node.kwargs, node.asvar)
