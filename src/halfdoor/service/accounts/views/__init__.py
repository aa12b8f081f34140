"""Signing in and out at three doors, coming in with a code, and the start page."""

from typing import Any
from uuid import UUID

from allauth.account.adapter import get_adapter
from allauth.account.views import LoginView
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from halfdoor.service.accounts import interrupted, inviting, noting, standing
from halfdoor.service.accounts.forms import ComeInForm, SignInForm
from halfdoor.service.accounts.queries import demo_accounts
from halfdoor.service.accounts.sessions import account_of
from halfdoor.service.accounts.sign_in_rules import is_shared
from halfdoor.service.core import clock, within
from halfdoor.service.core.audience import Audience, for_audience
from halfdoor.service.core.spaces import DOORS, enter, space_of, space_of_role
from halfdoor.service.core.threads import let_others_go_first


@for_audience(Audience.PUBLIC)
@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """Show the three doors, and in the demo the people one can be."""
    accounts = demo_accounts() if settings.HALFDOOR_DEMO else ()
    return render(request, "accounts/start.html", {"doors": DOORS, "accounts": accounts})


class SignIn(LoginView):  # type: ignore[misc]
    """Sign in at one door."""

    form_class = SignInForm
    template_name = "accounts/sign_in.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Let others read on first: many may be at the door, and each of them takes as long as several pages."""
        let_others_go_first()
        answer: HttpResponse = super().dispatch(request, *args, **kwargs)
        return answer

    def get_form_kwargs(self) -> dict[str, Any]:
        """Let the browser remember no names on a device that several people use."""
        kwargs: dict[str, Any] = super().get_form_kwargs()
        return kwargs | {"remembers": not is_shared(self.request)}

    def get_success_url(self) -> str:
        """Name no page of its own: the adapter knows where somebody was interrupted."""
        return ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Leave out allauth's links to its own pages: signing up, resetting by e-mail; they do not exist here."""
        context: dict[str, Any] = super(LoginView, self).get_context_data(**kwargs)
        return context | {"has_not_happened": interrupted.has_not_happened(self.request)}


sign_in = for_audience(Audience.PUBLIC)(SignIn.as_view())


@for_audience(Audience.PUBLIC)
def come_in(request: HttpRequest) -> HttpResponse:
    """Come in with a code that somebody handed over, and choose a password."""
    form = ComeInForm(request.POST or None)
    if form.is_valid():
        try:
            account = inviting.come_in(form.coming, request, at=clock.now())
        except inviting.NotOpened as says:
            noting.refused(request, how="code_to_come_in")
            form.add_error(None, str(says))
        else:
            get_adapter().login(request, account)
            return redirect(space_of(request).prefix)
    return render(request, "accounts/come_in.html", {"form": form})


@for_audience(Audience.PUBLIC)
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out of this door; sessions at the others go on. Where several people use the device, the next signs in."""
    next_page = "staff_sign_in" if request.session.get("shared") else "start"
    if request.user.is_authenticated:
        noting.worked("signed_out", request, account_of(request), how="by_themselves")
    get_adapter().logout(request)
    return redirect(next_page)


@for_audience(Audience.PUBLIC)
@require_POST
def demo_sign_in(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Become one of the invented people of the demo. Without the demo there is nothing here."""
    if not settings.HALFDOOR_DEMO:
        raise Http404
    account = next((one for one in demo_accounts() if one.pk == account_id), None)
    if account is None:
        raise Http404
    enter(request, space_of_role(account.role))
    within.enter(account.practice_id)
    get_adapter().login(request, account)
    standing.excuse(request)
    return redirect(space_of(request).prefix)
