"""The map on other days and under other rules: what is on record now, as it will stand then."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from halfdoor.service.agreements import actions as agreements
from halfdoor.service.agreements.choices import GivenBy
from halfdoor.service.disclosures import gate, mapping
from halfdoor.service.disclosures.mapping import Mark, Rules
from halfdoor.service.people import actions as people
from halfdoor.service.people.choices import Level, Relation
from halfdoor.service.people.models import YoungPerson
from tests.people import EARLIER, LONG_AGO, NOON, Family, Home, a_court_limits, know, stranger


def answers(drawn: mapping.SharingMap) -> dict[str, tuple[str, ...]]:
    return {row.member.person.name: tuple(map(str, row.answers)) for row in drawn.rows}


@pytest.mark.requirement("C10")
def test_on_her_eighteenth_birthday_the_map_of_amina_is_another_one(family: Family) -> None:
    drawn = mapping.drawn(family.amina, on=date(2030, 3, 8), reader=family.ruth, at=NOON)
    assert answers(drawn.now)["Sara Khan"] != answers(drawn.then)["Sara Khan"]
    before = mapping.drawn(family.amina, on=date(2030, 3, 7), reader=family.ruth, at=NOON)
    assert answers(before.now)["Sara Khan"] == answers(before.then)["Sara Khan"]


@pytest.mark.parametrize("on", [date(2027, 3, 8), date(2030, 3, 8), date(2026, 10, 1)])
def test_another_day_is_the_map_that_will_be_drawn_on_it(family: Family, on: date) -> None:
    a_court_limits(family.tom, by=family.ruth, lapses_on=date(2027, 1, 1))
    drawn = mapping.drawn(family.amina, on=on, reader=family.ruth, at=NOON)
    then = gate.sharing_map(family.amina, reader=family.ruth, at=mapping.moment_of(family.amina, on, at=NOON))
    assert answers(drawn.then) == answers(then)


def test_days_to_come_are_marked_with_what_changes_on_them(family: Family) -> None:
    a_court_limits(family.tom, by=family.ruth, lapses_on=date(2027, 1, 1))
    agreements.authorize(
        family.sara,
        categories=["diagnosis"],
        purposes=["support"],
        given_by=GivenBy.CLIENT,
        starts_on=LONG_AGO,
        ends_on=date(2027, 2, 1),
        by=family.ruth,
        at=NOON,
    )
    marked = mapping.drawn(family.amina, reader=family.ruth, at=NOON).marked
    found = {(one.day, one.mark, one.about) for one in marked}
    assert (date(2027, 1, 1), Mark.ENDS, family.tom.pk) in found
    assert (date(2027, 2, 1), Mark.CONSENT_ENDS, family.sara.pk) in found
    assert (date(2027, 3, 8), Mark.BIRTHDAY, None) in found
    assert min(day for day, _, _ in found) > NOON.date()


def test_rules_that_begin_or_end_are_marked(home: Home) -> None:
    marked = mapping.drawn(home.leo, reader=home.therapist, at=NOON - timedelta(days=365 * 15)).marked
    assert [one for one in marked if one.mark is Mark.RULE and one.what]


def test_somebody_born_on_a_leap_day_is_older_on_the_first_of_march(family: Family) -> None:
    YoungPerson.objects.filter(pk=family.amina.pk).update(born_on=date(2012, 2, 29))
    family.amina.refresh_from_db()
    marked = mapping.drawn(family.amina, reader=family.ruth, at=NOON).marked
    days = [one.day for one in marked if one.mark is Mark.BIRTHDAY]
    assert days[:2] == [date(2027, 3, 1), date(2028, 2, 29)]


@pytest.mark.requirement("C4")
def test_law_alone_is_never_less_open_than_with_our_own_rules(family: Family, home: Home) -> None:
    for young_person, reader in ((family.amina, family.ruth), (home.leo, home.therapist)):
        drawn = mapping.drawn(young_person, rules=Rules.LAW_ALONE, reader=reader, at=NOON)
        for ours, law in zip(drawn.now.rows, drawn.then.rows, strict=True):
            for with_rules, without in zip(ours.answers, law.answers, strict=True):
                assert without.closedness <= with_rules.closedness


def test_a_cell_opens_to_the_answer_of_its_map(family: Family) -> None:
    on = date(2030, 3, 8)
    drawn = mapping.drawn(family.amina, on=on, rules=Rules.LAW_ALONE, reader=family.ruth, at=NOON)
    for row in drawn.then.rows:
        for category, answer in zip(drawn.then.categories, row.answers, strict=True):
            decision = mapping.considered(row.member, category, on=on, rules=Rules.LAW_ALONE, at=NOON)
            assert decision.disposition is answer


def test_another_map_is_for_the_same_readers(family: Family) -> None:
    for reader in (family.lead, stranger(family.practice)):
        with pytest.raises(gate.NotReleased):
            mapping.drawn(family.amina, on=date(2030, 3, 8), reader=reader, at=NOON)


def test_eight_people_on_a_day_to_come_take_at_most_twelve_queries(family: Family) -> None:
    for number in range(5):
        person = people.introduce(f"Aunt {number}", by=family.ruth)
        aunt = people.add_to_circle(
            family.amina, person=person, relation=Relation.RELATIVE, since_on=LONG_AGO, by=family.ruth, at=EARLIER
        )
        know(aunt, level=Level.NONE, by=family.ruth)
    with CaptureQueriesContext(connection) as asked:
        drawn = mapping.drawn(family.amina, on=date(2030, 3, 8), reader=family.ruth, at=NOON)
    assert len([query for query in asked if "SAVEPOINT" not in query["sql"]]) <= 12
    assert len(drawn.then.rows) >= 9
