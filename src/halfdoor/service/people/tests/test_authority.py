"""What the papers say about somebody, over time."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from halfdoor.service.people import actions, facts
from halfdoor.service.people.choices import Answer, Identity, Level, Limit, ReviewOutcome
from halfdoor.service.people.models import Authority, IdentityCheck, Suspicion
from tests.people import NOON, Family, a_court_limits, know


def of(member, *, at=NOON):
    """What is on record about a member of a circle at a moment."""
    return facts.load(member.young_person, at=at).of_member(member)


@pytest.mark.requirement("P2")
def test_a_mother_with_papers_holds_what_they_say(family: Family):
    assert of(family.sara) == {
        "relation": "parent",
        "authority": "shared",
        "identity": "verified",
        "involved_in_care": "yes",
        "needs_it_for_role": "unknown",
    }


@pytest.mark.requirement("P2")
def test_a_change_of_custody_holds_from_its_day_and_the_past_stays_as_it_was(family: Family):
    friday = NOON + timedelta(days=4)
    ended = Authority(membership=family.tom, level=Level.ENDED, effective_on=friday.date())
    actions.record(ended, evidence="Judgment of 6 November", by=family.ruth, at=NOON)
    assert of(family.tom, at=friday - timedelta(days=1))["authority"] == "shared"
    assert of(family.tom, at=friday)["authority"] == "ended"
    assert Authority.objects.filter(membership=family.tom).count() == 2
    assert ended.evidence == "Judgment of 6 November"


def test_what_is_recorded_today_did_not_hold_for_an_answer_of_yesterday(family: Family):
    actions.record(
        Authority(membership=family.tom, level=Level.NONE, effective_on=date(2020, 1, 2)), by=family.ruth, at=NOON
    )
    assert of(family.tom, at=NOON - timedelta(seconds=1))["authority"] == "shared"
    assert of(family.tom)["authority"] == "none"


def days_ago(days: int) -> date:
    return (NOON - timedelta(days=days)).date()


@pytest.mark.abuse("B1")
def test_a_suspicion_that_is_learnt_late_holds_against_a_newer_all_clear(family: Family):
    clear = Suspicion(membership=family.tom, suspected=Answer.NO, effective_on=days_ago(1))
    actions.record(clear, by=family.ruth, at=NOON - timedelta(days=1))
    learnt = Suspicion(membership=family.tom, suspected=Answer.YES, effective_on=days_ago(30))
    actions.record(learnt, by=family.ruth, at=NOON)
    assert of(family.tom)["suspected_of_harm"] == "yes"
    assert of(family.tom, at=NOON - timedelta(hours=1))["suspected_of_harm"] == "no"


@pytest.mark.abuse("B1")
def test_an_authority_that_is_learnt_late_to_have_ended_opens_nothing(family: Family):
    know(family.tom, level=Level.FULL, on=days_ago(3), by=family.ruth, at=NOON - timedelta(days=2))
    know(family.tom, level=Level.ENDED, on=days_ago(20), by=family.ruth, at=NOON)
    assert of(family.tom)["authority"] == "ended"


def test_what_lapsed_is_not_filled_with_good_news_of_an_earlier_day(family: Family):
    lapsed = {"effective_on": days_ago(3), "lapses_on": days_ago(1)}
    limited = Authority(membership=family.tom, level=Level.LIMITED_BY_ORDER, **lapsed)
    actions.record(limited, by=family.ruth, at=NOON - timedelta(days=2))
    know(family.tom, level=Level.FULL, on=days_ago(20), by=family.ruth, at=NOON)
    assert "authority" not in of(family.tom)
    know(family.tom, level=Level.ENDED, on=days_ago(20), by=family.ruth, at=NOON)
    assert of(family.tom)["authority"] == "ended"


def test_good_news_of_an_earlier_day_changes_nothing_and_new_papers_do(family: Family):
    know(family.tom, level=Level.NONE, on=days_ago(3), by=family.ruth, at=NOON - timedelta(days=2))
    know(family.tom, level=Level.FULL, on=days_ago(20), by=family.ruth, at=NOON - timedelta(days=1))
    assert of(family.tom)["authority"] == "none"
    know(family.tom, level=Level.SHARED, on=days_ago(0), by=family.ruth, at=NOON)
    assert of(family.tom)["authority"] == "shared"


def test_a_fact_cannot_be_changed_or_taken_away(family: Family):
    held = Authority.objects.get(membership=family.tom)
    held.level = Level.FULL
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        held.save()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        held.delete()


def test_a_word_that_is_not_one_is_refused(family: Family):
    with pytest.raises(ValidationError):
        actions.record(
            Authority(membership=family.tom, level="all of it", effective_on=NOON.date()), by=family.ruth, at=NOON
        )


@pytest.mark.abuse("B1")
def test_a_court_order_takes_authority_away_from_the_day_it_is_recorded(family: Family):
    a_court_limits(family.tom, by=family.ruth)
    assert of(family.tom)["authority"] == "limited_by_order"
    assert of(family.tom)["order"] == "court_order_not_to_share"
    assert "order" not in of(family.sara)


def test_an_order_that_limits_but_does_not_silence_is_no_order_not_to_share(family: Family):
    a_court_limits(family.tom, by=family.ruth, limit=Limit.AS_ORDERED)
    assert of(family.tom)["authority"] == "limited_by_order"
    assert "order" not in of(family.tom)


@pytest.mark.abuse("B3")
def test_an_order_that_ran_out_gives_nothing_back_until_somebody_has_looked(family: Family):
    a_court_limits(family.tom, by=family.ruth, lapses_on=NOON.date())
    assert of(family.tom, at=NOON - timedelta(days=1))["authority"] == "limited_by_order"
    assert of(family.tom)["authority"] == "undeterminable"
    know(family.tom, level=Level.SHARED, by=family.lead, at=NOON, on=NOON.date())
    assert of(family.tom)["authority"] == "shared"


@pytest.mark.abuse("B3")
def test_only_a_second_person_lifts_an_order(family: Family):
    order = a_court_limits(family.tom, by=family.ruth)
    with pytest.raises(actions.NotYourOwnToReview):
        actions.review_court_limit(order, outcome=ReviewOutcome.LIFTED, by=family.ruth, at=NOON)
    actions.review_court_limit(order, outcome=ReviewOutcome.STANDS, by=family.lead, at=NOON)
    assert of(family.tom)["authority"] == "limited_by_order"
    actions.review_court_limit(order, outcome=ReviewOutcome.LIFTED, by=family.lead, at=NOON + timedelta(seconds=1))
    assert of(family.tom, at=NOON + timedelta(hours=1))["authority"] == "shared"


def test_an_order_does_not_open_what_had_ended(family: Family):
    know(family.tom, level=Level.ENDED, by=family.ruth, at=NOON)
    a_court_limits(family.tom, by=family.ruth)
    assert of(family.tom)["authority"] == "ended"


def test_a_suspicion_that_lapses_leaves_a_question_and_no_all_clear(family: Family):
    yesterday, today = NOON.date() - timedelta(days=1), NOON.date()
    suspected = Suspicion(
        membership=family.tom, suspected=Answer.YES, effective_on=yesterday - timedelta(days=9), lapses_on=today
    )
    actions.record(suspected, by=family.ruth, at=NOON - timedelta(days=1))
    assert of(family.tom, at=NOON - timedelta(hours=24))["suspected_of_harm"] == "yes"
    assert of(family.tom)["suspected_of_harm"] == "unknown"


def test_an_identity_that_was_lost_is_not_verified_any_more(family: Family):
    lost = IdentityCheck(membership=family.sara, outcome=Identity.UNVERIFIED, effective_on=NOON.date())
    actions.record(lost, by=family.ruth, at=NOON)
    assert of(family.sara)["identity"] == "unverified"


@pytest.mark.requirement("P5")
def test_somebody_who_left_the_circle_is_told_nothing_new(family: Family):
    actions.end_membership(family.sara, by=family.ruth, at=NOON)
    assert of(family.sara, at=NOON - timedelta(seconds=1))["authority"] == "shared"
    assert of(family.sara)["authority"] == "ended"
    assert of(family.sara)["involved_in_care"] == "no"


def test_all_that_is_on_record_about_a_circle_takes_one_query(family: Family, django_assert_num_queries):
    with django_assert_num_queries(1):
        circle = facts.load(family.amina, at=NOON)
        for member in (family.sara, family.tom, family.herself, family.therapist):
            circle.of_member(member)
        circle.of_young_person("themes")
        circle.of_episode(family.episode.pk)
