"""The pages of a request: therapist, father, young person; and a stranger, for whom none of it is there."""

import re
from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse

from halfdoor.service.accounts.models import Account, Role
from halfdoor.service.agreements.models import Wish
from halfdoor.service.people import actions as people
from halfdoor.service.people.choices import Relation
from halfdoor.service.people.models import Suspicion
from halfdoor.service.requests import actions
from halfdoor.service.requests.actions import Asked, Said, Told
from halfdoor.service.requests.models import FamilyRequest, Question, Reply, Step
from halfdoor.service.requests.words import USUAL_ALTERNATIVES, Channel, Way
from tests.doors import signed_in, words_of
from tests.people import NOON, Family, a_court_limits, account, stranger

FRIDAY = (NOON + timedelta(days=4)).date()
SECRET = "Somebody at school"


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(NOON + timedelta(minutes=5), tick=False):
        yield


@pytest.fixture
def asked(family: Family) -> FamilyRequest:
    return actions.receive(
        family.amina,
        Asked(category="session_content", channel=Channel.PORTAL, motive="I am worried."),
        asked_by=family.tom,
        by=family.tom.person.account,
        at=NOON,
    )


@pytest.fixture
def question(family: Family, asked: FamilyRequest) -> Question:
    return actions.ask_young_person(asked, words="You decide.", by=family.ruth, at=NOON)


@pytest.mark.requirement("C1")
def test_ruth_sees_what_to_say_before_anything_is_written_down(family: Family) -> None:
    typed = {"who": str(family.tom.pk), "category": "session_content", "purpose": "support", "sure": "called_back"}
    page = signed_in(family.ruth).post(reverse("requests:outlook", args=[family.amina.pk]), typed)
    assert "I would like to answer you properly and not in a hurry." in words_of(page)
    assert not FamilyRequest.objects.exists()


def test_an_address_with_a_purpose_that_is_none_shows_the_usual_page(family: Family) -> None:
    ruth, page = signed_in(family.ruth), reverse("requests:asking", args=[family.amina.pk])
    asked = {"who": str(family.tom.pk), "category": "session_content", "sure": "called_back"}
    usual, garbage = (ruth.get(page, asked | {"purpose": purpose}) for purpose in ("support", "garbage"))
    assert garbage.status_code == 200
    say = "I would like to answer you properly and not in a hurry."
    assert say in words_of(usual)
    assert say in words_of(garbage)


def test_ruth_writes_the_call_down(family: Family) -> None:
    typed = {"who": str(family.tom.pk), "category": "progress", "purpose": "support", "channel": "telephone"}
    typed |= {"sure": "called_back"}
    page = signed_in(family.ruth).post(reverse("requests:asking", args=[family.amina.pk]), typed, follow=True)
    assert "Tom Reed asks: how things are going" in words_of(page)


@pytest.mark.abuse("C3")
def test_a_caller_nobody_knows_hears_neither_yes_nor_no(family: Family) -> None:
    typed = {"who": "stranger", "category": "existence_of_care", "purpose": "unstated"}
    page = words_of(signed_in(family.ruth).post(reverse("requests:outlook", args=[family.amina.pk]), typed))
    everywhere = words_of(signed_in(family.ruth).get(reverse("requests:calls")))
    sentence = "I cannot say whether somebody comes to us or not."
    assert sentence in page
    assert sentence in everywhere
    assert "What they may know now" not in page


def test_what_the_page_did_not_ask_for_does_not_go_on_record(family: Family, question: Question) -> None:
    said = Said(choice=Reply.Choice.NO)
    actions.reply(question, said, by=family.amina.person.account, at=NOON + timedelta(minutes=1))
    ruth, asked = signed_in(family.ruth), question.request
    assert 'name="wish"' not in words_of(ruth.get(reverse("requests:request", args=[asked.pk])))
    ruth.post(reverse("requests:facts", args=[asked.pk]), {"wish": "agrees"})
    assert [wish.value for wish in Wish.objects.all()] == ["objects"]


def test_what_is_written_down_of_a_stranger_is_no_wish_about_everybody(family: Family) -> None:
    typed = {"who": "stranger", "category": "session_summary", "purpose": "unstated", "channel": "telephone"}
    ruth = signed_in(family.ruth)
    ruth.post(reverse("requests:asking", args=[family.amina.pk]), typed)
    request = FamilyRequest.objects.get()
    ruth.post(reverse("requests:facts", args=[request.pk]), {"wish": "agrees", "competence": "competent"})
    assert not Wish.objects.exists()
    with pytest.raises(AssertionError, match="a member of the circle"):
        actions.record_facts(request, {"wish": "agrees"}, evidence="", by=family.ruth, at=NOON)


