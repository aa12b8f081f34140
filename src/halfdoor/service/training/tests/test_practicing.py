"""Practicing: what is scored and why, what is completed, and who reads what."""

import re
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from halfdoor.disclosure import judging
from halfdoor.service.accounts.models import Account, Role
from halfdoor.service.core import chain
from halfdoor.service.core.models import ChainEntry
from halfdoor.service.disclosures import exercises, packs
from halfdoor.service.disclosures.choices import Category
from halfdoor.service.disclosures.house import actions as house
from halfdoor.service.disclosures.house import drafts, guided
from halfdoor.service.disclosures.house.guided import Answered, Wanted, Who
from halfdoor.service.disclosures.house.rows import Impact
from halfdoor.service.disclosures.house.tasks import work_out_impact
from halfdoor.service.training import actions, progress, queries, scoring
from halfdoor.service.training.models import Completion, ExerciseAnswer, Expectation
from halfdoor.service.training.scenarios import Collection, Scenario, everything, set_for
from halfdoor.service.training.scoring import FULL, HALF, NONE, Given, Words
from halfdoor.service.training.steps import STEPS
from tests.doors import signed_in, words_of
from tests.people import NOON, Family, Home, account, practice

pytestmark = pytest.mark.django_db

STORY = {one.slug: one for one in everything()}
FATHER = STORY["father-on-the-telephone"]
RECORD = STORY["the-whole-record-please"]


@pytest.fixture(autouse=True)
def _at_noon() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


def page_of(scenario: Scenario) -> str:
    return reverse("training:exercise", args=[scenario.slug])


def well(scenario: Scenario, *, by: Account) -> Given:
    """Return what is right now."""
    ruled = progress.ruled(scenario, practice=by.practice, at=NOON)
    step = next((code for code in scenario.steps if STEPS[code].fits(ruled)), "")
    return Given(ruled.disposition, step, Words.RIGHT)


def completes(by: Account, collection: Collection = Collection.DANGER, *, at: datetime = NOON) -> Completion:
    for one in set_for(by, collection):
        actions.answer(one, well(one, by=by), by=by, at=at)
    return Completion.objects.get(account=by, collection=collection, completed_at=at)


def score_of(scenario: Scenario, answer: str, step: str, words: str, *, by: Account) -> scoring.Score:
    ruled = progress.ruled(scenario, practice=by.practice, at=NOON)
    return scoring.score(scenario, ruled, Given(answer, step, words))


@pytest.mark.requirement("C13")
def test_ruth_answers_a_story_and_sees_why(family: Family) -> None:
    ruth = signed_in(family.ruth)
    told = words_of(ruth.get(page_of(FATHER)))
    assert "He says that he is Jonah’s father" in told
    assert "Nobody has verified yet who it is." in told
    sent = ruth.post(page_of(FATHER), {"answer": "assess_first", "step": "call_back", "words": "leaks"})
    assert sent.headers["Location"] == reverse("training:answered", args=[FATHER.slug])
    shown = words_of(ruth.get(sent.headers["Location"]))
    assert "2 of 3 points" in shown
    assert str(FATHER.tells) in shown
    assert str(FATHER.right) in shown
    assert 'class="decision" data-answer="assess_first"' in shown


@pytest.mark.requirement("C13")
def test_too_open_earns_nothing_and_too_closed_half(family: Family) -> None:
    score = score_of(FATHER, "share_limited", "tell_a_little", "leaks", by=family.ruth)
    assert (score.answer.points, score.step.points, score.words and score.words.points) == (NONE, NONE, NONE)
    assert str(FATHER.tells) in score.answer.says
    careful = score_of(FATHER, "withhold", "leave_it", "walls", by=family.ruth)
    assert (careful.answer.points, careful.step.points, careful.words and careful.words.points) == (HALF, HALF, HALF)
    assert (
        score_of(STORY["what-happens-in-there"], "withhold", "leave_it", "walls", by=family.ruth).answer.points == NONE
    )


@pytest.mark.requirement("C13")
def test_who_waits_where_a_child_is_in_danger_earns_nothing(family: Family) -> None:
    for slug, waits in (("it-cannot-wait", "wait"), ("please-tell-nobody", "ask_parents")):
        score = score_of(STORY[slug], "ask_first", waits, "walls", by=family.ruth)
        assert score.points == 0
        assert "moment" in score.answer.says or "The law requires" in score.answer.says


