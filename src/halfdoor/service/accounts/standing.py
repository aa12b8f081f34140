"""
How far somebody who is signed in has come: whether their second factor is there and was shown, and when.

It stands in the session, so that no page pays for a query. A session that says nothing opens nothing.
"""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum, auto
from typing import Any, TypeVar, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from halfdoor.service.accounts import factors, guessing, sessions, sign_in_rules
from halfdoor.service.accounts.models import Account
from halfdoor.service.accounts.policy import Asked
from halfdoor.service.core.audience import Audience, audience_of
from halfdoor.service.core.spaces import space_of
from halfdoor.service.web import leaving

View = TypeVar("View", bound=Callable[..., HttpResponse])


class Standing(StrEnum):
    """How far a session has come."""

    WHOLE = auto()
    """Everything that the role needs was shown."""
    ENROL = auto()
    """The role needs a second factor, and there is none yet."""
    ASKED = auto()
    """The same, but it can wait."""
    PROVE = auto()
    """There is a second factor, and it was not shown."""
    EXCUSED = auto()
    """Somebody tries the demo: nothing is asked."""


_THROUGH = frozenset({Standing.WHOLE, Standing.EXCUSED})
_ENROLLING = frozenset({Standing.ENROL, Standing.ASKED})
_SET_BY_ASKED = {
    Asked.NOTHING: Standing.WHOLE,
    Asked.PUT_OFF: Standing.WHOLE,
    Asked.NOW_OR_LATER: Standing.ASKED,
    Asked.AT_ONCE: Standing.ENROL,
}


def begin(request: HttpRequest, *, at: datetime) -> None:
    """Say in a new session how far it has come: as far as what was just shown."""
    account = cast(Account, request.user)
    shown = request.session.pop("factor_shown", "") == str(account.pk)
    _set(request, _reached(account, shown=shown, at=at))
    request.session["proved_at"] = at.isoformat()


def tell(request: HttpRequest, *, since: datetime | None) -> None:
    """Say on the first page what happened to somebody's sign-in since they were here, and where to leave to."""
    account = cast(Account, request.user)
    request.session[leaving.CHOSEN] = sign_in_rules.rule_of(account.practice).leave_to
    if since is None:
        return
    tried = guessing.meanwhile(request, account, since=since)
    if tried.several_wrong:
        messages.warning(
            request,
            _("Since you signed in last, wrong passwords were typed with your sign-in name several times. If that was"
              " not you, tell somebody at the practice you trust."),
        )  # fmt: skip
    if tried.stopped_at_the_second_step:
        messages.warning(
            request,
            _("Since you signed in last, your right password was typed and the second step was not taken. If that was"
              " not you, choose another password today: look under your own name, above."),
        )  # fmt: skip
    if factors.have_changed(account, since=since):
        messages.warning(
            request,
            _("Since you signed in last, a way into your account was added, removed or used up. Look under your own"
              " name, above, whether that was you."),
        )  # fmt: skip


def excuse(request: HttpRequest) -> None:
    """Ask nothing of somebody who tries the demo."""
    _set(request, Standing.EXCUSED)


def just_proved(request: HttpRequest, account: Account) -> None:
    """Remember until they are signed in that somebody's second factor was shown."""
    request.session["factor_shown"] = str(account.pk)


def has_just_proved(request: HttpRequest, account: Account) -> bool:
    """Say whether this account's second factor was shown on the way in."""
    return bool(request.session.get("factor_shown") == str(account.pk))


def prove(request: HttpRequest, *, at: datetime) -> None:
    """Take it that whoever is signed in has shown what they have, now."""
    request.session.cycle_key()
    sessions.remember(request)
    request.session["proved_at"] = at.isoformat()
    if of(request) is Standing.PROVE:
        _set(request, _reached(cast(Account, request.user), shown=True, at=at))


def enrolled(request: HttpRequest, *, at: datetime) -> None:
    """Take it that whoever is signed in has just added a second factor, and shown it by that."""
    prove(request, at=at)
    if of(request) in _ENROLLING:
        _set(request, Standing.WHOLE)


def put_off(request: HttpRequest) -> None:
    """Let somebody who is asked, and not obliged, go on."""
    if of(request) is Standing.ASKED:
        _set(request, Standing.WHOLE)


def of(request: HttpRequest) -> Standing:
    """Return how far the session has come; where it does not say, it has not come far."""
    return Standing(request.session.get("standing", Standing.ENROL))


def while_enrolling(view: View) -> View:
    """Mark a page that somebody reaches who has still to add a second factor. There are few: a test lists them."""
    view.open_to = _ENROLLING  # type: ignore[attr-defined]
    return view


def while_proving(view: View) -> View:
    """Mark the page on which somebody shows once more that it is them."""
    view.open_to = _ENROLLING | {Standing.PROVE}  # type: ignore[attr-defined]
    return view


def _reached(account: Account, *, shown: bool, at: datetime) -> Standing:
    """Return how far somebody has come who gave their password, and perhaps showed a second factor."""
    if factors.has_one(account):
        return Standing.WHOLE if shown else Standing.PROVE
    return _SET_BY_ASKED[factors.asked_of(account, at=at)]


def _set(request: HttpRequest, standing: Standing) -> None:
    request.session["standing"] = str(standing)


def _once_more(request: HttpRequest) -> str:
    return reverse(f"{space_of(request).name}_once_more")


def _send(request: HttpRequest, address: str) -> HttpResponse:
    return HttpResponseClientRedirect(address) if request.headers.get("HX-Request") else HttpResponseRedirect(address)


class FactorsFirst:
    """Middleware: whoever needs a second factor reaches no page before it is there and was shown."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; the check needs to know the view."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., object], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Send somebody to the page where they add or show it. Their audience was checked before."""
        if Audience.PUBLIC in audience_of(view):
            return None
        standing = of(request)
        if standing in _THROUGH or standing in getattr(view, "open_to", frozenset()):
            return None
        if standing is Standing.PROVE:
            return _send(request, _once_more(request))
        return _send(request, reverse(f"{space_of(request).name}_ways"))
