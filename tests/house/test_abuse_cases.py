"""Every abuse case and every promise of reliability has a test or a reason; and the page about them is true."""

import re

import pytest

from tests.house.abuse_cases import PAGE, Answer, answers, faults, marked_tests, reasons_listed
from tests.house.tree import ROOT

A_ROW = re.compile(r"^\| ([A-F]\d+) \| [^|]* \| ([^|]*) \| ([^|]*) \|$", re.MULTILINE)
A_TEST = re.compile(r"\]\(\.\./\.\./([^)]+)\)")


@pytest.mark.parametrize(("kind", "many"), [("abuse", 60), ("reliability", 20)])
def test_every_case_has_a_test_or_a_reason(kind, many):
    found = answers(kind)
    assert len(found) == many
    assert list(faults(kind, found, reasons_listed(kind))) == []


def test_the_page_says_of_every_case_how_it_stands():
    """It may name fewer tests than there are; `make promises` writes it anew."""
    found, rows = (
        answers("abuse"),
        {name: (stands, tests) for name, stands, tests in A_ROW.findall(PAGE.read_text("utf-8"))},
    )
    assert list(rows) == list(found)
    for name, (stands, tests) in rows.items():
        there = {test.partition("::")[0] for test in found[name].tests}
        assert set(A_TEST.findall(tests)) <= there, f"{name}: run make promises"
        assert stands.startswith("no test: ") == bool(found[name].untested), f"{name}: run make promises"
        assert found[name].untested in stands


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (Answer((), "", ""), "no test and no reason"),
        (Answer(("a.py::test_a",), "not built", ""), "a test shows it now"),
        (Answer((), "not built", "the rest"), "there is no test"),
    ],
)
def test_a_case_that_nobody_answers_for_is_caught(answer, says):
    assert any(says in fault for fault in faults("abuse", {"A1": answer}, {}))


def test_a_reason_for_a_case_that_is_none_is_caught():
    found = {"A1": Answer(("a.py::test_a",), "", "")}
    assert list(faults("abuse", found, {"abuse_untested": {"Z9"}})) == ["abuse_untested Z9: nobody promised that"]
    assert list(faults("abuse", found, {"abuse_untested": set()})) == []


def test_a_mark_is_found_with_its_test_and_one_for_a_whole_module_with_the_module(tmp_path):
    path = tmp_path / "test_notes.py"
    path.write_text(
        'pytestmark = pytest.mark.abuse("C2")\n@pytest.mark.abuse("C1")\n@pytest.mark.slow\ndef test_a_note(): ...'
    )
    assert dict(marked_tests(path)) == {
        ("abuse", "C2"): "test_notes.py",
        ("abuse", "C1"): "test_notes.py::test_a_note",
    }
    assert ROOT not in tmp_path.parents
