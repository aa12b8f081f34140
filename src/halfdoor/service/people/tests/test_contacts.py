"""How people can be reached: a young person's way in is theirs, and no parent meets the other's."""

import re
from collections.abc import Iterator

import pytest
import time_machine
from django.db import connection
from django.urls import get_resolver, reverse

from halfdoor.service.accounts.models import Account
from halfdoor.service.people import reaching
from halfdoor.service.people.choices import ContactKind, SharedContactOutcome
from halfdoor.service.people.models import Contact, Membership
from halfdoor.service.requests import actions as requests
from halfdoor.service.requests.actions import Asked
from halfdoor.service.requests.words import Channel
from tests.doors import signed_in, words_of
from tests.house.test_audiences import addresses
from tests.people import NOON, Family

EMAIL, TELEPHONE, POST = ContactKind.EMAIL, ContactKind.TELEPHONE, ContactKind.POST


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


def reached(member: Membership, value: str, family: Family, kind: ContactKind = EMAIL) -> Contact:
    return reaching.put_down(member.person, kind=kind, value=value, by=family.ruth, at=NOON)


def usable(member: Membership, family: Family, kind: ContactKind = EMAIL) -> list[str]:
    return [one.value for one in reaching.usable(member.person, kind=kind, reader=family.ruth)]


@pytest.mark.parametrize(
    ("kind", "hers", "theirs"),
    [
        (EMAIL, "sara.khan@example.org", "Sara.Khan@Example.ORG"),
        (EMAIL, "sara@example.org", "sara+amina@example.org"),
        (EMAIL, "sara+work@example.org", "sara+amina@example.org"),
        (EMAIL, "sarakhan@gmail.com", "sara.k.han@googlemail.com"),
        (EMAIL, "sara@example.org", "  ＳＡＲＡ@example.org "),
        (EMAIL, "sara@bücher.example", "sara@xn--bcher-kva.example"),
        (EMAIL, "sara@example.org", "sara@example.org."),
        (TELEPHONE, "(212) 555-0142", "+1 212 555 0142"),
        (TELEPHONE, "212.555.0142", "001 212 555 0142"),
        (TELEPHONE, "1-212-555-0142", "2125550142 x12"),
        (TELEPHONE, "+44 (0)20 7946 0958", "0044 20 7946 0958"),
        (TELEPHONE, "٢١٢٥٥٥٠١٤٢", "212 555 0142"),
    ],
)
@pytest.mark.requirement("P3")
@pytest.mark.abuse("A1")
def test_a_contact_of_the_mother_is_not_used_for_amina_however_it_is_written(
    family: Family, kind: ContactKind, hers: str, theirs: str
) -> None:
    reached(family.sara, hers, family, kind)
    reached(family.herself, theirs, family, kind)
    assert usable(family.herself, family, kind) == []
    held = {contact.person.name for contact in reaching.held_for(family.ruth)}
    assert held == {"Amina Khan", "Sara Khan"}


@pytest.mark.parametrize(
    ("kind", "hers", "theirs"),
    [
        (EMAIL, "sara.khan@example.org", "sarakhan@example.org"),  # dots count where nobody says that they do not
        (EMAIL, "sara@example.org", "sara@example.com"),
        (TELEPHONE, "212 555 0142", "212 555 0143"),
        (POST, "1 Elm Street", "1 Elm Street"),
    ],
)
def test_what_leads_to_different_places_is_used_each_for_one_person(
    family: Family, kind: str, hers: str, theirs: str
) -> None:
    reached(family.sara, hers, family, ContactKind(kind))
    reached(family.herself, theirs, family, ContactKind(kind))
    assert usable(family.herself, family, ContactKind(kind)) == [theirs]


@pytest.mark.abuse("A1")
def test_a_contact_is_masked_until_somebody_asks_for_this_one(family: Family) -> None:
    hers = reached(family.sara, "sara@refuge.example", family)
    reached(family.sara, "212 555 0142", family, TELEPHONE)
    reached(family.sara, "1 Elm Street, Springfield", family, POST)
    ruth, ways = signed_in(family.ruth), reverse("people:ways", args=[family.amina.pk, family.sara.pk])
    page = words_of(ruth.get(ways))
    assert not [one for one in ("sara@", "refuge", "212", "Elm", "Spring") if one in page]
    assert "s•••@•••" in page
    assert "••• 42" in page
    page = words_of(ruth.get(ways, {"show": str(hers.pk)}))
    assert "sara@refuge.example" in page
    assert not [one for one in ("212", "Elm", "Spring") if one in page]
    assert "refuge" not in words_of(ruth.get(ways, {"show": "it"}))


