"""
The commonest fields of a form, written as Django's own templates write them.

A page with many forms has hundreds of fields and choices, and Django reads two or three templates for each: that takes
longer than all else about such a page. A test holds the two beside each other.
"""

from collections.abc import Callable, Iterable, Mapping
from html import escape
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.utils.formats import localize
from django.utils.functional import Promise
from django.utils.safestring import SafeData


class Written(DjangoTemplates):
    """Writes what stands in ``_WRITERS``, and leaves the rest to Django."""

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        """Return the HTML of a widget, an option of one, or a list of errors."""
        if template_name == _ERRORS and not context["errors"]:
            return ""
        write = _WRITERS.get(template_name)
        return write(context["widget"]) if write else super().render(template_name, context, request)


_Widget = Mapping[str, Any]


def _input(widget: _Widget) -> str:
    value = "" if widget["value"] is None else f' value="{_text(widget["value"])}"'
    return f'<input type="{_text(widget["type"])}" name="{_text(widget["name"])}"{value}{_attrs(widget)}>'


def _option(widget: _Widget) -> str:
    if not widget.get("wrap_label"):
        return _input(widget)
    own = widget["attrs"].get("id")
    whose = f' for="{_text(own)}"' if own else ""
    return f"<label{whose}>{_input(widget)}\n {_words(widget['label'])}</label>"


def _textarea(widget: _Widget) -> str:
    typed = widget["value"]
    return f'<textarea name="{_text(widget["name"])}"{_attrs(widget)}>\n{_words(typed) if typed else ""}</textarea>'


def _select(widget: _Widget) -> str:
    begun = f'<select name="{_text(widget["name"])}"{_attrs(widget)}>'
    return "".join([begun, *(_group(name, options) for name, options, _ in widget["optgroups"]), "\n</select>"])


def _group(name: str | None, options: Iterable[_Widget]) -> str:
    inside = "".join(
        f'\n  <option value="{_text(one["value"])}"{_attrs(one)}>{_words(one["label"])}</option>\n' for one in options
    )
    return f'\n  <optgroup label="{_words(name)}">{inside}\n  </optgroup>' if name else inside


def _attrs(widget: _Widget) -> str:
    return "".join(
        f" {_text(name)}" if value is True else f' {_text(name)}="{_text(value)}"'
        for name, value in widget["attrs"].items()
        if value is not False
    )


def _text(value: Any) -> str:
    """Write a value as it is: a number stays one for machines."""
    words = value if isinstance(value, str) else str(value)
    return words if isinstance(words, SafeData) else escape(words)


def _words(value: Any) -> str:
    """Write what people read."""
    return _text(value if isinstance(value, str | Promise) else localize(value))


_ERRORS = "django/forms/errors/list/default.html"
_INPUTS = ("text", "number", "email", "url", "password", "hidden", "date", "time", "checkbox")
_WRITERS: dict[str, Callable[[_Widget], str]] = {
    **{f"django/forms/widgets/{name}.html": _input for name in _INPUTS},
    **{f"django/forms/widgets/{name}_option.html": _option for name in ("radio", "checkbox")},
    "django/forms/widgets/select.html": _select,
    "django/forms/widgets/textarea.html": _textarea,
}
