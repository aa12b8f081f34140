"""A mother signs with her finger, and a daughter takes back with one press what she had let be told."""

import pytest

from halfdoor.service.documents.verifying import verify
from tests.journeys.conftest import Visit
from tests.journeys.visiting import TELEPHONE


@pytest.mark.requirement("A2", "A5")
def test_sara_signs_by_hand_and_amina_takes_a_consent_back(visit: Visit) -> None:
    sara = visit(viewport=TELEPHONE, has_touch=True).become("Sara")
    sara.goes("What to expect: roles, contact, how often")
    sara.check()
    place = sara.page.get_by_label("Place to sign by hand")
    place.scroll_into_view_if_needed()
    box = place.bounding_box()
    assert box is not None
    sara.page.mouse.move(box["x"] + 30, box["y"] + 40)
    sara.page.mouse.down()
    for step in range(12):
        sara.page.mouse.move(box["x"] + 30 + step * 15, box["y"] + 40 + (step % 3) * 12)
    sara.page.mouse.up()
    sara.page.get_by_label("Your name, in full").fill("Sara Khan")
    sara.presses("I agree, and sign")
    assert "agreed on" in sara.reads()
    sara.check()
    with sara.page.expect_download() as copy:
        sara.goes("Your copy (PDF)")
    assert copy.value.suggested_filename == "paper.pdf"
    assert verify(copy.value.path().read_bytes()).holds

    amina = visit(viewport=TELEPHONE).become("Amina")
    amina.goes("By subject")
    amina.check()
    amina.goes("Who may be told")
    amina.check()
    amina.goes("Tom Reed: coming to sessions, goals and plan")
    amina.check()
    amina.presses("Take it back now")
    assert "Taken back on" in amina.reads()
    amina.check()
