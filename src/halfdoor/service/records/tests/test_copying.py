"""A copy of the record: asked for at one’s own door, let go by a clinician, and never more than the gate lets go."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from halfdoor.service.agreements import actions as agreements
from halfdoor.service.agreements.choices import WishSource, WishValue
from halfdoor.service.core import chain
from halfdoor.service.core.models import ChainEntry
from halfdoor.service.disclosures import gate
from halfdoor.service.disclosures.choices import Category
from halfdoor.service.disclosures.models import Item, Line
from halfdoor.service.notes import actions as notes
from halfdoor.service.people import actions as people
from halfdoor.service.people import reaching
from halfdoor.service.people.choices import ContactKind
from halfdoor.service.people.models import IdentityCheck, Membership
from halfdoor.service.records import copying
from halfdoor.service.records.actions import NotNow, NotTheirs
from halfdoor.service.records.choices import Outcome
from tests.doors import signed_in, words_of
from tests.papers import line_of
from tests.people import NOON, Family

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=1)
KINDS = (
    Category.SESSION_SUMMARY,
    Category.ATTENDANCE,
    Category.PROCESS_NOTES,
    Category.SESSION_CONTENT,
    Category.THEMES,
)


@pytest.fixture(autouse=True)
def later(family: Family) -> Iterator[None]:
    """Something of each kind is written about Amina, and where her father lives is on record."""
    for kind in KINDS:
        notes.write(f"About {kind}.", episode=family.episode, category=kind, by=family.ruth, at=NOON)
    reaching.put_down(family.tom.person, kind=ContactKind.EMAIL, value="hidden@example.org", by=family.ruth, at=NOON)
    with time_machine.travel(LATER + timedelta(minutes=1), tick=False):
        yield


def says(family: Family, value: WishValue) -> None:
    said = {"source": WishSource.TOLD_THERAPIST, "about": family.sara, "category": Category.ATTENDANCE}
    agreements.wish(family.amina, value=value, **said, by=family.ruth, at=LATER)


def known(family: Family, member: Membership) -> None:
    check = IdentityCheck(membership=member, outcome="verified", effective_on=NOON.date())
    people.record(check, by=family.ruth, at=NOON)


def let_go(family: Family, member: Membership) -> None:
    known(family, member)
    asked = copying.ask(member, by=member.person.account, at=LATER)
    copying.settle(asked, Outcome.AGREED, by=family.ruth, at=LATER)


def fetched(member: Membership) -> list[dict[str, Any]]:
    answer = signed_in(member.person.account).get(reverse("records:family_copy_json", args=[member.pk]))
    items: list[dict[str, Any]] = json.loads(answer.content)["items"]
    return items


@pytest.mark.abuse("B6")
def test_a_parents_copy_holds_what_their_page_shows_and_nothing_else(family: Family) -> None:
    let_go(family, family.sara)
    shown = gate.shareable_with(family.sara, Item.objects.all(), at=LATER + timedelta(minutes=2))
    got = fetched(family.sara)
    assert {one["id"] for one in got} == {str(one.item_id) for one in shown.items}
    assert "About attendance." in {one["text"] for one in got}
    assert not {"About session_content.", "About process_notes."} & {one["text"] for one in got}
    assert "hidden@example.org" not in json.dumps(got)
    kinds = [chain.body_of(entry)["kind"] for entry in ChainEntry.objects.order_by("sequence")]
    assert kinds[-1] == "records.copy_fetched"
    assert Line.objects.filter(membership=family.sara).exists(), "each item has its line"


@pytest.mark.abuse("B6", "F1")
def test_what_she_no_longer_agrees_to_is_not_in_a_copy_that_was_let_go_before(family: Family) -> None:
    let_go(family, family.sara)
    assert "About attendance." in {one["text"] for one in fetched(family.sara)}
    says(family, WishValue.OBJECTS)
    assert "About attendance." not in {one["text"] for one in fetched(family.sara)}


@pytest.mark.abuse("B6", "B2")
def test_nobody_fetches_before_a_clinician_knows_who_asks_nor_after_two_weeks(family: Family) -> None:
    sara = signed_in(family.sara.person.account)
    page, file = (reverse(f"records:family_copy{one}", args=[family.sara.pk]) for one in ("", "_pdf"))
    assert sara.get(file).status_code == 404
    sara.post(page)
    asked = copying.newest(family.sara, at=LATER).row
    assert asked is not None
    people.record(
        IdentityCheck(membership=family.sara, outcome="unverified", effective_on=NOON.date()), by=family.ruth, at=NOON
    )
    with pytest.raises(NotNow):
        copying.settle(asked, Outcome.AGREED, by=family.ruth, at=LATER)
    with pytest.raises(NotTheirs):
        copying.settle(asked, Outcome.AGREED, by=family.lead, at=LATER)
    assert sara.get(file).status_code == 404
    known(family, family.sara)
    assert "A copy of the record of Amina Khan was asked for" in words_of(
        signed_in(family.ruth).get(reverse("portals:today"))
    )
    signed_in(family.ruth).post(reverse("records:asked_copy", args=[asked.pk]), {"do": "let"})
    assert sara.get(file).content.startswith(b"%PDF")
    with time_machine.travel(LATER + copying.OPEN_FOR + timedelta(hours=1), tick=False):
        assert signed_in(family.sara.person.account).get(file).status_code == 404


def test_amina_asks_alone_and_what_others_told_is_kept_apart(family: Family) -> None:
    amina = signed_in(family.herself.person.account)
    assert "Ask for a copy" in words_of(amina.get(reverse("records:my_copy")))
    let_go(family, family.herself)
    assert "Your copy is here" in words_of(amina.get(reverse("records:my_copy")))
    assert amina.get(reverse("records:my_copy_pdf")).content.startswith(b"%PDF")
    copied = json.loads(amina.get(reverse("records:my_copy_json")).content)
    assert line_of(copied["stamp"], family.practice)["kind"] == "records.copy_fetched"
    items = copied["items"]
    assert "About process_notes." not in {one["text"] for one in items}
