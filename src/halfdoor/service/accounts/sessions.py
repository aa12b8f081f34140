"""A session belongs to one door, and ends after its idle or its absolute time."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth import logout
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse

from halfdoor.service.accounts.models import Account, OpenSession
from halfdoor.service.accounts.sign_in_rules import SHARED_IDLE, is_shared
from halfdoor.service.core import clock, within
from halfdoor.service.core.spaces import STAFF, space_of

# Writing "seen" on every request would cost a write transaction for each page.
_PRECISION = timedelta(seconds=30)

_SHOWN = 20
"""How many of their other sessions somebody reads of. They can end all of them, however many there are."""


def begin(request: HttpRequest, *, at: datetime) -> None:
    """Bind a new session to the door it was opened at."""
    request.session["space"] = space_of(request).name
    request.session["shared"] = space_of(request) is STAFF and is_shared(request)
    request.session["practice"] = str(account_of(request).practice_id)
    request.session["began_at"] = request.session["seen_at"] = at.isoformat()


def holds(request: HttpRequest, *, at: datetime) -> bool:
    """Say whether the session belongs to this door and to a role that may enter, and is neither idle nor too old."""
    return _is_at_its_door(request) and _is_young(request, at=at)


def _is_at_its_door(request: HttpRequest) -> bool:
    space = space_of(request)
    return request.session.get("space") == space.name and getattr(request.user, "role", "") in space.roles


def _is_young(request: HttpRequest, *, at: datetime) -> bool:
    space, session, role = space_of(request), request.session, account_of(request).role
    began, seen = (datetime.fromisoformat(session[name]) for name in ("began_at", "seen_at"))
    idle = min(space.idle[role], SHARED_IDLE) if session.get("shared") else space.idle[role]
    return at - began < space.absolute[role] and at - seen < idle


def remember(request: HttpRequest) -> None:
    """Save this session and note whose it is."""
    account, session = account_of(request), request.session
    if session.session_key is None:
        session.create()
    session["noted"] = key = session.session_key
    session.save()
    began_at = datetime.fromisoformat(session["began_at"])
    row = OpenSession(practice_id=account.practice_id, account=account, key=str(key), began_at=began_at)
    OpenSession.objects.bulk_create([row], ignore_conflicts=True)


def forget_ended(*, at: datetime) -> None:
    """Let go the sessions that nobody can go on with, in every practice, and those of people who never signed in."""
    Session.objects.filter(expire_date__lte=at).delete()
    OpenSession.objects.exclude(Exists(Session.objects.filter(session_key=OuterRef("key")))).delete()


def end_all(account: Account, *, but: str | None = None) -> None:
    """End every session of an account, except the one with this key. Each is refused with its next request."""
    rows = OpenSession.objects.filter(practice=account.practice_id, account=account).exclude(key=but or "")
    Session.objects.filter(session_key__in=list(rows.values_list("key", flat=True))).delete()
    rows.delete()


@dataclass(frozen=True, slots=True)
class Here:
    """A session: since when, and when it was used last."""

    began_at: datetime
    seen_at: datetime


def here(request: HttpRequest) -> Here:
    """Return the session of whoever asks."""
    return _read(request.session)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Other sessions of somebody, the one used last first, and whether there are more than these."""

    shown: tuple[Here, ...]
    more: bool


def elsewhere(request: HttpRequest, *, at: datetime) -> Elsewhere:
    """Return the other sessions of whoever asks that would still be let in: the last few of them that were used."""
    account, space = account_of(request), space_of(request)
    mine = OpenSession.objects.filter(practice=account.practice_id, account=account)
    mine = mine.exclude(key=request.session.session_key or "")
    stored = Session.objects.filter(session_key__in=mine.values("key"), expire_date__gt=at)
    # Each is kept for as long after it was saved last, which is when it was used, to half a minute.
    last = stored.order_by("-expire_date")[: _SHOWN + 1]
    others = [_read(data) for data in (one.get_decoded() for one in last) if "seen_at" in data]
    idle, absolute = space.idle[account.role], space.absolute[account.role]
    alive = [one for one in others if at - one.seen_at < idle and at - one.began_at < absolute]
    alive.sort(key=lambda one: one.seen_at, reverse=True)
    return Elsewhere(tuple(alive[:_SHOWN]), len(alive) > _SHOWN)


def _read(data: Any) -> Here:
    return Here(*(datetime.fromisoformat(data[name]) for name in ("began_at", "seen_at")))


def account_of(request: HttpRequest) -> Account:
    """Return who is signed in. For views that are not public: their audience was checked before they run."""
    assert isinstance(request.user, Account), "only views marked for an audience know who is signed in"
    return request.user


class WithinOnePractice:
    """Middleware: keeps a request to the practice of its session; where there is none, to no practice at all."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on. Whoever signs in with it enters their practice for the rest of it."""
        with within.nowhere():
            practice = request.session.get("practice")
            if practice:
                within.enter(UUID(practice))
            return self.get_response(request)


class OneSpaceOneSession:
    """Middleware: ends a session that does not hold, before anything sees who it was."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Check the session and remember that it was seen."""
        if request.user.is_authenticated:
            at = clock.now()
            if not holds(request, at=at):
                ended = account_of(request) if _is_at_its_door(request) else None
                logout(request)
                request.ended = ended  # type: ignore[attr-defined]
            elif at - datetime.fromisoformat(request.session["seen_at"]) > _PRECISION:
                request.session["seen_at"] = at.isoformat()
            if request.session.get("noted", request.session.session_key) != request.session.session_key:
                remember(request)  # it was given another key since
        return self.get_response(request)