@pytest.mark.requirement("C13")
def test_law_scores_and_not_the_story(family: Family) -> None:
    california = account(practice("Elsewhere", place="us-ca"), "vera", Role.THERAPIST)
    given = ("must_share", "log_request", "right")
    assert score_of(RECORD, *given, by=family.ruth).answer.points == FULL
    assert score_of(RECORD, *given, by=california).answer.points == NONE


@pytest.mark.requirement("C13")
def test_the_house_rules_of_a_practice_score_too(family: Family) -> None:
    homes = STORY["two-homes"]
    assert score_of(homes, "share_limited", "tell_part", "right", by=family.ruth).points == 3 * FULL
    parents_hear_less = Wanted(
        who=Who.PARENTS, what=(Category.PROGRESS,), answered=Answered.NOTHING, says="", agreed="Our team meeting"
    )
    text = guided.with_rule(
        drafts.text_of(house.newest(family.practice)), parents_hear_less, pack="house", on=NOON.date()
    )
    proposal = house.propose(text, because="We agreed on it", by=family.lead, at=NOON)
    impact = Impact.objects.get(proposal=proposal)
    work_out_impact.call(practice=str(impact.practice_id), impact=str(impact.pk))
    house.activate(proposal, from_on=NOON.date(), by=family.lead, at=NOON)
    ruled = progress.ruled(homes, practice=family.practice, at=NOON + timedelta(hours=1))
    assert ruled.disposition == "withhold"
    assert scoring.score(homes, ruled, Given("share_limited")).answer.points == NONE


def test_the_page_of_sets_asks_little_of_the_database(family: Family) -> None:
    completes(family.ruth)
    ruth = signed_in(family.ruth)
    ruth.get(reverse("training:sets"))
    with CaptureQueriesContext(connection) as asked:
        ruth.get(reverse("training:sets"))
    assert len(asked) <= 20


def test_deciding_all_stories_asks_nobodys_record_and_only_once_for_house_rules(
    family: Family, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1) as asked:
        progress.rules_for(everything(), practice=family.practice, at=NOON)
    assert "activation" in asked.captured_queries[0]["sql"].lower()
    with django_assert_num_queries(0):
        exercises.bench_of(family.practice, at=NOON).decide(FATHER.facts, place="england")


def test_what_is_left_out_is_asked_for_and_what_was_chosen_stays(family: Family) -> None:
    page = words_of(signed_in(family.ruth).post(page_of(FATHER), {"answer": "withhold", "words": "walls"}))
    assert "Choose one. You can try it again afterwards." in page
    assert len(re.findall("<input[^>]* checked", page)) == 2
    assert not ExerciseAnswer.objects.exists()


@pytest.mark.requirement("C13")
def test_a_set_is_completed_with_its_day_and_its_packs(family: Family) -> None:
    row = completes(family.ruth)
    assert row.packs.keys() >= {"ethics", "us", "practice"}
    assert row.decided.keys() == {one.slug for one in set_for(family.ruth, Collection.DANGER)}
    said = chain.body_of(ChainEntry.objects.filter(practice=family.practice).order_by("sequence").last())
    assert said == {
        "kind": "training.completed",
        "completion": str(row.pk),
        "set": "danger",
        "by": str(family.ruth.pk),
    }
    sheet = words_of(signed_in(family.ruth).get(reverse("training:certificate", args=[row.pk])))
    assert "When somebody may be in danger" in sheet
    assert f"us {row.packs['us']}" in sheet


def test_one_story_more_completes_nothing_anew_and_all_of_them_do(family: Family) -> None:
    completes(family.ruth)
    later = NOON + timedelta(days=300)
    story = set_for(family.ruth, Collection.DANGER)[0]
    actions.answer(story, well(story, by=family.ruth), by=family.ruth, at=later)
    assert Completion.objects.count() == 1
    completes(family.ruth, at=later)
    assert Completion.objects.count() == 2


