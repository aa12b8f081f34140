"""Ways in: a code that somebody hands over, once; then a password of one's own."""

import re
from datetime import datetime, timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from halfdoor.service.accounts import codes, inviting
from halfdoor.service.accounts.choices import Handed, Known
from halfdoor.service.accounts.inviting import Given, Giving, MayNot
from halfdoor.service.accounts.models import Account, Invitation, Role
from halfdoor.service.core import chain, clock
from halfdoor.service.core.models import ChainEntry, Practice
from tests.doors import signed_in, words_of
from tests.people import NOON, account, practice

pytestmark = pytest.mark.django_db

PASSWORD = "a kettle on a windowsill"
IN_HAND = Giving(Handed.IN_HAND, Known.FACE)
DOES_NOT_OPEN = "This does not open. Look at the name and the code again, or ask for a new code."


@pytest.fixture
def house() -> Practice:
    return practice("Corner House", time_zone="America/New_York")


@pytest.fixture
def omar(house: Practice) -> Account:
    return account(house, "omar", Role.OFFICE)


@pytest.fixture
def amina(house: Practice) -> Account:
    return account(house, "amina", Role.YOUNG_PERSON)


@pytest.fixture
def given(amina: Account, omar: Account) -> Given:
    return inviting.give(amina, IN_HAND, by=omar, at=NOON)


def come_in(door: str, name: str, code: str, *, client: Client | None = None, at: datetime = NOON, **more: Any) -> Any:
    typed = {"practice": str(Practice.objects.earliest("name").pk), "username": name, "code": code}
    typed |= {"new_password": PASSWORD, "again": PASSWORD} | more
    with time_machine.travel(at, tick=False):
        return (client or Client()).post(f"/{door}/come-in/", typed)


def lines(house: Practice) -> list[str]:
    return [chain.body_of(entry)["kind"] for entry in ChainEntry.objects.filter(practice=house).order_by("sequence")]


def test_amina_comes_in_with_her_code_and_signs_in_with_her_password_afterwards(given: Given, house: Practice) -> None:
    client = Client()
    answer = come_in("me", "amina", given.code.lower().replace("-", " "), client=client)
    assert (answer.status_code, answer["Location"]) == (302, "/me/")
    signed = {"practice": str(house.pk), "login": "amina", "password": PASSWORD}
    assert Client().post("/me/sign-in/", signed)["Location"] == "/me/"
    assert lines(house) == ["accounts.code_given", "accounts.code_used"]


def test_a_code_is_kept_nowhere_and_reads_aloud_well(given: Given) -> None:
    assert re.fullmatch(r"[2-9BCDFGHJKLMNPQRSTVWXYZ]{5}-[2-9BCDFGHJKLMNPQRSTVWXYZ]{5}", given.code)
    plain = given.code.replace("-", "")
    rows = [*Invitation.objects.values_list("digest", flat=True), *ChainEntry.objects.values_list("entry", flat=True)]
    assert not [row for row in rows if given.code in row or plain in row]
    assert len({codes.make() for _ in range(50)}) == 50


@pytest.mark.parametrize("how", ["unknown name", "wrong code", "used", "expired", "withdrawn", "replaced", "other door",
                                 "other practice"])  # fmt: skip
