"""
Asking once more who is there, before what cannot be taken back and before what is most private.

What somebody had typed comes with them, on the page itself and nowhere else: nothing is lost, and nothing is kept here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, TypeVar, cast
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRedirect

from halfdoor.service.accounts import asking, standing
from halfdoor.service.accounts.policy import FRESH, STAYS_OPEN
from halfdoor.service.accounts.sessions import account_of
from halfdoor.service.accounts.standing import Standing
from halfdoor.service.core import clock
from halfdoor.service.core.spaces import space_of

View = TypeVar("View", bound=Callable[..., HttpResponse])

_KEPT, _TO = "kept-", "kept to"
_INSIDE = "inside_at"
# Writing "inside" on every page would cost a write transaction for each.
_PRECISION = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Kept:
    """A form that was sent when it had to be asked first: where to, and what stood in it."""

    to: str
    fields: tuple[tuple[str, str], ...]


def proved_lately(view: View) -> View:
    """Ask first, unless somebody showed who they are in the last ten minutes. For what cannot be taken back."""

    @wraps(view)
    def asks_first(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        asked = asks(request, at=clock.now())
        return view(request, *args, **kwargs) if asked is None else asked

    asks_first.asks_again = "proved_lately"  # type: ignore[attr-defined]
    return cast(View, asks_first)


def private_room(view: View) -> View:
    """
    Ask at the door of a young person's most private pages. It stays open while they are inside, and three minutes more.

    Whoever takes a telephone that lies open finds it shut; where scripts run, the page itself gives way.
    """

    @wraps(view)
    def asks_first(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        at = clock.now()
        if not _is_inside(request, at=at):
            asked = asks(request, at=at, within=STAYS_OPEN)
            if asked is not None:
                return asked
        if standing.of(request) is not Standing.EXCUSED:
            _stay(request, at=at)
            to = f"{_door(request)}?{urlencode({'next': request.path})}"
            request.shuts = {"after": int(STAYS_OPEN.total_seconds()), "to": to}  # type: ignore[attr-defined]
        return view(request, *args, **kwargs)

    asks_first.asks_again = "private_room"  # type: ignore[attr-defined]
    return cast(View, asks_first)


def asks(request: HttpRequest, *, at: datetime, within: timedelta = FRESH) -> HttpResponse | None:
    """Return the page that asks once more; none where the last proof is fresh."""
    if is_fresh(request, at=at, within=within):
        return None
    if request.method == "POST" and not request.headers.get("HX-Request"):
        kept = [(name, value) for name, values in request.POST.lists() for value in values if name != _TOKEN]
        return page(request, asking.of(request, account_of(request)), Kept(request.get_full_path(), tuple(kept)))
    address = f"{_door(request)}?{urlencode({'next': _where(request)})}"
    return HttpResponseClientRedirect(address) if request.headers.get("HX-Request") else HttpResponseRedirect(address)


def is_fresh(request: HttpRequest, *, at: datetime, within: timedelta = FRESH) -> bool:
    """Say whether whoever is here showed lately that it is them."""
    if standing.of(request) in (Standing.EXCUSED, Standing.PROVE):
        return standing.of(request) is Standing.EXCUSED
    return at - datetime.fromisoformat(request.session["proved_at"]) < within


def page(request: HttpRequest, asked: asking.Asked, kept: Kept | None) -> HttpResponse:
    """Return the page that asks, with what was typed before on it."""
    space = space_of(request)
    context = {
        "asked": asked,
        "kept": kept,
        "action": _door(request) if kept else "",
        "back": space.prefix,
        "frame": f"web/base_{space.name}.html",
    }
    return render(request, "accounts/own/once_more.html", context)


def kept_on(request: HttpRequest) -> Kept | None:
    """Return the form that somebody had sent before they were asked, if there was one."""
    to = request.POST.get(_TO)
    if not to or back_to(request, to) != to:
        return None
    fields = [
        (name.removeprefix(_KEPT), value)
        for name, values in request.POST.lists()
        if name.startswith(_KEPT)
        for value in values
    ]
    return Kept(to, tuple(fields))


def back_to(request: HttpRequest, address: str) -> str:
    """Return an address to go on to: one behind this door, or the door's first page."""
    prefix = space_of(request).prefix
    is_ours = url_has_allowed_host_and_scheme(address, allowed_hosts=None) and address.startswith(prefix)
    return address if is_ours else prefix


_TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - the name of a field


def _where(request: HttpRequest) -> str:
    """Return the page to come back to: this one, or the one a part of which was asked for."""
    if request.method in ("GET", "HEAD") and not request.headers.get("HX-Request"):
        return request.get_full_path()
    before = urlsplit(request.headers.get("HX-Current-URL", ""))
    return back_to(request, before.path + (f"?{before.query}" if before.query else ""))


def _is_inside(request: HttpRequest, *, at: datetime) -> bool:
    inside = request.session.get(_INSIDE)
    return inside is not None and at - datetime.fromisoformat(inside) < STAYS_OPEN


def _stay(request: HttpRequest, *, at: datetime) -> None:
    inside = request.session.get(_INSIDE)
    if inside is None or at - datetime.fromisoformat(inside) > _PRECISION:
        request.session[_INSIDE] = at.isoformat()


def _door(request: HttpRequest) -> str:
    return reverse(f"{space_of(request).name}_once_more")
