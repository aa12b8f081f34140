"""Tom calls and asks what Amina says in her sessions: from the first word to the answer."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse

from halfdoor.service.agreements import actions as agreements
from halfdoor.service.agreements.choices import Topic, WishSource, WishValue
from halfdoor.service.core import chain
from halfdoor.service.core.wall import NotThroughTheGate
from halfdoor.service.disclosures import gate
from halfdoor.service.people import actions as people
from halfdoor.service.people.choices import Level, Relation
from halfdoor.service.people.models import Membership, Person, SharingVersion
from halfdoor.service.requests import actions
from halfdoor.service.requests.actions import Asked, Said, Told
from halfdoor.service.requests.models import Answer, AnswerText, FamilyRequest, Reply, Step
from halfdoor.service.requests.queries.clinicians import case_of, request_of
from halfdoor.service.requests.queries.families import asked_page
from halfdoor.service.requests.queries.waiting import waiting_for
from halfdoor.service.requests.words import Channel, Way
from tests.people import EARLIER, NOON, Family, Home, a_court_limits, know

LATER = NOON + timedelta(hours=3)
FRIDAY = (NOON + timedelta(days=4)).date()
DONE = ("record_agreement",)
WORDS = "Eating with others is hard just now. She works on it here."


def tom_calls(family: Family, category: str = "session_content", *, by: Membership | None = None) -> FamilyRequest:
    asked = Asked(category=category, channel=Channel.TELEPHONE, motive="She hardly eats with us.", sure=Way.CALLED_BACK)
    return actions.receive(family.amina, asked, asked_by=by or family.tom, by=family.ruth, at=NOON)


def amina_says(family: Family, request: FamilyRequest, choice: str, **more: object) -> Reply:
    question = actions.ask_young_person(request, words="You decide.", by=family.ruth, at=NOON)
    said = Said(choice=Reply.Choice(choice), **more)
    return actions.reply(question, said, by=family.amina.person.account, at=NOON + timedelta(hours=1))


def disposition(family: Family, request: FamilyRequest) -> str:
    return case_of(request, reader=family.ruth, at=LATER).outlook.decision["disposition"]


@pytest.mark.requirement("C5")
def test_a_request_is_received_with_a_day_by_which_tom_hears_from_us(family: Family) -> None:
    case = case_of(tom_calls(family), reader=family.ruth, at=NOON)
    assert case.promised_on == (NOON + actions.ANSWERED_WITHIN).date()
    assert case.request.motive == "She hardly eats with us."
    assert [step.title for step in case.steps] == ["Received", "Who it is"]


def test_one_day_is_promised_on_paper_and_aloud_also_when_the_page_is_opened_a_day_later(family: Family) -> None:
    request = tom_calls(family)
    tomorrow = NOON + timedelta(days=1)
    aloud = " ".join(case_of(request, reader=family.ruth, at=tomorrow).outlook.wording.say)
    assert "by Saturday, November 7" in aloud
    assert asked_page(family.tom.person.account, request.pk, at=tomorrow).promised_on.isoformat() == "2026-11-07"


def test_a_day_that_has_passed_is_not_promised_again(family: Family) -> None:
    case = case_of(tom_calls(family), reader=family.ruth, at=NOON + timedelta(days=6))
    assert "by Friday, November 13" in " ".join(case.outlook.wording.say)
    assert case.promised_on.isoformat() == "2026-11-07", "that we are late stays to be seen"


@pytest.mark.requirement("C2")
def test_what_amina_says_is_not_told_before_she_was_asked(family: Family) -> None:
    request = tom_calls(family)
    assert disposition(family, request) == "ask_first"
    with pytest.raises(actions.ChangedMeanwhile):
        actions.share(request, Told(look_again_on=FRIDAY, text=WORDS), by=family.ruth, at=LATER)
    assert not Answer.objects.exists()


@pytest.mark.abuse("F1")
@pytest.mark.reliability("R6")
def test_what_ruth_sends_while_amina_says_no_does_not_go(family: Family) -> None:
    request = tom_calls(family)
    question = amina_says(family, request, "you_tell").question
    before = NOON + timedelta(hours=2)
    said = Said(choice=Reply.Choice.NO)
    actions.reply(question, said, by=family.amina.person.account, at=before + timedelta(seconds=1))
    with pytest.raises(actions.ChangedMeanwhile):
        actions.share(request, Told(look_again_on=FRIDAY, text=WORDS, done=DONE), by=family.ruth, at=before)


@pytest.mark.abuse("F1")
@pytest.mark.parametrize("changing", ["what was weighed", "the end of the episode"])
def test_what_changes_an_answer_takes_its_turn_with_what_is_being_told(family: Family, changing: str) -> None:
    request = tom_calls(family)
    before = SharingVersion.objects.get(young_person=family.amina).number
    if changing == "what was weighed":
        actions.record_facts(request, {"best_interests": "against_sharing"}, evidence="", by=family.ruth, at=NOON)
    else:
        people.end_episode(family.episode, ended_on=NOON.date(), by=family.ruth, at=NOON)
    assert SharingVersion.objects.get(young_person=family.amina).number == before + 1


def test_a_no_that_came_just_after_an_answer_is_seen_to_have_come_after_it(family: Family) -> None:
    request = tom_calls(family)
    question = amina_says(family, request, "you_tell").question
    actions.share(request, Told(look_again_on=FRIDAY, text=WORDS, done=DONE), by=family.ruth, at=LATER)
    said = Said(choice=Reply.Choice.NO)
    actions.reply(question, said, by=family.amina.person.account, at=LATER - timedelta(seconds=1))
    assert case_of(request, reader=family.ruth, at=LATER + timedelta(seconds=1)).is_open
    assert [one.why for one in waiting_for(family.ruth, at=LATER)] == ["The young person has replied again"]


@pytest.mark.requirement("C7")
def test_leo_is_asked_before_his_teacher_or_his_carer_hears_what_he_said(home: Home) -> None:
    teacher = people.add_to_circle(
        home.leo,
        person=people.introduce("Meg Powell", by=home.therapist),
        relation=Relation.EDUCATOR,
        since_on=EARLIER.date(),
        by=home.therapist,
        at=EARLIER,
    )
    know(teacher, level=Level.NONE, by=home.therapist)
    asked = Asked(category="session_content", channel=Channel.IN_PERSON, sure=Way.IN_PERSON)
    for member in (teacher, home.dan):
        request = actions.receive(home.leo, asked, asked_by=member, by=home.therapist, at=NOON)
        case = case_of(request, reader=home.therapist, at=NOON)
        assert case.outlook.decision["disposition"] == "ask_first"
        assert case.can_be_asked
        question = actions.ask_young_person(request, words="", by=home.therapist, at=NOON)
        actions.reply(question, Said(choice=Reply.Choice.YOU_TELL), by=home.leo.person.account, at=NOON)
        assert case_of(request, reader=home.therapist, at=LATER).outlook.opens


def test_amina_agrees_and_tom_reads_exactly_what_ruth_wrote(family: Family) -> None:
    request = tom_calls(family)
    amina_says(family, request, "you_tell")
    told = Told(look_again_on=FRIDAY, text=WORDS, done=DONE)
    actions.share(request, told, by=family.ruth, at=LATER)
    page = asked_page(family.tom.person.account, request.pk, at=LATER)
    assert page.answer is not None
    assert page.answer.text == WORDS


@pytest.mark.requirement("C9")
def test_every_step_has_its_line_in_the_chain_and_the_answer_its_release(family: Family) -> None:
    request = tom_calls(family)
    amina_says(family, request, "you_tell")
    actions.share(request, Told(look_again_on=FRIDAY, text=WORDS, done=DONE), by=family.ruth, at=LATER)
    kinds = [entry.entry for entry in chain.ChainEntry.objects.order_by("sequence")]
    for kind in ("requests.received", "requests.asked", "requests.replied", "disclosures.release", "requests.answered"):
        assert any(f'"{kind}"' in entry for entry in kinds), kind
    assert not any("hardly eats" in entry or WORDS in entry for entry in kinds)
    assert chain.verify(family.practice).broken_at is None


def test_the_text_of_an_answer_is_read_through_the_gate_alone(family: Family) -> None:
    request = tom_calls(family)
    amina_says(family, request, "you_tell")
    actions.share(request, Told(look_again_on=FRIDAY, text=WORDS, done=DONE), by=family.ruth, at=LATER)
    with pytest.raises(NotThroughTheGate):
        AnswerText.objects.first()


def test_a_topic_amina_keeps_private_stays_even_where_she_agreed_to_the_rest(family: Family) -> None:
    request = tom_calls(family)
    amina_says(family, request, "you_tell")
    private = {"value": WishValue.OBJECTS, "source": WishSource.OWN_PAGE, "topic": Topic.BODY}
    agreements.wish(family.amina, **private, by=family.ruth, at=NOON + timedelta(hours=2))
    told = Told(look_again_on=FRIDAY, text=WORDS, topic=Topic.BODY, done=DONE)
    with pytest.raises(actions.ChangedMeanwhile):
        actions.share(request, told, by=family.ruth, at=LATER)


def test_what_has_to_be_done_first_is_said_and_nothing_goes(family: Family) -> None:
    request = tom_calls(family)
    amina_says(family, request, "you_tell")
    with pytest.raises(gate.StillToDo):
        actions.share(request, Told(look_again_on=FRIDAY, text=WORDS), by=family.ruth, at=LATER)
    assert not Step.objects.filter(kind=Step.Kind.ANSWERED).exists()


@pytest.mark.requirement("C18")
def test_a_closed_answer_names_a_person_and_a_day_and_what_can_be_done(family: Family) -> None:
    request = tom_calls(family)
    told = Told(look_again_on=FRIDAY, said="I cannot go into that.", alternatives=("family_session",))
    actions.keep_closed(request, told, by=family.ruth, at=LATER)
    page = asked_page(family.tom.person.account, request.pk, at=LATER)
    assert page.answer is not None
    assert (page.answer.by, page.answer.look_again_on, page.lead) == ("Ruth", FRIDAY, "Lena")
    offered = [one.words for one in page.answer.alternatives]
    assert offered == ["We can meet together, all of us, and talk about what worries you."]


@pytest.mark.requirement("C18")
@pytest.mark.parametrize("choice", ["no", "not_now", "i_tell", "together"])
def test_a_closed_answer_reads_the_same_whether_amina_was_asked_or_said_no(family: Family, choice: str) -> None:
    unasked, refused = tom_calls(family), tom_calls(family)
    told = Told(look_again_on=FRIDAY)
    actions.keep_closed(unasked, told, by=family.ruth, at=LATER)
    amina_says(family, refused, choice)
    actions.keep_closed(refused, told, by=family.ruth, at=LATER)
    pages = [asked_page(family.tom.person.account, request.pk, at=LATER) for request in (unasked, refused)]
    answers = [replace(page.answer, at=LATER) for page in pages if page.answer is not None]
    assert answers[0] == answers[1]
    assert "Amina" not in " ".join(answers[0].sentences)


@pytest.mark.requirement("C18")
def test_amina_can_want_it_said_that_the_no_is_hers(family: Family) -> None:
    request = tom_calls(family)
    amina_says(family, request, "no", may_say_so=True)
    actions.keep_closed(request, Told(look_again_on=FRIDAY), by=family.ruth, at=LATER)
    page = asked_page(family.tom.person.account, request.pk, at=LATER)
    assert page.answer is not None
    assert "Amina would like to keep this to themselves" in " ".join(page.answer.sentences)


@pytest.mark.requirement("C18")
@pytest.mark.parametrize("choice", ["no", "not_now", "i_tell", "you_tell"])
def test_amina_can_take_it_back_that_the_no_is_hers(family: Family, choice: str) -> None:
    request = tom_calls(family)
    question = amina_says(family, request, "no", may_say_so=True).question
    actions.keep_closed(request, Told(look_again_on=FRIDAY), by=family.ruth, at=LATER)
    said = Said(choice=Reply.Choice(choice))
    actions.reply(question, said, by=family.amina.person.account, at=LATER + timedelta(minutes=1))
    page = asked_page(family.tom.person.account, request.pk, at=LATER + timedelta(minutes=2))
    assert page.answer is not None
    assert page.answer.sentences
    assert "Amina" not in " ".join(page.answer.sentences)


def test_amina_changes_her_mind_and_what_tom_read_is_closed_to_him(family: Family) -> None:
    request = tom_calls(family)
    reply = amina_says(family, request, "you_tell")
    actions.share(request, Told(look_again_on=FRIDAY, text=WORDS, done=DONE), by=family.ruth, at=LATER)
    account = family.amina.person.account
    actions.reply(reply.question, Said(choice=Reply.Choice.NO), by=account, at=LATER + timedelta(minutes=1))
    page = asked_page(family.tom.person.account, request.pk, at=LATER + timedelta(minutes=2))
    assert page.answer is not None
    assert page.answer.text == ""
    assert page.answer.sentences


@pytest.mark.parametrize("choice", ["you_tell", "this_part"])
def test_a_yes_that_somebody_pushes_for_opens_nothing(family: Family, choice: str) -> None:
    request = tom_calls(family)
    amina_says(family, request, choice, part="That I come here", pressed=Reply.Pressed.YES)
    assert disposition(family, request) == "ask_first"
    assert case_of(request, reader=family.ruth, at=LATER).is_pressed


def test_a_yes_that_somebody_pushes_for_does_not_undo_a_no(family: Family) -> None:
    request = tom_calls(family)
    first = amina_says(family, request, "no")
    pushed = Said(choice=Reply.Choice.YOU_TELL, pressed=Reply.Pressed.YES)
    actions.reply(first.question, pushed, by=family.amina.person.account, at=NOON + timedelta(hours=2))
    assert disposition(family, request) == "withhold"


def test_a_father_under_a_court_order_is_told_nothing(family: Family) -> None:
    a_court_limits(family.tom, by=family.ruth)
    request = tom_calls(family, "progress")
    assert disposition(family, request) == "withhold"
    with pytest.raises(actions.ChangedMeanwhile):
        actions.share(request, Told(look_again_on=FRIDAY, text=WORDS), by=family.ruth, at=LATER)


def test_what_comes_out_on_the_telephone_goes_on_record_and_decides_again(family: Family) -> None:
    request = tom_calls(family)
    actions.record_facts(request, {"wish": "agrees"}, evidence="Said so today.", by=family.ruth, at=NOON)
    case = case_of(request, reader=family.ruth, at=LATER)
    assert case.outlook.opens
    assert [step.title for step in case.steps] == ["Received", "Who it is", "Facts recorded", "Decided"]


def test_ruth_sees_what_waits_and_what_is_to_be_looked_at_again(family: Family) -> None:
    request = tom_calls(family)
    assert [one.href for one in waiting_for(family.ruth, at=NOON)] == [reverse("requests:request", args=[request.pk])]
    actions.keep_closed(request, Told(look_again_on=FRIDAY), by=family.ruth, at=LATER)
    assert waiting_for(family.ruth, at=LATER) == []
    friday = NOON + timedelta(days=4)
    assert [one.why for one in waiting_for(family.ruth, at=friday)] == ["To be looked at again"]
    actions.follow_up(request, said="They talked at home.", by=family.ruth, at=friday)
    assert waiting_for(family.ruth, at=friday) == []


def test_a_grandmother_without_an_account_is_told_on_the_telephone(family: Family) -> None:
    rosa = people.introduce("Rosa Khan", by=family.ruth)
    relative = {"relation": Relation.RELATIVE, "since_on": NOON.date()}
    member = people.add_to_circle(family.amina, person=rosa, **relative, by=family.ruth, at=NOON)
    request = tom_calls(family, "general_information", by=member)
    case = case_of(request, reader=family.ruth, at=LATER)
    done = tuple(code for code, _ in case.outlook.todo)
    told = Told(look_again_on=FRIDAY, text="How therapy works.", done=done)
    assert actions.share(request, told, by=family.ruth, at=LATER).outcome == Answer.Outcome.SHARED
    assert not case.reads_it_here


def test_somebody_who_has_no_page_is_asked_in_person(family: Family) -> None:
    request = tom_calls(family)
    assert case_of(request, reader=family.ruth, at=LATER).can_be_asked
    Person.objects.filter(pk=family.amina.person_id).update(account=None)
    case = case_of(request_of(family.ruth, request.pk), reader=family.ruth, at=LATER)
    assert case.outlook.decision["disposition"] == "ask_first"
    assert not case.can_be_asked
