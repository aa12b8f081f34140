"""Asking with the keyboard alone, and with no script at all."""

from tests.journeys.conftest import Visit
from tests.journeys.visiting import Visitor


def _tab_to(visitor: Visitor, selector: str) -> None:
    """Press Tab until the focus stands there."""
    for _ in range(60):
        visitor.page.keyboard.press("Tab")
        if visitor.page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"the keyboard does not reach {selector}")


def test_ruth_takes_a_call_by_keyboard_alone(visit: Visit) -> None:
    ruth = visit().become("Ruth")
    ruth.goes("Amina Khan")
    ruth.goes("Somebody is asking")
    _tab_to(ruth, "[name=who]")
    ruth.page.keyboard.press("ArrowDown")
    _tab_to(ruth, "[name=category]")
    ruth.page.keyboard.type("what is said")
    _tab_to(ruth, "[name=sure]")
    ruth.page.keyboard.press("ArrowDown")
    ruth.page.get_by_text("I would like to answer you properly and not in a hurry.").wait_for()
    _tab_to(ruth, "[name=motive]")
    ruth.page.keyboard.type("He is worried.")
    _tab_to(ruth, ".button.strong")
    ruth.page.keyboard.press("Enter")
    ruth.page.get_by_role("heading", name="Tom Reed asks: what is said in sessions").wait_for()


def test_everything_works_without_a_script(visit: Visit) -> None:
    ruth = visit(java_script_enabled=False).become("Ruth")
    ruth.goes("Amina Khan")
    ruth.goes("Somebody is asking")
    ruth.page.get_by_label("Tom Reed").check()
    ruth.page.get_by_label("About what?").select_option("session_content")
    ruth.page.get_by_label("Yes: I called back on a number").check()
    ruth.presses("Show what to say")
    assert "I would like to answer you properly and not in a hurry." in ruth.reads()
    ruth.presses("Write this request down")
    ruth.presses("Put this to Amina")
    amina = visit(java_script_enabled=False).become("Amina")
    amina.goes("Tom Reed asked: what you talk about here")
    amina.page.get_by_label("You can tell them this part.").check()
    amina.page.get_by_label("Which part may be told?").fill("That I come here, and that it helps.")
    amina.presses("This is what I’d like")
    assert "You answered: You can tell them this part." in amina.reads()
    ruth.page.reload()
    assert "That I come here, and that it helps." in ruth.reads()
    ruth.goes("Amina Khan")
    ruth.goes("Sharing map")
    ruth.page.locator("a.cell").nth(30).click()
    assert "Why" in ruth.reads()
