"""The office hands over a code; with it somebody comes in, chooses a password, and signs in by keyboard alone."""

import re

import pytest

from tests.journeys.conftest import Visit
from tests.journeys.visiting import TELEPHONE

PASSWORD = "nine herons at low tide"


@pytest.mark.abuse("A1", "A2")
def test_amina_gets_a_new_way_in_from_the_office_and_reads_of_it(visit: Visit) -> None:
    omar, amina = visit().become("Omar"), visit(viewport=TELEPHONE)
    omar.goes("Who can sign in, a new code, somebody who left")
    omar.check()
    omar.goes("Amina Khan")
    omar.check()
    omar.goes("Give them a new code")
    omar.page.get_by_label("I know them, and saw them").check()
    omar.page.get_by_label("I give it into their own hands").check()
    omar.check()
    omar.presses("Make the code")
    omar.check()
    code = re.search(r"[2-9B-Z]{5}-[2-9B-Z]{5}", omar.reads())
    assert code
    amina.page.goto(f"{amina.home}/me/come-in/")
    amina.check()
    amina.page.get_by_label("Practice").select_option("Larkspur Practice")
    amina.page.get_by_label("Sign-in name").focus()
    for typed in ("amina", code[0].lower(), PASSWORD, PASSWORD):
        amina.page.keyboard.type(typed)
        amina.page.keyboard.press("Tab")
    amina.page.keyboard.press("Enter")
    amina.page.wait_for_url(f"{amina.home}/me/")
    assert "Omar Price gave you a new way in" in amina.reads()
    amina.goes("your sign-in")
    amina.check()
    omar.page.goto(f"{omar.home}/staff/sign-ins/new/")
    omar.check()
    omar.page.goto(f"{omar.home}/staff/sign-ins/?show=left")
    omar.goes("Hugo Brandt")
    omar.check()
    omar.goes("Open it again")
    omar.check()
