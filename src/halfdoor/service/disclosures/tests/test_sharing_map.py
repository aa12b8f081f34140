"""Who may know what now, on one page."""

import pytest

from halfdoor.disclosure.obligations import CODES
from halfdoor.disclosure.rules import Disposition
from halfdoor.disclosure.vocabulary import BY_NAME
from halfdoor.service.agreements import choices as agreed
from halfdoor.service.disclosures import gate
from halfdoor.service.disclosures.choices import Category, Mark, MarksCover, Purpose
from halfdoor.service.disclosures.duties import HANDLERS
from halfdoor.service.people import choices
from tests.people import NOON, Family, Home, a_court_limits, stranger


@pytest.mark.requirement("C10")
def test_a_father_under_a_court_order_may_know_nothing(family: Family):
    a_court_limits(family.tom, by=family.ruth)
    found = gate.sharing_map(family.amina, reader=family.ruth, at=NOON)
    answers = {row.member.person.name: row.answers for row in found.rows}
    assert answers.keys() == {"Amina Khan", "Sara Khan", "Tom Reed", "Ruth Adler"}
    opened = [kind for kind, answer in zip(found.categories, answers["Tom Reed"], strict=True) if answer.opens]
    assert opened == ["general_information"]
    assert any(answer.opens for answer in answers["Sara Khan"])


def test_each_cell_opens_to_its_decision(home: Home):
    found = gate.sharing_map(home.leo, reader=home.therapist, at=NOON)
    for row in found.rows:
        for category, answer in zip(found.categories, row.answers, strict=True):
            decision = gate.consider(gate.usual_question(row.member, category), at=NOON)
            assert decision.disposition is answer, (row.member.relation, category)
    assert {answer for row in found.rows for answer in row.answers} > {Disposition.MAY_SHARE}


def test_the_row_of_one_member_is_that_of_the_map_and_no_other_is_decided(family: Family):
    whole = gate.sharing_map(family.amina, reader=family.ruth, at=NOON)
    for row in whole.rows:
        alone = gate.sharing_map(family.amina, only=row.member, reader=family.ruth, at=NOON)
        assert [(one.member, one.answers) for one in alone.rows] == [(row.member, row.answers)]
    with pytest.raises(gate.NotReleased):
        gate.sharing_map(family.amina, only=family.tom, reader=family.lead, at=NOON)


def test_the_map_is_for_the_young_person_and_their_clinicians_alone(family: Family, home: Home):
    assert gate.sharing_map(family.amina, reader=family.herself.person.account, at=NOON).rows
    others = [family.sara.person.account, family.lead, stranger(family.practice), home.therapist]
    for reader in others:
        with pytest.raises(gate.NotReleased):
            gate.sharing_map(family.amina, reader=reader, at=NOON)


def test_the_map_takes_at_most_twelve_queries(home: Home, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        gate.sharing_map(home.leo, reader=home.therapist, at=NOON)


@pytest.mark.parametrize(
    ("fact", "words"),
    [
        ("relation", choices.Relation),
        ("authority", choices.Level),
        ("identity", choices.Identity),
        ("competence", choices.Competence),
        ("looked_after", choices.LookedAfter),
        ("placed_by", choices.PlacedBy),
        ("setting", choices.Setting),
        ("legal_basis", choices.LegalBasis),
        ("involved_in_care", choices.Answer),
        ("wish", agreed.WishValue),
        ("category", Category),
        ("purpose", Purpose),
        ("kept_private", Mark),
        ("marks_cover", MarksCover),
    ],
)
def test_what_is_recorded_is_in_the_words_of_the_contract(fact, words):
    assert set(words.values) == set(BY_NAME[fact].values)


def test_every_obligation_has_a_handler():
    assert HANDLERS.keys() == CODES.keys()
