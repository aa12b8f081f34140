"""Three doors: who signs in at one is nobody at the others."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.cache import cache
from django.test import Client

from halfdoor.service.accounts.models import Account, Role
from halfdoor.service.core.models import Practice
from halfdoor.service.core.spaces import DOORS, FAMILY, ME, STAFF, space_of_role

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
PASSWORD = "a kettle on a windowsill"


@pytest.fixture(autouse=True)
def nobody_has_tried_before() -> None:
    cache.clear()


@pytest.fixture
def practice() -> Practice:
    return Practice.objects.create(name="Corner House", is_demo=True)


def account(practice: Practice, username: str, role: Role, **more: Any) -> Account:
    one = Account(practice=practice, username=username, role=role, display_name=username.title(), **more)
    one.set_password(PASSWORD)
    one.save()
    return one


@pytest.fixture
def ruth(practice: Practice) -> Account:
    return account(practice, "ruth", Role.THERAPIST)


@pytest.fixture
def tom(practice: Practice) -> Account:
    return account(practice, "tom", Role.CAREGIVER)


@pytest.fixture
def amina(practice: Practice) -> Account:
    return account(practice, "amina", Role.YOUNG_PERSON)


def sign_in(client: Client, door: str, username: str, password: str = PASSWORD, **more: str) -> Any:
    practice = more.pop("practice", None) or str(Practice.objects.order_by("name")[0].pk)
    return client.post(f"/{door}/sign-in/", {"login": username, "password": password, "practice": practice})


def who(client: Client, door: str) -> str:
    """Return who is signed in at this door, by asking a page that exists at each."""
    user = client.get(f"/{door}/sign-in/", follow=False)
    return str(user.wsgi_request.user.get_username()) if user.wsgi_request.user.is_authenticated else ""


def test_ruth_signs_in_at_the_staff_door(client: Client, ruth: Account) -> None:
    answer = sign_in(client, "staff", "ruth")
    assert (answer.status_code, answer["Location"]) == (302, "/staff/")
    assert who(client, "staff") == "ruth"


def test_ruth_is_nobody_at_the_other_doors(client: Client, ruth: Account) -> None:
    sign_in(client, "staff", "ruth")
    assert who(client, "family") == who(client, "me") == ""


def test_one_browser_holds_ruth_and_tom_side_by_side(client: Client, ruth: Account, tom: Account) -> None:
    sign_in(client, "staff", "ruth")
    sign_in(client, "family", "tom")
    assert (who(client, "staff"), who(client, "family")) == ("ruth", "tom")
    client.post("/family/sign-out/")
    assert (who(client, "staff"), who(client, "family")) == ("ruth", "")


@pytest.mark.parametrize("door", ["staff", "me"])
def test_toms_password_opens_no_door_but_his(door: str, client: Client, tom: Account) -> None:
    assert sign_in(client, door, "tom").status_code == 200
    assert who(client, door) == ""


def test_every_role_has_exactly_one_door() -> None:
    for role in Role:
        assert [door.name for door in DOORS if role in door.roles] == [space_of_role(role).name]


def test_a_session_copied_into_another_doors_cookie_is_nobody(client: Client, tom: Account) -> None:
    sign_in(client, "family", "tom")
    client.cookies["session-staff"] = client.cookies["session-family"].value
    client.cookies["session-me"] = client.cookies["session-family"].value
    assert who(client, "staff") == who(client, "me") == ""


@pytest.mark.parametrize("bare", ["session", "session-public"])
def test_a_session_under_a_name_without_a_door_is_nobody(bare: str, client: Client, tom: Account) -> None:
    sign_in(client, "family", "tom")
    key = client.cookies.pop("session-family").value
    client.cookies[bare] = key
    assert who(client, "family") == ""


def test_each_door_has_its_own_csrf_cookie(ruth: Account, tom: Account) -> None:
    client = Client(enforce_csrf_checks=True)
    client.get("/family/sign-in/")
    token = client.cookies["csrf-family"].value
    form = {"login": "ruth", "password": PASSWORD, "practice": str(ruth.practice_id), "csrfmiddlewaretoken": token}
    assert "csrf-staff" not in client.cookies
    assert client.post("/staff/sign-in/", form).status_code == 403
    assert client.post("/family/sign-in/", form | {"login": "tom"}).status_code == 302


def test_cookies_cannot_be_read_by_scripts_or_sent_by_other_sites(client: Client, ruth: Account) -> None:
    sign_in(client, "staff", "ruth")
    assert set(client.cookies) == {"session-staff", "csrf-staff"}
    for cookie in client.cookies.values():
        assert (cookie["httponly"], cookie["samesite"]) == (True, "Strict")


@pytest.mark.parametrize(
    ("username", "password", "active"),
    [
        ("ruth", "wrong password here", True),
        ("nobody", PASSWORD, True),
        ("tom", PASSWORD, True),
        ("ruth", PASSWORD, False),
    ],
)
def test_every_refusal_at_a_door_looks_the_same(
    username: str, password: str, active: bool, client: Client, ruth: Account, tom: Account
) -> None:
    Account.objects.filter(pk=ruth.pk).update(is_active=active)
    answer = sign_in(client, "staff", username, password)
    assert answer.status_code == 200
    assert [str(error) for error in answer.context["form"].non_field_errors()] == [
        "This sign-in name and this password do not belong together."
    ]


def test_guessing_is_slowed_down(client: Client, ruth: Account) -> None:
    for _ in range(5):
        sign_in(client, "staff", "ruth", "wrong password here")
    answer = sign_in(client, "staff", "ruth")
    assert "There were too many tries" in str(answer.context["form"].errors)
    assert who(client, "staff") == ""


@pytest.mark.abuse("A8")
@pytest.mark.parametrize(
    ("door", "address", "elsewhere"),
    [("staff", "10.0.0.1", False), ("me", "10.0.0.2", False), ("me", "10.0.0.1", True)],
)
def test_nobody_shuts_amina_out_from_another_door_another_house_or_another_practice(
    door: str, address: str, elsewhere: bool, practice: Practice, amina: Account
) -> None:
    tried = Practice.objects.create(name="Another House") if elsewhere else practice
    for _ in range(6):
        answer = sign_in(Client(REMOTE_ADDR=address), door, "amina", "wrong password here", practice=str(tried.pk))
    assert "There were too many tries" in str(answer.context["form"].errors)
    at_home = Client(REMOTE_ADDR="10.0.0.1")
    assert sign_in(at_home, "me", "amina", practice=str(practice.pk)).status_code == 302


def test_who_is_guessed_at_from_their_own_house_waits_a_minute_and_no_longer(client: Client, amina: Account) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        for _ in range(9):
            sign_in(client, "me", "amina", "wrong password here")
        clock.shift(timedelta(seconds=59))
        assert sign_in(client, "me", "amina").status_code == 200
        clock.shift(timedelta(seconds=2))
        assert sign_in(client, "me", "amina").status_code == 302


@pytest.mark.abuse("A8")
def test_every_process_counts_the_same_wrong_passwords(client: Client, ruth: Account) -> None:
    for _ in range(5):
        sign_in(client, "staff", "ruth", "wrong password here")
        cache.clear()  # another process has a cache of its own
    assert sign_in(client, "staff", "ruth").status_code == 200


@pytest.mark.abuse("A8")
def test_one_address_tries_ten_names_and_then_waits(client: Client, practice: Practice, ruth: Account) -> None:
    for number in range(10):
        sign_in(client, "staff", f"nobody-{number}")
    assert sign_in(client, "staff", "ruth").status_code == 200
    assert sign_in(Client(REMOTE_ADDR="10.0.0.2"), "staff", "ruth").status_code == 302


def test_whoever_signs_in_again_and_again_is_not_taken_for_somebody_who_guesses(ruth: Account) -> None:
    assert [sign_in(Client(), "staff", "ruth").status_code for _ in range(7)] == [302] * 7


def test_a_password_kept_in_the_old_way_is_kept_in_the_new_one_after_signing_in(
    settings: Any, client: Client, ruth: Account
) -> None:
    settings.PASSWORD_HASHERS = ["halfdoor.service.accounts.hashing.OneAtATime"]
    old = Argon2PasswordHasher()
    old.time_cost, old.memory_cost, old.parallelism = 2, 1024, 8
    Account.objects.filter(pk=ruth.pk).update(password=old.encode(PASSWORD, "a-salt-of-twenty-two-x"))
    assert sign_in(client, "staff", "ruth").status_code == 302
    ruth.refresh_from_db()
    assert "$m=19456,t=2,p=1$" in ruth.password


def test_two_practices_may_each_have_a_tom(client: Client, tom: Account) -> None:
    other = account(Practice.objects.create(name="Another House"), "tom", Role.CAREGIVER)
    answer = sign_in(client, "family", "tom", practice=str(other.practice_id))
    assert answer.status_code == 302
    assert client.get("/family/sign-in/").wsgi_request.user.pk == other.pk


def test_the_practice_is_asked_for_only_if_there_are_several(client: Client, practice: Practice) -> None:
    assert 'type="hidden" name="practice"' in client.get("/staff/sign-in/").content.decode()
    Practice.objects.create(name="Another House")
    assert "<select" in client.get("/staff/sign-in/").content.decode()


@pytest.mark.abuse("A3")
@pytest.mark.parametrize(
    ("door", "name", "idle", "absolute"),
    [(STAFF, "ruth", 15, 12), (FAMILY, "tom", 15, 12), (ME, "amina", 10, 4)],
)
def test_a_session_ends_when_idle_and_in_any_case(
    door: Any, name: str, idle: int, absolute: int, client: Client, ruth: Account, tom: Account, amina: Account
) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        sign_in(client, door.name, name)
        clock.shift(timedelta(minutes=idle) - timedelta(seconds=1))
        assert who(client, door.name) == name
        clock.shift(timedelta(minutes=idle))
        assert who(client, door.name) == ""
        sign_in(client, door.name, name)
        for _ in range(absolute * 60 // 5 - 1):
            clock.shift(timedelta(minutes=5))
            assert who(client, door.name) == name
        clock.shift(timedelta(minutes=5))
        assert who(client, door.name) == ""


@pytest.mark.abuse("D9")
@pytest.mark.reliability("R19")
def test_an_account_that_was_closed_is_signed_out_at_once(client: Client, tom: Account) -> None:
    sign_in(client, "family", "tom")
    Account.objects.filter(pk=tom.pk).update(is_active=False)
    assert who(client, "family") == ""


@pytest.mark.abuse("A9")
def test_an_account_that_changed_its_role_is_signed_out_at_once(client: Client, tom: Account) -> None:
    sign_in(client, "family", "tom")
    Account.objects.filter(pk=tom.pk).update(role=Role.TEAM)
    assert who(client, "family") == ""


def test_nobody_signs_out_by_following_a_link(client: Client, tom: Account) -> None:
    sign_in(client, "family", "tom")
    assert client.get("/family/sign-out/").status_code == 405
    assert who(client, "family") == "tom"


def test_the_cookie_of_a_session_that_was_signed_out_opens_nothing(client: Client, tom: Account) -> None:
    sign_in(client, "family", "tom")
    kept = client.cookies["session-family"].value
    client.post("/family/sign-out/")
    client.cookies["session-family"] = kept
    assert who(client, "family") == ""


@pytest.mark.parametrize("door", ["staff", "family", "me"])
@pytest.mark.usefixtures("practice")
def test_a_password_is_typed_unseen_and_may_come_from_where_it_is_kept(door: str, client: Client) -> None:
    page = client.get(f"/{door}/sign-in/").content.decode()
    assert re.findall(r'<input type="(\w+)" name="password"', page) == ["password"]
    assert 'autocomplete="current-password"' in page and "onpaste" not in page  # noqa: PT018


@pytest.mark.parametrize("door", ["staff", "family", "me"])
def test_nobody_is_told_their_own_request_back(door: str, client: Client) -> None:
    answer = client.trace(f"/{door}/sign-in/", headers={"X-Kettle": "on a windowsill"})
    assert answer.status_code == 405
    assert b"windowsill" not in answer.content


def test_a_young_person_needs_no_mail_address(client: Client, amina: Account) -> None:
    assert amina.email == ""
    assert sign_in(client, "me", "amina").status_code == 302


@pytest.fixture
def demo(settings: Any) -> None:
    settings.HALFDOOR_DEMO = True


def test_in_the_demo_one_can_be_anybody_from_the_start_page(
    demo: None, client: Client, ruth: Account, tom: Account, amina: Account
) -> None:
    page = client.get("/").content.decode()
    for one in (ruth, tom, amina):
        assert f'action="/demo/sign-in/{one.pk}/"' in page
        door = space_of_role(one.role)
        answer = client.post(f"/demo/sign-in/{one.pk}/")
        assert (answer.status_code, answer["Location"]) == (302, door.prefix)
        assert who(client, door.name) == one.username


def test_becoming_somebody_else_ends_the_session_one_had(demo: None, client: Client, ruth: Account) -> None:
    lena = account(ruth.practice, "lena", Role.LEAD)
    client.post(f"/demo/sign-in/{ruth.pk}/")
    kept = Client()
    kept.cookies["session-staff"] = client.cookies["session-staff"].value
    assert who(kept, "staff") == "ruth"
    client.post(f"/demo/sign-in/{lena.pk}/")
    assert who(client, "staff") == "lena"
    assert who(kept, "staff") == ""


def test_practices_go_by_their_names_at_the_door(client: Client, practice: Practice) -> None:
    Practice.objects.create(name="Elm Street")
    page = client.get("/staff/sign-in/").content.decode()
    assert "Elm Street</option>" in page
    assert "Practice object" not in page


def test_the_demo_door_asks_for_the_csrf_token_of_the_start_page(demo: None, tom: Account) -> None:
    client = Client(enforce_csrf_checks=True)
    client.get("/")
    token = client.cookies["csrf-public"].value
    assert client.post(f"/demo/sign-in/{tom.pk}/").status_code == 403
    assert client.post(f"/demo/sign-in/{tom.pk}/", {"csrfmiddlewaretoken": token}).status_code == 302


@pytest.mark.abuse("D8")
def test_outside_the_demo_there_is_no_such_thing(client: Client, tom: Account) -> None:
    assert str(tom.pk) not in client.get("/").content.decode()
    refused, absent = (client.post(f"/demo/sign-in/{pk}/") for pk in (tom.pk, uuid4()))
    assert refused.status_code == absent.status_code == 404
    assert refused.content == absent.content
    assert who(client, "family") == ""


@pytest.mark.abuse("D8")
def test_the_demo_lets_nobody_be_a_real_person(demo: None, client: Client) -> None:
    real = account(Practice.objects.create(name="Real"), "sara", Role.CAREGIVER)
    assert str(real.pk) not in client.get("/").content.decode()
    assert client.post(f"/demo/sign-in/{real.pk}/").status_code == 404


def test_knocking_without_end_gets_a_page_that_says_to_wait(client: Client, practice: Practice) -> None:
    for number in range(31):
        answer = sign_in(client, "staff", f"nobody-{number}")
    assert answer.status_code == 429
    assert "Wait a minute" in answer.content.decode()


def test_a_part_of_a_page_asked_for_too_late_brings_the_whole_door(client: Client) -> None:
    assert client.get("/staff/", headers={"HX-Request": "true"}).headers["HX-Redirect"] == "/staff/sign-in/"


def test_one_chooses_among_practices_by_their_names(practice: Practice, client: Client) -> None:
    Practice.objects.create(name="Harbor House")
    page = client.get("/staff/sign-in/").content.decode()
    assert "Corner House</option>" in page
    assert "Harbor House</option>" in page
