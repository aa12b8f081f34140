"""What anybody who answers the telephone needs, whatever their role."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from halfdoor.service.accounts.sessions import account_of
from halfdoor.service.core.audience import Audience, for_audience
from halfdoor.service.requests.officials import PATHS
from halfdoor.service.requests.wording import to_any_caller


@for_audience(Audience.STAFF)
@require_GET
def calls(request: HttpRequest) -> HttpResponse:
    """Show what to say to a caller nobody knows: the same for every name."""
    words = to_any_caller(account_of(request).practice.place)
    return render(request, "requests/staff/calls.html", {"wording": words, "offices": PATHS.values()})
