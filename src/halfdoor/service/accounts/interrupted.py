"""
What somebody had typed when their session ended, or when they were called away: kept for them, and for nobody else.

A page says how it is kept. Nothing of it stands on the page where one signs in, nor in what the next person on the same
device is sent: it is there again where it was typed, for the account that typed it. Whoever only pressed something
comes back to where they pressed it, and is told that it has not happened: they may count on a no that nobody heard.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import wraps
from http import HTTPStatus
from typing import Any, Protocol, TypeVar, cast
from urllib.parse import urlsplit

from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse

from halfdoor.service.accounts.models import Account
from halfdoor.service.accounts.sessions import account_of
from halfdoor.service.core import within
from halfdoor.service.core.audience import Audience, audience_of
from halfdoor.service.core.spaces import space_of

View = TypeVar("View", bound=Callable[..., HttpResponse])

_MEANWHILE = "meanwhile"
"""The field with which a page sends what was typed so far, while somebody types."""

_BACK, _TELL = "interrupted", "has_not_happened"
_NOT_TYPED = (_MEANWHILE, "csrfmiddlewaretoken", "once", "fingerprint", "strokes")
"""What a form says by itself, and a signature drawn by hand: that is drawn on the paper as it stands then."""


class Keep(Protocol):
    """Keeps what an account typed on the page of these ids; raises where there is no such page for them."""

    def __call__(self, account: Account, typed: Mapping[str, list[str]], **where: Any) -> object: ...


def kept_by(keep: Keep) -> Callable[[View], View]:
    """Let a page take what was typed so far, and keep what is sent to it when the session has ended."""

    def mark(view: View) -> View:
        @wraps(view)
        def takes(request: HttpRequest, *args: Any, **where: Any) -> HttpResponse:
            if request.method != "POST" or _MEANWHILE not in request.POST:
                return view(request, *args, **where)
            with suppress(ObjectDoesNotExist):
                keep(account_of(request), typed_in(request), **where)
            return HttpResponse(status=HTTPStatus.NO_CONTENT)

        takes.keep = keep  # type: ignore[attr-defined]
        return cast(View, takes)

    return mark


class NothingTypedIsLost:
    """Middleware: keeps what is sent where the time of a session had run out before, if its page says how."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; the page is not known yet."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Keep it for whoever had been signed in, and note where they go on. Other sites cannot send it: see CSRF."""
        account, keep = getattr(request, "ended", None), getattr(view, "keep", None)
        if account is None or request.method != "POST" or Audience.PUBLIC in audience_of(view):
            return
        where = request.path if keep else _where_it_was_pressed(request)
        with suppress(ObjectDoesNotExist), within.within(account.practice_id):
            if keep:
                keep(account, typed_in(request), **kwargs)
            request.session[_BACK] = [str(account.pk), where]
            request.session[_TELL] = _MEANWHILE not in request.POST


def where_to_go_on(request: HttpRequest, account: Account) -> str:
    """Return the page on which this account was interrupted, once; empty for anybody else."""
    whose, path = request.session.pop(_BACK, ("", ""))
    return path if whose == str(account.pk) else ""


def has_not_happened(request: HttpRequest) -> bool:
    """Say once, at the door, whether what somebody sent last came too late to happen."""
    return bool(request.session.pop(_TELL, False))


def _where_it_was_pressed(request: HttpRequest) -> str:
    """Return the page of this door on which a button stood; empty where a browser does not say."""
    said = urlsplit(request.headers.get("Referer", ""))
    here = said.netloc == request.get_host() and said.path.startswith(space_of(request).prefix)
    return said.path if here else ""


def typed_in(request: HttpRequest) -> dict[str, list[str]]:
    """Return what somebody typed in a form that was sent."""
    return {name: [str(one) for one in values] for name, values in request.POST.lists() if name not in _NOT_TYPED}
