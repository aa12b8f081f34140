"""Professional codes: which count for a practice. For clinicians; naming them is the lead's."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from halfdoor.service.accounts.sessions import account_of
from halfdoor.service.accounts.step_up import proved_lately
from halfdoor.service.core import clock
from halfdoor.service.core.audience import Audience, for_audience
from halfdoor.service.disclosures.codes import actions, queries
from halfdoor.service.disclosures.codes.forms import CodesForm
from halfdoor.service.disclosures.house.actions import NotNow, NotTheirs
from halfdoor.service.web.finding import or_nothing_here

for_clinicians = for_audience(Audience.THERAPIST, Audience.LEAD)


@for_clinicians
def codes(request: HttpRequest) -> HttpResponse:
    """Show which codes count, and take down a lead's wish for others."""
    account, at = account_of(request), clock.now()
    form = CodesForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.wish(form.cleaned_data["bodies"], because=form.cleaned_data["because"], by=account, at=at)
            return redirect("rules:codes")
        except NotNow as refusal:
            form.add_error(None, str(refusal))
        except NotTheirs:
            messages.error(request, _("This is the lead’s to do."))
            return redirect("rules:codes")
    found = queries.codes(account)
    if request.method != "POST":
        form = CodesForm(initial={"bodies": found.bodies})
    trail = [(reverse("portals:today"), _("Today")), (reverse("rules:rules"), _("Our rules"))]
    return render(request, "disclosures/lead/codes.html", {"codes": found, "form": form, "trail": trail})


@for_clinicians
@require_POST
@proved_lately
def settle(request: HttpRequest, codes_id: UUID) -> HttpResponse:
    """Agree to a wish as a second person, or let everything stay as it is."""
    account, at = account_of(request), clock.now()
    with or_nothing_here():
        asked = queries.wish_of(account, codes_id)
    try:
        if request.POST.get("do") == "agree":
            actions.agree(asked, by=account, at=at)
        else:
            actions.drop(asked, by=account, at=at)
    except NotNow as refusal:
        messages.error(request, str(refusal))
    return redirect("rules:codes")
