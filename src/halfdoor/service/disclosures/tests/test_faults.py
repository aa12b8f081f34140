"""When deciding fails, or the clock does, nothing goes: not once, not half, and without a line that says it did."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import call_command

from halfdoor.disclosure.deciding import Judge
from halfdoor.disclosure.obligations import CODES
from halfdoor.disclosure.planes import Planes
from halfdoor.service.agreements import actions as agreements
from halfdoor.service.agreements.choices import WishSource, WishValue
from halfdoor.service.core import chain
from halfdoor.service.core.chain import ClockIsBehind
from halfdoor.service.core.models import ChainEntry
from halfdoor.service.disclosures import dossier, gate, packs, providers
from halfdoor.service.disclosures.choices import Category
from halfdoor.service.disclosures.models import Delivery, Item, Line
from halfdoor.service.notes import actions as notes
from halfdoor.service.notes.models import Note
from tests.people import NOON, Family

Way = Callable[[Family, Note], Any]

WAYS: dict[str, Way] = {
    "list": lambda family, note: gate.shareable_with(family.tom, Item.objects.all(), at=NOON).items,
    "page": lambda family, note: gate.show(family.tom, note.item_id, at=NOON),
    "earlier": lambda family, note: gate.earlier(family.tom, note.item_id, at=NOON),
    "hand": lambda family, note: gate.release(family.tom, note.item_id, by=family.ruth, at=NOON),
    "answer": lambda family, note: gate.conclude(about(family), done=DONE, by=family.ruth, at=NOON),
    "word": lambda family, note: gate.has_something_new(family.tom, at=NOON),
    "circles": lambda family, note: gate.known_to(family.tom.person.account, at=NOON),
}
LETTING_GO = sorted(WAYS.keys() - {"word"})
"""The ways on which something leaves. A word says only that there is something, which is read on one of these."""

FAULTS = {
    "the judge decides": (Judge, "decide"),
    "a rule is looked at": (Planes, "standing"),
    "rules are found": (packs, "judge_of"),
    "facts are joined": (dossier, "joined"),
    "the record is read": (dossier, "load_many"),
    "rooms above are asked": (providers, "consult_about"),
}


DONE = frozenset(CODES)
"""Whatever has to be done before something goes has been done."""


class Fails(Exception):
    """What nobody planned for."""


def about(family: Family) -> gate.Question:
    return gate.Question(young_person=family.amina, recipient=family.tom, category="progress", purpose="support")


@pytest.fixture
def note(family: Family) -> Note:
    """How it goes: Tom may read it."""
    return notes.write("She comes.", episode=family.episode, category=Category.PROGRESS, by=family.ruth, at=NOON)


def nothing_went() -> bool:
    return not Line.objects.exists() and not Delivery.objects.exists()


@pytest.mark.abuse("F8")
@pytest.mark.parametrize("fault", FAULTS)
def test_whatever_fails_while_deciding_nothing_goes_on_any_way(
    fault: str, family: Family, note: Note, monkeypatch: pytest.MonkeyPatch
) -> None:
    failed = []

    def fails(*_: Any, **__: Any) -> None:
        raise Fails

    monkeypatch.setattr(*FAULTS[fault], fails)
    for name, way in WAYS.items():
        try:
            way(family, note)
        except Fails:
            failed.append(name)
        assert nothing_went(), name
    assert failed, "the fault was never met"


@pytest.mark.abuse("F8")
def test_without_a_fault_something_goes_on_every_way(family: Family, note: Note) -> None:
    for name in ("word", *LETTING_GO):
        assert WAYS[name](family, note) or name == "earlier", name
    assert not nothing_went()


@pytest.mark.abuse("F4")
@pytest.mark.reliability("R10")
@pytest.mark.parametrize("name", LETTING_GO)
def test_with_a_clock_more_than_a_minute_behind_the_ledger_nothing_goes(name: str, family: Family, note: Note) -> None:
    """What is on the ledger is about anybody: the clock is one for the whole practice."""
    agreements.wish(
        family.amina,
        value=WishValue.AGREES,
        source=WishSource.OWN_PAGE,
        about=family.tom,
        by=family.ruth,
        at=NOON + timedelta(seconds=61),
    )
    with pytest.raises(ClockIsBehind):
        WAYS[name](family, note)
    assert nothing_went()


@pytest.mark.abuse("F4")
@pytest.mark.reliability("R10")
def test_a_no_is_taken_whatever_the_clock_says(family: Family, note: Note) -> None:
    long_ago = NOON - timedelta(days=400)
    agreements.wish(
        family.amina, value=WishValue.OBJECTS, source=WishSource.OWN_PAGE, about=family.tom, by=family.ruth, at=long_ago
    )
    gate.keep_back(about(family), by=family.ruth, at=long_ago)
    assert not gate.shareable_with(family.tom, Item.objects.all(), at=NOON).items


@pytest.mark.reliability("R10")
def test_after_a_clock_was_ahead_somebody_who_looked_says_that_it_is_right_now(
    family: Family, note: Note, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(chain, "_said_right", lambda: tmp_path / "said")
    ahead = NOON + timedelta(days=300)
    chain.append(family.practice, {"kind": "by a clock that was ahead"}, at=ahead)

    def said(*how: str) -> str:
        out = StringIO()
        with time_machine.travel(NOON, tick=False):
            call_command("ledger", "clock", *how, stdout=out)
        return out.getvalue()

    assert "Nothing is shared meanwhile" in said()
    with pytest.raises(ClockIsBehind):
        gate.show(family.tom, note.item_id, at=NOON)
    assert "Things are shared again" in said("--is-right")
    assert gate.show(family.tom, note.item_id, at=NOON).text == "She comes."
    last = ChainEntry.objects.filter(practice=family.practice).latest("sequence")
    assert datetime.fromisoformat(json.loads(last.entry)["at"]) == ahead
    assert chain.verify(family.practice).broken_at is None
    chain.append(family.practice, {"kind": "by a clock that is wrong again"}, at=ahead + timedelta(days=1))
    with pytest.raises(ClockIsBehind):
        gate.show(family.tom, note.item_id, at=NOON)
