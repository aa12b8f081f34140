"""What somebody sees of a list: what the judgement lets them see, and nothing that tells what else there is."""

from datetime import timedelta

import pytest

from halfdoor.disclosure.rules import Disposition
from halfdoor.service.agreements import actions as agreements
from halfdoor.service.agreements.choices import Topic, WishSource, WishValue
from halfdoor.service.core.guarding import NotThroughTheGate, reading
from halfdoor.service.disclosures import gate, lists
from halfdoor.service.disclosures.actions import Marks, mark_item
from halfdoor.service.disclosures.choices import Category, LineKind, Mark, Order
from halfdoor.service.disclosures.models import Item, Line
from halfdoor.service.notes import actions as notes
from halfdoor.service.notes import queries
from halfdoor.service.people import actions as people
from tests.people import NOON, Family, Home, a_court_limits


def write(body, *, about, category, at=NOON, **marks):
    """Write a note in the circle of Amina or Leo."""
    by = about.ruth if isinstance(about, Family) else about.therapist
    return notes.write(body, episode=about.episode, category=category, by=by, at=at, **marks)


def texts(viewer, *, at=NOON):
    return [released.text for released in queries.updates_for(viewer, at=at).items]


@pytest.mark.requirement("C3")
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
    assert texts(family.sara) == ["She comes every week."]


@pytest.mark.requirement("A6")
def test_a_topic_that_is_kept_private_leaves_the_other_topics_where_they_were(home: Home):
    write("About school.", about=home, category=Category.SESSION_SUMMARY, topic=Topic.SCHOOL)
    write("About friends.", about=home, category=Category.SESSION_SUMMARY, topic=Topic.FRIENDS)
    agreements.wish(
        home.leo,
        value=WishValue.OBJECTS,
        source=WishSource.OWN_PAGE,
        topic=Topic.FRIENDS,
        by=home.himself.person.account,
        at=NOON,
    )
    assert texts(home.dan) == ["About school."]


def test_an_item_that_is_marked_private_afterwards_is_gone_from_the_list(home: Home):
    note = write("A calm session.", about=home, category=Category.SESSION_SUMMARY)
    assert texts(home.dan) == ["A calm session."]
    private = Marks(kept_private=Mark.YES)
    mark_item(note.item_id, young_person=home.leo, marks=private, by=home.therapist, at=NOON)
    assert texts(home.dan) == []


def test_somebody_who_left_the_circle_sees_nothing_at_all(home: Home):
    write("A calm session.", about=home, category=Category.SESSION_SUMMARY)
    people.end_membership(home.dan, by=home.therapist, at=NOON)
    assert texts(home.dan, at=NOON + timedelta(hours=1)) == []


def test_a_refused_item_and_one_that_is_not_there_look_the_same(family: Family, home: Home):
    note = write("He spoke of his brother.", about=home, category=Category.SESSION_CONTENT)
    hers = write("Hers.", about=family, category=Category.ATTENDANCE)
    refusals = []
    for item_id in (note.item_id, hers.item_id, home.leo.pk):
        with pytest.raises(gate.NotReleased) as refused:
            queries.update_for(home.dan, item_id, at=NOON)
        refusals.append(str(refused.value))
    assert len(set(refusals)) == 1


def test_a_page_knows_whether_there_is_more_to_see_and_not_how_much(home: Home):
    for day in range(5):
        write(f"Session {day}.", about=home, category=Category.SESSION_SUMMARY, at=NOON - timedelta(days=day))
        write("Not for him.", about=home, category=Category.SESSION_CONTENT, at=NOON - timedelta(days=day))
    pages = [gate.shareable_with(home.dan, Item.objects.all(), page=page, size=2, at=NOON) for page in (1, 2, 3, 4)]
    assert [[released.text[-2] for released in page.items] for page in pages] == [["0", "1"], ["2", "3"], ["4"], []]
    assert [page.has_next for page in pages] == [True, True, False, False]
    assert [page.has_previous for page in pages] == [False, True, True, True]
    oldest = gate.shareable_with(home.dan, Item.objects.all(), order=Order.OLDEST, size=1, at=NOON)
    assert oldest.items[0].text == "Session 4."


