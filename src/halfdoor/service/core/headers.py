"""Headers that Django does not set by itself, and what a browser's own headers tell about who is asking."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden

# What a page here never needs, no page may use; camera and microphone come back with video sessions.
PERMISSIONS = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "autoplay",
        "browsing-topics",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
)


class Headers:
    """Middleware: no page is kept by a browser or a proxy, and none may use the device."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add the headers; static files may be kept, since they are the same for everyone."""
        response = self.get_response(request)
        response.headers["Permissions-Policy"] = PERMISSIONS
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        if not request.path_info.startswith(settings.STATIC_URL):
            response.headers["Cache-Control"] = "no-store"
        return response


class NotForOtherSites:
    """
    Middleware: what a page of another site asks for, as a picture, a frame, a script or a form, gets one empty answer.

    Whoever follows a link gets the page. Browsers say which it is; where one says nothing, nothing is refused, and the
    cookies, which no other site can send, still hold.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer before anything is read: the same, as fast, whatever lies at the address."""
        return HttpResponseForbidden() if _is_asked_by_another_site(request) else self.get_response(request)


class NothingSentInTheClear:
    """
    Middleware: what is sent without encryption is refused. Sent on to the encrypted address, it would seem to work, and
    nobody would notice that it had been read on the way.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let through what is encrypted, what only asks for a page, and everything in the demo."""
        is_clear = settings.SECURE_SSL_REDIRECT and not request.is_secure()
        return self.get_response(request) if not is_clear or request.method in _ASKS else HttpResponseForbidden()


_ASKS = ("GET", "HEAD")


def _is_asked_by_another_site(request: HttpRequest) -> bool:
    said = request.headers
    if said.get("Sec-Fetch-Site", "none") in ("none", "same-origin"):
        return False
    opens_a_page = (said.get("Sec-Fetch-Mode"), said.get("Sec-Fetch-Dest")) == ("navigate", "document")
    return not (opens_a_page and request.method in ("GET", "HEAD"))
