"""The library of everybody behind the staff door, and offering something from it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from halfdoor.service.accounts.sessions import account_of
from halfdoor.service.core import clock
from halfdoor.service.core.audience import Audience, for_audience
from halfdoor.service.engagement import actions, library, queries
from halfdoor.service.engagement.forms import OfferForm
from halfdoor.service.people import queries as people
from halfdoor.service.web.finding import or_nothing_here


@for_audience(Audience.STAFF)
@require_GET
def shelves(request: HttpRequest) -> HttpResponse:
    """Show what there is to read, for whom."""
    return render(request, "engagement/staff/library.html", {"shelves": queries.library_of(account_of(request))})


@for_audience(Audience.STAFF)
@require_GET
def piece(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one piece."""
    with or_nothing_here():
        shown = library.piece_of(account_of(request).role, slug)
    trail = [(reverse("engagement:library"), _("Library"))]
    return render(request, "engagement/staff/piece.html", {"piece": shown, "trail": trail})


@for_audience(Audience.THERAPIST, Audience.LEAD)
def offer(request: HttpRequest, young_person_id: UUID) -> HttpResponse:
    """Offer something to read to somebody in the circle of care."""
    account, at = account_of(request), clock.now()
    with or_nothing_here():
        about = people.young_person_of(account, young_person_id)
    form = OfferForm(request.POST or None, offers=queries.can_be_offered(about, reader=account, at=at))
    if form.is_valid():
        member, slug = form.chosen
        actions.offer(slug, to=member, by=account, at=at)
        messages.success(request, _("It stands on their first page now."))
        return redirect("portals:young_person", about.pk)
    trail = [
        (reverse("portals:today"), _("Today")),
        (reverse("portals:young_person", args=[about.pk]), about.name),
    ]
    return render(request, "engagement/staff/offer.html", {"form": form, "about": about, "trail": trail})
