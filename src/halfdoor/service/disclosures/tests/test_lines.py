"""A line of the ledger by itself: its day, its place in the chain, and what is left of it when something is gone."""

from datetime import timedelta

import pytest

from halfdoor.service.core import chain, wall
from halfdoor.service.core.models import ChainEntry
from halfdoor.service.disclosures import gate, ledger, lines
from halfdoor.service.disclosures.ledger import Outcome
from halfdoor.service.disclosures.lines import Sought
from halfdoor.service.disclosures.models import Line
from tests.database import triggers_lifted
from tests.people import NOON, Family


@pytest.fixture
def told(family: Family) -> list[Line]:
    """Tom is refused what is said, at noon, a day and two days later."""
    asked = gate.Question(
        young_person=family.amina, recipient=family.tom, category="session_content", purpose="support"
    )
    return [gate.conclude(asked, by=family.ruth, at=NOON + timedelta(days=day)).line for day in range(3)]


def test_a_day_has_the_lines_of_that_day_and_of_no_other(family: Family, told: list[Line]) -> None:
    for day, line in enumerate(told):
        sought = Sought(day=(NOON + timedelta(days=day)).date())
        assert list(lines.lines(family.amina, sought, reader=family.ruth)) == [line]


@pytest.mark.abuse("D4")
@pytest.mark.parametrize("changed", [0, 1, 2])
def test_a_line_fits_only_while_it_and_the_lines_around_it_are_what_they_were(
    changed: int, family: Family, told: list[Line]
) -> None:
    places = [lines.opened(lines.line_of(family.amina, line.pk, reader=family.ruth)).place for line in told]
    assert [place.fits for place in places] == [True, True, True]
    assert [place.leaf for place in places] == [line.entry.leaf for line in told]
    entry = ChainEntry.objects.get(pk=told[changed].entry_id)
    words = entry.entry.replace(str(family.tom.pk), str(family.sara.pk))
    with wall.permit(wall.readable, wall.EVERYTHING), triggers_lifted():
        ChainEntry.objects.filter(pk=entry.pk).update(entry=words, leaf=chain.leaf(words.encode()))
    fits = [lines._place(ChainEntry.objects.get(pk=line.entry_id)).fits for line in told]
    # The line after it no longer follows it; it itself has a hash that the line after it does not name.
    assert fits == [place not in (changed, changed + 1) or (place == changed == 2) for place in range(3)]


def test_a_line_that_was_emptied_while_nobody_was_erased_was_tampered_with(family: Family, told: list[Line]) -> None:
    with wall.permit(wall.readable, wall.EVERYTHING), triggers_lifted():
        Line.objects.filter(pk=told[0].pk).update(situations_sealed=b"")
    line = lines.line_of(family.amina, told[0].pk, reader=family.ruth)
    assert ledger.situations_of(line) == []
    assert ledger.replay(line).outcome is Outcome.TAMPERED
    opened = lines.opened(line)
    assert (opened.is_same, opened.is_erased, opened.decisions) == (False, False, ())


def test_what_was_tampered_with_is_not_shown_as_if_it_had_been_decided(family: Family, told: list[Line]) -> None:
    line = lines.line_of(family.amina, told[0].pk, reader=family.ruth)
    assert lines.opened(line).decisions
    line.situations = line.situations.replace("session_content", "attendance")
    assert (lines.opened(line).replay.outcome, lines.opened(line).decisions) == (Outcome.TAMPERED, ())
