"""A password alone opens nothing that the role's second factor guards; and what guards it is the person's own."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.urls import get_resolver

from halfdoor.service.accounts import factors, policy, standing
from halfdoor.service.accounts.factor_rows import FactorAsked, FactorChange
from halfdoor.service.accounts.models import Account, Attempt, Role
from halfdoor.service.accounts.policy import Need
from halfdoor.service.accounts.standing import Standing
from halfdoor.service.core import chain
from halfdoor.service.core.audience import Audience, audience_of
from halfdoor.service.core.keys import Tampered
from halfdoor.service.core.models import ChainEntry, Practice
from halfdoor.service.core.spaces import space_of_role
from tests.doors import words_of
from tests.house.test_audiences import addresses

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
PASSWORD = "a kettle on a windowsill"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
FIRST_PAGES = {"staff": "/staff/calls/", "family": "/family/notices/", "me": "/me/notices/"}


@pytest.fixture(autouse=True)
def at_noon() -> Any:
    cache.clear()
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def practice() -> Practice:
    return Practice.objects.create(name="Corner House")


def somebody(practice: Practice, role: Role = Role.THERAPIST, *, name: str = "ruth") -> Account:
    one = Account(practice=practice, username=name, role=role)
    one.set_password(PASSWORD)
    one.save()
    return one


def code(at: datetime = NOON, secret: str = SECRET) -> str:
    """Return what an app with this secret shows at a moment."""
    return format_hotp_value(hotp_value(secret, int(at.timestamp()) // 30))


def with_an_app(account: Account, *, at: datetime = NOON - timedelta(days=1)) -> Account:
    factors.add_app(SECRET, code=code(at), by=account, at=at)
    return account


def knock(client: Client, account: Account) -> Any:
    """Give the right password at the right door."""
    typed = {"login": account.username, "password": PASSWORD, "practice": str(account.practice_id)}
    return client.post(f"/{door_of(account)}/sign-in/", typed)


def door_of(account: Account) -> str:
    return space_of_role(account.role).name


def opens(client: Client, account: Account) -> bool:
    """Say whether a page behind the door opens."""
    return client.get(FIRST_PAGES[door_of(account)]).status_code == 200


def lines(practice: Practice) -> list[str]:
    return [chain.body_of(one)["kind"] for one in ChainEntry.objects.filter(practice=practice).order_by("sequence")]


def test_the_table_says_for_each_role_what_it_needs() -> None:
    assert set(policy.NEEDS) == set(Role)
    assert {role for role, need in policy.NEEDS.items() if need is Need.REQUIRED} == {*Role} - {
        Role.CAREGIVER,
        Role.YOUNG_PERSON,
    }


@pytest.mark.abuse("A8")
@pytest.mark.parametrize("role", [role for role, need in policy.NEEDS.items() if need is Need.REQUIRED])
def test_whoever_works_here_reaches_no_page_before_they_have_a_second_factor(role: Role, practice: Practice) -> None:
    ruth, client = somebody(practice, role), Client()
    assert knock(client, ruth)["Location"] == "/staff/"
    assert client.get("/staff/calls/")["Location"] == "/staff/your-sign-in/"
    part = client.get("/staff/calls/", headers={"HX-Request": "true"})
    assert part.headers["HX-Redirect"] == "/staff/your-sign-in/"
    assert client.post("/staff/your-sign-in/later/")["Location"] == "/staff/"
    assert not opens(client, ruth)
    page = client.get("/staff/your-sign-in/app/")
    shown = page.context["new"].secret.replace(" ", "")
    assert client.post("/staff/your-sign-in/app/", {"code": "000000"}).status_code == 200
    assert not opens(client, ruth)
    assert client.post("/staff/your-sign-in/app/", {"code": code(secret=shown)}).status_code == 302
    assert opens(client, ruth)
    assert lines(practice) == ["accounts.factor_added"]


def test_the_pages_one_reaches_before_are_few_and_written_down() -> None:
    early = {
        route: pattern.callback
        for route, pattern in addresses(get_resolver().url_patterns)
        if Audience.PUBLIC not in audience_of(pattern.callback) and getattr(pattern.callback, "open_to", None)
    }
    own = ("your-sign-in/", "your-sign-in/later/", *(f"your-sign-in/{one}/" for one in ("app", "passkey", "codes")))
    assert set(early) == {f"/{door}/{page}" for door in ("staff", "family", "me") for page in (*own, "once-more/")}
    proving = {route for route, view in early.items() if Standing.PROVE in view.open_to}  # type: ignore[attr-defined]
    assert proving == {f"/{door}/once-more/" for door in ("staff", "family", "me")}


def test_a_session_that_says_nothing_opens_nothing(practice: Practice) -> None:
    ruth, client = with_an_app(somebody(practice)), Client()
    knock(client, ruth)
    client.post("/staff/sign-in/step/", {"code": code()})
    assert opens(client, ruth)
    for row in Session.objects.all():
        kept = row.get_decoded()
        kept.pop("standing", None)
        row.session_data = Session.objects.encode(kept)
        row.save()
    assert not opens(client, ruth)


@pytest.mark.abuse("A8")
@pytest.mark.parametrize("role", [Role.OFFICE, Role.CAREGIVER, Role.YOUNG_PERSON])
def test_between_password_and_code_nobody_is_signed_in(role: Role, practice: Practice, at_noon: Any) -> None:
    one, client = with_an_app(somebody(practice, role)), Client()
    door = door_of(one)
    assert knock(client, one)["Location"] == f"/{door}/sign-in/step/"
    assert client.get(FIRST_PAGES[door])["Location"] == f"/{door}/sign-in/"
    at_noon.shift(timedelta(minutes=5, seconds=1))
    late = client.post(f"/{door}/sign-in/step/", {"code": code(NOON + timedelta(minutes=5))})
    assert late["Location"] == f"/{door}/sign-in/"
    knock(client, one)
    assert client.post(f"/{door}/sign-in/step/", {"code": "12345"}).status_code == 200
    assert not opens(client, one)
    assert client.post(f"/{door}/sign-in/step/", {"code": code(NOON + timedelta(minutes=5))}).status_code == 302
    assert opens(client, one)


def test_a_code_is_good_once_and_for_its_own_half_minute(practice: Practice) -> None:
    ruth = with_an_app(somebody(practice))
    assert not factors.prove_by_code(ruth, code(NOON - timedelta(seconds=90)), at=NOON)
    assert factors.prove_by_code(ruth, code(NOON), at=NOON)
    for again in (NOON, NOON + timedelta(seconds=20)):
        assert not factors.prove_by_code(ruth, code(NOON), at=again)
    assert not factors.prove_by_code(ruth, code(NOON - timedelta(seconds=30)), at=NOON)
    assert factors.prove_by_code(ruth, code(NOON + timedelta(seconds=30)), at=NOON + timedelta(seconds=30))


@pytest.mark.abuse("A8")
def test_ten_wrong_codes_close_the_second_step_for_an_hour(practice: Practice, at_noon: Any) -> None:
    ruth, client = with_an_app(somebody(practice)), Client()
    knock(client, ruth)
    for _ in range(10):
        client.post("/staff/sign-in/step/", {"code": "000000"}, REMOTE_ADDR=f"203.0.113.{_}")
    assert "a lot of tries" in words_of(client.post("/staff/sign-in/step/", {"code": code()}))
    at_noon.shift(timedelta(hours=1, seconds=1))
    knock(client, ruth)
    assert client.post("/staff/sign-in/step/", {"code": code(NOON + timedelta(hours=1))}).status_code == 302
    assert Attempt.objects.count() == 0


def test_coming_in_with_a_new_code_does_not_go_round_the_second_factor(practice: Practice) -> None:
    """Whoever is signed in otherwise than by the door's form is held until the factor is shown."""
    ruth, client = with_an_app(somebody(practice)), Client()
    client.force_login(ruth)
    session, now = client.session, NOON.isoformat()
    session.update({"practice": str(practice.pk), "space": "staff", "began_at": now, "seen_at": now, "proved_at": now})
    request = type("Request", (), {"user": ruth, "session": session})
    standing.begin(request, at=NOON)  # type: ignore[arg-type]
    session.save()
    client.cookies["session-staff"] = client.cookies.pop("session").value
    assert client.get("/staff/calls/")["Location"] == "/staff/once-more/"
    assert client.get("/staff/your-sign-in/app/")["Location"] == "/staff/once-more/"
    assert client.post("/staff/once-more/", {"password": PASSWORD}).status_code == 200
    assert client.post("/staff/once-more/", {"code": code()}).status_code == 302
    assert opens(client, ruth)


