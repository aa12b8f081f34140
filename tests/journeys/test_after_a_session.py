"""After a session: Ruth looks at what each person would get, says why a sentence stands, and Sara reads her part."""

import pytest

from tests.journeys.conftest import Visit
from tests.journeys.visiting import TELEPHONE


@pytest.mark.requirement("C11")
def test_ruth_looks_before_she_shares(visit: Visit) -> None:
    ruth = visit().become("Ruth Adler")
    ruth.goes("Finish what you began to write about Amina Khan")
    assert ruth.page.get_by_label("What was said").input_value().startswith("She told me that she threw")
    ruth.check()
    words = ruth.page.locator("[name=part-1-text]")
    words.fill("This week she tries an evening without her phone.")
    with ruth.page.expect_response(lambda answer: answer.request.method == "POST"):
        words.blur()
    assert "Nobody else can read it." in ruth.page.locator("#kept").inner_text()
    ruth.presses("See what they will see")
    ruth.check()
    assert "Repeats a private note" in ruth.reads()
    assert "Nothing has been shared" in ruth.reads()
    ruth.presses("I have looked. Share it")
    assert "Choose why it may be told" in ruth.reads()
    ruth.page.get_by_label("The young person agreed that this is told").check()
    ruth.presses("I have looked. Share it")
    assert "It is written." in ruth.reads()
    ruth.check()
    ruth.page.locator("a.whole", has_text="Summary of a session").first.click()
    assert "Who gets this" in ruth.reads()
    ruth.check()

    sara = visit(viewport=TELEPHONE).become("Sara Khan")
    assert "This week she tries an evening without her phone." in sara.reads()
    assert "lies awake" not in sara.reads()
    assert "cut herself" not in sara.reads()


def test_a_draft_is_kept_without_script(visit: Visit) -> None:
    ruth = visit(java_script_enabled=False, viewport=TELEPHONE).become("Ruth Adler")
    ruth.goes("Amina Khan")
    ruth.goes("Notes")
    ruth.presses("Write after a session")
    ruth.page.locator("[name=private]").fill("He was quiet.")
    ruth.presses("Add another part")
    assert ruth.page.locator("[name=private]").input_value() == "He was quiet."
    assert ruth.page.locator("fieldset.piece").count() == 2
