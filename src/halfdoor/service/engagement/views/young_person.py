"""The library of young people."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from halfdoor.service.accounts.sessions import account_of
from halfdoor.service.core.audience import Audience, for_audience
from halfdoor.service.engagement import library, queries
from halfdoor.service.web.finding import or_nothing_here


@for_audience(Audience.YOUNG_PERSON)
@require_GET
def shelves(request: HttpRequest) -> HttpResponse:
    """Show what there is to read."""
    return render(request, "engagement/young_person/library.html", {"shelves": queries.library_of(account_of(request))})


@for_audience(Audience.YOUNG_PERSON)
@require_GET
def piece(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one piece."""
    with or_nothing_here():
        shown = library.piece_of(Audience.YOUNG_PERSON, slug)
    trail = [(reverse("engagement:my_library"), _("To read"))]
    return render(request, "engagement/young_person/piece.html", {"piece": shown, "trail": trail})
