"""Who knows what about me: the young person's own pages. Their titles say nothing."""

from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from halfdoor.service.accounts.sessions import account_of
from halfdoor.service.accounts.step_up import private_room
from halfdoor.service.agreements import actions as agreements
from halfdoor.service.agreements.choices import WishSource
from halfdoor.service.core import clock
from halfdoor.service.core.audience import Audience, for_audience
from halfdoor.service.portals.forms import NoticeForm, WishForm
from halfdoor.service.portals.queries import young_people
from halfdoor.service.web.finding import or_nothing_here

_NOBODY_LOOKED_BEFORE = 2000
"""No year before it is asked about: of the first ones a moment cannot be told in every time zone."""


@for_audience(Audience.YOUNG_PERSON)
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """Show who can know what, what has been told, and what is being asked."""
    with or_nothing_here():
        shown = young_people.mine(account_of(request), asked=request.GET.get("asked", "1"), at=clock.now())
    return render(request, "portals/young_person/mine.html", {"mine": shown})


@for_audience(Audience.YOUNG_PERSON)
@require_POST
def notice(request: HttpRequest) -> HttpResponse:
    """Take it that the young person has seen what was told."""
    form = NoticeForm(request.POST)
    if form.is_valid():
        with or_nothing_here():
            young_people.notice(account_of(request), upto=form.cleaned_data["upto"], at=clock.now())
    return redirect("portals:mine")


@for_audience(Audience.YOUNG_PERSON)
@require_GET
@private_room
def history(request: HttpRequest) -> HttpResponse:
    """Show everything that was told or not told, and who looked, some of each."""
    after, before = _line(request.GET.get("after", "")), _day(request.GET.get("before", ""))
    with or_nothing_here():
        shown = young_people.history(account_of(request), after=after, before=before, at=clock.now())
    trail = [(reverse("portals:mine"), _("Who knows what about me"))]
    return render(request, "portals/young_person/history.html", {"history": shown, "trail": trail})


@for_audience(Audience.YOUNG_PERSON)
@private_room
def person(request: HttpRequest, membership_id: UUID) -> HttpResponse:
    """Show what one person can know, and take what the young person says about it."""
    account, at = account_of(request), clock.now()
    with or_nothing_here():
        member = young_people.member_of(account, membership_id)
    form = WishForm(request.POST or None)
    if form.is_valid():
        wish = form.cleaned_data | {"source": WishSource.OWN_PAGE, "about": member}
        agreements.wish(member.young_person, **wish, by=account, at=at)
        return redirect("portals:person", membership_id)
    page = young_people.person(member, reader=account, at=at)
    trail = [(reverse("portals:mine"), _("Who knows what about me"))]
    return render(request, "portals/young_person/person.html", {"person": page, "trail": trail})


def _line(said: str) -> UUID | None:
    try:
        return UUID(said)
    except ValueError:
        return None


def _day(said: str) -> date | None:
    try:
        day = date.fromisoformat(said)
    except ValueError:
        return None
    return day if day.year >= _NOBODY_LOOKED_BEFORE else None
