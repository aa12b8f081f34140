"""What waits for somebody, a page at a time, with what is overdue first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from django.core.paginator import Page, Paginator
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from halfdoor.service.accounts.models import Account
from halfdoor.service.people.facts import day_in
from halfdoor.service.web import due
from halfdoor.service.web.due import Due

_A_PAGE = 50
_A_WEEK = timedelta(days=7)

_OVERDUE, _THIS_WEEK, _LATER, _WITH_TIME = (
    _("Overdue"),
    _("Within a week"),
    _("Later"),
    _("When there is time"),
)


_FEW = 30
"""With no more on a page than this, everything lies open."""

_OPEN = 5
"""How many lines of a longer group that has time lie open; the rest is folded under its count."""


@dataclass(frozen=True, slots=True)
class Group:
    """Lines that are due about as soon as each other: those that lie open, and those folded beneath."""

    title: Promise | str
    open: tuple[Due, ...]
    folded: tuple[Due, ...] = ()

    @property
    def lines(self) -> tuple[Due, ...]:
        """All of them."""
        return self.open + self.folded


@dataclass(frozen=True, slots=True)
class Waiting:
    """One page of what waits, in groups, the most urgent first."""

    page: Page[Due]
    groups: tuple[Group, ...]


def waiting_for(account: Account, *, page: str, at: datetime) -> Waiting:
    """Return a page of what waits for somebody, by how soon it is due."""
    shown = Paginator(due.of(account, at=at), _A_PAGE).get_page(page)
    return Waiting(shown, grouped(shown.object_list, today=day_in(account.practice, at=at)))


def grouped(lines: Iterable[Due], *, today: date) -> tuple[Group, ...]:
    """
    Return lines that stand by their day, those without one last, in groups. What is overdue always lies open; where
    there is much, what has more time is folded.
    """
    some = list(lines)
    groups = [(title, tuple(of)) for title, of in groupby(some, lambda one: _how_soon(one.due_on, today))]
    if len(some) <= _FEW:
        return tuple(Group(title, of) for title, of in groups)
    return tuple(_folded(title, of, is_first=title is groups[0][0]) for title, of in groups)


def _folded(title: Promise | str, lines: tuple[Due, ...], *, is_first: bool) -> Group:
    """Return a group with what can wait folded; whatever comes first on a page is never folded whole."""
    if title is _OVERDUE:
        return Group(title, lines)
    opens = _OPEN if is_first or title is _THIS_WEEK else 0
    if len(lines) <= opens + 1:
        return Group(title, lines)
    return Group(title, lines[:opens], lines[opens:])


def _how_soon(day: date | None, today: date) -> Promise | str:
    if day is None:
        return _WITH_TIME
    if day < today:
        return _OVERDUE
    return _THIS_WEEK if day <= today + _A_WEEK else _LATER
