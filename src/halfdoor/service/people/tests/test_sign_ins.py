"""Who can sign in: accounts are made, given codes, closed and opened again by those who may; their owner reads it."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.test import Client

from halfdoor.service.accounts import closing, factors, inviting, sessions
from halfdoor.service.accounts.choices import Handed, Known, WhyClosed, WhyOpened
from halfdoor.service.accounts.factor_rows import What
from halfdoor.service.accounts.inviting import Giving, MayNot
from halfdoor.service.accounts.models import Account, OpenSession, Role
from halfdoor.service.core import chain
from halfdoor.service.core.models import ChainEntry
from halfdoor.service.people import actions as people
from halfdoor.service.people import sign_ins
from halfdoor.service.people.choices import Relation
from halfdoor.service.people.models import Person
from halfdoor.service.people.settings_of_care import FAMILY
from tests.doors import signed_in, words_of
from tests.people import EARLIER, LONG_AGO, NOON, Family, Home, account

pytestmark = pytest.mark.django_db

PASSWORD = "a kettle on a windowsill"
IN_HAND = Giving(Handed.IN_HAND, Known.FACE)
DOORS = {Role.THERAPIST: "staff", Role.TEAM: "staff", Role.CAREGIVER: "family", Role.YOUNG_PERSON: "me"}


@pytest.fixture
def omar(family: Family) -> Account:
    return account(family.practice, "omar", Role.OFFICE)


def come_in(who: Account, code: str, **more: str) -> Client:
    client, door = Client(), DOORS.get(Role(who.role), "staff")
    typed = {"practice": str(who.practice_id), "username": who.username, "code": code}
    answer = client.post(f"/{door}/come-in/", typed | {"new_password": PASSWORD, "again": PASSWORD} | more)
    assert answer.status_code == 302
    return client


def give(who: Account, *, by: Account, at: Any = NOON) -> Client:
    """Give somebody a code, and return the browser in which they came in with it."""
    code = inviting.give(who, IN_HAND, by=by, at=at).code
    with time_machine.travel(at, tick=False):
        return come_in(who, code)


def kinds(family: Family) -> list[str]:
    entries = ChainEntry.objects.filter(practice=family.practice).order_by("sequence")
    return [kind for kind in (chain.body_of(one)["kind"] for one in entries) if kind.startswith("accounts.")]


@time_machine.travel(NOON, tick=False)
def test_omar_makes_an_account_for_a_therapist_who_comes_in_with_the_code_on_the_sheet(
    family: Family, omar: Account
) -> None:
    office = signed_in(omar)
    assert 'value="lead"' not in office.get("/staff/sign-ins/new/").content.decode()
    typed = {"display_name": "Vera Lind", "role": "therapist", "username": "vera", "language": "es"}
    made = office.post("/staff/sign-ins/new/", typed)
    vera = Account.objects.get(username="vera")
    assert made["Location"] == f"/staff/sign-ins/{vera.pk}/code/"
    how = {"known": "paper", "handed": "closed_letter", "holds": "days", "language": "es"}
    sheet = office.post(made["Location"], how)
    code = re.search(r"[2-9B-Z]{5}-[2-9B-Z]{5}", sheet.content.decode())
    assert code
    assert "Para entrar" in words_of(sheet)
    assert "http://testserver/staff/come-in/" in words_of(sheet)
    assert code[0] not in office.get(f"/staff/sign-ins/{vera.pk}/").content.decode()
    assert "Forma de entrar" in words_of(come_in(vera, code[0]).get("/staff/", follow=True))
    assert Person.objects.get(account=vera).name == "Vera Lind"
    assert kinds(family) == ["accounts.made", "accounts.code_given", "accounts.code_used"]


@time_machine.travel(NOON, tick=False)
def test_the_office_makes_no_lead_and_gives_none_a_code(family: Family, omar: Account) -> None:
    office = signed_in(omar)
    typed = {"display_name": "Vera Lind", "role": "lead", "username": "vera", "language": "es"}
    assert office.post("/staff/sign-ins/new/", typed).status_code == 200
    assert not Account.objects.filter(username="vera").exists()
    for step in ("code", "close", "open"):
        office.post(
            f"/staff/sign-ins/{family.lead.pk}/{step}/",
            {
                "known": "face",
                "handed": "in_hand",
                "holds": "room",
                "language": "es",
                "why": "left",
                "left_on": "2026-11-01",
            },
        )
    family.lead.refresh_from_db()
    assert family.lead.is_active
    assert kinds(family) == []
    assert "Only a clinical lead does this" in words_of(office.get(f"/staff/sign-ins/{family.lead.pk}/"))


@pytest.mark.abuse("A9", "D9")
@pytest.mark.reliability("R19")
@pytest.mark.parametrize("who", ["ruth", "tom", "amina", "dan"])
def test_closing_ends_every_open_session_at_its_next_request_on_every_door(
    who: str, family: Family, omar: Account
) -> None:
    account(family.practice, "dan", Role.TEAM)
    leaver = Account.objects.get(practice=family.practice, username=who)
    door = DOORS[Role(leaver.role)]
    code = inviting.give(leaver, IN_HAND, by=omar, at=NOON).code
    with time_machine.travel(NOON, tick=False):
        browsers = [come_in(leaver, code), Client()]
        signed = {"practice": str(leaver.practice_id), "login": leaver.username, "password": PASSWORD}
        browsers[1].post(f"/{door}/sign-in/", signed)
        assert [one.get(f"/{door}/your-sign-in/").status_code for one in browsers] == [200, 200]
        closing.close(leaver, WhyClosed.LEFT, left_on=NOON.date(), by=omar, at=NOON)
        for one in browsers:
            assert one.get(f"/{door}/your-sign-in/")["Location"] == f"/{door}/sign-in/"
        assert Client().post(f"/{door}/sign-in/", signed).status_code == 200
        assert not OpenSession.objects.filter(account=leaver).exists()
        closing.open_again(leaver, WhyOpened.BACK, by=omar, at=NOON)
        assert Client().post(f"/{door}/sign-in/", signed).status_code == 200, "an old password opens nothing"
        assert browsers[0].get(f"/{door}/your-sign-in/").status_code == 302
    with pytest.raises(MayNot, match="not closed"):
        closing.open_again(leaver, WhyOpened.BACK, by=omar, at=NOON)


@pytest.mark.abuse("D9")
def test_a_code_that_was_given_before_somebody_left_opens_nothing(family: Family, omar: Account) -> None:
    code = inviting.give(family.ruth, IN_HAND, by=omar, at=NOON).code
    closing.close(family.ruth, WhyClosed.LEFT, left_on=NOON.date(), by=omar, at=NOON)
    for step in ("closed", "open again"):
        typed = {"practice": str(family.practice.pk), "username": "ruth", "code": code}
        with time_machine.travel(NOON + timedelta(minutes=2 if step == "closed" else 4), tick=False):
            answer = Client().post("/staff/come-in/", typed | {"new_password": PASSWORD, "again": PASSWORD})
        assert answer.status_code == 200, step
        if step == "closed":
            with pytest.raises(MayNot, match="This account was closed"):
                inviting.give(family.ruth, IN_HAND, by=omar, at=NOON)
            closing.open_again(family.ruth, WhyOpened.MISTAKE, by=omar, at=NOON)


def test_nobody_closes_themselves_or_the_last_lead_who_can_sign_in(family: Family, omar: Account) -> None:
    gwen = account(family.practice, "gwen", Role.LEAD)
    inviting.give(gwen, IN_HAND, by=family.lead, at=NOON)
    about = {"left_on": NOON.date(), "at": NOON}
    for by in (omar, family.lead, family.ruth):
        with pytest.raises(MayNot):
            closing.close(family.lead, WhyClosed.LEFT, by=by, **about)
    with pytest.raises(MayNot, match="last clinical lead"):
        closing.close(family.lead, WhyClosed.LEFT, by=gwen, **about)
    Account.objects.filter(pk=gwen.pk).update(password="can sign in")
    closing.close(family.lead, WhyClosed.LEFT, by=gwen, **about)
    assert "accounts.closed" in kinds(family)


@pytest.mark.abuse("A2")
@time_machine.travel(NOON, tick=False)
def test_amina_and_her_therapist_read_that_somebody_gave_her_a_new_way_in(family: Family, omar: Account) -> None:
    amina = family.amina.person.account
    assert amina
    first = give(amina, by=family.ruth, at=NOON)
    assert "New ways in" not in words_of(first.get("/me/")), "her first way in is no news"
    assert "has a new way in" not in words_of(signed_in(family.ruth).get("/staff/today/"))
    again = inviting.give(amina, IN_HAND, by=omar, at=NOON)
    assert "Omar gave them a code" in words_of(signed_in(family.ruth).get("/staff/today/"))
    page = words_of(come_in(amina, again.code).get("/me/"))
    assert "Omar gave you a new way in on Monday, November 2, 2026, 7:00 a.m." in page
    assert "it was used on Monday" in page
    told = words_of(signed_in(family.ruth).get("/staff/today/"))
    assert "Amina Khan has a new way in: ask them whether they wanted it" in told
    assert "it was used:" in told
    assert "has a new way in" not in words_of(
        signed_in(account(family.practice, "vera", Role.THERAPIST)).get("/staff/today/")
    )


@pytest.mark.abuse("A1")
@time_machine.travel(NOON, tick=False)
def test_a_therapist_makes_a_young_persons_account_without_any_address_and_hands_it_over(family: Family) -> None:
    Person.objects.filter(pk=family.amina.person_id).update(account=None)
    ruth = signed_in(family.ruth)
    way_in = f"/staff/young-people/{family.amina.pk}/circle/sign-in/"
    page = ruth.get(way_in).content.decode()
    assert 'value="amina"' in page
    assert "mail" not in re.sub(r"no e-mail address", "", page).lower()
    assert "Somebody here has this sign-in name already." in words_of(
        ruth.post(way_in, {"username": "amina", "language": "en-us"})
    )
    made = ruth.post(way_in, {"username": "amina.k", "language": "en-us"})
    how = {"known": "face", "holds": "room", "language": "en-us"}
    refused = ruth.post(made["Location"], how)
    assert "Your code:" not in words_of(refused), "she says that it goes into their own hands, or gives none"
    for known in ("called_back", "server"):
        assert "Your code:" not in words_of(ruth.post(made["Location"], how | {"in_hand": "on", "known": known}))
    sheet = ruth.post(made["Location"], how | {"in_hand": "on"})
    assert "Your code:" in words_of(sheet)
    hers = Account.objects.get(username="amina.k")
    assert (hers.role, hers.email) == (Role.YOUNG_PERSON, "")
    assert Person.objects.get(account=hers).pk == family.amina.person_id
    assert ruth.get(way_in)["Location"] == f"/staff/sign-ins/{hers.pk}/"


def test_whose_accounts_somebody_keeps(family: Family, home: Home, omar: Account) -> None:
    vera, lead = account(family.practice, "vera", Role.THERAPIST), family.lead
    names = {
        one.username: {row.username for row in sign_ins.accounts_kept_by(one)} for one in (family.ruth, vera, lead)
    }
    families = {"amina", "sara", "tom"}
    at_work = {"ruth", "lena", "omar", "vera"}
    assert names == {"ruth": families, "vera": set(), "lena": at_work}
    assert {row.username for row in sign_ins.accounts_kept_by(omar)} == families | at_work


@pytest.mark.abuse("B4")
@time_machine.travel(NOON, tick=False)
def test_a_page_about_one_parents_way_in_shows_nothing_of_the_other(family: Family, omar: Account) -> None:
    tom = family.tom.person.account
    assert tom
    inviting.give(tom, IN_HAND, by=omar, at=NOON)
    for page in (f"/staff/sign-ins/{tom.pk}/", f"/staff/sign-ins/{tom.pk}/code/"):
        shown = words_of(signed_in(family.ruth).get(page))
        assert "Tom" in shown
        assert "Sara" not in shown


def test_who_stands_where_signs_in_as_what(family: Family, omar: Account) -> None:
    teacher = people.introduce("Kit Moss", by=family.ruth)
    since = {"since_on": LONG_AGO, "by": family.ruth, "at": EARLIER}
    kit = people.add_to_circle(family.amina, person=teacher, relation=Relation.EDUCATOR, **since)
    assert sign_ins.DOOR_OF[Relation.SELF] == Role.YOUNG_PERSON
    assert {sign_ins.DOOR_OF[one] for one in FAMILY} == {Role.CAREGIVER}
    assert sign_ins.may_have_one(kit, by=omar)
    assert not sign_ins.may_have_one(kit, by=family.ruth), "the office makes accounts for teams"
    police = people.introduce("An officer", by=family.ruth)
    officer = people.add_to_circle(family.amina, person=police, relation=Relation.POLICE, **since)
    assert not sign_ins.may_have_one(officer, by=omar)
    made = sign_ins.make_for(kit, "kit", language="en-us", by=omar, at=NOON)
    assert (made.role, Person.objects.get(account=made)) == (Role.TEAM, teacher)
    with pytest.raises(ValueError, match="One person has one account"):
        sign_ins.make_for(kit, "kit2", language="en-us", by=omar, at=NOON)
    assert not Account.objects.filter(username="kit2").exists()


@time_machine.travel(NOON, tick=False)
def test_tom_changes_his_password_and_is_signed_out_everywhere_else(family: Family, omar: Account) -> None:
    tom = family.tom.person.account
    assert tom
    here = give(tom, by=omar)
    there = Client()
    signed = {"practice": str(tom.practice_id), "login": "tom", "password": PASSWORD}
    there.post("/family/sign-in/", signed)
    page, change = "/family/your-sign-in/", "/family/your-sign-in/password/"
    here.post(f"{page}later/")
    assert "On another device or in another browser" in words_of(here.get(page))
    new = {"new_password": "nine herons at low tide", "again": "nine herons at low tide"}
    assert "This is not your present password." in words_of(
        here.post(change, new | {"old_password": "some other words"})
    )
    assert there.get(page).status_code == 200
    assert "Your password is changed." in words_of(here.post(change, new | {"old_password": PASSWORD}, follow=True))
    assert (here.get(page).status_code, there.get(page).status_code) == (200, 302)
    assert "Nowhere else." in words_of(here.get(page))
    there.post("/family/sign-in/", signed | {"password": "nine herons at low tide"})
    here.post(f"{page}elsewhere/")
    assert (here.get(page).status_code, there.get(page).status_code) == (200, 302)
    assert "Omar gave a code on" in words_of(here.get(page))


def test_of_many_places_where_somebody_is_signed_in_the_last_used_are_named(
    family: Family, omar: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sessions, "_SHOWN", 2)
    page, others, tom = "/family/your-sign-in/", "in another browser, since", family.tom.person.account
    assert tom
    with time_machine.travel(NOON, tick=False) as now:
        here = give(tom, by=omar)
        here.post(f"{page}later/")
        signed = {"practice": str(tom.practice_id), "login": "tom", "password": PASSWORD}
        for number in range(3):
            now.shift(timedelta(minutes=1))
            shown = words_of(here.get(page))
            assert (shown.count(others), "And in more places" in shown) == (number, False)
            Client().post("/family/sign-in/", signed)
        shown = words_of(here.get(page))
    assert (shown.count(others), "And in more places" in shown) == (2, True)
    named = re.findall(rf"{others} Monday, November 2, 2026, (7:\d\d)", shown)
    assert named == ["7:03", "7:02"], "where they were last comes first"


@time_machine.travel(NOON, tick=False)
def test_a_code_is_taken_back_and_a_form_sent_twice_gives_one(family: Family, omar: Account) -> None:
    tom, office = family.tom.person.account, signed_in(omar)
    assert tom
    page = f"/staff/sign-ins/{tom.pk}/code/"
    once = re.search(r'name="once" value="([^"]+)', office.get(page).content.decode())
    assert once
    how = {"known": "face", "handed": "in_hand", "holds": "days", "language": "en-us", "once": once[1]}
    assert office.post(page, how).status_code == 200
    assert office.post(page, how)["Location"] == f"/staff/sign-ins/{tom.pk}/"
    assert "Has a code and has not used it" in words_of(office.get(f"/staff/sign-ins/{tom.pk}/"))
    office.post(f"/staff/sign-ins/{tom.pk}/withdraw/")
    shown = words_of(office.get(f"/staff/sign-ins/{tom.pk}/"))
    assert "Has no way in yet" in shown
    assert "withdrawn" in shown
    assert kinds(family) == ["accounts.code_given", "accounts.code_withdrawn"]


@pytest.mark.abuse("A2", "D9")
def test_what_is_shown_beside_a_password_goes_where_it_is_lost_always_for_amina_and_for_who_left(
    family: Family, omar: Account
) -> None:
    amina, tom = family.amina.person.account, family.tom.person.account
    assert amina
    assert tom
    for one in (amina, tom, family.ruth):
        Authenticator.objects.create(user=one, type=What.WEBAUTHN, data={"name": "A tablet"})
    for one in (amina, tom):
        inviting.give(one, IN_HAND, by=omar, at=NOON)
    assert [factors.has_one(one) for one in (amina, tom)] == [False, True], "a code alone does not let in who reads it"
    inviting.give(tom, Giving(Handed.IN_HAND, Known.FACE, factors_too=True), by=omar, at=NOON)
    closing.close(family.ruth, WhyClosed.LEFT, left_on=NOON.date(), by=omar, at=NOON)
    assert not Authenticator.objects.exists()
    assert [one.get_what_display() for one in factors.changes_of(tom, since=NOON)] == ["Everything but the password"]
