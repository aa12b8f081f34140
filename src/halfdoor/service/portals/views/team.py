"""What was shared with a care or education team."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from halfdoor.service.accounts.sessions import account_of
from halfdoor.service.core import clock
from halfdoor.service.core.audience import Audience, for_audience
from halfdoor.service.portals.queries import families
from halfdoor.service.web.finding import or_nothing_here


@for_audience(Audience.TEAM)
@require_GET
def shift(request: HttpRequest, membership_id: UUID | None = None) -> HttpResponse:
    """Show the young people whom this member of a team works with, or what was shared with them about one."""
    account, page = account_of(request), request.GET.get("page", "1")
    with or_nothing_here():
        shown = families.week(account, of=membership_id, opens_first=False, page=page, on="shift", at=clock.now())
    return render(
        request, "portals/team/shift.html", {"week": shown, "trail": [(reverse("portals:shift"), _("Shared with you"))]}
    )
