"""Where *Leave quickly* goes: an everyday page that says nothing about where somebody came from."""

from django.http import HttpRequest

LEAVE_TO = "https://www.wikipedia.org/"

CHOSEN = "leave_to"
"""Where the session keeps what the practice chose, so that no page pays for a query."""

SPACES = ("me", "family")
"""Where every page can be left quickly."""


def leave_to(request: HttpRequest) -> str:
    """Return where somebody goes who leaves now."""
    session = getattr(request, "session", None)
    return str(session.get(CHOSEN, LEAVE_TO)) if session is not None else LEAVE_TO
