"""A page for somebody else answers exactly like a page that does not exist; a page for nobody answers nobody."""

import sys
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from halfdoor.service.accounts.models import Account, Role
from halfdoor.service.accounts.sessions import begin
from halfdoor.service.accounts.standing import excuse
from halfdoor.service.core import clock
from halfdoor.service.core.audience import Audience, UnmarkedView, for_audience
from halfdoor.service.core.models import Practice
from halfdoor.service.core.spaces import space_of_role
from halfdoor.service.urls import handler403, handler404
from halfdoor.service.urls import urlpatterns as the_real_ones

__all__ = ["handler403", "handler404"]


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("here")


def refusing(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


def absent(request: HttpRequest) -> HttpResponse:
    raise Http404


def of(audience: Audience, view: Any = page) -> Any:
    return for_audience(audience)(lambda request: view(request))


urlpatterns = [
    *the_real_ones,
    path("unmarked/", page),
    path("open/", of(Audience.PUBLIC)),
    path("staff/all/", of(Audience.STAFF)),
    path("staff/lead/", of(Audience.LEAD)),
    path("staff/for-families/", of(Audience.CAREGIVER)),
    path("staff/refusing/", of(Audience.STAFF, refusing)),
    path("staff/absent/", of(Audience.STAFF, absent)),
    path("family/page/", of(Audience.CAREGIVER)),
    path("me/page/", of(Audience.YOUNG_PERSON)),
    path("outside/family/", of(Audience.CAREGIVER)),
]

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@pytest.fixture(params=list(Role), ids=str)
def somebody(request: pytest.FixtureRequest) -> tuple[Client, Role]:
    """A browser in which somebody of each role is signed in at their door."""
    role = Role(request.param)
    practice = Practice.objects.create(name="Corner House", is_demo=True)
    account = Account.objects.create(practice=practice, username="somebody", role=role)
    return signed_in(account), role


def signed_in(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    door = space_of_role(account.role).name
    request = HttpRequest()
    request.session, request.space = client.session, space_of_role(account.role)  # type: ignore[attr-defined]
    request.user = account
    begin(request, at=clock.now())
    excuse(request)
    request.session.save()
    client.cookies[f"session-{door}"] = client.cookies.pop("session").value
    return client


@pytest.mark.parametrize(
    ("address", "roles"),
    [
        ("/open/", set(Role)),
        ("/staff/all/", {Role.THERAPIST, Role.LEAD, Role.OFFICE, Role.TEAM}),
        ("/staff/lead/", {Role.LEAD}),
        ("/staff/for-families/", set()),
        ("/family/page/", {Role.CAREGIVER}),
        ("/me/page/", {Role.YOUNG_PERSON}),
        ("/outside/family/", set()),
    ],
)
def test_a_page_opens_for_its_audience_in_their_space_alone(
    address: str, roles: set[Role], somebody: tuple[Client, Role]
) -> None:
    client, role = somebody
    answer = client.get(address)
    if role in roles:
        assert (answer.status_code, answer.content) == (200, b"here")
    elif any(address.startswith(f"/{door}/") for door in ("staff", "family", "me")) and not address.startswith(
        space_of_role(role).prefix
    ):
        assert answer["Location"] == f"/{address.split('/')[1]}/sign-in/"
    else:
        assert answer.status_code == 404


def test_refused_forbidden_and_absent_are_the_same_page() -> None:
    practice = Practice.objects.create(name="Corner House")
    client = signed_in(Account.objects.create(practice=practice, username="ruth", role=Role.THERAPIST))
    answers = [client.get(f"/staff/{name}/") for name in ("lead", "refusing", "absent", "no-such-page")]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content.replace(b, b"") for answer in answers for b in [answer.wsgi_request.path.encode()]}) == 1
    assert len({tuple(sorted(answer.headers.items())) for answer in answers}) <= 2


def test_a_stranger_is_shown_the_door_whatever_is_behind_it(client: Client) -> None:
    for address in ("/staff/lead/", "/staff/all/", "/staff/refusing/"):
        assert client.get(address)["Location"] == "/staff/sign-in/"


def test_a_view_that_does_not_say_who_it_is_for_answers_nobody(somebody: tuple[Client, Role]) -> None:
    with pytest.raises(UnmarkedView, match="does not say who it is for"):
        somebody[0].get("/unmarked/")


def test_in_production_an_unmarked_view_is_an_error_page(client: Client) -> None:
    client.raise_request_exception = False
    answer = client.get("/unmarked/")
    assert answer.status_code == 500
    assert b"here" not in answer.content
    assert sys.modules[__name__].__name__.encode() not in answer.content