@pytest.mark.abuse("A1")
def test_a_person_decides_about_a_contact_that_two_use_and_says_why(family: Family) -> None:
    reached(family.sara, "house@example.org", family)
    hers = reached(family.herself, "house@example.org", family)
    assert "A contact of Amina Khan that somebody else uses too" in words_of(
        signed_in(family.ruth).get(reverse("portals:today"))
    )
    page = reverse("people:shared_contact", args=[hers.pk])
    assert "house" not in words_of(signed_in(family.ruth).get(page))
    assert "house@example.org" in words_of(signed_in(family.ruth).get(page, {"show": "it"}))
    typed = {"outcome": "allowed", "because": "She alone has the password, and showed it"}
    signed_in(family.ruth).post(page, typed)
    assert usable(family.herself, family) == ["house@example.org"]
    assert usable(family.sara, family) == []
    reaching.decide(hers, outcome=SharedContactOutcome.REFUSED, because="No longer", by=family.ruth, at=NOON)


def test_a_contact_that_is_put_away_is_nobody_s_any_more(family: Family) -> None:
    mothers = reached(family.sara, "house@example.org", family)
    reached(family.herself, "house@example.org", family)
    address = reverse("people:put_away", args=[family.amina.pk, family.sara.pk, mothers.pk])
    signed_in(family.ruth).post(address)
    assert usable(family.herself, family) == ["house@example.org"]


@pytest.mark.parametrize(
    "value",
    [
        "sara",
        "@example.org",
        "sara@",
        "sara khan@example.org",
        "+tag@example.org",
        "tom@example.org,sara@example.org",
        "sara@tom@example.org",
    ],
)
def test_what_is_no_address_is_said_beside_the_field(family: Family, value: str) -> None:
    address = reverse("people:ways", args=[family.amina.pk, family.sara.pk])
    page = words_of(signed_in(family.ruth).post(address, {"kind": "email", "value": value}))
    assert "This is no e-mail address" in page
    assert not Contact.objects.exists()


@pytest.mark.abuse("D5")
def test_the_database_holds_no_address_in_the_clear(family: Family) -> None:
    reached(family.sara, "sara.khan@example.org", family)
    with connection.cursor() as cursor:
        cursor.execute("SELECT value_sealed, digest FROM people_contact")
        sealed, digest = cursor.fetchone()
    assert b"sara" not in bytes(sealed)
    assert "sara" not in digest


def family_pages(reader: Membership) -> list[str]:
    """Return every address behind the family's door that needs no key, or the key of one's own place."""
    found = []
    for route, pattern in addresses(get_resolver().url_patterns):
        keys = pattern.pattern.converters.keys()
        if route.startswith("/family/") and keys <= {"membership_id"} and not re.search("sign|leave", route):
            found.append(re.sub("<[^>]*>", str(reader.pk), route))
    return found


@pytest.mark.requirement("P3")
@pytest.mark.abuse("B4")
def test_no_parent_meets_the_other_s_address_messages_or_appointments_on_any_page(family: Family) -> None:
    secrets = {
        family.sara: ["sara.hidden@example.org", "+1 212 555 0142", "9 Safe Lane"],
        family.tom: ["tom.hidden@example.org", "+1 212 555 0199", "4 Other Road"],
    }
    for member, values in secrets.items():
        for kind, value in zip((EMAIL, TELEPHONE, POST), tuple(values), strict=True):
            reached(member, value, family, kind)
        asked = Asked(category="progress", channel=Channel.PORTAL, motive=f"Asked by {member.person.name} alone")
        requests.receive(family.amina, asked, asked_by=member, by=member.person.account, at=NOON)
        values.append(asked.motive)
    for reader, other in ((family.sara, family.tom), (family.tom, family.sara)):
        client = signed_in(reader.person.account)
        pages = [client.get(page) for page in family_pages(reader)]
        assert len([page for page in pages if page.status_code == 200]) >= 4
        seen = " ".join(" ".join(page.content.decode(errors="replace").split()) for page in pages)  # files too
        assert not [secret for secret in secrets[other] if secret in seen]
        assert client.get(reverse("requests:family_ask", args=[other.pk])).status_code == 404
        staff = reverse("people:ways", args=[family.amina.pk, other.pk])
        assert client.get(staff).status_code in (302, 404)


@pytest.mark.requirement("R6")
def test_an_address_with_which_somebody_else_signs_in_is_for_a_person_to_decide(family: Family) -> None:
    Account.objects.filter(pk=family.sara.person.account.pk).update(email="Sara.Khan@googlemail.com")
    aminas = {"kind": ContactKind.EMAIL, "value": "sarakhan+amina@gmail.com"}
    saras = {"kind": ContactKind.EMAIL, "value": "SARA.KHAN@gmail.com"}
    contact = reaching.put_down(family.amina.person, **aminas, by=family.ruth, at=NOON)
    assert reaching.held_for(family.ruth) == [contact]
    assert reaching.usable(family.amina.person, kind=ContactKind.EMAIL, reader=family.ruth) == []
    assert reaching.mailbox_of(family.amina.person.account) == ""
    reaching.put_away(contact, by=family.ruth, at=NOON)
    own = reaching.put_down(family.sara.person, **saras, by=family.ruth, at=NOON)
    assert reaching.usable(family.sara.person, kind=ContactKind.EMAIL, reader=family.ruth) == [own]
