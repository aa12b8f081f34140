"""When deciding fails, or the clock does, nothing goes: not once, not half, and without a line that says it did."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from halfdoor.disclosure.deciding import Judge
from halfdoor.disclosure.obligations import CODES
from halfdoor.disclosure.planes import Planes
from halfdoor.service.agreements import actions as agreements
from halfdoor.service.agreements.choices import WishSource, WishValue
from halfdoor.service.core.chain import ClockIsBehind
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
