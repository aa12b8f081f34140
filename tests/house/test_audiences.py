"""Every address says who it is for, and lies behind the door of those it is for."""

from collections.abc import Iterator

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, path

from halfdoor.service.core.audience import Audience, UnmarkedView, audience_of, for_audience, roles_of
from halfdoor.service.core.spaces import space_of_path

Address = tuple[str, URLPattern]

WATCHED = {Audience.CAREGIVER: "caregiver", Audience.YOUNG_PERSON: "young_person", Audience.TEAM: "team"}
"""Whose pages never import models: the import contract watches the modules of these names in ``views``."""


def addresses(patterns: list[URLPattern | URLResolver], *, below: str = "/") -> Iterator[Address]:
    """Yield every address of the service with its pattern, as written in the URL files."""
    for pattern in patterns:
        route = below + str(pattern.pattern)
        match pattern:
            case URLResolver():
                yield from addresses(pattern.url_patterns, below=route)
            case URLPattern():
                yield route, pattern


def unmarked(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    """Yield addresses whose view does not say who it is for."""
    for route, pattern in addresses(patterns):
        try:
            audience_of(pattern.callback)
        except UnmarkedView:
            yield route


def behind_the_wrong_door(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    """Yield addresses for people who cannot sign in at the door the address lies behind."""
    for route, pattern in addresses(patterns):
        audience = getattr(pattern.callback, "audience", frozenset())
        if audience and Audience.PUBLIC not in audience and not roles_of(audience) <= space_of_path(route).roles:
            yield route


def out_of_sight(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    """Yield pages for families, young people or teams whose module the import contract does not watch."""
    for route, pattern in addresses(patterns):
        audience = getattr(pattern.callback, "audience", frozenset())
        *_, folder, module = f".{pattern.callback.__module__}".split(".")
        if audience & WATCHED.keys() and (folder != "views" or module not in WATCHED.values()):
            yield route


@pytest.mark.parametrize("guard", [unmarked, behind_the_wrong_door, out_of_sight])
def test_every_address_keeps_to_it(guard):
    assert list(guard(get_resolver().url_patterns)) == []


def test_there_are_addresses_to_look_at():
    assert len(list(addresses(get_resolver().url_patterns))) >= 10


def a_page(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


@for_audience(Audience.CAREGIVER)
def a_family_page(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


@pytest.mark.parametrize(
    ("guard", "pattern"),
    [
        (unmarked, path("family/updates/", a_page)),
        (behind_the_wrong_door, path("staff/updates/", a_family_page)),
        (behind_the_wrong_door, path("updates/", a_family_page)),
        (out_of_sight, path("family/updates/", a_family_page)),
    ],
)
def test_a_planted_address_is_caught(guard, pattern):
    assert list(guard([pattern])) == [f"/{pattern.pattern}"]


def test_a_page_behind_its_own_door_is_left_alone():
    pattern = path("family/updates/", a_family_page)
    assert [*unmarked([pattern]), *behind_the_wrong_door([pattern])] == []
