"""Who looks at both worlds, from which place, and whose affairs around them they may know nothing of."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum, auto

from django.urls import reverse

from halfdoor.service.accounts.models import Account
from halfdoor.service.people import actions as people
from halfdoor.service.people.choices import Answer
from halfdoor.service.people.models import Membership, Suspicion
from tests.people import a_court_limits
from tests.worlds.cast import Cast, Circle


class Part(StrEnum):
    """In what part somebody looks, which says what is hidden from them."""

    PARENT = auto()
    YOUNG_PERSON = auto()
    TEAM = auto()
    OFFICE = auto()
    OUTSIDE = auto()


Before = Callable[[Cast, datetime], None]


def _nothing(cast: Cast, at: datetime) -> None:
    """Nothing was put on record about this viewer."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """
    Somebody who looks: their part, whose circle is near them, and whose is none of their business.

    ``other`` is an adult of the near circle, about whom they may know nothing; ``before`` is put on record in both
    worlds; ``start`` is where they begin; ``lives_in`` is the circle in which something happens in both worlds, where
    it is not the near one; ``share`` is how many of five examples of the pages behind their door are theirs; ``also``
    is a page of their own place that one finds by a link only with several.
    """

    name: str
    part: Part
    start: str
    near: str
    elsewhere: str
    account: Callable[[Cast], Account]
    other: str = ""
    member: str = ""
    lives_in: str = ""
    share: int = 5
    also: str = ""
    before: Before = _nothing

    def starts(self, cast: Cast) -> tuple[str, ...]:
        """Return where they begin."""
        place = self.place(cast)
        return (self.start, reverse(self.also, args=[place.pk])) if self.also and place else (self.start,)

    @property
    def around(self) -> str:
        """The circle in which something happens in both worlds."""
        return self.lives_in or self.near

    def place(self, cast: Cast) -> Membership | None:
        """Return the viewer's own place in the near circle, if they have one there."""
        if self.part == Part.YOUNG_PERSON:
            return cast.circle_of(self.near).herself
        return cast.circle_of(self.near).adults[self.member] if self.member else None


def _in(circle: str, name: str) -> Callable[[Cast], Account]:
    return lambda cast: cast.circle_of(circle).account_of(name)


def _young(circle: str) -> Callable[[Cast], Account]:
    def of(cast: Cast) -> Account:
        account = cast.circle_of(circle).herself.person.account
        assert account is not None, "young people sign in"
        return account

    return of


def _barred(cast: Cast, at: datetime) -> None:
    a_court_limits(cast.amina.adults["tom"], by=cast.amina.therapist)


def _suspected(cast: Cast, at: datetime) -> None:
    suspect(cast.amina, "tom", at=at)


def suspect(circle: Circle, name: str, *, at: datetime) -> None:
    """Put on record that somebody may have harmed the young person."""
    doubt = Suspicion(membership=circle.adults[name], suspected=Answer.YES, effective_on=at.date())
    people.record(doubt, evidence="Said so in tears.", by=circle.therapist, at=at)


def _parent(name: str, member: str, other: str, share: int, before: Before = _nothing, *, most: int = 1) -> Viewer:
    where = ("/family/", "amina", "mila", _in("amina", member))
    return Viewer(
        name, Part.PARENT, *where, other=other, member=member, share=share, also="portals:child", before=before
    )


def _outside(name: str, account: Callable[[Cast], Account], share: int) -> Viewer:
    where = ("/staff/today/", "mila", "mila", account)
    return Viewer(name, Part.OUTSIDE, *where, other="jana", lives_in="amina", share=share)


ALL = (
    _parent("tom", "tom", "sara", 2),
    _parent("sara", "sara", "tom", 1),
    _parent("tom under a court order", "tom", "sara", 1, _barred),
    _parent("tom under suspicion", "tom", "sara", 1, _suspected),
    Viewer("amina", Part.YOUNG_PERSON, "/me/", "amina", "mila", _young("amina"), "tom"),
    Viewer("dan", Part.TEAM, "/staff/shift/", "leo", "kit", _in("leo", "dan"), "priya", "dan", also="portals:shift_of"),
    Viewer("the office", Part.OFFICE, "/staff/desk/", "amina", "mila", lambda cast: cast.office, "sara"),
    _outside("ruth", lambda cast: cast.amina.therapist, 1),
    _outside("the lead", lambda cast: cast.lead, 4),
)
VIEWERS: Mapping[str, Viewer] = {viewer.name: viewer for viewer in ALL}
