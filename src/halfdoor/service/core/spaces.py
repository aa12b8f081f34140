"""
The spaces of the service, told apart by the first part of the address.

Each has its own session cookie and its own CSRF cookie, so that one browser can hold a parent's session beside a
therapist's, and neither opens the other's pages.
"""

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass
from datetime import timedelta
from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from halfdoor.service.core.session_rows import SessionStore


@dataclass(frozen=True, slots=True)
class Space:
    """
    A front door: its name, which is the first part of its addresses, and how long each role may stay.

    :param idle: role to the time without a request after which its session ends
    :param absolute: role to the time after which its session ends in any case
    """

    name: str
    idle: Mapping[str, timedelta]
    absolute: Mapping[str, timedelta]

    @property
    def prefix(self) -> str:
        """The address of its first page."""
        return f"/{self.name}/"

    @property
    def roles(self) -> Set[str]:
        """The roles that may enter."""
        return self.idle.keys()


def _space(name: str, /, **limits: tuple[int, int]) -> Space:
    """Return a space from `role=(minutes idle, hours at most)`."""
    return Space(
        name,
        idle={role: timedelta(minutes=minutes) for role, (minutes, _) in limits.items()},
        absolute={role: timedelta(hours=hours) for role, (_, hours) in limits.items()},
    )


# A shift in a home lasts eight hours; a young person's telephone is often in other hands.
STAFF = _space("staff", therapist=(15, 12), lead=(15, 12), office=(15, 12), team=(10, 8))
FAMILY = _space("family", caregiver=(15, 12))
ME = _space("me", young_person=(10, 4))
DOORS = (STAFF, FAMILY, ME)
PUBLIC = _space("public")


def space_of_path(path: str) -> Space:
    """Return the space an address lies in; the public one if it lies behind no door."""
    return next((space for space in DOORS if path.startswith(space.prefix)), PUBLIC)


def space_of_role(role: str) -> Space:
    """Return the one space where this role signs in."""
    return next(space for space in DOORS if role in space.roles)


def space_of(request: HttpRequest) -> Space:
    """Return the space this request is in."""
    return cast(Space, request.space)  # type: ignore[attr-defined]


def enter(request: HttpRequest, space: Space) -> None:
    """
    Move the answer to another space, with a new and empty session there. For signing in from the start page.

    The session that this browser had there ends: its cookie is about to be another's.
    """
    SessionStore(request.COOKIES.get(f"{settings.SESSION_COOKIE_NAME}-{space.name}")).delete()
    request.space = space  # type: ignore[attr-defined]
    request.session = SessionStore()


class SpaceCookies:
    """Middleware: shows the rest of Django only the cookies of the request's space, under Django's own names."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Rename the two cookies on the way in and on the way out."""
        request.space = space_of_path(request.path_info)  # type: ignore[attr-defined]
        for name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME):
            request.COOKIES.pop(name, None)
            value = request.COOKIES.get(f"{name}-{space_of(request).name}")
            if value is not None:
                request.COOKIES[name] = value
        response = self.get_response(request)
        for name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME):
            if name in response.cookies:
                morsel = response.cookies.pop(name)
                renamed = f"{name}-{space_of(request).name}"
                response.cookies[renamed] = morsel.value
                response.cookies[renamed].update(morsel)
        return response
