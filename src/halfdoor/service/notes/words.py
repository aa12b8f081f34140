"""How a note is called on a page: what it is, whose words it holds, what is marked on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from halfdoor.service.agreements.choices import Topic
from halfdoor.service.disclosures.answers import Released
from halfdoor.service.disclosures.choices import Category, Mark, SaidBy
from halfdoor.service.notes.choices import PRIVATE
from halfdoor.service.notes.forms import MARKS

_KINDS: Mapping[str, str | Promise] = {
    "all": _("all"),
    "shared": _("for others to read"),
    "private": _("for the clinical team"),
    "process": _("your process notes"),
}

_KNOWN: Mapping[str, str | Promise] = {
    Mark.YES: _("The young person may know who told us."),
    Mark.NO: _("The young person may not know who told us."),
    Mark.UNKNOWN: _("The young person does not know who told us: nobody has asked whether they may."),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One note in a list."""

    item_id: UUID
    title: str
    text: str
    at: datetime
    by: str
    is_private: bool
    version: int


def as_line(note: Released, names: Mapping[UUID, str]) -> Line:
    """Return a note as it stands in a list; ``names`` are those of its authors."""
    return Line(
        item_id=note.item_id,
        title=str(Category(note.category).label),
        text=note.text,
        at=note.written_at,
        by=names.get(note.written_by, ""),
        is_private=note.category in PRIVATE,
        version=note.version,
    )


def kinds_shown(shown: str) -> list[tuple[str, str, bool]]:
    """Return (name, words, whether it is chosen) of what a list can be narrowed to."""
    return [(name, str(words), name == shown) for name, words in _KINDS.items()]


def what_is_marked(note: Released) -> list[str]:
    """Return in words what is on record about a note beside its text, for a clinician."""
    said = []
    if note.topic:
        said.append(str(_("Touches on: %s")) % Topic(note.topic).label)
    if note.said_by and note.said_by != SaidBy.CLINICIAN:
        said.append(str(_("Said by: %s")) % (note.source or SaidBy(note.said_by).label))
    if note.marked is None:
        return said
    said += [str(MARKS[name]).capitalize() for name in note.marked.names]
    if note.said_by in (SaidBy.CAREGIVER, SaidBy.TEAM, SaidBy.SOMEBODY_ELSE):
        said.append(str(_KNOWN[note.marked.source_may_be_known]))
    return said
