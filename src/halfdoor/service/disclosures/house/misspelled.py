"""What the parser of TOML says of a text, in the words of whoever typed it: what is missing, and where it stopped."""

import re
from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_HEAD = "not TOML: "
_PLACE = re.compile(r" *\(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)")
_TWICE = gettext_lazy("this name stands here for the second time")
_NO_HEAD = gettext_lazy("the head of a table is not closed: a ] is missing")
_OPEN_TEXT = gettext_lazy("a text is not closed: its quotation mark is missing")

_COMMON: Mapping[str, str | Promise] = {
    r"Expected '=' after a key": gettext_lazy("a name needs = and a value after it"),
    r"Expected '\]\]?' at the end": _NO_HEAD,
    r"Expected newline or end of document": gettext_lazy("something stands after the value; begin a new line for it"),
    r"Invalid statement|Invalid initial character": gettext_lazy("this is no name with = and a value"),
    r"Invalid value": gettext_lazy("a value is missing here, or a text without quotation marks"),
    r"Unclosed array": gettext_lazy("a list is not closed: a ] is missing"),
    r"Unclosed inline table": gettext_lazy("a pair of braces is not closed: a } is missing"),
    r"Unterminated string|Expected [\"']{2,}|Illegal character '\\n'": _OPEN_TEXT,
    r"Illegal character|Found invalid character": gettext_lazy("here is a character that may not stand there"),
    r"Unescaped '\\'|Invalid hex value|Escaped character": gettext_lazy("in a text, write \\ twice"),
    r"Cannot |Duplicate ": _TWICE,
    r"Invalid date": gettext_lazy("there is no such day or time"),
    r"Nested too deeply": gettext_lazy("lists stand within lists, too deep to be read"),
    r"Number too long": gettext_lazy("a number is too long to be read"),
}


def place_in(text: str, says: str) -> tuple[int, int]:
    """Return the line and the character at which the parser stopped, 0 and 0 where it does not say."""
    found = _PLACE.search(says)
    if found is None:
        return 0, 0
    lines = text.splitlines() or [""]
    return (int(found["line"]), int(found["column"])) if found["line"] else (len(lines), len(lines[-1]) + 1)


def plainly(says: str) -> str:
    """Return what the parser says without the place; the mistakes that people make, in the reader's language."""
    what = _PLACE.sub("", says).strip()
    if not what.startswith(_HEAD):
        return what
    what = what.removeprefix(_HEAD)
    common = next((words for begins, words in _COMMON.items() if re.match(begins, what)), None)
    return str(common) if common else _("this cannot be read as TOML: %(says)s") % {"says": what}
