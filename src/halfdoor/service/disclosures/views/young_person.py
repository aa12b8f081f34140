"""A young person takes along what was shared about them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from halfdoor.service.accounts.sessions import account_of
from halfdoor.service.accounts.step_up import private_room
from halfdoor.service.core import clock
from halfdoor.service.core.audience import Audience, for_audience
from halfdoor.service.disclosures import accounting
from halfdoor.service.disclosures.accounting_files import FILES
from halfdoor.service.disclosures.choices import Copy
from halfdoor.service.disclosures.views.files import as_file, asked_for, asked_part, shown
from halfdoor.service.people import queries as people
from halfdoor.service.web.finding import or_nothing_here


@for_audience(Audience.YOUNG_PERSON)
@require_GET
@private_room
def my_account(request: HttpRequest, ending: str = "") -> HttpResponse:
    """Show what was shared in a time, or give it as a file."""
    reader, at = account_of(request), clock.now()
    with or_nothing_here():
        me = people.own_membership(reader).young_person
    part = asked_part(request, ending)
    form, period = asked_for(request, accounting.usual_period(me, at=at))
    account = accounting.account_of(me, Copy.OWN, period, part=part, by=reader, at=at)
    if ending in FILES:
        return as_file(account, ending)
    context = shown(account, part) | {
        "form": form,
        "trail": [(reverse("portals:mine"), _("Who knows what about me"))],
    }
    return render(request, "disclosures/young_person/account.html", context)
