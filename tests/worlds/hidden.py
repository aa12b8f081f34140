"""Something that happens in one world alone: of which kind, where, when, and in which words."""

from dataclasses import dataclass
from datetime import datetime

from tests.worlds import hidden_records, hidden_requests
from tests.worlds.cast import Cast
from tests.worlds.kinds import KINDS, Scene
from tests.worlds.viewers import Part, Viewer
from tests.worlds.visible import GOES_WELL, KINDLY

PUT_ON_THE_LIST_BY = (hidden_records, hidden_requests)
"""The modules whose kinds are on the list."""

WORDS = (
    GOES_WELL,
    KINDLY,
    "She says that he came into her room at night.",
    "Kingfisher 4711",
    "sara@example.org",
)
"""What is written in hidden rows: words of visible ones, what is unique, an address."""


@dataclass(frozen=True, slots=True)
class Hidden:
    """
    Something that happens in one world alone: which kind, whether near the viewer or elsewhere, in which words, and
    when: so many hours before the viewer comes, or right before their step of a number (``between``).
    """

    kind: str
    is_near: bool
    words: str
    hours_ago: float = 1.0
    between: int | None = None

    def happen(self, viewer: Viewer, cast: Cast, *, at: datetime) -> None:
        """Let it happen."""
        circle = cast.circle_of(viewer.near if self.is_near else viewer.elsewhere)
        name = viewer.other if self.is_near else next(iter(circle.adults))
        place = viewer.place(cast) if self.is_near else None
        KINDS[self.kind].happens(Scene(cast, circle, circle.adults[name], place, self.words, at))


def near(viewer: Viewer) -> tuple[str, ...]:
    """Return the kinds that are hidden from somebody in the circle near them."""
    return tuple(
        one.name
        for one in KINDS.values()
        if viewer.part in one.near
        and (not one.only or viewer.name in one.only)
        and (not one.needs_place or viewer.member)
    )


def elsewhere(viewer: Viewer) -> tuple[str, ...]:
    """
    Return the kinds that are hidden from somebody in a circle that is none of their business. Every circle is the
    office's business, as far as any is.
    """
    if viewer.part == Part.OFFICE:
        return near(viewer)
    return tuple(one.name for one in KINDS.values() if viewer.name not in one.shown and not one.needs_place)