def test_whatever_does_not_open_answers_alike_after_the_same_work(
    how: str, given: Given, house: Practice, omar: Account, amina: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    door, name, code, at, more = "me", "amina", given.code, NOON, {}
    match how:
        case "unknown name":
            name = "nobody"
        case "wrong code":
            code = codes.make()
        case "used":
            come_in(door, name, code)
        case "expired":
            at = NOON + inviting.HOLDS
        case "withdrawn":
            inviting.withdraw(amina, by=omar, at=NOON)
        case "replaced":
            inviting.give(amina, IN_HAND, by=omar, at=NOON)
        case "other door":
            door = "family"
        case "other practice":
            more = {"practice": str(practice("Another House").pk)}
    before = Account.objects.get(pk=amina.pk).password
    hashed: list[str] = []
    work = inviting.make_password
    monkeypatch.setattr(inviting, "make_password", lambda password: hashed.append(password) or work(password))
    answer = come_in(door, name, code, at=at, **more)
    assert answer.status_code == 200
    assert [str(error) for error in answer.context["form"].non_field_errors()] == [DOES_NOT_OPEN]
    assert hashed == [PASSWORD]
    assert not answer.wsgi_request.user.is_authenticated
    assert Account.objects.get(pk=amina.pk).password == before


def test_whoever_is_known_and_whoever_is_not_cost_the_same_queries(given: Given) -> None:
    counted = []
    for name in ("amina", "nobody"):
        with CaptureQueriesContext(connection) as asked:
            come_in("me", name, "KKKKK-KKKKK")
        counted.append(len(asked))
    assert counted[0] == counted[1]


def test_a_code_in_the_room_holds_half_an_hour(amina: Account, omar: Account) -> None:
    here = Giving(Handed.IN_HAND, Known.FACE, inviting.IN_THE_ROOM)
    given = inviting.give(amina, here, by=omar, at=NOON)
    assert come_in("me", "amina", given.code, at=NOON + timedelta(minutes=30)).status_code == 200
    assert come_in("me", "amina", given.code, at=NOON + timedelta(minutes=29)).status_code == 302


@pytest.mark.abuse("A8")
def test_wrong_codes_count_like_wrong_passwords(given: Given, house: Practice) -> None:
    for _ in range(3):
        come_in("me", "amina", "KKKKK-KKKKK")
    with time_machine.travel(NOON, tick=False):
        for _ in range(2):
            Client().post("/me/sign-in/", {"practice": str(house.pk), "login": "amina", "password": "wrong words here"})
    answer = come_in("me", "amina", given.code)
    assert "There were too many tries. Wait a minute" in words_of(answer)
    assert come_in("me", "amina", given.code, at=NOON + timedelta(seconds=61)).status_code == 302


@pytest.mark.parametrize(
    ("password", "says"),
    [
        ("short words", "at least 15 characters"),
        ("yfdbufnjh10305070", "too common"),
        ("lamplamplamplamp", "It says the same over and over."),
        ("1234567890123456", "It says the same over and over."),
        ("the kettle of Amina sings", "Leave your sign-in name out of it."),
    ],
)
def test_a_password_is_long_unusual_and_without_ones_name(password: str, says: str, given: Given) -> None:
    answer = come_in("me", "amina", given.code, new_password=password, again=password)
    assert says in words_of(answer)
    assert come_in("me", "amina", given.code).status_code == 302, "the code is not used up by a weak password"


def test_a_password_may_be_of_any_signs_and_long_and_counts_to_its_last_sign(given: Given, house: Practice) -> None:
    chosen = " ein Kessel und 茶 auf dem Brett am Fenster, ohne Ziffern, und dahinter der Ärger mit dem Regen "
    assert come_in("me", "amina", given.code, new_password=chosen, again=chosen).status_code == 302
    signed = {"practice": str(house.pk), "login": "amina"}
    for other in (chosen.strip(), chosen[:-1], chosen[:64], chosen.lower()):
        assert Client().post("/me/sign-in/", signed | {"password": other}).status_code == 200
    assert Client().post("/me/sign-in/", signed | {"password": chosen})["Location"] == "/me/"


def test_what_was_typed_stays_but_for_passwords(given: Given) -> None:
    page = words_of(come_in("me", "amina", given.code, again="something else entirely"))
    assert "The two are not alike." in page
    assert 'value="amina"' in page
    assert f'value="{given.code}"' in page
    assert PASSWORD not in page


@pytest.mark.abuse("A2")
def test_a_new_code_ends_the_old_password_all_sessions_and_older_codes(amina: Account, omar: Account) -> None:
    first = inviting.give(amina, IN_HAND, by=omar, at=NOON)
    taken = Client()
    come_in("me", "amina", first.code, client=taken)
    with time_machine.travel(NOON, tick=False):
        assert taken.get("/me/sign-in/").wsgi_request.user.is_authenticated
        again = inviting.give(amina, IN_HAND, by=omar, at=NOON)
        assert again.invitation.again
        assert not taken.get("/me/sign-in/").wsgi_request.user.is_authenticated
        signed = {"practice": str(amina.practice_id), "login": "amina", "password": PASSWORD}
        assert Client().post("/me/sign-in/", signed).status_code == 200
    assert come_in("me", "amina", first.code).status_code == 200
    assert come_in("me", "amina", again.code, new_password="four lamps and a ladder").status_code == 200
    assert come_in("me", "amina", again.code).status_code == 302


@pytest.mark.abuse("A1", "A2")
@pytest.mark.parametrize(
    "giving", [Giving(Handed.CLOSED_LETTER, Known.FACE), Giving(Handed.IN_HAND, Known.CALLED_BACK)]
)
def test_a_young_person_gets_a_code_from_somebody_they_meet_and_in_no_other_way(
    giving: Giving, amina: Account, omar: Account, house: Practice
) -> None:
    with pytest.raises(MayNot, match="from somebody they meet"):
        inviting.give(amina, giving, by=omar, at=NOON)
    with pytest.raises(MayNot, match="never from here"):
        inviting.give_from_the_server(amina, at=NOON)
    assert lines(house) == []


def test_who_may_give_whom_a_way_in(house: Practice, omar: Account) -> None:
    by = {role: account(house, f"by-{role}", role) for role in Role}
    to = {role: account(house, f"to-{role}", role) for role in Role}
    may = set()
    for giver, receiver in ((one, other) for one in Role for other in Role):
        try:
            inviting.check(to[receiver], by=by[giver])
        except MayNot:
            continue
        may.add((giver, receiver))
    everybody = {(Role.LEAD, role) for role in Role} | {(Role.OFFICE, role) for role in Role if role != Role.LEAD}
    assert may == everybody | {(Role.THERAPIST, Role.CAREGIVER), (Role.THERAPIST, Role.YOUNG_PERSON)}
    with pytest.raises(MayNot, match="Nobody does this for themselves"):
        inviting.check(omar, by=omar)
    with pytest.raises(MayNot):
        inviting.check(account(practice("Another House"), "tom", Role.CAREGIVER), by=omar)


NEW = {
    "name": "Quince Street",
    "place": "us-ny",
    "setting": "outpatient",
    "provider": "independent",
    "practitioner": "regulated",
    "time-zone": "America/New_York",
    "language": "en-us",
    "lead": "lena",
    "lead-name": "Lena Vance",
}


def begin(**otherwise: str) -> str:
    said = NEW | {name.replace("_", "-"): value for name, value in otherwise.items()}
    out = StringIO()
    call_command("practice", "new", *(f"--{name}={value}" for name, value in said.items()), stdout=out)
    return out.getvalue()


def test_from_one_command_to_the_first_page_of_the_lead() -> None:
    printed = begin()
    code = re.search(r"[2-9B-Z]{5}-[2-9B-Z]{5}", printed)
    assert code
    assert "/staff/come-in/" in printed
    client = Client()
    typed = {"practice": str(Practice.objects.get().pk), "username": "lena", "code": code[0]}
    answer = client.post("/staff/come-in/", typed | {"new_password": PASSWORD, "again": PASSWORD}, follow=True)
    assert answer.status_code == 200
    assert "Your sign-in" in words_of(answer)
    secret = client.get("/staff/your-sign-in/app/").context["new"].secret.replace(" ", "")
    step = int(clock.now().timestamp()) // 30
    client.post("/staff/your-sign-in/app/", {"code": format_hotp_value(hotp_value(secret, step))})
    assert "The board" in words_of(client.get("/staff/", follow=True))
    house = Practice.objects.get()
    assert (house.place, house.time_zone, house.is_demo) == ("us-ny", "America/New_York", False)
    began = ["accounts.practice_began", "accounts.code_given", "accounts.code_used"]
    assert lines(house) == [*began, "accounts.factor_added"]
    assert chain.verify(house).broken_at is None


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"place": "france"}, "--place: 'france' is not one of its words. Choose one of: us, us-al"),
        ({"setting": "home"}, "outpatient, residential, school, hospital"),
        ({"language": "fr"}, "en-us, en-gb, es, cy"),
        ({"time_zone": "New York"}, "Write it like Europe/London"),
        ({"lead": "Lena Vance"}, "--lead: Use small letters"),
        ({"lead_name": " "}, "--lead-name: write what it is called"),
        ({"name": "QUINCE street"}, "There is a practice of this name already. Nothing was changed."),
    ],
)
def test_the_command_says_what_is_wrong_and_changes_nothing(wrong: dict[str, str], says: str) -> None:
    if "name" in wrong:
        begin()
    before = Practice.objects.count(), Account.objects.count()
    with pytest.raises(CommandError) as error:
        begin(**wrong)
    assert says in str(error.value)
    assert (Practice.objects.count(), Account.objects.count()) == before


def test_whoever_runs_the_server_lets_in_who_works_there_and_nobody_else(house: Practice, amina: Account) -> None:
    lena = account(house, "lena", Role.LEAD)
    before = signed_in(lena)
    out = StringIO()
    call_command("practice", "code", "lena", "--practice=Corner House", stdout=out)
    code = re.search(r"[2-9B-Z]{5}-[2-9B-Z]{5}", out.getvalue())
    assert code
    assert before.get("/staff/").status_code == 302
    assert before.get("/staff/")["Location"] == "/staff/sign-in/"
    assert Client().post("/staff/come-in/", {
        "practice": str(house.pk), "username": "lena", "code": code[0], "new_password": PASSWORD, "again": PASSWORD,
    }).status_code == 302  # fmt: skip
    last = ChainEntry.objects.filter(practice=house).earliest("sequence")
    assert chain.body_of(last)["by"] == "server"
    for practice_name, username, says in (
        ("Corner House", "amina", "Nobody who works at Corner House"),
        ("Nowhere", "lena", "There is no practice “Nowhere”. There are: Corner House."),
    ):
        with pytest.raises(CommandError, match=says):
            call_command("practice", "code", username, f"--practice={practice_name}", stdout=StringIO())
