"""What somebody sees of a list: what the judgement lets them see, and nothing that tells what else there is."""

import pytest

from halfdoor.service.disclosures.choices import Category
from halfdoor.service.notes import actions as notes
from halfdoor.service.notes import queries
from tests.people import NOON, Family, Home, a_court_limits


def write(body, *, about, category, **marks):
    """Write a note in the circle of Amina or Leo."""
    by = about.ruth if isinstance(about, Family) else about.therapist
    return notes.write(body, episode=about.episode, category=category, by=by, at=NOON, **marks)


def texts(viewer, *, at=NOON):
    return [released.text for released in queries.updates_for(viewer, at=at).items]


def test_the_care_team_reads_the_summary_and_not_what_was_said(home: Home):
    write("A calm session.", about=home, category=Category.SESSION_SUMMARY)
    write("He spoke of his brother.", about=home, category=Category.SESSION_CONTENT)
    assert texts(home.dan) == ["A calm session."]


def test_the_therapist_reads_both(home: Home):
    write("A calm session.", about=home, category=Category.SESSION_SUMMARY)
    write("He spoke of his brother.", about=home, category=Category.SESSION_CONTENT)
    assert sorted(texts(home.clinician)) == ["A calm session.", "He spoke of his brother."]


@pytest.mark.abuse("B1")
def test_a_father_under_a_court_order_sees_nothing(family: Family):
    write("She comes every week.", about=family, category=Category.ATTENDANCE)
    assert texts(family.tom) == ["She comes every week."]
    a_court_limits(family.tom, by=family.ruth)
    assert texts(family.tom) == []
