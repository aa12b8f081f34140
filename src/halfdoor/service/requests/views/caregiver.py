"""Asking, and reading the answer: the pages of whoever asks."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from halfdoor.service.accounts.sessions import account_of
from halfdoor.service.core import clock, once
from halfdoor.service.core.audience import Audience, for_audience
from halfdoor.service.requests import asking
from halfdoor.service.requests.forms import FamilyAskingForm
from halfdoor.service.requests.queries import families
from halfdoor.service.requests.wording import emergency_number
from halfdoor.service.web.finding import or_nothing_here


@for_audience(Audience.CAREGIVER)
def ask(request: HttpRequest, membership_id: UUID) -> HttpResponse:
    """Ask about one's own child."""
    account, at = account_of(request), clock.now()
    with or_nothing_here():
        member = families.place_of(account, membership_id, at=at)
    form = FamilyAskingForm(request.POST or None)
    if form.is_valid():
        act = partial(asking.ask, member, form.asked, by=account, at=at)
        try:
            asked = once.only(act, form=form.cleaned_data["once"], practice=account.practice, at=at)
            return redirect("requests:family_request", asked.pk) if asked else redirect("portals:week")
        except asking.TooManyOpen as refusal:
            form.add_error(None, str(refusal))
    context = {"form": form, "child": member.young_person, "emergency": emergency_number(account.practice.place)}
    return render(request, "requests/caregiver/ask.html", context | {"trail": _trail()})


@for_audience(Audience.CAREGIVER)
@require_GET
def show_request(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Show a question one asked, and its answer."""
    with or_nothing_here():
        asked = families.asked_page(account_of(request), request_id, at=clock.now())
    return render(request, "requests/caregiver/request.html", {"asked": asked, "trail": _trail()})


def _trail() -> list[tuple[str, str]]:
    return [(reverse("portals:week"), _("This week"))]
