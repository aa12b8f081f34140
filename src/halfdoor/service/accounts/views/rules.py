"""What a practice decides about signing in; and marking a device that several people use."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from halfdoor.service.accounts import sign_in_rules
from halfdoor.service.accounts.factor_forms import SignInRuleForm
from halfdoor.service.accounts.factor_rows import LeaveTo
from halfdoor.service.accounts.sessions import account_of
from halfdoor.service.accounts.step_up import proved_lately
from halfdoor.service.core import clock
from halfdoor.service.core.audience import Audience, for_audience


@for_audience(Audience.LEAD)
@proved_lately
def rules(request: HttpRequest) -> HttpResponse:
    """Show what holds about signing in and leaving, and take what a lead decides."""
    account = account_of(request)
    rule = sign_in_rules.rule_of(account.practice)
    initial = {"caregivers": "at_once" if rule.caregivers_at_once else "later", "leave_to": rule.leave_to}
    form = SignInRuleForm(request.POST or None, initial=initial)
    if form.is_valid():
        said = form.cleaned_data
        at_once, leave_to = said["caregivers"] == "at_once", LeaveTo(said["leave_to"])
        sign_in_rules.decide(caregivers_at_once=at_once, leave_to=leave_to, by=account, at=clock.now())
        messages.success(request, _("It is so from now on, for whoever signs in."))
        return redirect("sign_in_rules")
    return render(request, "accounts/lead/rules.html", {"form": form})


@for_audience(Audience.STAFF)
@require_POST
def share(request: HttpRequest) -> HttpResponse:
    """Mark this device as one that several people use, or as one's own again."""
    answer = redirect("staff_ways")
    request.session["shared"] = request.POST.get("do") == "share"
    if request.session["shared"]:
        sign_in_rules.share(answer)
        messages.success(request, _("This device is marked. Whoever is idle for five minutes here is signed out."))
    else:
        sign_in_rules.share_no_more(answer)
        messages.success(request, _("This device is no longer marked as shared."))
    return answer
