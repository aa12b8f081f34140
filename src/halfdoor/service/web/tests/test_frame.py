"""What stands around every page: languages, menus, leaving quickly, and pages that say that there is nothing."""

import pytest
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from halfdoor.service.core.spaces import FAMILY, ME, STAFF
from halfdoor.service.web import menus
from halfdoor.service.web.leaving import LEAVE_TO


@pytest.fixture
def empty_menus(monkeypatch):
    monkeypatch.setattr(menus, "_MENUS", menus.defaultdict(list))


def frame(rf, template, space):
    request = rf.get(space.prefix)
    request.space = space
    return render_to_string(template, {}, request=request)


def test_a_hidden_page_and_an_absent_page_read_the_same(client):
    assert client.get("/staff/nothing-here/").content == client.get("/staff/nothing-else/").content


@pytest.mark.abuse("A4")
@pytest.mark.parametrize("space", [ME, FAMILY])
def test_every_page_of_a_young_person_and_a_family_can_be_left_quickly(rf, space):
    for template in (f"web/base_{space.name}.html", "404.html"):
        page = frame(rf, template, space)
        assert f'href="/{space.name}/leave/" rel="noreferrer" data-leave="{LEAVE_TO}"' in page
    assert "Leave quickly" not in frame(rf, "web/base_staff.html", STAFF)


def test_the_page_of_a_young_person_says_nothing_in_its_title(rf):
    page = frame(rf, "web/base_me.html", ME)
    assert "<title>My page</title>" in page
    assert "plain.svg" in page
    assert "Halfdoor" not in page


@pytest.mark.abuse("A4")
def test_leaving_ends_the_session_and_goes_to_an_everyday_page(client, db):
    response = client.get("/me/leave/")
    assert (response.status_code, response["Location"]) == (302, LEAVE_TO)
    assert response["Clear-Site-Data"] == '"cache"'
    assert response["Referrer-Policy"] == "no-referrer"


def test_a_language_is_chosen_at_the_address_of_its_space(rf):
    assert 'action="/me/language/"' in frame(rf, "web/base_me.html", ME)
    assert 'action="/staff/language/"' in frame(rf, "web/base_staff.html", STAFF)


def test_each_language_is_written_in_itself(rf):
    page = frame(rf, "web/base_staff.html", STAFF)
    assert [name in page for name in ("English (US)", "English (UK)", "Español", "Cymraeg")] == [True] * 4


def test_a_menu_shows_each_role_its_own(empty_menus):
    menus.add(
        "staff", menus.Entry("web:gallery", _("Gallery")), menus.Entry("web:leave", _("Leave"), frozenset({"lead"}))
    )
    assert menus.links("staff", role="therapist") == [("/gallery/", "Gallery")]
    assert menus.links("staff", role="lead") == [("/gallery/", "Gallery"), ("/me/leave/", "Leave")]


def test_the_page_for_our_own_failure_needs_nothing_but_itself():
    for template in ("500.html", "503.html"):
        assert "<h1>" in render_to_string(template)
