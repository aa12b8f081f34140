"""
Who a view is for.

Every view carries its audience. A view without one is refused, whoever asks; a view for somebody else answers exactly
like a page that does not exist.
"""

from collections.abc import Callable
from enum import StrEnum
from http import HTTPStatus
from typing import Any, TypeVar

from django.core.exceptions import ImproperlyConfigured
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

from halfdoor.service.core.spaces import DOORS, STAFF, space_of

View = TypeVar("View", bound=Callable[..., object])


class Audience(StrEnum):
    """Everybody a page can be for. The roles have the values of `accounts.Role`."""

    PUBLIC = "public"
    STAFF = "staff"
    THERAPIST = "therapist"
    LEAD = "lead"
    OFFICE = "office"
    TEAM = "team"
    CAREGIVER = "caregiver"
    YOUNG_PERSON = "young_person"


class UnmarkedView(ImproperlyConfigured):
    """A view says nothing about who it is for, so nobody gets it."""


def for_audience(*audiences: Audience) -> Callable[[View], View]:
    """Mark a view (a function, or the result of `as_view()`) with everybody it is for."""

    def mark(view: View) -> View:
        view.audience = frozenset(audiences)  # type: ignore[attr-defined]
        return view

    return mark


def audience_of(view: Callable[..., object]) -> frozenset[Audience]:
    """
    Return everybody a view is for.

    :raises UnmarkedView: if it does not say
    """
    marked: frozenset[Audience] = getattr(view, "audience", frozenset())
    if not marked:
        name = f"{view.__module__}.{getattr(view, '__qualname__', type(view).__qualname__)}"
        raise UnmarkedView(f"{name} does not say who it is for. Mark it with @for_audience(...) from core.audience.")
    return marked


def roles_of(audience: frozenset[Audience]) -> frozenset[str]:
    """Return the roles that an audience means: `STAFF` is everybody behind the staff door."""
    roles = {str(one) for one in audience if one is not Audience.STAFF}
    return frozenset(roles | STAFF.roles if Audience.STAFF in audience else roles)


def to_the_door(request: HttpRequest) -> HttpResponse:
    """Send somebody to where one signs in; the whole page, if only a part of it was asked for."""
    door = reverse(f"{space_of(request).name}_sign_in")
    return HttpResponseClientRedirect(door) if request.headers.get("HX-Request") else HttpResponseRedirect(door)


_OUTSIDE = frozenset({Audience.CAREGIVER, Audience.YOUNG_PERSON, Audience.TEAM})
"""Those for whom a practice's doors can be shut. Its own clinicians need the record most when something went wrong."""


def _shut(request: HttpRequest) -> bool:
    practice = getattr(request.user, "practice", None)
    return practice is None or practice.doors_shut


def _closed_for_a_while(request: HttpRequest) -> HttpResponse:
    return render(request, "shut.html", status=HTTPStatus.SERVICE_UNAVAILABLE)


class OnlyForItsAudience:
    """Middleware: lets a view run only for those it is for, in the space where they are signed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; the check needs to know the view."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., object], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Send somebody unknown to the door of this space, and tell everybody else that there is nothing here."""
        audience = audience_of(view)
        if Audience.PUBLIC in audience:
            return None
        space = space_of(request)
        role = getattr(request.user, "role", None)
        if role is None and space in DOORS:
            return to_the_door(request)
        if role not in roles_of(audience) & space.roles:
            raise Http404
        return _closed_for_a_while(request) if role in _OUTSIDE and _shut(request) else None