@pytest.mark.requirement("C13")
def test_when_the_rules_change_the_changed_stories_are_worth_another_look(
    family: Family, monkeypatch: pytest.MonkeyPatch
) -> None:
    for one in set_for(family.ruth, Collection.FAMILIES):
        actions.answer(one, well(one, by=family.ruth), by=family.ruth, at=NOON)
    monkeypatch.setattr(packs, "judge_of", lambda _practice, *, at: judging.judge_for("england", at=at))
    ruth = signed_in(family.ruth)
    page = words_of(ruth.get(reverse("training:sets")))
    assert "The rules have changed since you completed this" in page
    assert page.count(f'href="{page_of(RECORD)}"') == 2
    assert page.count(f'href="{page_of(FATHER)}"') == 1
    assert "The rules have changed since you answered." in words_of(
        ruth.get(reverse("training:answered", args=[RECORD.slug]))
    )
    again = words_of(ruth.get(page_of(RECORD)))
    assert "so less of it is asked for" in again
    assert str(RECORD.right) not in again
    before = Completion.objects.count()
    for shelf in queries.shelves_for(family.ruth, at=NOON)[:1]:
        for one in shelf.changed:
            actions.answer(one, well(one, by=family.ruth), by=family.ruth, at=NOON + timedelta(hours=1))
    assert Completion.objects.count() == before + 1
    assert queries.shelves_for(family.ruth, at=NOON)[0].changed == ()


@pytest.mark.requirement("C13")
def test_a_lead_sees_the_day_and_nothing_that_was_answered(family: Family, home: Home) -> None:
    wrong = FATHER
    actions.answer(wrong, Given("may_share", "tell_a_little", Words.LEAKS), by=family.ruth, at=NOON)
    completes(family.ruth)
    _page, lines = queries.everybody(family.lead, page="1")
    assert {line.account.pk: line.days for line in lines} == {
        family.lead.pk: (None, None, None),
        family.ruth.pk: (None, None, NOON),
    }
    page = words_of(signed_in(family.lead).get(reverse("training:everybody")))
    assert str(wrong.title) not in page
    assert "points" not in page
    assert signed_in(family.ruth).get(reverse("training:everybody")).status_code == 404
    assert queries.everybody(family.ruth, page="1")[1] == []


def test_each_role_has_its_own_stories(family: Family, home: Home) -> None:
    office = signed_in(account(family.practice, "omar", Role.OFFICE))
    team = signed_in(home.dan.person.account)
    for client, there, hidden in (
        (office, "signed-by-a-judge", "night-shift"),
        (team, "night-shift", "signed-by-a-judge"),
    ):
        assert client.get(page_of(STORY[there])).status_code == 200
        assert client.get(page_of(STORY[hidden])).status_code == 404
        assert client.get(reverse("training:sets")).status_code == 200
        assert client.get(reverse("training:answered", args=[there])).status_code == 404


def test_the_visitor_of_an_english_home_is_told_from_elsewhere_in_america(family: Family) -> None:
    page = words_of(signed_in(family.ruth).get(page_of(STORY["the-visitor-of-the-home"])))
    assert "told in England, by the rules of that place" in page


@pytest.mark.requirement("C13")
def test_what_is_expected_stands_on_today_when_its_day_is_near(family: Family) -> None:
    def due(at: datetime) -> list[Any]:
        return [one.due_on for one in queries.due_for(family.ruth, at=at)]

    assert due(NOON) == []
    lead = signed_in(family.lead)
    sent = lead.post(reverse("training:everybody"), {"months": "12"})
    assert sent.status_code == 302
    assert Expectation.objects.get().months == 12
    assert due(NOON) == [(NOON + timedelta(days=30)).date()]
    assert "Practice with invented families" in words_of(signed_in(family.ruth).get(reverse("portals:today")))
    office = signed_in(account(family.practice, "omar", Role.OFFICE))
    assert "Please complete every set by" in words_of(office.get(reverse("training:sets")))
    for collection in Collection:
        completes(family.ruth, collection)
    assert due(NOON) == []
    assert due(NOON + timedelta(days=340)) == [date(2027, 11, 2)]
    actions.expect(0, by=family.lead, at=NOON + timedelta(hours=1))
    assert due(NOON + timedelta(days=340)) == []


def test_what_was_practiced_cannot_be_rewritten(family: Family) -> None:
    completes(family.ruth)
    actions.expect(12, by=family.lead, at=NOON)
    for table in ("exerciseanswer", "completion", "expectation"):
        for statement in ("DELETE FROM", "UPDATE"):
            end = " SET id = id" if statement == "UPDATE" else ""
            with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"{statement} training_{table}{end}")
