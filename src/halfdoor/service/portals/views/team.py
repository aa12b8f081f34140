"""What was shared with a care or education team."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from halfdoor.service.accounts.sessions import account_of
from halfdoor.service.core import clock
from halfdoor.service.core.audience import Audience, for_audience
from halfdoor.service.portals.queries import families


@for_audience(Audience.TEAM)
@require_GET
def shift(request: HttpRequest) -> HttpResponse:
    """Show what was shared with this member of a team, for each young person they work with."""
    shown = families.week(account_of(request), on="shift", at=clock.now())
    return render(request, "portals/team/shift.html", {"week": shown})
