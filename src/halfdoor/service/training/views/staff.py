"""Practice, for everybody behind the staff door, and its overview for a lead."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from halfdoor.service.accounts.sessions import account_of
from halfdoor.service.core import clock
from halfdoor.service.core.audience import Audience, for_audience
from halfdoor.service.training import actions, queries, scenarios
from halfdoor.service.training.forms import MONTHS, ExerciseForm, ExpectationForm
from halfdoor.service.training.progress import due_on, expected_months
from halfdoor.service.web.finding import or_nothing_here


@for_audience(Audience.STAFF)
@require_GET
def sets(request: HttpRequest) -> HttpResponse:
    """Show one's own sets, how far one has come, and what has changed."""
    account, at = account_of(request), clock.now()
    context = {
        "shelves": queries.shelves_for(account, at=at),
        "is_lead": account.role == Audience.LEAD,
        "due_on": due_on(account, at=at),
        "expected": MONTHS[expected_months(account.practice)],
    }
    return render(request, "training/staff/sets.html", context)


@for_audience(Audience.STAFF)
def exercise(request: HttpRequest, slug: str) -> HttpResponse:
    """Tell a story, and take what one chooses."""
    account, at = account_of(request), clock.now()
    with or_nothing_here():
        scenario = scenarios.scenario_for(account, slug)
    told = queries.told_to(account, scenario, at=at)
    form = ExerciseForm(request.POST or None, told=told)
    if form.is_valid():
        actions.answer(scenario, form.given, by=account, at=at)
        return redirect("training:answered", slug)
    return render(request, "training/staff/exercise.html", {"told": told, "form": form, "trail": _trail()})


@for_audience(Audience.STAFF)
@require_GET
def answered(request: HttpRequest, slug: str) -> HttpResponse:
    """Show how one's last answer was scored, what the rules say, and why."""
    account, at = account_of(request), clock.now()
    with or_nothing_here():
        scenario = scenarios.scenario_for(account, slug)
        review = queries.review_of(account, scenario, at=at)
    context = {"told": review.told, "review": review, "at": at, "trail": _trail()}
    return render(request, "training/staff/answered.html", context)


@for_audience(Audience.STAFF)
@require_GET
def certificate(request: HttpRequest, completion_id: UUID) -> HttpResponse:
    """Show that one completed a set, to print."""
    account = account_of(request)
    with or_nothing_here():
        completion = queries.completion_of(account, completion_id)
    context = {
        "completion": completion,
        "title": scenarios.COLLECTIONS[scenarios.Collection(completion.collection)],
        "account": account,
        "trail": _trail(),
    }
    return render(request, "training/staff/certificate.html", context)


@for_audience(Audience.LEAD)
def everybody(request: HttpRequest) -> HttpResponse:
    """Show a lead who completed which set, and let them say how often that is expected."""
    lead, at = account_of(request), clock.now()
    form = ExpectationForm(request.POST or None, initial={"months": expected_months(lead.practice)})
    if form.is_valid():
        actions.expect(form.cleaned_data["months"], by=lead, at=at)
        messages.success(request, _("That is on record now."))
        return redirect("training:everybody")
    page, lines = queries.everybody(lead, page=request.GET.get("page", "1"))
    context = {
        "page": page,
        "lines": lines,
        "titles": list(scenarios.COLLECTIONS.values()),
        "form": form,
        "trail": _trail(),
    }
    return render(request, "training/staff/everybody.html", context)


def _trail() -> list[tuple[str, str]]:
    return [(reverse("training:sets"), pgettext("with invented families", "Practice"))]
