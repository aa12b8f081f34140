"""What the clinical lead looks at: departures from the rules, and for which answers two people are wanted."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from halfdoor.service.accounts.sessions import account_of
from halfdoor.service.core import clock, once
from halfdoor.service.core.audience import Audience, for_audience
from halfdoor.service.requests import departing, second_reading
from halfdoor.service.requests.models import DepartureReview
from halfdoor.service.requests.queries import leads
from halfdoor.service.requests.working_forms import DepartureReviewForm, ReadingRuleForm
from halfdoor.service.web.finding import or_nothing_here

for_leads = for_audience(Audience.LEAD)


@for_leads
@require_GET
def departures(request: HttpRequest) -> HttpResponse:
    """Show departures that wait for a review, and the pattern of a year."""
    account = account_of(request)
    waiting = leads.to_review(account, page=request.GET.get("page", "1"))
    context = {"waiting": waiting, "pattern": leads.pattern(account, at=clock.now())}
    return render(request, "requests/lead/departures.html", context)


@for_leads
def departure(request: HttpRequest, departure_id: UUID) -> HttpResponse:
    """Show one departure, and take what the lead says of it."""
    account, at = account_of(request), clock.now()
    with or_nothing_here():
        made = leads.departure_of(account, departure_id)
    page, form = leads.page_of(made, reader=account), DepartureReviewForm(request.POST or None)
    if form.is_valid() and page.review is None and not page.is_own:
        outcome = DepartureReview.Outcome(form.cleaned_data["outcome"])
        act = partial(departing.review, made, outcome, words=form.cleaned_data["words"], by=account, at=at)
        once.only(act, form=form.cleaned_data["once"], practice=account.practice, at=at)
        return redirect("requests:departures")
    trail = [(reverse("requests:departures"), _("Decided otherwise"))]
    return render(request, "requests/lead/departure.html", {"made": page, "form": form, "trail": trail})


@for_leads
def second_reader(request: HttpRequest) -> HttpResponse:
    """Show for which answers two people are wanted, and change it."""
    account, at = account_of(request), clock.now()
    rule = second_reading.rule_of(account.practice)
    initial = {"opening": rule.opening, "categories": rule.categories} if rule else {}
    form = ReadingRuleForm(request.POST or None, initial=initial)
    if form.is_valid():
        wanted = {"opening": form.cleaned_data["opening"], "categories": form.cleaned_data["categories"]}
        act = partial(second_reading.want, account.practice, **wanted, by=account, at=at)
        once.only(act, form=form.cleaned_data["once"], practice=account.practice, at=at)
        messages.success(request, _("This holds from now on."))
        return redirect("requests:second_reader")
    return render(request, "requests/lead/second_reader.html", {"form": form, "rule": rule})
