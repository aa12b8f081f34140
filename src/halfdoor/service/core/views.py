"""The views that belong to no room."""

import json
import sys

from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from halfdoor.service.core.audience import Audience, for_audience
from halfdoor.service.core.chain import ClockIsBehind
from halfdoor.service.core.fitting import NotOfThisVersion
from halfdoor.service.core.journal import JournalBroken, is_writable
from halfdoor.service.core.logs import log

_LONGEST_REPORT = 8_192
_PLAIN = "text/plain; charset=utf-8"


@for_audience(Audience.PUBLIC)
@csrf_exempt
@require_POST
def csp_report(request: HttpRequest) -> HttpResponse:
    """Log which directive a browser saw broken. Addresses are not logged: they can name people."""
    try:
        directive = json.loads(request.read(_LONGEST_REPORT))["csp-report"]["effective-directive"]
    except (ValueError, KeyError, TypeError, RecursionError):
        directive = "unreadable"
    log(__name__).warning("csp_violation", directive=str(directive)[:40])
    return HttpResponse(status=204)


@for_audience(Audience.PUBLIC)
@require_GET
def health(request: HttpRequest) -> HttpResponse:
    """Say to a monitor or a proxy whether pages can be served now: the database answers, the journal takes lines."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        is_writable()
    except (DatabaseError, JournalBroken) as error:
        log(__name__).error("not_well", error=type(error).__qualname__)
        return HttpResponse("not well\n", content_type=_PLAIN, status=503)
    return HttpResponse("well\n", content_type=_PLAIN)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer what is absent and what is refused with the same page."""
    return render(request, "404.html", status=404)


def failed(request: HttpRequest) -> HttpResponse:
    """
    Say that it is our failure, with nothing about what failed, and without asking the database anything more.

    503 where it passes by itself or by an operator's hand: a database or journal that cannot write, a wrong clock, a
    database that was not upgraded, or not put back to the end.
    """
    kind = sys.exc_info()[0] or Exception
    page = "clock_is_behind.html" if issubclass(kind, ClockIsBehind) else "500.html"
    passes = issubclass(kind, ClockIsBehind | OperationalError | InterfaceError | JournalBroken | NotOfThisVersion)
    return HttpResponse(render_to_string(page), status=503 if passes else 500)