def test_a_caregiver_is_asked_and_may_wait_two_weeks_and_no_longer(practice: Practice, at_noon: Any) -> None:
    tom, client = somebody(practice, Role.CAREGIVER), Client()
    knock(client, tom)
    assert client.get("/family/notices/")["Location"] == "/family/your-sign-in/"
    client.post("/family/your-sign-in/later/")
    assert opens(client, tom)
    at_noon.shift(timedelta(days=13))
    knock(client, tom)
    assert opens(client, tom)
    at_noon.shift(timedelta(days=1))
    knock(client, tom)
    client.post("/family/your-sign-in/later/")
    assert not opens(client, tom)
    assert FactorAsked.objects.get().asked_at == NOON


def test_a_young_person_is_asked_for_nothing_and_may_add_one(practice: Practice) -> None:
    amina, client = somebody(practice, Role.YOUNG_PERSON), Client()
    knock(client, amina)
    assert opens(client, amina)
    assert "An app that shows codes" in words_of(client.get("/me/your-sign-in/"))


def test_the_last_one_that_a_role_needs_stays_until_there_is_another(practice: Practice) -> None:
    ruth = with_an_app(somebody(practice))
    (way,) = factors.ways_of(ruth)
    with pytest.raises(factors.LastOne):
        factors.remove(way.id, by=ruth, at=NOON)
    amina = with_an_app(somebody(practice, Role.YOUNG_PERSON, name="amina"))
    factors.fresh_codes(by=amina, at=NOON)
    factors.remove(factors.ways_of(amina)[0].id, by=amina, at=NOON)
    assert factors.ways_of(amina) == []


