"""Whether the young person can decide: about what, on which day, by whom, why, and until when."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from halfdoor.service.disclosures import gate
from halfdoor.service.people import facts
from halfdoor.service.people.models import CompetenceAssessment
from halfdoor.service.people.tests.test_circle_pages import of, page_of, sent
from tests.doors import signed_in, words_of
from tests.people import NOON, Family

ASSESSED = {
    "outcome": "competent",
    "category": "diagnosis",
    "effective_on": NOON.date().isoformat(),
    "lapses_on": (NOON + timedelta(days=90)).date().isoformat(),
    "evidence": "She weighed what her mother would make of it, and why it matters to her",
}


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


def competence(family: Family, category: str, *, days: int = 0) -> object:
    circle = facts.load(family.amina, at=NOON + timedelta(days=days, minutes=1))
    return circle.of_young_person(category)["competence"]


@pytest.mark.requirement("P3")
@pytest.mark.abuse("B10")
def test_an_assessment_is_about_one_decision_with_its_reasons_its_assessor_and_its_end(family: Family) -> None:
    sent("about", family.amina.pk, "competenceassessment", by=family.ruth, **ASSESSED)
    assert competence(family, "diagnosis") == "competent"
    assert competence(family, "medication") == "not_assessed"
    assert competence(family, "diagnosis", days=90) == "not_assessed"
    page = page_of("circle", family.amina.pk, by=family.ruth)
    assert "She weighed what her mother would make of it" in page
    assert "can decide this: diagnosis" in page
    assert CompetenceAssessment.objects.get().recorded_by == family.ruth


@pytest.mark.requirement("P3")
@pytest.mark.abuse("B10")
@pytest.mark.parametrize("left_out", ["evidence", "lapses_on"])
def test_without_reasons_or_an_end_it_is_no_assessment(family: Family, left_out: str) -> None:
    address = reverse("people:about", args=[family.amina.pk, "competenceassessment"])
    signed_in(family.ruth).post(address, ASSESSED | {left_out: ""})
    assert not CompetenceAssessment.objects.exists()


@pytest.mark.requirement("P3")
def test_a_failed_assessment_takes_nothing_from_anybody(family: Family) -> None:
    def parents() -> list[tuple[str, ...]]:
        drawn = gate.sharing_map(family.amina, reader=family.ruth, at=NOON + timedelta(hours=1))
        return [row.answers for row in drawn.rows if row.member in (family.sara, family.tom)]

    before = parents()
    failed = ASSESSED | {"outcome": "not_competent", "category": ""}
    sent("about", family.amina.pk, "competenceassessment", by=family.ruth, **failed)
    assert parents() == before
    assert of(family.sara)["authority"] == of(family.tom)["authority"] == "shared"


@pytest.mark.requirement("P3")
def test_an_assessment_is_due_again_before_it_lapses_until_there_is_a_newer_one(family: Family) -> None:
    def waits(days: int) -> bool:
        with time_machine.travel(NOON + timedelta(days=days), tick=False):
            page = words_of(signed_in(family.ruth).get(reverse("portals:today")))
        return "Amina Khan: look again whether they can decide" in page

    sent("about", family.amina.pk, "competenceassessment", by=family.ruth, **ASSESSED)
    assert [waits(days) for days in (0, 59, 60, 95)] == [False, False, True, True]
    again = ASSESSED | {"effective_on": (NOON + timedelta(days=1)).date().isoformat(), "lapses_on": "2028-01-01"}
    sent("about", family.amina.pk, "competenceassessment", by=family.ruth, **again)
    assert not waits(95)