def test_what_was_typed_stays_when_something_is_wrong(family: Family) -> None:
    typed = {"category": "progress", "purpose": "support", "channel": "telephone", "motive": "He sounded tired."}
    page = signed_in(family.ruth).post(reverse("requests:asking", args=[family.amina.pk]), typed)
    assert "He sounded tired." in words_of(page)
    assert "Choose who is asking." in words_of(page)
    assert not FamilyRequest.objects.exists()


@pytest.mark.requirement("C5")
def test_the_whole_story_by_their_pages(family: Family, asked: FamilyRequest) -> None:
    ruth, amina, tom = (signed_in(one) for one in (family.ruth, family.amina.person.account, family.tom.person.account))
    page = reverse("requests:family_request", args=[asked.pk])
    waiting = words_of(tom.get(page))
    assert "We have your question" in waiting
    ruth.post(reverse("requests:ask", args=[asked.pk]), {"words": "You decide."})
    assert "We have your question" in words_of(tom.get(page)), "that Amina was asked changes nothing for Tom"
    mine = reverse("requests:my_question", args=[Question.objects.get().pk])
    amina.post(mine, {"choice": "you_tell", "say_so": "ours", "pressed": "no"})
    told = {"do": "share", "text": "She eats better now.", "look_again_on": FRIDAY, "done": "record_agreement"}
    answered = ruth.post(reverse("requests:answer", args=[asked.pk]), told, follow=True)
    assert "What they were told" in words_of(answered)
    assert "She eats better now." in words_of(tom.get(page))


@pytest.mark.abuse("C3")
def test_that_amina_was_asked_changes_no_letter_of_toms_page(family: Family, asked: FamilyRequest) -> None:
    tom, page = signed_in(family.tom.person.account), reverse("requests:family_request", args=[asked.pk])
    before = _without_tokens(words_of(tom.get(page)))
    question = actions.ask_young_person(asked, words=SECRET, by=family.ruth, at=NOON)
    said = Said(choice=Reply.Choice.NO, pressed=Reply.Pressed.YES)
    actions.reply(question, said, by=family.amina.person.account, at=NOON)
    assert _without_tokens(words_of(tom.get(page))) == before


def test_amina_is_never_shown_again_that_she_said_somebody_pushes(family: Family, question: Question) -> None:
    amina, page = signed_in(family.amina.person.account), reverse("requests:my_question", args=[question.pk])
    pushed, free = ({"choice": "no", "say_so": "ours", "pressed": how} for how in ("yes", "no"))
    seen = [_without_tokens(words_of(amina.post(page, typed, follow=True))) for typed in (pushed, free)]
    assert seen[0] == seen[1]


def test_the_clinicians_of_the_circle_are_told_that_somebody_pushes_as_amina_reads_it(
    family: Family, asked: FamilyRequest, question: Question
) -> None:
    lena = people.introduce("Lena Vance", account=family.lead, by=family.ruth)
    place = {"relation": Relation.CLINICAL_LEAD, "since_on": NOON.date(), "by": family.ruth, "at": NOON}
    people.add_to_circle(family.amina, person=lena, **place)
    mine = signed_in(family.amina.person.account).get(reverse("requests:my_question", args=[question.pk]))
    assert "Only the people you work with here see this." in words_of(mine)
    said = Said(choice=Reply.Choice.YOU_TELL, pressed=Reply.Pressed.YES)
    actions.reply(question, said, by=family.amina.person.account, at=NOON)
    for clinician in (family.ruth, family.lead):
        page = words_of(signed_in(clinician).get(reverse("requests:request", args=[asked.pk])))
        assert "Somebody may be pushing" in page
        assert "tells the clinicians here, and nobody else" in page


def test_a_young_persons_page_has_a_neutral_title(family: Family, question: Question) -> None:
    page = signed_in(family.amina.person.account).get(reverse("requests:my_question", args=[question.pk]))
    title = page.content.decode().partition("<title>")[2].partition("</title>")[0]
    assert title == "My page"
    assert "Leave quickly" in words_of(page)


def test_ruth_comes_back_later_and_tom_reads_the_day(family: Family, asked: FamilyRequest) -> None:
    later = {"do": "later", "look_again_on": FRIDAY, "said": "I will call."}
    signed_in(family.ruth).post(reverse("requests:answer", args=[asked.pk]), later)
    page = signed_in(family.tom.person.account).get(reverse("requests:family_request", args=[asked.pk]))
    assert "You will find our answer here by Friday, November 6, 2026." in words_of(page)
    assert Step.objects.filter(kind=Step.Kind.ACKNOWLEDGED).exists()


