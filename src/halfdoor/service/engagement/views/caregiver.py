"""The library of caregivers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from halfdoor.service.accounts.sessions import account_of
from halfdoor.service.core.audience import Audience, for_audience
from halfdoor.service.engagement import library, queries
from halfdoor.service.web.finding import or_nothing_here


@for_audience(Audience.CAREGIVER)
@require_GET
def shelves(request: HttpRequest) -> HttpResponse:
    """Show what there is to read."""
    return render(request, "engagement/caregiver/library.html", {"shelves": queries.library_of(account_of(request))})


@for_audience(Audience.CAREGIVER)
@require_GET
def piece(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one piece."""
    with or_nothing_here():
        shown = library.piece_of(Audience.CAREGIVER, slug)
    trail = [(reverse("engagement:family_library"), _("To read"))]
    return render(request, "engagement/caregiver/piece.html", {"piece": shown, "trail": trail})
