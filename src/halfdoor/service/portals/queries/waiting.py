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


@dataclass(frozen=True, slots=True)
class Group:
    """Lines that are due about as soon as each other."""

    title: Promise | str
    lines: tuple[Due, ...]


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
    """Return lines that stand by their day, those without one last, in groups."""
    return tuple(Group(title, tuple(some)) for title, some in groupby(lines, lambda one: _how_soon(one.due_on, today)))


def _how_soon(day: date | None, today: date) -> Promise | str:
    if day is None:
        return _WITH_TIME
    if day < today:
        return _OVERDUE
    return _THIS_WEEK if day <= today + _A_WEEK else _LATER
