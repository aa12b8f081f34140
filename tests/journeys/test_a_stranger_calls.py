"""Somebody nobody knows calls, and somebody without a place in the circle looks around: neither learns anything."""

import pytest

from tests.journeys.conftest import Visit
from tests.journeys.visiting import TELEPHONE

NEITHER = "I cannot say whether somebody comes to us or not."


@pytest.mark.abuse("C3")
def test_an_unknown_caller_hears_neither_yes_nor_no(visit: Visit) -> None:
    omar, ruth = visit().become("Omar"), visit().become("Ruth")
    omar.check()
    omar.goes("A caller we do not know: what to say")
    assert NEITHER in omar.reads()
    omar.check()
    ruth.goes("Amina Khan")
    ruth.goes("Somebody is asking")
    ruth.page.get_by_label("Somebody else, or I am not sure who it is").check()
    ruth.page.get_by_label("About what?").select_option("existence_of_care")
    ruth.page.get_by_text(NEITHER).wait_for()
    ruth.check()
    ruth.page.get_by_label("Who do they say they are?").fill("An uncle, he says. No number shown.")
    ruth.presses("Write this request down")
    assert "An uncle, he says." in ruth.reads()
    ruth.presses("Answer: it stays closed for now")
    assert "Neither yes nor no." in ruth.reads()
    ruth.check()


@pytest.mark.abuse("C1")
def test_a_mother_finds_nothing_at_the_addresses_of_others(visit: Visit) -> None:
    ruth, sara = visit().become("Ruth"), visit(viewport=TELEPHONE).become("Sara")
    ruth.goes("Ben Ortiz")
    address = ruth.page.url
    for there in (address, address.replace("/staff/young-people/", "/family/requests/")):
        sara.page.goto(there)
        assert "Ben" not in sara.page.content()
    sara.complaints.clear()  # the browser notes that those pages are not there
