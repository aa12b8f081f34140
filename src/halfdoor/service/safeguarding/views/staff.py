"""Incidents, for clinicians of the circle."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from halfdoor.service.accounts.models import Account
from halfdoor.service.accounts.sessions import account_of
from halfdoor.service.core import clock
from halfdoor.service.core.audience import Audience, for_audience
from halfdoor.service.people import queries as people
from halfdoor.service.people.facts import day_in
from halfdoor.service.safeguarding import actions, queries
from halfdoor.service.safeguarding.choices import Done, People, Risk
from halfdoor.service.safeguarding.forms import AssessmentForm, ReportForm, StepForm
from halfdoor.service.web.finding import or_nothing_here

for_clinicians = for_audience(Audience.THERAPIST, Audience.LEAD)


@for_clinicians
@require_GET
def incidents(request: HttpRequest) -> HttpResponse:
    """Show the incidents about one's young people."""
    page = queries.incidents_for(account_of(request), page=request.GET.get("page", "1"))
    return render(request, "safeguarding/staff/incidents.html", {"incidents": page})


@for_clinicians
def report(request: HttpRequest, young_person_id: UUID) -> HttpResponse:
    """Report an incident about a young person of one's own."""
    account, at = account_of(request), clock.now()
    with or_nothing_here():
        about = people.young_person_of(account, young_person_id)
    form = ReportForm(request.POST or None, today=day_in(account.practice, at=at))
    if form.is_valid():
        noticed = form.noticed(at=at, zone=account.practice.time_zone)
        return redirect("safeguarding:incident", actions.report(about, noticed, by=account, at=at).pk)
    trail = [(reverse("portals:today"), _("Today")), (reverse("portals:young_person", args=[about.pk]), about.name)]
    context = {"form": form, "about": about, "trail": trail, "back": trail[-1][0]}
    return render(request, "safeguarding/staff/report.html", context)


@for_clinicians
@require_GET
def incident(request: HttpRequest, incident_id: UUID) -> HttpResponse:
    """Show an incident: its clocks, what is missing, and what was done."""
    return _page(request, account_of(request), incident_id)


@for_clinicians
@require_POST
def assess(request: HttpRequest, incident_id: UUID) -> HttpResponse:
    """Assess an incident."""
    account, form = account_of(request), AssessmentForm(request.POST)
    with or_nothing_here():
        about = queries.incident_of(account, incident_id)
    if form.is_valid():
        typed = form.cleaned_data
        assessed = {"risk": Risk(typed["risk"]), "people": People(typed["people"]), "reasons": typed["reasons"]}
        try:
            actions.assess(about, **assessed, by=account, at=clock.now())
            return redirect("safeguarding:incident", incident_id)
        except actions.Closed as refusal:
            form.add_error(None, str(refusal))
    return _page(request, account, incident_id, assessment_form=form)


@for_clinicians
@require_POST
def step(request: HttpRequest, incident_id: UUID) -> HttpResponse:
    """Put on record what was done about an incident."""
    account, form = account_of(request), StepForm(request.POST)
    with or_nothing_here():
        about = queries.incident_of(account, incident_id)
    if form.is_valid():
        done, words = Done(form.cleaned_data["done"]), form.cleaned_data["words"]
        try:
            actions.take_step(about, done, words=words, by=account, at=clock.now())
            return redirect("safeguarding:incident", incident_id)
        except actions.NotDone as refusal:
            for words in refusal.missing:
                form.add_error("done", words)
        except actions.Closed as refusal:
            form.add_error(None, str(refusal))
    return _page(request, account, incident_id, step_form=form)


def _page(
    request: HttpRequest,
    account: Account,
    incident_id: UUID,
    *,
    assessment_form: AssessmentForm | None = None,
    step_form: StepForm | None = None,
) -> HttpResponse:
    with or_nothing_here():
        about = queries.incident_of(account, incident_id)
    context = {
        "case": queries.case_of(about),
        "assessment_form": assessment_form or AssessmentForm(),
        "step_form": step_form or StepForm(),
        "trail": [(reverse("safeguarding:incidents"), _("Incidents"))],
    }
    return render(request, "safeguarding/staff/incident.html", context)
