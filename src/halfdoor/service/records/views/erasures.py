"""Erasing a record: proposed by a lead, done by a second person, and what was done stays to be read."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from halfdoor.service.accounts.models import Role
from halfdoor.service.accounts.sessions import account_of
from halfdoor.service.accounts.step_up import proved_lately
from halfdoor.service.core import clock
from halfdoor.service.core.audience import Audience, for_audience
from halfdoor.service.records import erasing, queries
from halfdoor.service.records.actions import NotNow, NotTheirs
from halfdoor.service.records.choices import Outcome
from halfdoor.service.web.finding import or_nothing_here


@for_audience(Audience.LEAD)
@proved_lately
def propose(request: HttpRequest, young_person_id: UUID) -> HttpResponse:
    """Show what would go with a record, and propose to erase it."""
    account = account_of(request)
    with or_nothing_here():
        about = queries.young_person_of(account, young_person_id)
    back = reverse("records:record", args=[about.pk])
    if request.method == "POST":
        try:
            return redirect("records:erasure", erasing.propose(about, by=account, at=clock.now()).pk)
        except NotNow as refusal:
            messages.error(request, str(refusal))
            return redirect(back)
    shown = {"about": about, "would_go": erasing.would_go(about), "back": back, "trail": _trail(back)}
    return render(request, "records/staff/erase.html", shown)


@for_audience(Audience.LEAD, Audience.OFFICE, Audience.THERAPIST)
@proved_lately
def erasure(request: HttpRequest, erasure_id: UUID) -> HttpResponse:
    """Show what would go or what became of it, and take down what a second person says."""
    account = account_of(request)
    with or_nothing_here():
        found = queries.erasure_of(account, erasure_id)
    if request.method == "POST":
        outcome = Outcome.AGREED if request.POST.get("do") == "erase" else Outcome.DROPPED
        try:
            erasing.settle(found.proposal, outcome, by=account, at=clock.now())
        except NotNow as refusal:
            messages.error(request, str(refusal))
        except NotTheirs:
            messages.error(request, _("This is for clinicians to decide."))
        is_gone = outcome is Outcome.AGREED
        return redirect("records:erasure", erasure_id) if is_gone else redirect("portals:today")
    keeps_the_list = account.role in (Role.LEAD, Role.OFFICE)
    back = reverse("records:records") if keeps_the_list else reverse("portals:today")
    trail = [(back, _("How long we keep records") if keeps_the_list else _("Today"))]
    return render(request, "records/staff/erasure.html", {"erasure": found, "trail": trail})


def _trail(back: str) -> list[tuple[str, str]]:
    return [(reverse("portals:today"), _("Today")), (back, _("How long it is kept"))]
