"""What a restore forgot: the lead goes through it, and the doors open again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from halfdoor.service.accounts.sessions import account_of
from halfdoor.service.core import clock
from halfdoor.service.core.audience import Audience, for_audience
from halfdoor.service.disclosures.gaps import actions, queries
from halfdoor.service.disclosures.gaps.forms import GoThroughForm


@for_audience(Audience.LEAD)
def forgotten(request: HttpRequest) -> HttpResponse:
    """Show what was forgotten, by young person, and take down that the lead went through some of it."""
    account = account_of(request)
    found = queries.forgotten(account)
    form = GoThroughForm(request.POST or None, lines=[key for one in found for key in one.keys])
    if request.method == "POST":
        if form.is_valid():
            said = form.cleaned_data
            actions.go_through(said["lines"], outcome=said["outcome"], by=account, at=clock.now())
            messages.success(request, _("Thank you. It is noted that you went through this."))
            return redirect("rules:forgotten")
        messages.error(request, _("Say what came of it, then send it again."))
    trail = [(reverse("portals:today"), _("Today"))]
    shown = {"found": found, "trail": trail, "shut": account.practice.doors_shut}
    return render(request, "disclosures/lead/forgotten.html", shown)
