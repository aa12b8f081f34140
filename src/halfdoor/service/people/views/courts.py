"""Limits by a court, read by a second person. They close from the moment they are recorded, read or not."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from halfdoor.service.accounts.sessions import account_of
from halfdoor.service.accounts.step_up import proved_lately
from halfdoor.service.core import clock, once
from halfdoor.service.core.audience import Audience, for_audience
from halfdoor.service.people import actions, courts
from halfdoor.service.people.choices import ReviewOutcome
from halfdoor.service.people.forms import ReviewForm
from halfdoor.service.web.finding import or_nothing_here

for_clinicians = for_audience(Audience.THERAPIST, Audience.LEAD)

_A_PAGE = 50


@for_clinicians
@require_GET
def waiting(request: HttpRequest) -> HttpResponse:
    """List the limits that wait for whoever reads to read them a second time."""
    rows = courts.waiting_for_a_second_reader(account_of(request))
    page = Paginator(rows, _A_PAGE).get_page(request.GET.get("page", "1"))
    return render(request, "people/therapist/court_limits.html", {"page": page})


@for_clinicians
@proved_lately
def review(request: HttpRequest, limit_id: UUID) -> HttpResponse:
    """Show one limit, and take what the second reader says."""
    account, at = account_of(request), clock.now()
    with or_nothing_here():
        limit = courts.limit_to_read(account, limit_id)
    form = ReviewForm(request.POST or None)
    if form.is_valid():
        outcome = ReviewOutcome(form.cleaned_data["outcome"])
        act = partial(actions.review_court_limit, limit, outcome=outcome, by=account, at=at)
        once.only(act, form=form.cleaned_data["once"], practice=account.practice, at=at)
        messages.success(request, _("It is on record."))
        return redirect("people:court_limits")
    trail = [(reverse("people:court_limits"), _("Court orders to read"))]
    return render(request, "people/therapist/court_limit.html", {"limit": limit, "form": form, "trail": trail})
