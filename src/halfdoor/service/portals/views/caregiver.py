"""This week: the first page of caregivers."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from halfdoor.service.accounts.sessions import account_of
from halfdoor.service.core import clock
from halfdoor.service.core.audience import Audience, for_audience
from halfdoor.service.portals.queries import families
from halfdoor.service.web.finding import or_nothing_here


@for_audience(Audience.CAREGIVER)
@require_GET
def week(request: HttpRequest, membership_id: UUID | None = None) -> HttpResponse:
    """Show what was shared, what was asked and answered, and how to ask, for one child at a time."""
    with or_nothing_here():
        shown = families.week(account_of(request), of=membership_id, page=request.GET.get("page", "1"), at=clock.now())
    return render(request, "portals/caregiver/week.html", {"week": shown})
