"""The front desk: where the office begins."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from halfdoor.service.accounts.sessions import account_of
from halfdoor.service.core import clock
from halfdoor.service.core.audience import Audience, for_audience
from halfdoor.service.portals.queries import office


@for_audience(Audience.OFFICE)
@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """Show what the office does from here: callers, circles, papers; nothing clinical."""
    shown = office.desk(account_of(request), page=request.GET.get("waiting", "1"), at=clock.now())
    return render(request, "portals/office/desk.html", {"desk": shown})
