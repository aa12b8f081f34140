"""
Sections of pages that several rooms share. Rooms above this one add a template and what it shows; the page asks them
all, in the order in which they were added.

Pages: ``file`` (a young person's page for clinicians), ``week`` (one child on a caregiver's *This week*), ``shift``
(one young person on a team's page), ``mine`` (the young person's own page).
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Section:
    """One section: its template, and what it shows, as ``section`` in it."""

    template: str
    of: Any


Load = Callable[..., Any]
"""
Takes whom the page is about, ``reader=`` and ``at=``, and returns what the section shows; nothing where there is none.

``file`` is about a young person, ``week`` and ``shift`` about the reader's membership, ``mine`` about the reader's own
young person.
"""

_SECTIONS: dict[str, list[tuple[str, Load]]] = defaultdict(list)


def add(page: str, template: str, load: Load) -> None:
    """Put a section at the end of a page. Called from a room's ``AppConfig.ready``."""
    if (template, load) not in _SECTIONS[page]:
        _SECTIONS[page].append((template, load))


def of(page: str, about: Any, *, reader: Any, at: datetime) -> tuple[Section, ...]:
    """Return the sections of a page for whoever reads it, without those that have nothing to show."""
    loaded = ((template, load(about, reader=reader, at=at)) for template, load in _SECTIONS[page])
    return tuple(Section(template, shown) for template, shown in loaded if shown)
