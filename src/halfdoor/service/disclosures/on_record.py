"""
What is on record about a young person, with the judge of its day: for the gate, which reads it once for a page.

What was read for a page is used again for the same page only while the number that every change of who may know raises
is still the one it was read with. Under the lock nobody can raise it, so a no that came first is never overtaken.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from halfdoor.disclosure.deciding import Judge
from halfdoor.service.agreements import facts as agreements
from halfdoor.service.core.prepared import Prepared, ahead
from halfdoor.service.disclosures import dossier, packs, providers
from halfdoor.service.disclosures.dossier import Dossier
from halfdoor.service.people import facts as people
from halfdoor.service.people.actions import Held
from halfdoor.service.people.facts import day_in
from halfdoor.service.people.models import SharingVersion, YoungPerson


@dataclass(frozen=True, slots=True)
class OnRecord:
    """What is on record about a young person at a moment, and the judge of that moment."""

    dossier: Dossier
    judge: Judge


_read: ContextVar[dict[UUID, OnRecord] | None] = ContextVar("read_for_this_page", default=None)


@contextmanager
def one_page() -> Iterator[None]:
    """Remember what is read while the block lasts."""
    token = _read.set({})
    try:
        yield
    finally:
        _read.reset(token)


def of(young_person: YoungPerson, *, held: Held | None = None, at: datetime) -> OnRecord:
    """
    Return what is on record about a young person at a moment (in the practice's own time zone); ``held`` by whoever
    holds the lock on it.
    """
    return _found([young_person], held=held, at=at)[young_person.pk]


def of_many(young_people: Sequence[YoungPerson], *, at: datetime) -> dict[UUID, OnRecord]:
    """Return what is on record about several young people of one practice, by their id, as ``of`` does one's."""
    return _found(young_people, held=None, at=at)


def _found(young_people: Sequence[YoungPerson], *, held: Held | None, at: datetime) -> dict[UUID, OnRecord]:
    kept = _read.get()
    found = _still_true(young_people, kept, held, at=at) if kept else {}
    missing = [one for one in young_people if one.pk not in found]
    if missing:
        with _asked_ahead(missing, at=at):
            read = dossier.load_many(missing, at=at)
            judge = packs.judge_of(missing[0].practice, at=at)
        found |= {pk: OnRecord(one, judge) for pk, one in read.items()}
    if kept is not None:
        kept |= found
    return found


def _asked_ahead(young_people: Sequence[YoungPerson], *, at: datetime) -> AbstractContextManager[None]:
    """Ask in one message what is read about one young person. Of several, all is asked about once anyway."""
    one, *more = young_people
    if more:
        return nullcontext()
    # The number comes with the record, so nothing that it stands for may be read before it.
    about = people.question_of(one, at=at), agreements.question_of(one, at=at), packs.question_of(one.practice, at=at)
    return ahead(YoungPerson, *about, *providers.questions_of(one, at=at))


def _still_true(
    young_people: Sequence[YoungPerson], kept: dict[UUID, OnRecord], held: Held | None, *, at: datetime
) -> dict[UUID, OnRecord]:
    """Return what was read for this page, of those of whom nothing has changed since, and the day is the same."""
    before = {one.pk: kept[one.pk] for one in young_people if one.pk in kept}
    if not before:
        return {}
    if held is None:
        key = young_people[0].practice_id, *before
        rows = _TURN_OF_ONE.ask(SharingVersion, *key) if len(before) == 1 else _turns(*key)
        turns = {pk: (number, newest_at) for pk, number, newest_at in rows}
    else:
        turns = dict.fromkeys(before, (held.number, held.newest_at))
    return {
        pk: replace(one, dossier=replace(one.dossier, at=at))
        for pk, one in before.items()
        if pk in turns and _stands(one.dossier, *turns[pk], at=at, held=held is not None)
    }


def _turns(practice: UUID, *whose: UUID) -> Any:
    rows = SharingVersion.objects.filter(practice=practice, young_person__in=whose)
    return rows.values_list("young_person", "number", "newest_at")


_TURN_OF_ONE = Prepared(_turns, UUID, UUID)


def _stands(read: Dossier, number: int, newest_at: datetime, *, at: datetime, held: bool) -> bool:
    """
    Whether nothing has changed since a record was read. A clock that was read before a change and came after it (or
    waited for the lock) read what held then: it is read anew.
    """
    too_early = read.at < newest_at and (held or read.at < at)
    return read.circle.version == number and not too_early and _is_now(read, at)


def _is_now(read: Dossier, at: datetime) -> bool:
    """Whether a record is of this moment: of the same day, and not asked for as it was some time before it was read."""
    same_day = read.circle.today == day_in(read.young_person.practice, at=at)
    return same_day and read.at - at < _A_PAGE


_A_PAGE = timedelta(minutes=1)


class ReadOnceForOnePage:
    """Middleware: what is on record is read once for each young person while a page is made."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Remember what is read until the page is made."""
        with one_page():
            return self.get_response(request)
