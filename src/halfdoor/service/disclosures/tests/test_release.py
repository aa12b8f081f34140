"""Letting one thing go, or having it on record that it does not."""

from datetime import timedelta

import pytest

from halfdoor.disclosure.rules import Disposition, Duty
from halfdoor.service.agreements import actions as agreements
from halfdoor.service.agreements.choices import WishSource, WishValue
from halfdoor.service.core import chain
from halfdoor.service.core.models import ChainEntry
from halfdoor.service.disclosures import actions, gate, tasks
from halfdoor.service.disclosures.choices import Category, LineKind
from halfdoor.service.disclosures.duties import due_at, unfulfilled
from halfdoor.service.disclosures.gate import Caller, MustBeOnRecord, Question
from halfdoor.service.disclosures.models import Line, Obligation
from halfdoor.service.notes import actions as notes
from halfdoor.service.notes import queries
from halfdoor.service.people import actions as people
from halfdoor.service.people.choices import Answer
from halfdoor.service.people.models import Suspicion
from tests.people import NOON, Family


def a_note(family: Family, category: Category):
    return notes.write(
        "She spoke of school.", episode=family.episode, category=category, by=family.ruth, at=NOON
    ).item_id


def agrees(family: Family, *, at=NOON):
    agreements.wish(
        family.amina,
        value=WishValue.AGREES,
        source=WishSource.TOLD_THERAPIST,
        about=family.sara,
        category=Category.SESSION_SUMMARY,
        by=family.ruth,
        at=at,
    )


def let_go(family: Family, item_id, *, at=NOON):
    """Release an item to Amina's mother, doing first whatever has to be done first."""
    try:
        return gate.release(family.sara, item_id, by=family.ruth, at=at)
    except gate.StillToDo as still:
        return gate.release(family.sara, item_id, done=still.codes, by=family.ruth, at=at)


@pytest.mark.requirement("C1")
def test_what_she_was_not_asked_about_does_not_go_and_the_refusal_is_on_record(family: Family):
    receipt = gate.release(family.sara, a_note(family, Category.SESSION_SUMMARY), by=family.ruth, at=NOON)
    assert receipt.decision.disposition is Disposition.ASK_FIRST
    assert not receipt.went
    assert receipt.line.kind == LineKind.REFUSAL
    assert queries.updates_for(family.sara, at=NOON).items == ()


@pytest.mark.requirement("C2")
def test_once_she_agrees_it_goes_and_her_mother_sees_it(family: Family):
    item_id = a_note(family, Category.SESSION_SUMMARY)
    agrees(family)
    receipt = let_go(family, item_id)
    assert receipt.went
    assert [released.item_id for released in queries.updates_for(family.sara, at=NOON).items] == [item_id]
    assert queries.updates_for(family.tom, at=NOON).items == ()


@pytest.mark.requirement("A5")
def test_what_was_released_is_gone_when_she_takes_her_word_back(family: Family):
    item_id = a_note(family, Category.SESSION_SUMMARY)
    agrees(family)
    let_go(family, item_id)
    agreements.wish(
        family.amina,
        value=WishValue.OBJECTS,
        source=WishSource.OWN_PAGE,
        by=family.herself.person.account,
        at=NOON + timedelta(minutes=1),
    )
    later = NOON + timedelta(minutes=2)
    assert queries.updates_for(family.sara, at=later).items == ()
    with pytest.raises(gate.NotReleased):
        queries.update_for(family.sara, item_id, at=later)


def test_a_new_version_has_not_reached_anybody(family: Family):
    item_id = a_note(family, Category.SESSION_SUMMARY)
    agrees(family)
    first = let_go(family, item_id)
    actions.mark_item(item_id, young_person=family.amina, marks=actions.UNMARKED, by=family.ruth, at=NOON)
    second = let_go(family, item_id)
    assert {first.line.kind, second.line.kind} == {LineKind.RELEASE}


def test_what_has_to_be_done_first_is_asked_for_by_name(family: Family):
    item_id = a_note(family, Category.SESSION_SUMMARY)
    agrees(family)
    decision = gate.decide(family.sara, item_id, at=NOON)
    todo = unfulfilled((obliged.duty.code for obliged in decision.obligations), by_writing=True)
    assert todo, "no rule asks for anything first: choose another story"
    with pytest.raises(gate.StillToDo) as still:
        gate.release(family.sara, item_id, by=family.ruth, at=NOON)
    assert set(still.value.codes) == set(todo)
    assert not Line.objects.filter(membership=family.sara).exists()


