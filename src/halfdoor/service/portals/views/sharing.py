"""Who may know what about somebody, for their clinicians: the sharing map, its cells, and its sheet for paper."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from halfdoor.service.accounts.sessions import account_of
from halfdoor.service.core import clock
from halfdoor.service.disclosures import telling as whom_to_tell
from halfdoor.service.people import queries as people
from halfdoor.service.portals.forms import DayForm, TellingForm
from halfdoor.service.portals.queries import sharing
from halfdoor.service.portals.queries.sharing import Chosen, Map
from halfdoor.service.portals.views.therapist import for_clinicians, trail_of
from halfdoor.service.web.finding import or_nothing_here


@for_clinicians
@require_GET
def sharing_map(
    request: HttpRequest, young_person_id: UUID, membership_id: UUID | None = None, category: str = ""
) -> HttpResponse:
    """Show who may know what, today or otherwise, with one cell opened where one is named."""
    form = DayForm(request.GET)
    drawn = _drawn(request, young_person_id, form, cell=(membership_id, category) if membership_id else None)
    form = form if form.errors else DayForm(initial={"on": drawn.day, "rules": drawn.rules})
    form = form.with_rules(proposed=drawn.proposal is not None)
    here = f"{request.get_full_path()}#cell"
    context = {"map": drawn, "form": form, "here": here, "trail": trail_of(drawn.young_person)}
    return render(request, "portals/therapist/map.html", context)


@for_clinicians
@require_GET
def sheet(request: HttpRequest, young_person_id: UUID) -> HttpResponse:
    """Show the map alone, as one sheet of paper."""
    drawn, at = _drawn(request, young_person_id, DayForm(request.GET)), clock.now()
    context = {"map": drawn, "practice": account_of(request).practice.name, "at": at}
    return render(request, "portals/therapist/map_sheet.html", context | {"query": request.GET.urlencode()})


def _drawn(request: HttpRequest, young_person_id: UUID, form: DayForm, *, cell: tuple[UUID, str] | None = None) -> Map:
    account, (on, rules, stop) = account_of(request), form.chosen
    with or_nothing_here():
        about = people.young_person_of(account, young_person_id)
        return sharing.map_of(about, Chosen(on, rules, stop, cell), reader=account, at=clock.now())


@for_clinicians
def telling(request: HttpRequest, young_person_id: UUID) -> HttpResponse:
    """Agree with the young person who needs to know, and put it on record. A page to be looked at together."""
    account, at = account_of(request), clock.now()
    with or_nothing_here():
        about = people.young_person_of(account, young_person_id)
    form = TellingForm(request.POST or None, members=whom_to_tell.whom_to_talk_about(about, reader=account))
    if form.is_valid():
        agreed = {name: form.cleaned_data[name] for name in ("categories", "words")}
        whom_to_tell.agree(about, form.about, **agreed, by=account, at=at)
        messages.success(request, _("It is on record. The young person reads it on their page, and can change it."))
        return redirect("portals:telling", about.pk)
    latest = whom_to_tell.latest_talk(about, reader=account)
    context = {"about": about, "form": form, "latest": latest, "trail": trail_of(about)}
    return render(request, "portals/therapist/telling.html", context)
