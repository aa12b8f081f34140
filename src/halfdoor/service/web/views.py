"""Choosing a language, leaving quickly, and the gallery of components."""

from django.conf import settings
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.i18n import set_language

from halfdoor.service.core.audience import Audience, for_audience
from halfdoor.service.web.gallery import exhibits
from halfdoor.service.web.leaving import leave_to

language = for_audience(Audience.PUBLIC)(set_language)


@for_audience(Audience.PUBLIC)
def leave(request: HttpRequest) -> HttpResponse:
    """
    End the session of a young person or a caregiver and go to an everyday page, which is not told where from.

    It answers a plain link, so that it works without a script; being signed out by somebody else's link harms nobody.
    """
    response = HttpResponseRedirect(leave_to(request))
    logout(request)
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


@for_audience(Audience.PUBLIC)
def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component in every state. Only in the demo and in tests."""
    if not settings.HALFDOOR_DEMO:
        raise Http404
    return render(request, "web/gallery.html", exhibits(request.GET.get("page")))
