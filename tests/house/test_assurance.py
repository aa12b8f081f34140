"""What the table of ASVS says is shown is shown by a test that is there."""

import pytest

from tests.house.assurance import Line, gone, lines, report


def test_every_line_names_tests_that_are_there():
    found = lines()
    assert (len(found), len({line.id for line in found})) == (345, 345)
    assert {line.tag for line in found} == {"must", "conditional", "later"}
    assert list(gone(found)) == []
    assert "ASVS 5.0: " in report()


@pytest.mark.parametrize("test", ["tests/house/test_assurance.py::test_of_the_moon", "tests/moon.py::test_it"])
def test_a_test_that_is_not_there_is_caught(test):
    assert list(gone([Line("V1.1.1", 2, "must", "", test)])) == [f"V1.1.1: {test}"]
    assert list(gone([Line("V1.1.1", 2, "must", "", "reason: there is no moon")])) == []
