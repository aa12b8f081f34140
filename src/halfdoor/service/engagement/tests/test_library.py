"""The library is the same for everybody, and an offer from it tells nothing."""

import pytest
import time_machine
from django.urls import reverse

from halfdoor.service.accounts.models import Account, Role
from halfdoor.service.core import chain
from halfdoor.service.core.audience import Audience
from halfdoor.service.core.models import ChainEntry
from halfdoor.service.engagement import actions, library, queries
from halfdoor.service.people.models import Membership
from tests.doors import signed_in, words_of
from tests.people import NOON, Family, Home, a_court_limits, account, stranger

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon() -> object:
    with time_machine.travel(NOON, tick=False):
        yield


def offer_address(family: Family) -> str:
    return reverse("engagement:offer", args=[family.amina.pk])


@pytest.mark.requirement("E12")
def test_there_are_at_least_twenty_pieces_and_each_has_an_address_of_its_own() -> None:
    slugs = [piece.slug for piece in library.shelf_of(Role.THERAPIST)]
    assert len(slugs) == len(set(slugs)) >= 20


@pytest.mark.requirement("E12")
def test_everybody_reads_their_own_shelf_and_staff_who_see_families_read_all(family: Family, home: Home) -> None:
    shelves = {
        family.sara.person.account: ("engagement:family_library", "engagement:family_piece", Audience.CAREGIVER),
        family.amina.person.account: ("engagement:my_library", "engagement:my_piece", Audience.YOUNG_PERSON),
        home.dan.person.account: ("engagement:library", "engagement:piece", Audience.TEAM),
        family.ruth: ("engagement:library", "engagement:piece", Audience.THERAPIST),
    }
    for who, (listing, reading, shelf) in shelves.items():
        client, page = signed_in(who), words_of(signed_in(who).get(reverse(listing)))
        for piece in library.shelf_of(shelf):
            address = reverse(reading, args=[piece.slug])
            assert address in page
            assert str(piece.begins)[:30] in words_of(client.get(address))
    dan = signed_in(home.dan.person.account)
    assert dan.get(reverse("engagement:piece", args=["two-homes"])).status_code == 404


@pytest.mark.requirement("E12")
def test_ruth_offers_sara_something_and_it_stands_on_her_page_and_on_nobody_elses(family: Family) -> None:
    ruth = signed_in(family.ruth)
    sent = ruth.post(offer_address(family), {"who": family.sara.pk, "piece": "listening"})
    assert sent.headers["Location"] == reverse("portals:young_person", args=[family.amina.pk])
    title = "Listening without mending"
    assert title in words_of(signed_in(family.sara.person.account).get(reverse("portals:week")))
    assert title not in words_of(signed_in(family.tom.person.account).get(reverse("portals:week")))
    said = chain.body_of(ChainEntry.objects.filter(practice=family.practice).order_by("sequence").last())
    assert said == {
        "kind": "engagement.offered",
        "membership": str(family.sara.pk),
        "piece": "listening",
        "by": str(family.ruth.pk),
    }


def test_amina_is_offered_something_on_her_own_page(family: Family) -> None:
    actions.offer("saying-it-together", to=family.herself, by=family.ruth, at=NOON)
    assert "Saying it together" in words_of(signed_in(family.amina.person.account).get(reverse("portals:mine")))


def test_an_offer_stands_for_two_months_and_each_piece_once(family: Family) -> None:
    for _twice in range(2):
        actions.offer("listening", to=family.sara, by=family.ruth, at=NOON)
    sara: Account = family.sara.person.account
    assert [piece.slug for piece in queries.offered_to(family.sara, reader=sara, at=NOON)] == ["listening"]
    assert queries.offered_to(family.sara, reader=sara, at=NOON + queries.STANDS_FOR) == ()


@pytest.mark.requirement("E12")
def test_a_piece_whose_subject_could_tell_something_is_offered_to_nobody(family: Family) -> None:
    for member in (family.sara, family.herself):
        shelf = library.shelf_of(member.person.account.role)
        for piece in shelf:
            if piece.tells:
                with pytest.raises(actions.WouldTell):
                    actions.offer(piece.slug, to=member, by=family.ruth, at=NOON)
        assert any(piece.tells for piece in shelf)
    choices = [
        piece for _member, of in queries.can_be_offered(family.amina, reader=family.ruth, at=NOON) for piece in of
    ]
    assert choices
    assert not any(piece.tells for piece in choices)
    forged = signed_in(family.ruth).post(offer_address(family), {"who": family.sara.pk, "piece": "if-you-are-afraid"})
    assert "Choose a piece." in words_of(forged)


def test_a_piece_for_young_people_is_not_offered_to_a_mother(family: Family) -> None:
    page = signed_in(family.ruth).post(offer_address(family), {"who": family.sara.pk, "piece": "changing-your-mind"})
    assert "This piece is not written for them." in words_of(page)


def test_a_father_who_may_not_know_of_care_is_offered_nothing(family: Family) -> None:
    def members() -> list[Membership]:
        return [member for member, _of in queries.can_be_offered(family.amina, reader=family.ruth, at=NOON)]

    assert family.tom in members()
    a_court_limits(family.tom, by=family.ruth)
    assert family.tom not in members()


def test_a_stranger_and_other_clinicians_offer_nothing(family: Family) -> None:
    other = account(family.practice, "vera", Role.THERAPIST)
    assert signed_in(other).get(offer_address(family)).status_code == 404
    assert signed_in(stranger(family.practice)).get(reverse("engagement:library")).status_code in (302, 404)
    assert queries.can_be_offered(family.amina, reader=other, at=NOON) == []
    assert queries.offered_to(family.sara, reader=other, at=NOON) == ()
