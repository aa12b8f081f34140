"""What the gate says of lists without letting anything go: to whom, of what, and to nobody else."""

import pytest

from halfdoor.service.disclosures import gate
from halfdoor.service.disclosures.choices import Category, SaidBy
from halfdoor.service.disclosures.models import Delivery, Item
from halfdoor.service.disclosures.tests.test_release import a_note, agrees, let_go
from halfdoor.service.notes import actions as notes
from halfdoor.service.notes import queries
from tests.people import NOON, Family, Home, a_court_limits


def write(home: Home, category: Category):
    return notes.write("A calm session.", episode=home.episode, category=category, by=home.therapist, at=NOON).item_id


def test_how_much_a_list_would_show_is_told_to_a_clinician_of_the_circle_alone(home: Home, family: Family):
    write(home, Category.SESSION_SUMMARY)
    write(home, Category.SESSION_CONTENT)
    assert gate.would_show(home.dan, reader=home.therapist, at=NOON) == {"session_summary": 1}
    for reader in (home.dan.person.account, home.himself.person.account, family.ruth):
        with pytest.raises(gate.NotReleased):
            gate.would_show(home.dan, reader=reader, at=NOON)


def test_who_gets_an_item_is_told_to_a_clinician_of_the_circle_alone(home: Home):
    summary = write(home, Category.SESSION_SUMMARY)
    shown = {
        sight.member.pk: [one.shows for one in sight.items] for sight in gate.who_gets(home.clinician, summary, at=NOON)
    }
    assert shown[home.dan.pk] == [True]
    assert shown.keys() == {one.pk for one in (home.himself, home.dan, home.priya, home.clinician)}
    with pytest.raises(gate.NotReleased):
        gate.who_gets(home.dan, summary, at=NOON)


def test_something_new_is_what_a_list_shows_and_has_not_reached_its_reader(home: Home):
    places = [home.dan, home.priya]
    assert gate.with_something_new([], at=NOON) == frozenset()
    write(home, Category.SESSION_CONTENT)
    assert gate.with_something_new(places, at=NOON) == frozenset()
    write(home, Category.SESSION_SUMMARY)
    write(home, Category.SESSION_CONTENT)
    assert gate.with_something_new(places, at=NOON) == {home.dan.pk}
    assert gate.has_something_new(home.dan, at=NOON)
    queries.updates_for(home.dan, at=NOON)
    assert not gate.has_something_new(home.dan, at=NOON)


def test_what_a_draft_would_show_is_told_to_a_clinician_of_the_circle_alone(home: Home):
    foreseen = gate.foresee(home.clinician, [], beside=Item.objects.all(), pick=lambda items: (), at=NOON)
    assert {sight.member.pk for sight in foreseen.sights} >= {home.himself.pk, home.dan.pk, home.priya.pk}
    for author in (home.dan, home.priya):
        with pytest.raises(gate.NotReleased):
            gate.foresee(author, [], beside=Item.objects.all(), pick=lambda items: (), at=NOON)


def test_whoever_may_not_know_that_there_is_care_has_no_place_there(family: Family):
    account = family.tom.person.account
    assert gate.known_to(family.lead, at=NOON) == []
    assert [place.pk for place in gate.known_to(account, at=NOON)] == [family.tom.pk]
    a_court_limits(family.tom, by=family.ruth)
    assert not gate.may_know_of_care(family.tom, at=NOON)
    assert gate.known_to(account, at=NOON) == []


def test_what_she_agreed_to_is_not_there_for_her_mother_until_somebody_hands_it_over(family: Family):
    item_id = a_note(family, Category.SESSION_SUMMARY)
    agrees(family)
    with pytest.raises(gate.NotReleased):
        gate.show(family.sara, item_id, at=NOON)
    let_go(family, item_id)
    assert gate.show(family.sara, item_id, at=NOON).item_id == item_id
    let_go(family, item_id)
    assert Delivery.objects.filter(item_id=item_id, membership=family.sara).count() == 1


def test_process_notes_are_there_for_whoever_wrote_them(home: Home):
    item_id = write(home, Category.PROCESS_NOTES)
    assert gate.show(home.clinician, item_id, at=NOON).text == "A calm session."
    for other in (home.dan, home.priya, home.himself):
        with pytest.raises(gate.NotReleased):
            gate.show(other, item_id, at=NOON)


def test_who_said_it_is_told_to_clinicians_and_to_the_young_person_where_it_was_theirs(home: Home):
    his, theirs = Item(said_by=SaidBy.YOUNG_PERSON), Item(said_by=SaidBy.TEAM)
    views = {member: gate._view(member, purpose="", at=NOON) for member in (home.clinician, home.himself, home.dan)}
    known = {member: [view.may_know_source(item) for item in (his, theirs)] for member, view in views.items()}
    assert known == {home.clinician: [True, True], home.himself: [True, False], home.dan: [False, False]}


def test_earlier_versions_are_for_those_to_whom_the_item_is_shown(home: Home):
    shown, kept = write(home, Category.SESSION_SUMMARY), write(home, Category.SESSION_CONTENT)
    assert gate.earlier(home.dan, shown, at=NOON) == ()
    for hidden in (kept, home.leo.pk):
        with pytest.raises(gate.NotReleased):
            gate.earlier(home.dan, hidden, at=NOON)