@pytest.mark.requirement("C8")
def test_a_report_that_law_compels_goes_at_once_and_what_was_not_done_stays_due(family: Family):
    asked = Question(
        young_person=family.amina,
        recipient=Caller(relation="child_protection", identity="verified"),
        category=Category.ABUSE_CONCERN,
        purpose="safety",
        initiated_by="service",
        stated={"abuse": "disclosed"},
    )
    receipt = gate.conclude(asked, by=family.ruth, at=NOON)
    assert receipt.decision.disposition is Disposition.MUST_SHARE
    assert receipt.line.membership is None
    due = Obligation.objects.open().filter(line=receipt.line)
    assert due.filter(when="before").exists()
    assert due.filter(when="after").exists()


@pytest.mark.abuse("B2")
def test_a_caller_nobody_knows_hears_neither_yes_nor_no(family: Family):
    asked = Question(young_person=family.amina, recipient=Caller(), category=Category.EXISTENCE_OF_CARE)
    decision = gate.consider(asked, at=NOON)
    assert not decision.disposition.opens
    assert decision.acknowledge == "neither_confirm_nor_deny"


def test_a_caller_who_says_they_are_her_father_is_told_no_more_than_a_stranger(family: Family):
    asked = Question(young_person=family.amina, recipient=Caller(relation="parent"), category=Category.PROGRESS)
    assert not gate.consider(asked, at=NOON).disposition.opens


def test_what_belongs_on_record_cannot_only_be_stated(family: Family):
    asked = Question(
        young_person=family.amina, recipient=family.sara, category=Category.PROGRESS, stated={"wish": "agrees"}
    )
    with pytest.raises(MustBeOnRecord) as said:
        gate.consider(asked, at=NOON)
    assert said.value.fact == "wish"


def test_only_what_could_still_change_the_answer_is_asked(family: Family):
    asked = Question(
        young_person=family.amina, recipient=family.sara, category=Category.SESSION_CONTENT, purpose="support"
    )
    missing = gate.missing(asked, at=NOON)
    assert "wish" in missing
    assert not {"age", "relation", "identity", "authority", "category", "place"}.intersection(missing)


@pytest.mark.abuse("F1")
def test_a_suspicion_between_deciding_and_releasing_is_heard(family: Family):
    item_id = a_note(family, Category.ATTENDANCE)
    assert gate.decide(family.sara, item_id, at=NOON).disposition.opens
    suspected = Suspicion(membership=family.sara, suspected=Answer.YES, effective_on=NOON.date())
    people.record(suspected, by=family.ruth, at=NOON)
    assert not gate.release(family.sara, item_id, by=family.ruth, at=NOON).went


def test_an_obligation_with_a_clock_is_raised_unless_somebody_saw_to_it(family: Family):
    line = let_go(family, a_note(family, Category.ATTENDANCE)).line
    seen_to, forgotten = (
        Obligation.objects.create(
            practice=family.practice, line=line, young_person=family.amina, code=code, who="therapist", when="after"
        )
        for code in ("talk_it_through", "follow_up_report")
    )
    actions.fulfil(seen_to, by=family.ruth, at=NOON)
    for obligation in (seen_to, forgotten):
        tasks.fall_due.call(practice=str(family.practice.pk), obligation=str(obligation.pk))
    raised = [chain.body_of(entry) for entry in ChainEntry.objects.filter(practice=family.practice)]
    overdue = [body["code"] for body in raised if body["kind"] == "disclosures.overdue"]
    assert overdue == ["follow_up_report"]


def test_a_clock_becomes_a_job_for_its_day(family: Family):
    monday = NOON
    duty = Duty("report_in_writing", within="P2D", since="report_made", unit="working")
    friday = monday + timedelta(days=4)
    assert due_at(duty, since={"report_made": friday}, at=monday) == friday + timedelta(days=4)
    assert due_at(duty, since={}, at=monday) == monday + timedelta(days=2)
    assert due_at(Duty("report_in_writing", within="PT36H"), since={}, at=monday) == monday + timedelta(hours=36)
    assert due_at(Duty("talk_it_through"), since={}, at=monday) is None
