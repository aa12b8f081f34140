"""Caregivers and their own ways in."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_POST

from halfdoor.service.accounts.standing import while_enrolling, while_proving
from halfdoor.service.accounts.step_up import proved_lately
from halfdoor.service.accounts.views import own
from halfdoor.service.core.audience import Audience, for_audience


@for_audience(Audience.CAREGIVER)
@while_enrolling
@require_GET
def ways(request: HttpRequest) -> HttpResponse:
    """Show how they sign in."""
    return own.ways(request)


@for_audience(Audience.CAREGIVER)
@while_enrolling
@require_POST
def later(request: HttpRequest) -> HttpResponse:
    """Go on without for now."""
    return own.later(request)


@for_audience(Audience.CAREGIVER)
@require_POST
def rename(request: HttpRequest) -> HttpResponse:
    """Call a way in otherwise."""
    return own.rename(request)


@for_audience(Audience.CAREGIVER)
@require_POST
@proved_lately
def remove(request: HttpRequest) -> HttpResponse:
    """Remove a way in."""
    return own.remove(request)


@for_audience(Audience.CAREGIVER)
@while_enrolling
@proved_lately
def app(request: HttpRequest) -> HttpResponse:
    """Add an app that shows codes."""
    return own.app(request)


@for_audience(Audience.CAREGIVER)
@while_enrolling
@proved_lately
def passkey(request: HttpRequest) -> HttpResponse:
    """Add a passkey."""
    return own.passkey(request)


@for_audience(Audience.CAREGIVER)
@while_enrolling
@proved_lately
def codes(request: HttpRequest) -> HttpResponse:
    """Make spare codes."""
    return own.codes(request)


@for_audience(Audience.CAREGIVER)
def password(request: HttpRequest) -> HttpResponse:
    """Change their password."""
    return own.password(request)


@for_audience(Audience.CAREGIVER)
@require_POST
@proved_lately
def elsewhere(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere else."""
    return own.elsewhere(request)


@for_audience(Audience.CAREGIVER)
@while_proving
def once_more(request: HttpRequest) -> HttpResponse:
    """Show once more that it is them."""
    return own.once_more(request)
