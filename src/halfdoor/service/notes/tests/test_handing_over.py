"""Handing a note to somebody who does not get it by itself."""

import pytest
import time_machine
from django.urls import reverse

from halfdoor.service.disclosures.actions import Marks
from halfdoor.service.disclosures.choices import LineKind, Mark, MarksCover
from halfdoor.service.disclosures.models import Line
from halfdoor.service.notes import actions, queries
from halfdoor.service.notes.tests.written import CALM
from tests.doors import signed_in, words_of
from tests.people import NOON, Family

pytestmark = pytest.mark.django_db

SOME_OF_IT = Marks(kept_private=Mark.YES, marks_cover=MarksCover.SOME_ITEMS)


@pytest.fixture(autouse=True)
def _at_noon():
    with time_machine.travel(NOON, tick=False):
        yield


def about(family: Family, marks: Marks):
    return actions.write(CALM, episode=family.episode, category="progress", marks=marks, by=family.ruth, at=NOON)


@pytest.mark.requirement("C11")
def test_what_waits_for_a_hand_goes_once_what_comes_first_is_done(family: Family):
    note, client = about(family, SOME_OF_IT), signed_in(family.ruth)
    assert queries.updates_for(family.sara, at=NOON).items == ()
    opened = client.get(reverse("notes:note", args=[family.amina.pk, note.item_id]))
    assert "How it stands with Sara Khan" in words_of(opened)
    address = reverse("notes:hand_over", args=[family.amina.pk, note.item_id, family.sara.pk])
    page = client.get(address)
    todo = [code for code, _ in page.context["handing"].todo]
    assert todo
    assert "Do this first" in words_of(client.post(address))
    assert queries.updates_for(family.sara, at=NOON).items == ()
    assert "It is theirs to read now" in words_of(client.post(address, {"done": todo}, follow=True))
    assert [one.text for one in queries.updates_for(family.sara, at=NOON).items] == [CALM]


def test_what_stays_closed_cannot_be_handed_over(family: Family):
    note, client = about(family, Marks(kept_private=Mark.YES)), signed_in(family.ruth)
    address = reverse("notes:hand_over", args=[family.amina.pk, note.item_id, family.sara.pk])
    assert "This cannot go to them as things stand" in words_of(client.post(address))
    assert queries.updates_for(family.sara, at=NOON).items == ()
    assert not Line.objects.filter(kind=LineKind.RELEASE, membership=family.sara).exists()