def test_nobody_removes_or_names_what_is_somebody_elses(practice: Practice) -> None:
    ruth, lena = with_an_app(somebody(practice)), with_an_app(somebody(practice, Role.LEAD, name="lena"))
    client = Client()
    knock(client, lena)
    client.post("/staff/sign-in/step/", {"code": code()})
    theirs = factors.ways_of(ruth)[0].id
    for what in ("remove", "name"):
        hidden = client.post(f"/staff/your-sign-in/{what}/", {"way": theirs, "name": "mine"})
        absent = client.post(f"/staff/your-sign-in/{what}/", {"way": 999_999, "name": "mine"})
        assert (hidden.status_code, hidden.content) == (404, absent.content)
    assert factors.has_one(ruth)


def test_a_spare_code_is_good_once_and_its_use_is_told(practice: Practice) -> None:
    ruth, client = with_an_app(somebody(practice)), Client()
    knock(client, ruth)
    client.post("/staff/sign-in/step/", {"code": code()})
    shown = client.post("/staff/your-sign-in/codes/").context["codes"]
    assert len(set(shown)) == 10
    assert not any(one in words_of(client.get("/staff/your-sign-in/codes/")) for one in shown)
    assert factors.prove_by_code(ruth, shown[3], at=NOON)
    assert not factors.prove_by_code(ruth, shown[3], at=NOON)
    page = words_of(client.get("/staff/your-sign-in/"))
    assert "Codes left: 9" in page
    assert "Spare codes: one was used" in page


@pytest.mark.abuse("D5", "D6")
def test_secrets_lie_sealed_and_open_for_their_owner_alone(practice: Practice) -> None:
    ruth, lena = with_an_app(somebody(practice)), with_an_app(somebody(practice, Role.LEAD, name="lena"))
    factors.fresh_codes(by=ruth, at=NOON)
    kept = {(row.user_id, row.type): row for row in Authenticator.objects.all()}
    assert SECRET not in json.dumps([row.data for row in kept.values()])
    moved = kept[lena.pk, "totp"]
    moved.data = kept[ruth.pk, "totp"].data
    moved.save()
    with pytest.raises(Tampered):
        factors.prove_by_code(lena, code(), at=NOON)


