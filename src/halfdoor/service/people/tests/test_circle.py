"""Who is in a circle of care, and who gets to see that."""

from datetime import date, timedelta

import pytest

from halfdoor.service.people import actions, facts, queries
from halfdoor.service.people.choices import Competence, LegalBasis, LegalStatus, Relation, Setting
from halfdoor.service.people.models import CompetenceAssessment, EpisodeTerms, Membership, Standing, YoungPerson
from tests.people import NOON, Family, Home, stranger

EVERYBODY = [relation for relation in Relation if relation not in (Relation.SELF, Relation.UNKNOWN)]


@pytest.mark.requirement("P1")
def test_everybody_who_has_a_part_in_the_care_has_a_place_in_the_circle(family: Family):
    since = {"since_on": NOON.date(), "by": family.ruth, "at": NOON}
    for relation in EVERYBODY:
        person = actions.introduce(f"Somebody who is {relation}", by=family.ruth)
        actions.add_to_circle(family.amina, person=person, relation=relation, **since)
    circle = queries.circle_of(family.amina, reader=family.ruth)
    assert {str(member.relation) for member in circle} >= {str(relation) for relation in EVERYBODY}


def test_the_circle_is_read_by_the_young_person_and_their_clinicians(family: Family, home: Home):
    names = {"Amina Khan", "Sara Khan", "Tom Reed", "Ruth Adler"}
    assert {member.person.name for member in queries.circle_of(family.amina, reader=family.ruth)} == names
    assert queries.circle_of(family.amina, reader=family.herself.person.account)
    for reader in (family.sara.person.account, family.lead, stranger(family.practice), home.therapist):
        assert queries.circle_of(family.amina, reader=reader) == []


def test_an_account_has_its_own_places_and_nobody_elses(family: Family, home: Home):
    sara = family.sara.person.account
    assert queries.membership_of(sara, family.sara.pk) == family.sara
    for other in (family.tom, home.dan):
        with pytest.raises(Membership.DoesNotExist):
            queries.membership_of(sara, other.pk)


def test_a_place_that_ended_is_no_place(family: Family):
    actions.end_membership(family.sara, by=family.ruth, at=NOON)
    with pytest.raises(Membership.DoesNotExist):
        queries.membership_of(family.sara.person.account, family.sara.pk)


@pytest.mark.abuse("D1")
def test_a_clinician_finds_the_young_people_of_their_own_circles_alone(family: Family, home: Home):
    assert list(queries.young_people_of(family.ruth)) == [family.amina]
    for reader in (family.lead, family.sara.person.account, home.therapist):
        with pytest.raises(YoungPerson.DoesNotExist):
            queries.young_person_of(reader, family.amina.pk)


@pytest.mark.requirement("P3")
def test_an_assessment_of_competence_holds_for_its_kind_until_it_lapses(family: Family):
    actions.record(
        CompetenceAssessment(
            young_person=family.amina,
            outcome=Competence.COMPETENT,
            category="themes",
            effective_on=NOON.date(),
            lapses_on=NOON.date() + timedelta(days=90),
        ),
        by=family.ruth,
        at=NOON,
    )

    def competence(category, *, days=0):
        return facts.load(family.amina, at=NOON + timedelta(days=days)).of_young_person(category)["competence"]

    assert competence("themes") == competence("themes", days=89) == "competent"
    assert competence("diagnosis") == competence("themes", days=90) == "not_assessed"


@pytest.mark.abuse("B8")
def test_a_birthday_turns_at_midnight_where_the_practice_is(family: Family):
    eve = NOON.replace(year=2030, month=3, day=8, hour=4, minute=59)  # 23:59 on 7 March in New York
    before, after = (facts.load(family.amina, at=at).of_young_person("") for at in (eve, eve + timedelta(minutes=1)))
    assert (before["age"], before["status"]) == (17, "minor")
    assert (after["age"], after["status"]) == (18, "adult")


@pytest.mark.parametrize(
    ("day", "age"), [(date(2027, 2, 28), 14), (date(2027, 3, 1), 15), (date(2028, 2, 28), 15), (date(2028, 2, 29), 16)]
)
def test_somebody_born_on_a_leap_day_has_birthdays_too(day, age):
    assert facts.age_on(date(2012, 2, 29), day) == age


def test_a_standing_before_the_law_is_heard(family: Family):
    standing = Standing(young_person=family.amina, status=LegalStatus.EMANCIPATED, effective_on=NOON.date())
    actions.record(standing, by=family.ruth, at=NOON)
    assert facts.load(family.amina, at=NOON).of_young_person("")["status"] == "emancipated_minor"


@pytest.mark.requirement("P4")
def test_what_one_episode_rests_on_says_nothing_about_another(family: Family):
    second = actions.begin_episode(
        family.amina,
        setting=Setting.SCHOOL,
        started_on=NOON.date(),
        terms=EpisodeTerms(legal_basis=LegalBasis.OWN_CONSENT),
        by=family.ruth,
        at=NOON,
    )
    circle = facts.load(family.amina, at=NOON)
    assert circle.of_episode(second.pk)["legal_basis"] == "own_consent"
    assert circle.of_episode(family.episode.pk)["legal_basis"] == "parent_consent"
    assert circle.current_episode == second
    actions.end_episode(second, ended_on=NOON.date(), by=family.ruth, at=NOON)
    assert facts.load(family.amina, at=NOON).current_episode == family.episode
