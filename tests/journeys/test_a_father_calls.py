"""Tom calls Ruth and asks what Amina says in her sessions. Everybody walks their own part of it."""

import re

import pytest

from tests.journeys.conftest import Visit
from tests.journeys.visiting import TELEPHONE, Visitor

TOLD = "Eating with others is hard just now. What helps is sitting with her, without a word about the plate."


def ruth_takes_the_call(ruth: Visitor) -> None:
    ruth.check()
    ruth.goes("Amina Khan")
    ruth.check()
    ruth.goes("Somebody is asking")
    ruth.check()
    ruth.page.get_by_label("Tom Reed").check()
    ruth.page.get_by_label("About what?").select_option("session_content")
    ruth.page.get_by_label("Yes: I called back on a number").check()
    ruth.page.get_by_text("I would like to answer you properly and not in a hurry.").wait_for()
    ruth.check()
    ruth.page.get_by_label("What is behind it?").fill("She hardly eats with us.")
    ruth.presses("Write this request down")
    ruth.check()


@pytest.mark.requirement("C5", "C2")
def test_from_the_call_to_the_answer(visit: Visit) -> None:
    ruth, amina, tom = visit().become("Ruth"), visit(viewport=TELEPHONE), visit(viewport=TELEPHONE)
    ruth_takes_the_call(ruth)
    assert "She hardly eats with us." in ruth.reads()
    ruth.page.get_by_label("A word from you").fill("Your dad called. You decide.")
    ruth.presses("Put this to Amina")
    ruth.check()

    amina.become("Amina").check()
    assert amina.page.title() == "My page"
    amina.goes("Tom Reed asked: what you talk about here")
    amina.check()
    assert "Your dad called. You decide." in amina.reads()
    amina.page.get_by_label("You can tell them.", exact=True).check()
    amina.presses("This is what I’d like")
    amina.check()

    ruth.goes("Today")
    assert "The young person has replied" in ruth.reads()
    ruth.goes("Tom Reed about Amina Khan: what is said in sessions")
    ruth.page.get_by_label("What you tell them").fill(TOLD)
    for done in ruth.page.locator("input[name=done]").all():
        done.check()
    ruth.check()
    ruth.presses("Share this and answer")
    assert TOLD in ruth.reads()
    ruth.check()

    tom.become("Tom").check()
    tom.goes("What is said in sessions")
    assert TOLD in tom.reads()
    tom.check()

    amina.goes("Who knows what")
    assert "What Tom Reed has been told" in amina.reads()
    amina.check()


@pytest.mark.requirement("C18", "A6")
def test_amina_says_no_and_her_mother_reads_an_honest_answer_that_does_not_say_so(visit: Visit) -> None:
    ruth, amina, sara = visit().become("Ruth"), visit(viewport=TELEPHONE), visit(viewport=TELEPHONE)
    sara.become("Sara").goes("A summary of sessions")
    before = sara.reads()
    assert "We have your question" in before
    sara.check()
    ruth.goes("Sara Khan about Amina Khan: a summary of sessions")
    ruth.presses("Put this to Amina")

    amina.become("Amina").goes("Sara Khan asked: a short summary of your sessions")
    amina.page.get_by_label("No.", exact=True).check()
    amina.page.get_by_label("Don’t say that I said no.").wait_for()
    amina.check()
    amina.page.get_by_label("Yes, or a bit").check()
    amina.presses("This is what I’d like")
    assert "push" not in amina.page.locator(".notice").inner_text()

    sara.page.reload()
    assert sara.reads() == before
    ruth.goes("Today")
    ruth.goes("Sara Khan about Amina Khan: a summary of sessions")
    assert "Somebody may be pushing" in ruth.reads()
    ruth.check()
    ruth.presses("Answer: it stays closed for now")
    sara.page.reload()
    answer = sara.reads()
    assert "We do not share this with you at the moment." in answer
    assert "Ruth Adler looks at it again on" in answer
    assert "Lena Vance" in answer
    assert not re.search(r"said no|refus|asked not to|does not want", answer)
    sara.check()


def test_amina_changes_her_mind_in_one_step(visit: Visit) -> None:
    amina, tom = visit(viewport=TELEPHONE).become("Amina"), visit(viewport=TELEPHONE)
    tom.become("Tom")
    assert "Mornings are easier" in tom.reads()
    amina.goes("Change what Tom Reed can know")
    amina.check()
    going = amina.page.get_by_role("listitem").filter(has_text="how things are going for you")
    going.get_by_role("button", name="Keep this here").click()
    amina.check()
    assert "Stays here" in going.inner_text()
    tom.page.reload()
    assert "Mornings are easier" not in tom.reads()


def test_the_lead_opens_a_cell_of_the_sharing_map(visit: Visit) -> None:
    lena = visit().become("Lena")
    lena.goes("Ben Ortiz")
    assert "A court order limits what may be told." in lena.reads()
    lena.goes("Sharing map")
    lena.check()
    marc = lena.page.get_by_role("row").filter(has_text="Marc Ortiz")
    marc.get_by_role("link").filter(has_text="how it is going").click()
    lena.page.get_by_role("heading", name="Marc Ortiz: how it is going").wait_for()
    assert "No, this stays here for now." in lena.reads()
    assert lena.page.evaluate("document.activeElement.id") == "cell"
    lena.check()


@pytest.mark.requirement("T20")
def test_the_home_reads_what_it_needs_for_tonight(visit: Visit) -> None:
    dan = visit(viewport=TELEPHONE).become("Dan")
    assert "leave the door ajar" in dan.reads()
    dan.check()