@pytest.mark.abuse("A9")
def test_a_lost_phone_is_taken_out_by_the_practice_and_every_session_ends(practice: Practice) -> None:
    ruth, client = with_an_app(somebody(practice)), Client()
    lena = somebody(practice, Role.LEAD, name="lena")
    knock(client, ruth)
    client.post("/staff/sign-in/step/", {"code": code()})
    assert opens(client, ruth)
    factors.remove_all(ruth, by=lena, at=NOON)
    assert client.get("/staff/calls/")["Location"] == "/staff/sign-in/"
    assert (factors.ways_of(ruth), FactorChange.objects.latest("changed_at").changed_by) == ([], lena)
    last = ChainEntry.objects.filter(practice=practice).latest("sequence")
    assert chain.body_of(last) == {
        "kind": "accounts.factor_removed",
        "factor": "everything",
        "account": str(ruth.pk),
        "by": str(lena.pk),
    }


def test_in_the_demo_nobody_is_asked_and_the_page_says_so(settings: Any) -> None:
    settings.HALFDOOR_DEMO = True
    ruth = somebody(Practice.objects.create(name="Larkspur", is_demo=True))
    client = Client()
    client.post(f"/demo/sign-in/{ruth.pk}/")
    assert opens(client, ruth)
    assert "This is the demo: nobody is asked" in words_of(client.get("/staff/your-sign-in/"))


def arrived(practice: Practice, role: Role, *, name: str, client: Client | None = None) -> tuple[Account, Client]:
    """Return somebody who came in through the door with all that their role needs."""
    one, client = with_an_app(somebody(practice, role, name=name)), client or Client()
    knock(client, one)
    client.post(f"/{door_of(one)}/sign-in/step/", {"code": code()})
    return one, client


def test_a_lead_decides_when_caregivers_need_one_and_where_one_leaves_to(practice: Practice, at_noon: Any) -> None:
    _, lead = arrived(practice, Role.LEAD, name="lena")
    answer = lead.post("/staff/sign-in-rules/", {"caregivers": "at_once", "leave_to": "https://www.weather.gov/"})
    assert answer.status_code == 302
    assert lines(practice)[-1] == "accounts.sign_in_rule"
    tom, client = somebody(practice, Role.CAREGIVER, name="tom"), Client()
    knock(client, tom)
    client.post("/family/your-sign-in/later/")
    assert not opens(client, tom)
    assert 'data-leave="https://www.weather.gov/"' in client.get("/family/your-sign-in/").content.decode()
    assert client.get("/family/leave/")["Location"] == "https://www.weather.gov/"
    assert client.get("/family/notices/")["Location"] == "/family/sign-in/"
    elsewhere = {"caregivers": "later", "leave_to": "https://evil.example/"}
    assert lead.post("/staff/sign-in-rules/", elsewhere).status_code == 200


@pytest.mark.abuse("A10")
def test_where_several_people_use_a_device_each_is_gone_after_five_minutes(practice: Practice, at_noon: Any) -> None:
    dan, client = arrived(practice, Role.TEAM, name="dan")
    client.post("/staff/your-sign-in/device/", {"do": "share"})
    assert "Switch person" in words_of(client.get("/staff/calls/"))
    at_noon.shift(timedelta(minutes=4, seconds=59))
    assert opens(client, dan)
    assert client.post("/staff/sign-out/")["Location"] == "/staff/sign-in/"
    door = client.get("/staff/sign-in/").content.decode()
    assert door.count('autocomplete="off"') == 2
    assert "dan" not in door
    knock(client, dan)
    client.post("/staff/sign-in/step/", {"code": code(NOON + timedelta(minutes=5))})
    assert opens(client, dan)
    at_noon.shift(timedelta(minutes=5))
    assert not opens(client, dan)
    forged = Client()
    forged.cookies["shared-device"] = "shared"
    assert 'autocomplete="off"' not in forged.get("/staff/sign-in/").content.decode()


@pytest.mark.abuse("A2")
def test_what_changed_meanwhile_is_said_on_the_first_page_and_never_by_mail(
    practice: Practice, at_noon: Any, mailoutbox: list[Any]
) -> None:
    amina, client = somebody(practice, Role.YOUNG_PERSON, name="amina"), Client()
    amina.email = "family@home.example"
    amina.save()
    knock(client, amina)
    assert "a way into your account" not in words_of(client.get("/me/notices/"))
    at_noon.shift(timedelta(hours=1))
    factors.remove_all(amina, by=somebody(practice, Role.OFFICE, name="olu"), at=NOON + timedelta(hours=1))
    knock(client, amina)
    assert "a way into your account was added, removed" in words_of(client.get("/me/notices/"))
    assert "(by the practice)" in words_of(client.get("/me/your-sign-in/"))
    assert mailoutbox == []
