"""A session belongs to one door, and ends after its idle or its absolute time."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

from halfdoor.service.accounts.models import Account
from halfdoor.service.core import clock
from halfdoor.service.core.spaces import space_of

# Writing "seen" on every request would cost a write transaction for each page.
_PRECISION = timedelta(seconds=30)


def begin(request: HttpRequest, *, at: datetime) -> None:
    """Bind a new session to the door it was opened at."""
    request.session["space"] = space_of(request).name
    request.session["began_at"] = request.session["seen_at"] = at.isoformat()


def holds(request: HttpRequest, *, at: datetime) -> bool:
    """Say whether the session belongs to this door and to a role that may enter, and is neither idle nor too old."""
    space, session, role = space_of(request), request.session, getattr(request.user, "role", "")
    if session.get("space") != space.name or role not in space.roles:
        return False
    began, seen = (datetime.fromisoformat(session[name]) for name in ("began_at", "seen_at"))
    return at - began < space.absolute[role] and at - seen < space.idle[role]


def account_of(request: HttpRequest) -> Account:
    """Return who is signed in. For views that are not public: their audience was checked before they run."""
    assert isinstance(request.user, Account), "only views marked for an audience know who is signed in"
    return request.user


class OneSpaceOneSession:
    """Middleware: ends a session that does not hold, before anything sees who it was."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Check the session and remember that it was seen."""
        if request.user.is_authenticated:
            at = clock.now()
            if not holds(request, at=at):
                logout(request)
            elif at - datetime.fromisoformat(request.session["seen_at"]) > _PRECISION:
                request.session["seen_at"] = at.isoformat()
        return self.get_response(request)
