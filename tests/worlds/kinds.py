"""
The kinds of things that happen in one world alone: each with the parts in which one may know nothing of it, and done by
the product's own actions.

A kind says of whose affairs it is hidden: ``near`` names the parts from whom it is hidden in the circle near them.
Elsewhere, in a circle that is none of their business, everything is hidden but from those whom ``shown`` names.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from halfdoor.service.accounts.models import Account
from halfdoor.service.people.models import Membership
from tests.people import NOON
from tests.worlds.cast import Cast, Circle
from tests.worlds.viewers import Part

TODAY = NOON.date()


@dataclass(frozen=True, slots=True)
class Scene:
    """
    Where something hidden happens: the circle, an adult of it about whom the viewer may know nothing, and the viewer's
    own place in it, if they have one.
    """

    cast: Cast
    circle: Circle
    other: Membership
    viewer: Membership | None
    words: str
    at: datetime

    @property
    def by(self) -> Account:
        """The therapist of the circle, who does most of what is hidden."""
        return self.circle.therapist

    @property
    def lead(self) -> Account:
        """The clinical lead of the practice."""
        return self.cast.lead if self.circle.practice == self.cast.lead.practice else self.cast.head


class Happens(Protocol):
    def __call__(self, scene: Scene) -> None:
        """Let it happen."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of thing that can be hidden, from whom near it, and to whom elsewhere it is shown."""

    name: str
    happens: Happens
    near: frozenset[Part]
    shown: frozenset[str] = frozenset()
    needs_place: bool = False
    """Whether it is about the viewer's own place in the circle."""
    only: frozenset[str] = frozenset()
    """The viewers for whom alone it is hidden, where a part is too wide."""
    until: str = ""
    """The kind after which this one cannot happen any more: drawn the other way round, the two change places."""


KINDS: dict[str, Kind] = {}
EVERYBODY = frozenset(Part) - {Part.OUTSIDE}


def kind(
    *near: Part, shown: tuple[str, ...] = (), needs_place: bool = False, only: tuple[str, ...] = (), until: str = ""
) -> Callable[[Happens], Happens]:
    """Put a kind on the list: hidden from these parts near it; from everybody if none is named."""

    def add(happens: Happens) -> Happens:
        name = getattr(happens, "__name__", "")
        hidden_from, to = frozenset(near) or EVERYBODY, frozenset(shown)
        KINDS[name] = Kind(name, happens, hidden_from, to, needs_place, frozenset(only), until)
        return happens

    return add
