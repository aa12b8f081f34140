"""A young person asks for a copy of their record, and fetches it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from halfdoor.service.accounts.sessions import account_of
from halfdoor.service.accounts.step_up import private_room
from halfdoor.service.core import clock
from halfdoor.service.core.audience import Audience, for_audience
from halfdoor.service.people import queries as people
from halfdoor.service.records import copying
from halfdoor.service.records.actions import NotNow
from halfdoor.service.records.copy_files import FILES
from halfdoor.service.records.views.handing import as_file
from halfdoor.service.web.finding import or_nothing_here


@for_audience(Audience.YOUNG_PERSON)
@private_room
def my_copy(request: HttpRequest, ending: str = "") -> HttpResponse:
    """Show how it stands with a copy, ask for one, or give it as a file."""
    reader, at = account_of(request), clock.now()
    with or_nothing_here():
        me = people.own_membership(reader)
    if ending in FILES:
        return as_file(me, ending, by=reader, at=at)
    if request.method == "POST":
        try:
            copying.ask(me, by=reader, at=at)
        except NotNow as refusal:
            messages.error(request, str(refusal))
        return redirect("records:my_copy")
    shown = {"asked": copying.newest(me, at=at), "trail": [(reverse("portals:mine"), _("Who knows what about me"))]}
    return render(request, "records/young_person/copy.html", shown)
