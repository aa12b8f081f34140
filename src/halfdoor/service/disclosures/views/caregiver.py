"""Somebody of the family reads what was shared: what they were told, and what the gate lets them know besides."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from halfdoor.service.accounts.sessions import account_of
from halfdoor.service.core import clock
from halfdoor.service.core.audience import Audience, for_audience
from halfdoor.service.disclosures import accounting, gate
from halfdoor.service.disclosures.accounting_files import FILES
from halfdoor.service.disclosures.choices import Copy
from halfdoor.service.disclosures.views.files import as_file, asked_for, asked_part, shown


@for_audience(Audience.CAREGIVER)
@require_GET
def account(request: HttpRequest, membership_id: UUID, ending: str = "") -> HttpResponse:
    """Show what was shared in a time, or give it as a file."""
    reader, at = account_of(request), clock.now()
    member = next((one for one in gate.known_to(reader, at=at) if one.pk == membership_id), None)
    if member is None:
        raise Http404
    about, part = member.young_person, asked_part(request, ending)
    form, period = asked_for(request, accounting.usual_period(about, at=at))
    found = accounting.account_of(about, Copy.FAMILY, period, part=part, member=member, by=reader, at=at)
    if ending in FILES:
        return as_file(found, ending)
    context = {"form": form, "member": member, "trail": [(reverse("portals:week"), _("This week"))]}
    context |= shown(found, part)
    return render(request, "disclosures/caregiver/account.html", context)
