"""One field of a form with all that stands around it. A template of as many conditions would take far longer."""

from django.forms import BoundField
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _


def field(of: BoundField, *, short: str = "", needed: str = "") -> str:
    """
    Return a field as a group of choices, as one box to tick, or as something to type, with what has to be mended.

    :param short: how its choices stand, where they are short
    :param needed: given where nothing says that it can be left out
    """
    if of.is_hidden:
        return str(of)
    state = "field mends" if of.errors else "field"
    words = format_html("{}{}", of.label, "" if of.field.required or needed else _optional())
    hint = format_html('<p class="hint" id="{}_helptext">{}</p>\n', of.auto_id, of.help_text) if of.help_text else ""
    if of.use_fieldset:
        told = format_html(' aria-describedby="{}"', of.aria_describedby) if of.aria_describedby else ""
        choices = format_html_join("", "{}", ((str(choice),) for choice in of))
        return format_html(
            '<fieldset class="{}"{}><legend id="{}" tabindex="-1">{}</legend>\n{}{}'
            '<div class="choices {}">{}</div></fieldset>',
            *(state, told, of.auto_id, words, hint, of.errors, short, choices),
        )
    if getattr(of.field.widget, "input_type", "") == "checkbox":
        inner = format_html(
            '{}{}<div class="single"><label for="{}">{} {}</label></div>',
            *(hint, of.errors, of.id_for_label, of, of.label),
        )
    else:
        inner = format_html('<label for="{}">{}</label>\n{}{}{}', of.id_for_label, words, hint, of.errors, of)
    return format_html('<div class="{}">{}</div>', state, inner)


def _optional() -> str:
    return format_html(' <span class="optional">{}</span>', _("(you can leave this out)"))