@pytest.mark.abuse("C2")
def test_what_is_held_back_changes_nothing_that_the_viewer_can_see(home: Home):
    def seen():
        page = gate.shareable_with(home.dan, Item.objects.all(), size=2, at=NOON)
        return [(released.text, released.written_at) for released in page.items], page.has_next

    for day in range(2):
        write(f"Session {day}.", about=home, category=Category.SESSION_SUMMARY, at=NOON - timedelta(days=day))
    before = seen()
    for minute in range(9):
        moment = NOON - timedelta(minutes=minute)
        write("Held back.", about=home, category=Category.SESSION_CONTENT, at=moment)
        private = Marks(kept_private=Mark.YES)
        write("Private.", about=home, category=Category.SESSION_SUMMARY, marks=private, at=moment)
    assert seen() == before


def test_a_row_that_the_database_chose_and_the_judgement_does_not_let_go_is_held_back(home: Home, monkeypatch):
    write("He spoke of his brother.", about=home, category=Category.SESSION_CONTENT)
    monkeypatch.setattr(lists, "_boxes", lambda judge, facts: (frozenset(),))
    assert texts(home.dan) == []
    line = Line.objects.get(membership=home.dan)
    assert (line.kind, line.disposition) == (LineKind.MISMATCH, Disposition.ASK_FIRST)


@pytest.mark.parametrize("who", ["dan", "clinician"])
def test_a_list_takes_two_queries_also_for_those_who_may_know_who_said_it(
    home: Home, who: str, django_assert_max_num_queries
):
    viewer = getattr(home, who)
    for day in range(20):
        write(f"Session {day}.", about=home, category=Category.SESSION_SUMMARY, at=NOON - timedelta(days=day))
    queries.updates_for(viewer, at=NOON)
    with django_assert_max_num_queries(25) as captured:
        assert len(queries.updates_for(viewer, at=NOON).items) == 20
    tables = ("disclosures_item", "notes_note")
    of_the_list = [query["sql"] for query in captured if any(f'FROM "{table}"' in query["sql"] for table in tables)]
    assert len(of_the_list) == 2
    assert sum('FROM "core_personkey"' in query["sql"] for query in captured) == 1


def test_what_is_seen_for_the_first_time_is_sealed_with_one_key_that_is_asked_for_once(
    home: Home, django_assert_max_num_queries
):
    for day in range(9):
        write(f"Session {day}.", about=home, category=Category.SESSION_SUMMARY, at=NOON - timedelta(days=day))
    with django_assert_max_num_queries(60) as captured:
        assert len(queries.updates_for(home.dan, at=NOON).items) == 9
    assert sum('FROM "core_personkey"' in query["sql"] for query in captured) == 1


def test_the_newest_by_sql_written_once_are_those_of_the_query_for_whoever_looks(family: Family, home: Home):
    """Asked in turn of people with the same plan and with others, before and after a topic was kept private."""
    for about in (family, home):
        for number, category in enumerate(kind for kind in Category.values if kind != Category.FULL_RECORD):
            marks = {"topic": Topic.SCHOOL} if number % 3 else {}
            write(f"About {category}.", about=about, category=category, at=NOON - timedelta(hours=number), **marks)
    everybody = (family.therapist, family.sara, family.tom, home.clinician, home.dan)
    for again in (False, True):
        for viewer in everybody:
            same(viewer)
        if not again:
            agreements.wish(
                home.leo,
                value=WishValue.OBJECTS,
                source=WishSource.OWN_PAGE,
                topic=Topic.SCHOOL,
                by=home.himself.person.account,
                at=NOON,
            )
            a_court_limits(family.tom, by=family.ruth)
            texts(family.sara)
    lists._newest.cache_clear()
    for _ in range(3):
        same(family.sara)
    assert lists._newest.cache_info().misses == 2


def same(viewer):
    view = gate._view(viewer, purpose="", at=NOON + timedelta(minutes=1))
    for kinds in ((), ("note",)):
        items = Item.objects.of_kind(*kinds) if kinds else Item.objects.all()
        with reading(Item):
            expected = list(gate._ordered(view.allowed(items), Order.NEWEST)[:5])
            found = view.newest(kinds, 5)
        assert [(one.pk, one.was_delivered) for one in found] == [(one.pk, one.was_delivered) for one in expected]


def test_nobody_reads_items_past_the_gate(home: Home):
    write("A calm session.", about=home, category=Category.SESSION_SUMMARY)
    with pytest.raises(NotThroughTheGate):
        Item.objects.about(home.leo).count()
    with reading(Item):
        assert Item.objects.about(home.leo).count() == 1
