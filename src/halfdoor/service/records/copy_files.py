"""A copy of a record as a file: a tagged PDF/A for people, JSON for machines. Their names say nothing."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from halfdoor.service.core.models import Practice
from halfdoor.service.disclosures.accounting_files import stamped
from halfdoor.service.disclosures.answers import Released
from halfdoor.service.disclosures.choices import Category, SaidBy
from halfdoor.service.documents.typesetting import typeset
from halfdoor.service.records.copying import Copied

_PAPER = Path(__file__).parent / "typst" / "copy.typ"


def as_pdf(copied: Copied, practice: Practice, *, at: datetime) -> bytes:
    """Return a copy on paper, tagged so that it can be read aloud."""
    parts = [
        {"title": title, "items": [_written(one) for one in part]} for title, part in _parted(copied.items) if part
    ]
    said = {
        "title": _("A copy of the record"),
        "practice": practice.name,
        "made": _day(at),
        "paper": "us-letter" if practice.place.startswith("us") else "a4",
        "lang": translation.get_language().partition("-")[0],
        "note": _("It holds what you may have today. What others said in confidence is not in it. You can ask."),
        "empty": _("There is nothing in it today."),
        "parts": parts,
        "stamp": stamped(copied.stamp),
    }
    return typeset(_PAPER, said={"said": json.dumps(said)}, standard="a-2a", at=at)


def as_json(copied: Copied, practice: Practice, *, at: datetime) -> bytes:
    """Return a copy for machines: each item with its day, its kind, whose words it holds where that may be known."""
    found = [
        {"id": str(one.item_id), "written_at": one.written_at.isoformat(), "category": one.category}
        | {"said_by": one.said_by, "source": one.source, "text": one.text}
        for one in copied.items
    ]
    said = {"format": 1, "stamp": copied.stamp, "practice": practice.name, "made_at": at.isoformat(), "items": found}
    return json.dumps(said, ensure_ascii=False, indent=1).encode()


FILES: Mapping[str, tuple[str, Callable[..., bytes]]] = {
    "pdf": ("application/pdf", as_pdf),
    "json": ("application/json", as_json),
}
"""The kinds of file by their ending: what they are, and how one is made."""


def _parted(items: Sequence[Released]) -> list[tuple[str, list[Released]]]:
    """Keep what others told us apart from the young person's own words and from what was written here."""
    own = [one for one in items if one.said_by == SaidBy.YOUNG_PERSON]
    written = [one for one in items if one.said_by in ("", SaidBy.CLINICIAN)]
    others = [one for one in items if one not in own and one not in written]
    return [
        (_("What was written here"), written),
        (_("What the young person said"), own),
        (_("What others told us"), others),
    ]


def _written(one: Released) -> dict[str, str]:
    head = f"{_day(one.written_at)} · {Category(one.category).label}"
    return {"head": f"{head} · {one.source}" if one.source else head, "text": one.text}


def _day(value: datetime) -> str:
    return date_format(timezone.localtime(value), pgettext("format of a day", "l, F j, Y"))