def test_before_amina_was_asked_coming_back_is_offered_first(family: Family, asked: FamilyRequest) -> None:
    page = words_of(signed_in(family.ruth).get(reverse("requests:request", args=[asked.pk])))
    assert page.index("I come back by that day") < page.index("Answer: it stays closed for now")


def test_a_part_that_has_to_be_named_is_not_called_optional(family: Family, question: Question) -> None:
    page = words_of(signed_in(family.amina.person.account).get(reverse("requests:my_question", args=[question.pk])))
    assert "Which part may be told?</label>" in page


@pytest.mark.abuse("B7")
@pytest.mark.parametrize("channel", [Channel.TELEPHONE, Channel.LETTER, Channel.IN_PERSON])
def test_what_ruth_wrote_down_of_a_call_is_not_on_toms_page(family: Family, channel: Channel) -> None:
    motive = "Sounded drunk. Amina is afraid of him."
    asked = Asked(category="session_content", channel=channel, motive=motive, sure=Way.CALLED_BACK)
    called = actions.receive(family.amina, asked, asked_by=family.tom, by=family.ruth, at=NOON)
    page = signed_in(family.tom.person.account).get(reverse("requests:family_request", args=[called.pk]))
    assert "drunk" not in words_of(page)
    assert "blockquote" not in words_of(page)


def test_tom_reads_again_what_he_wrote_himself(family: Family, asked: FamilyRequest) -> None:
    page = signed_in(family.tom.person.account).get(reverse("requests:family_request", args=[asked.pk]))
    assert "I am worried." in words_of(page)


def _put_to_amina(family: Family, asked: FamilyRequest) -> str:
    """Return what Ruth reads after she put a request to Amina's page."""
    ruth, address = signed_in(family.ruth), reverse("requests:ask", args=[asked.pk])
    return words_of(ruth.post(address, {"words": "You decide."}, follow=True))


@pytest.mark.parametrize("category", ["session_content", "existence_of_care"])
def test_what_a_stranger_asks_is_not_put_to_amina_and_her_page_stays(family: Family, category: str) -> None:
    stranger_asks = Asked(category=category, channel=Channel.TELEPHONE, caller="A neighbour")
    asked = actions.receive(family.amina, stranger_asks, asked_by=None, by=family.ruth, at=NOON)
    assert "The answer has changed since you opened this page" in _put_to_amina(family, asked)
    assert not Question.objects.exists()
    assert signed_in(family.amina.person.account).get(reverse("portals:mine")).status_code == 200


def test_amina_is_not_asked_about_somebody_who_may_have_harmed_her(family: Family, asked: FamilyRequest) -> None:
    suspicion = Suspicion(membership=family.tom, suspected="yes", effective_on=NOON.date())
    people.record(suspicion, by=family.ruth, at=NOON)
    assert "The answer has changed since you opened this page" in _put_to_amina(family, asked)
    assert not Question.objects.exists()


def test_a_question_put_twice_stands_once(family: Family, asked: FamilyRequest) -> None:
    for _ in range(2):
        assert "It stands on the young person’s own page now." in _put_to_amina(family, asked)
    assert Question.objects.count() == 1
    assert Step.objects.filter(kind=Step.Kind.ASKED).count() == 1


def test_a_question_that_names_nobody_does_not_take_aminas_page_away(family: Family) -> None:
    stranger_asks = Asked(category="progress", channel=Channel.TELEPHONE)
    asked = actions.receive(family.amina, stranger_asks, asked_by=None, by=family.ruth, at=NOON)
    put = {"young_person": family.amina, "asked_at": NOON, "asked_by": family.ruth}
    Question.objects.create(practice=family.practice, request=asked, **put)
    assert signed_in(family.amina.person.account).get(reverse("portals:mine")).status_code == 200


def _offers(family: Family, asked: FamilyRequest) -> list[str]:
    """Return what is offered to be said, before Ruth has chosen anything."""
    page = signed_in(family.ruth).get(reverse("requests:request", args=[asked.pk])).content.decode()
    boxes = re.findall(r"<input[^>]*name=\"alternatives\"[^>]*>", page)
    return [box.partition('value="')[2].partition('"')[0] for box in boxes if " checked" in box]


@pytest.mark.abuse("C3", "C6")
def test_what_is_offered_does_not_tell_why_it_stays_closed(family: Family, asked: FamilyRequest) -> None:
    usual = _offers(family, asked)
    assert usual
    suspicion = Suspicion(membership=family.tom, suspected="yes", effective_on=NOON.date())
    people.record(suspicion, by=family.ruth, at=NOON)
    assert _offers(family, asked) == usual
    a_court_limits(family.tom, by=family.ruth)
    assert _offers(family, asked) == usual


