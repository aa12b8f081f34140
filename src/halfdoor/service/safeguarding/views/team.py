"""Reporting an incident from a care or education team."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from halfdoor.service.accounts.sessions import account_of
from halfdoor.service.core import clock
from halfdoor.service.core.audience import Audience, for_audience
from halfdoor.service.people.facts import day_in
from halfdoor.service.safeguarding import actions, queries
from halfdoor.service.safeguarding.forms import ReportForm
from halfdoor.service.web.finding import or_nothing_here


@for_audience(Audience.TEAM)
def report_from_shift(request: HttpRequest, membership_id: UUID) -> HttpResponse:
    """Report an incident from a care or education team. It goes to the clinicians of the circle."""
    account, at = account_of(request), clock.now()
    with or_nothing_here():
        member = queries.place_to_report_from(account, membership_id, at=at)
    form = ReportForm(request.POST or None, today=day_in(account.practice, at=at))
    if form.is_valid():
        noticed = form.noticed(at=at, zone=account.practice.time_zone)
        actions.report(member.young_person, noticed, by=account, at=at)
        messages.success(request, _("Thank you. The therapist and the clinical lead see it now."))
        return redirect("portals:shift")
    trail = [(reverse("portals:shift"), _("Shared with you"))]
    context = {"form": form, "about": member.young_person, "trail": trail, "back": trail[0][0]}
    return render(request, "safeguarding/staff/report.html", context)
