"""A copy was asked for: a clinician of the circle makes sure who it is, and sees what would go."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from halfdoor.service.accounts.sessions import account_of
from halfdoor.service.accounts.step_up import proved_lately
from halfdoor.service.core import clock
from halfdoor.service.core.audience import Audience, for_audience
from halfdoor.service.disclosures import gate
from halfdoor.service.disclosures.choices import Category
from halfdoor.service.records import copying
from halfdoor.service.records.actions import NotNow
from halfdoor.service.records.choices import Outcome
from halfdoor.service.web.finding import or_nothing_here


@for_audience(Audience.THERAPIST, Audience.LEAD)
@proved_lately
def asked_copy(request: HttpRequest, copy_id: UUID) -> HttpResponse:
    """Show who asked and what would go, and take down what the clinician says."""
    account, at = account_of(request), clock.now()
    with or_nothing_here():
        asked = copying.copy_of(account, copy_id)
    if request.method == "POST":
        outcome = Outcome.AGREED if request.POST.get("do") == "let" else Outcome.DROPPED
        try:
            copying.settle(asked, outcome, by=account, at=at)
            return redirect("portals:today")
        except NotNow as refusal:
            messages.error(request, str(refusal))
            return redirect("records:asked_copy", copy_id)
    counted = gate.would_show(asked.membership, reader=account, at=at)
    shown = {
        "asked": asked,
        "is_known": copying.is_known(asked.membership, at=at),
        "kinds": [(Category(kind).label, count) for kind, count in sorted(counted.items())],
        "trail": [(reverse("portals:today"), _("Today"))],
    }
    return render(request, "records/staff/asked_copy.html", shown)
