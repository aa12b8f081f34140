"""The staff door: where each role goes first."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from halfdoor.service.accounts.models import Role
from halfdoor.service.accounts.sessions import account_of
from halfdoor.service.core.audience import Audience, for_audience

_FIRST_PAGE = {Role.TEAM: "portals:shift", Role.OFFICE: "portals:desk"}


@for_audience(Audience.STAFF)
def front(request: HttpRequest) -> HttpResponse:
    """Go to the first page of whoever comes in."""
    return redirect(_FIRST_PAGE.get(Role(account_of(request).role), "portals:today"))