@pytest.mark.abuse("C3")
def test_that_an_answer_was_open_once_is_not_to_be_seen(family: Family, question: Question) -> None:
    amina, shared = family.amina.person.account, question.request
    closed = actions.receive(
        family.amina,
        Asked(category="session_content", channel=Channel.PORTAL, motive="I am worried."),
        asked_by=family.tom,
        by=family.tom.person.account,
        at=NOON,
    )
    usual = USUAL_ALTERNATIVES
    actions.keep_closed(closed, Told(look_again_on=FRIDAY, alternatives=usual), by=family.ruth, at=NOON)
    actions.reply(question, Said(choice=Reply.Choice.YOU_TELL), by=amina, at=NOON)
    told = Told(look_again_on=FRIDAY, text="She eats better now.", done=("record_agreement",))
    actions.share(shared, told, by=family.ruth, at=NOON)
    tom = signed_in(family.tom.person.account)
    addresses = [reverse("requests:family_request", args=[one.pk]) for one in (shared, closed)]
    assert "She eats better now." in words_of(tom.get(addresses[0]))
    actions.reply(question, Said(choice=Reply.Choice.NO), by=amina, at=NOON + timedelta(minutes=1))
    with time_machine.travel(NOON + timedelta(minutes=6), tick=False):
        was_open, never_open = (_without_tokens(words_of(tom.get(address)), address) for address in addresses)
    assert was_open == never_open


def test_a_word_to_ruth_does_not_stand_on_toms_page_in_the_same_browser(family: Family, asked: FamilyRequest) -> None:
    browser, tom = signed_in(family.ruth), signed_in(family.tom.person.account)
    browser.cookies.update(tom.cookies)
    browser.post(reverse("requests:ask", args=[asked.pk]), {"words": "You decide."})
    word = "It stands on the young person’s own page now."
    assert word not in words_of(browser.get(reverse("portals:week")))
    assert word in words_of(browser.get(reverse("requests:request", args=[asked.pk])))


def _theirs(family: Family, asked: FamilyRequest, question: Question) -> list[tuple[Role, str]]:
    return [
        (Role.THERAPIST, reverse("requests:asking", args=[family.amina.pk])),
        (Role.THERAPIST, reverse("requests:request", args=[asked.pk])),
        (Role.CAREGIVER, reverse("requests:family_ask", args=[family.tom.pk])),
        (Role.CAREGIVER, reverse("requests:family_request", args=[asked.pk])),
        (Role.YOUNG_PERSON, reverse("requests:my_question", args=[question.pk])),
    ]


def test_for_a_stranger_what_is_there_and_what_is_not_look_alike(
    family: Family, asked: FamilyRequest, question: Question
) -> None:
    actions.keep_closed(asked, Told(look_again_on=FRIDAY), by=family.ruth, at=NOON)
    for role, there in _theirs(family, asked, question):
        who = account(family.practice, f"stranger-{uuid4()}", role)
        nowhere = reverse_elsewhere(there)
        hidden, absent = (signed_in(who).get(address) for address in (there, nowhere))
        assert (hidden.status_code, absent.status_code) == (404, 404), there
        assert _without_tokens(words_of(hidden), there) == _without_tokens(words_of(absent), nowhere)


def test_a_mother_does_not_read_what_the_father_asked(family: Family, asked: FamilyRequest) -> None:
    sara = signed_in(family.sara.person.account)
    assert sara.get(reverse("requests:family_request", args=[asked.pk])).status_code == 404


def test_a_stranger_with_an_account_cannot_ask_as_tom(family: Family) -> None:
    client = signed_in(stranger(family.practice))
    typed = {"category": "progress", "motive": ""}
    assert client.post(reverse("requests:family_ask", args=[family.tom.pk]), typed).status_code == 404
    assert not FamilyRequest.objects.exists()


def test_a_father_who_left_the_circle_reads_no_answer_any_more(family: Family, asked: FamilyRequest) -> None:
    tom: Account = family.tom.person.account
    people.end_membership(family.tom, by=family.ruth, at=NOON)
    assert signed_in(tom).get(reverse("requests:family_request", args=[asked.pk])).status_code == 404


def reverse_elsewhere(address: str) -> str:
    """Return the same address with another id."""
    return "/".join(str(uuid4()) if part.count("-") == 4 else part for part in address.split("/"))


def _without_tokens(page: str, address: str = "") -> str:
    """Return a page without what differs at every visit: its token, the ids of its forms, its own address in it."""
    page = page.replace(address, "ADDRESS") if address else page
    return re.sub(r'(name="(?:csrfmiddlewaretoken|once)" value=")[^"]*', r"\1", page)
