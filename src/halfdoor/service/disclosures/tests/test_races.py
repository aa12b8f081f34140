"""A no that is said while something is being released: one of the two comes first, and the other one sees it."""

import json
import threading
from contextvars import copy_context
from datetime import datetime, timedelta

import pytest
from django.db import connection, connections

from halfdoor.service.agreements import actions as agreements
from halfdoor.service.agreements.choices import WishSource, WishValue
from halfdoor.service.agreements.models import Wish
from halfdoor.service.core import chain
from halfdoor.service.core.models import ChainEntry
from halfdoor.service.disclosures import gate, packs
from halfdoor.service.disclosures.choices import Category
from halfdoor.service.disclosures.models import Item, Line
from halfdoor.service.notes import actions as notes
from halfdoor.service.notes.models import Note
from halfdoor.service.people.actions import Held
from tests.people import NOON, Family, amina_and_her_family

A_MOMENT = timedelta(seconds=1)
GOING = "She has come every week."
SOON = 0.5
LONG = 30


@pytest.fixture
def note(family: Family) -> Note:
    """How it goes: Tom may read it, as long as Amina does not say no."""
    return notes.write(GOING, episode=family.episode, category=Category.PROGRESS, by=family.ruth, at=NOON)


def no(family: Family, *, at: datetime) -> None:
    agreements.wish(
        family.amina, value=WishValue.OBJECTS, source=WishSource.OWN_PAGE, about=family.tom, by=family.ruth, at=at
    )


@pytest.mark.abuse("F1")
@pytest.mark.reliability("R6")
def test_a_clock_that_was_read_before_the_no_opens_nothing_after_it(family: Family, note: Note):
    assert gate.shareable_with(family.tom, Item.objects.all(), at=NOON).items
    no(family, at=NOON + A_MOMENT)
    assert not gate.shareable_with(family.tom, Item.objects.all(), at=NOON).items
    with pytest.raises(gate.NotReleased):
        gate.show(family.tom, note.item_id, at=NOON)
    assert not gate.release(family.tom, note.item_id, by=family.ruth, at=NOON).went
    about = gate.Question(young_person=family.amina, recipient=family.tom, category="progress", purpose="support")
    assert not gate.conclude(about, by=family.ruth, at=NOON).went


def test_what_went_before_the_no_stands_before_it_whatever_the_clocks_say(family: Family, note: Note):
    gate.show(family.tom, note.item_id, at=NOON + A_MOMENT)
    no(family, at=NOON)
    assert Wish.objects.get().said_at > Line.objects.get().at
    moments = [json.loads(entry.entry)["at"] for entry in ChainEntry.objects.order_by("sequence")]
    assert moments == sorted(moments)


@pytest.fixture
def committed_family(transactional_db: None) -> Family:
    if connection.vendor != "postgresql":
        pytest.skip(
            "SQLite lets one transaction write at a time, from its first statement on (core's settings test that)"
        )
    return amina_and_her_family()


def raced(family: Family, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let Amina say no while a release stands between deciding and writing, and return which line came first."""
    note = notes.write("Weekly.", episode=family.episode, category=Category.ATTENDANCE, by=family.ruth, at=NOON)
    deciding, said = threading.Event(), threading.Event()
    judge_of = packs.judge_of

    def slowly(practice, *, at):
        deciding.set()
        said.wait(SOON)
        return judge_of(practice, at=at)

    monkeypatch.setattr(packs, "judge_of", slowly)

    def say_no():
        deciding.wait(LONG)
        agreements.wish(family.amina, value=WishValue.OBJECTS, source=WishSource.OWN_PAGE, by=family.ruth, at=NOON)
        said.set()
        connections.close_all()

    thread = threading.Thread(target=copy_context().run, args=[say_no])
    thread.start()
    gate.release(family.sara, note.item_id, by=family.ruth, at=NOON)
    thread.join(LONG)
    kinds = [chain.body_of(entry)["kind"] for entry in ChainEntry.objects.order_by("sequence")]
    return [kind for kind in kinds if kind in ("disclosures.release", "agreements.wish")]


@pytest.mark.abuse("F1")
@pytest.mark.reliability("R6")
def test_a_no_waits_for_the_release_it_could_not_stop(committed_family: Family, monkeypatch: pytest.MonkeyPatch):
    assert raced(committed_family, monkeypatch) == ["disclosures.release", "agreements.wish"]


def test_without_the_lock_the_release_comes_too_late(committed_family: Family, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(gate, "hold_to_share", lambda young_person, *, at: Held(at, number=-1, newest_at=at))
    assert raced(committed_family, monkeypatch) == ["agreements.wish", "disclosures.release"]
