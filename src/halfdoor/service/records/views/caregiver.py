"""Somebody of the family asks for a copy, and fetches what the gate lets them have then."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from halfdoor.service.accounts.sessions import account_of
from halfdoor.service.core import clock
from halfdoor.service.core.audience import Audience, for_audience
from halfdoor.service.disclosures import gate
from halfdoor.service.records import copying
from halfdoor.service.records.actions import NotNow
from halfdoor.service.records.copy_files import FILES
from halfdoor.service.records.views.handing import as_file


@for_audience(Audience.CAREGIVER)
def copy(request: HttpRequest, membership_id: UUID, ending: str = "") -> HttpResponse:
    """Show how it stands with a copy, ask for one, or give it as a file."""
    reader, at = account_of(request), clock.now()
    member = next((one for one in gate.known_to(reader, at=at) if one.pk == membership_id), None)
    if member is None:
        raise Http404
    if ending in FILES:
        return as_file(member, ending, by=reader, at=at)
    if request.method == "POST":
        try:
            copying.ask(member, by=reader, at=at)
        except NotNow as refusal:
            messages.error(request, str(refusal))
        return redirect("records:family_copy", membership_id)
    shown = {"member": member, "asked": copying.newest(member, at=at)}
    trail = {"trail": [(reverse("portals:week"), _("This week"))]}
    return render(request, "records/caregiver/copy.html", shown | trail)
