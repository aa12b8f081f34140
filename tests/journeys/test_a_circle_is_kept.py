"""Ruth keeps Amina's circle: custody changes, and she sees who could know what before it is on record."""

import pytest

from tests.journeys.conftest import Visit
from tests.journeys.visiting import TELEPHONE


@pytest.mark.requirement("P2")
def test_custody_changes_and_whom_it_concerns_is_shown_first(visit: Visit) -> None:
    ruth = visit(viewport=TELEPHONE).become("Ruth")
    ruth.goes("Amina Khan")
    ruth.goes("Circle of care")
    ruth.check()
    ruth.goes("Change of custody")
    ruth.page.get_by_label("Tom Reed, parent").select_option("ended")
    ruth.page.get_by_label("How it was shown").fill("Judgment, read")
    ruth.presses("Show what changes")
    assert "This is not on record yet" in ruth.reads()
    ruth.check()
    ruth.presses("Put it on record")
    ruth.goes("Tom Reed")
    assert "Authority: ended" in ruth.reads()
    ruth.check()
    ruth.goes("How to reach them")
    ruth.check()


@pytest.mark.requirement("P3")
def test_a_birthday_comes_and_is_gone_through(visit: Visit) -> None:
    ruth, ivy = visit().become("Ruth"), visit(viewport=TELEPHONE).become("Ivy")
    assert "You turn 18 on" in ivy.reads()
    ivy.check()
    ruth.goes("Ivy Cole turns 18")
    assert "June Cole, parent" in ruth.reads()
    ruth.check()
    ruth.presses("We have gone through it")
    assert "Ivy Cole turns 18" not in ruth.reads()
