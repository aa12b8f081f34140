"""After the answer, and beside it: offers, reasons, two readers, departures, and how it was."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from halfdoor.service.accounts.models import Role
from halfdoor.service.disclosures import gate
from halfdoor.service.disclosures.choices import LineKind
from halfdoor.service.disclosures.models import Line, Obligation
from halfdoor.service.people import actions as people
from halfdoor.service.people.choices import Relation
from halfdoor.service.requests import actions, departing, explaining, second_reading
from halfdoor.service.requests.actions import Asked, Said, Told
from halfdoor.service.requests.models import (
    Answer,
    Departure,
    DepartureReview,
    ExceptionUsed,
    FamilyRequest,
    Offer,
    Proposal,
    Reply,
    SecondReading,
    Side,
    Step,
)
from halfdoor.service.requests.queries.clinicians import case_of
from halfdoor.service.requests.queries.families import asked_page
from halfdoor.service.requests.queries.leads import pattern, to_review
from halfdoor.service.requests.queries.waiting import waiting_for
from halfdoor.service.requests.words import Channel
from tests.doors import signed_in, words_of
from tests.papers import stamped_line
from tests.people import NOON, Family, account

LATER = NOON + timedelta(hours=1)
FRIDAY = (NOON + timedelta(days=4)).date()
USUAL = ("general_information", "resources", "family_session", "written_denial_with_review")
DONE = ("record_agreement",)


@pytest.fixture(autouse=True)
def later() -> Iterator[None]:
    with time_machine.travel(LATER, tick=False):
        yield


@pytest.fixture
def ruth(family: Family) -> Client:
    return signed_in(family.ruth)


@pytest.fixture
def tom(family: Family) -> Client:
    return signed_in(family.tom.person.account)


@pytest.fixture
def amina(family: Family) -> Client:
    return signed_in(family.amina.person.account)


@pytest.fixture
def lena(family: Family) -> Client:
    """The clinical lead, who has a place in Amina's circle."""
    lead = people.introduce("Lena Vance", account=family.lead, by=family.ruth)
    place = {"relation": Relation.CLINICAL_LEAD, "since_on": NOON.date(), "by": family.ruth, "at": NOON}
    people.add_to_circle(family.amina, person=lead, **place)
    return signed_in(family.lead)


def tom_asks(family: Family, category: str = "session_content") -> FamilyRequest:
    wanted = Asked(category=category, channel=Channel.PORTAL, motive="I am worried.")
    return actions.receive(family.amina, wanted, asked_by=family.tom, by=family.tom.person.account, at=NOON)


def refused(family: Family, choice: Reply.Choice = Reply.Choice.NO) -> FamilyRequest:
    """Tom asked, Amina said no, and Ruth answered that it stays closed for now."""
    request = tom_asks(family)
    question = actions.ask_young_person(request, words="You decide.", by=family.ruth, at=NOON)
    actions.reply(question, Said(choice=choice), by=family.amina.person.account, at=NOON)
    told = Told(look_again_on=FRIDAY, alternatives=USUAL)
    actions.keep_closed(request, told, by=family.ruth, at=LATER)
    return request


def in_danger(family: Family) -> FamilyRequest:
    """Amina is in grave danger, and her father is told what he needs to keep her safe."""
    request = tom_asks(family, "risk")
    stated = {"risk": "serious_and_imminent", "emergency": "yes"}
    actions.record_facts(request, stated, evidence="She said when and how.", by=family.ruth, at=NOON)
    case = case_of(request, reader=family.ruth, at=LATER)
    told = Told(look_again_on=FRIDAY, text="Stay with her tonight.", done=tuple(code for code, _ in case.outlook.todo))
    actions.share(request, told, by=family.ruth, at=LATER)
    return request


@pytest.mark.requirement("C5", "C18")
def test_what_is_offered_can_be_taken_up_and_stands_on_both_sides(
    family: Family, tom: Client, amina: Client, ruth: Client
) -> None:
    request = refused(family)
    page = words_of(tom.get(reverse("requests:family_request", args=[request.pk])))
    assert "Keep days predictable." in page
    tom.post(reverse("requests:family_offer", args=[request.pk, "family_session"]), {"word": "yes"})
    assert "You said: Yes, gladly" in words_of(tom.get(reverse("requests:family_request", args=[request.pk])))
    assert "Somebody would like to meet: find a time" in [one.why for one in waiting_for(family.ruth, at=LATER)]
    assert "Ruth suggests that you, Tom Reed and Ruth meet" in words_of(amina.get(reverse("portals:mine")))
    offer = Offer.objects.get(code="family_session")
    amina.post(reverse("requests:my_meeting", args=[offer.pk]), {"word": "no"})
    assert "No, thank you" in words_of(ruth.get(reverse("requests:request", args=[request.pk])))
    ruth.post(reverse("requests:offer", args=[request.pk, offer.pk]), {"word": "fell_through"})
    assert waiting_for(family.ruth, at=LATER) == []


@pytest.mark.abuse("C3")
@pytest.mark.requirement("C18")
def test_what_amina_says_to_a_meeting_changes_no_letter_of_toms_page(
    family: Family, tom: Client, amina: Client
) -> None:
    request = refused(family)
    page = reverse("requests:family_request", args=[request.pk])
    before = asked_page(family.tom.person.account, request.pk, at=LATER)
    amina.post(reverse("requests:my_meeting", args=[Offer.objects.get(code="family_session").pk]), {"word": "no"})
    amina.post(reverse("requests:my_how_it_was", args=[request.pk]), {"how": "hard", "consequences": "yes"})
    assert asked_page(family.tom.person.account, request.pk, at=LATER) == before
    assert "consequences" not in words_of(tom.get(page))


def test_a_meeting_is_not_put_to_amina_who_was_never_asked(family: Family, amina: Client) -> None:
    request = tom_asks(family)
    actions.keep_closed(request, Told(look_again_on=FRIDAY, alternatives=USUAL), by=family.ruth, at=LATER)
    assert "Meeting together" not in words_of(amina.get(reverse("portals:mine")))


@pytest.mark.requirement("C18")
def test_on_its_day_the_answer_is_looked_at_again_and_tom_reads_that_it_was(family: Family) -> None:
    request = refused(family)
    friday = NOON + timedelta(days=4)
    assert [one.due_on for one in waiting_for(family.ruth, at=friday)] == [FRIDAY]
    told = Told(look_again_on=FRIDAY + timedelta(days=14), alternatives=USUAL)
    actions.keep_closed(request, told, by=family.ruth, at=friday)
    assert waiting_for(family.ruth, at=friday) == []
    with time_machine.travel(friday, tick=False):
        tom = signed_in(family.tom.person.account)
        page = words_of(tom.get(reverse("requests:family_request", args=[request.pk])))
    assert "We have looked at this again." in page
    assert "Ruth looks at it again on Friday, November 20, 2026." in page


@pytest.mark.requirement("C18")
def test_the_refusal_is_a_letter_with_a_review_a_person_and_the_way_to_complain(
    family: Family, tom: Client, ruth: Client
) -> None:
    request = refused(family)
    for who, name in ((tom, "requests:family_letter"), (ruth, "requests:letter")):
        letter = words_of(who.get(reverse(name, args=[request.pk])))
        assert "another professional, who took no part in this answer" in letter
        assert "To complain, write to Lena" in letter
        assert "said no" not in letter
        line = stamped_line(letter, family.practice)
        assert (line["kind"], line["request"]) == ("requests.answered", str(request.pk))
    for _again in range(3):
        tom.post(reverse("requests:family_review", args=[request.pk]))
    assert Step.objects.filter(request=request, kind=Step.Kind.REVIEW_ASKED).count() == 1
    assert "They ask that somebody else looks at the answer" in [one.why for one in waiting_for(family.ruth, at=LATER)]


@pytest.mark.requirement("C5", "E17")
def test_amina_alone_is_asked_whether_it_had_consequences_and_ruth_hears_at_once(
    family: Family, tom: Client, amina: Client, ruth: Client
) -> None:
    request = refused(family)
    mine = reverse("requests:my_how_it_was", args=[request.pk])
    assert "Did anything happen at home because of it" in words_of(amina.get(mine))
    amina.post(mine, {"how": "hard", "consequences": "yes", "words": "He shouted."})
    assert "He shouted." not in words_of(amina.get(mine)), "what she said is never shown again"
    tom.post(reverse("requests:family_how_it_was", args=[request.pk]), {"how": "fair", "words": "I understand."})
    first = waiting_for(family.ruth, at=LATER)[0]
    assert (first.why, first.due_on) == ("It had consequences at home: talk with the young person, alone", NOON.date())
    page = words_of(ruth.get(reverse("requests:request", args=[request.pk])))
    assert "He shouted." in page
    assert "I understand." in page


@pytest.mark.requirement("C6")
def test_an_exception_is_explained_to_both_sides(family: Family, tom: Client, amina: Client, ruth: Client) -> None:
    request = in_danger(family)
    used = ExceptionUsed.objects.get()
    assert "Explain why it was told" in [one.why for one in waiting_for(family.ruth, at=LATER)]
    page = reverse("requests:family_request", args=[request.pk])
    assert "to keep somebody safe" not in words_of(tom.get(page))
    for side, words in (("young_person", "I was worried about you."), ("family", "")):
        typed = {"is_told": "yes", "words": words}
        ruth.post(reverse("requests:explain", args=[request.pk, used.pk, side]), typed)
    assert "We told you this to keep somebody safe." in words_of(tom.get(page))
    assert "I was worried about you." in words_of(amina.get(reverse("portals:mine")))
    assert "Explain why it was told" not in [one.why for one in waiting_for(family.ruth, at=LATER)]
    owed = Obligation.objects.open().filter(line=used.line_id, code__startswith="tell_young_person")
    assert not owed.exists()


@pytest.mark.requirement("C6")
def test_an_explanation_that_adds_danger_is_kept_back_with_a_reason(
    family: Family, amina: Client, ruth: Client
) -> None:
    request = in_danger(family)
    address = reverse("requests:explain", args=[request.pk, ExceptionUsed.objects.get().pk, "young_person"])
    assert "Say why telling would add danger." in words_of(ruth.post(address, {"is_told": "no", "words": ""}))
    ruth.post(address, {"is_told": "no", "words": "He reads her phone."})
    assert "He reads her phone." not in words_of(amina.get(reverse("portals:mine")))
    used = ExceptionUsed.objects.get()
    with pytest.raises(explaining.ToldAlready):
        explaining.explain(used, Side.YOUNG_PERSON, is_told=True, words="x", by=family.ruth, at=LATER)


def test_an_answer_that_amina_agreed_to_is_no_exception(family: Family) -> None:
    agreed(family)
    assert not ExceptionUsed.objects.exists()


def agreed(family: Family) -> FamilyRequest:
    request = tom_asks(family)
    question = actions.ask_young_person(request, words="", by=family.ruth, at=NOON)
    actions.reply(question, Said(choice=Reply.Choice.YOU_TELL), by=family.amina.person.account, at=NOON)
    return request


@pytest.mark.requirement("C17")
def test_ruth_keeps_back_what_could_go_and_the_lead_reads_why(family: Family, ruth: Client, lena: Client) -> None:
    request = agreed(family)
    typed = {"do": "keep_back", "look_again_on": FRIDAY.isoformat()}
    address = reverse("requests:answer", args=[request.pk])
    ruth.post(address, typed)
    assert not Answer.objects.exists(), "without reasons nothing is decided"
    ruth.post(address, typed | {"reasons": "She agreed while he stood beside her."})
    assert Answer.objects.get().outcome == Answer.Outcome.CLOSED
    assert Line.objects.filter(kind=LineKind.REFUSAL, disposition="may_share").exists()
    departure = Departure.objects.get()
    page = reverse("requests:departure", args=[departure.pk])
    assert "She agreed while he stood beside her." in words_of(lena.get(page))
    lena.post(page, {"outcome": "sound", "words": "So would I."})
    assert DepartureReview.objects.get().words == "So would I."
    assert list(to_review(family.lead)) == []
    assert [(line.by, line.instead, line.times) for line in pattern(family.lead, at=LATER).lines] == [
        ("Ruth", "withhold", 1)
    ]
    assert "<svg" in words_of(lena.get(reverse("requests:departures")))


@pytest.mark.requirement("C17")
@pytest.mark.parametrize(
    ("decided", "instead"),
    [
        ("withhold", "may_share"),
        ("ask_first", "share_limited"),
        ("share_limited", "may_share"),
        ("must_share", "withhold"),
    ],
)
def test_nobody_departs_to_open_more_or_from_what_the_law_compels(family: Family, decided: str, instead: str) -> None:
    decision = {"disposition": decided, "reasons": [{"rule": "some-rule"}]}
    with pytest.raises(departing.NotThatWay):
        departing.depart(tom_asks(family), decision, instead, reasons="I know better.", by=family.ruth, at=LATER)


@pytest.mark.requirement("C17")
def test_what_the_law_compels_is_not_kept_back_by_the_gate_either(family: Family) -> None:
    question = gate.Question(
        young_person=family.amina, recipient=family.tom, category="progress_note", purpose="access_request"
    )
    if gate.consider(question, at=LATER).disposition == "must_share":
        with pytest.raises(gate.LawCompels):
            gate.keep_back(question, by=family.ruth, at=LATER)
    else:
        pytest.fail("the situation should compel")


def test_amina_is_asked_although_it_could_go_unasked(family: Family, ruth: Client) -> None:
    request = tom_asks(family, "attendance")
    address = reverse("requests:ask", args=[request.pk])
    ruth.post(address, {"words": "He asks whether you come."})
    assert not Departure.objects.exists()
    ruth.post(address, {"words": "He asks whether you come.", "reasons": "She is new here."})
    assert Departure.objects.get().instead == "ask_first"


def test_whoever_departed_does_not_review_it(family: Family) -> None:
    decision = {"disposition": "may_share", "reasons": [{"rule": "some-rule"}]}
    made = departing.depart(tom_asks(family), decision, "withhold", reasons="x", by=family.ruth, at=LATER)
    with pytest.raises(departing.NotYourOwnDeparture):
        departing.review(made, DepartureReview.Outcome.SOUND, words="", by=family.ruth, at=LATER)


@pytest.mark.abuse("D10")
def test_where_the_practice_wants_two_people_nothing_goes_before_the_second_has_read_it(
    family: Family, ruth: Client, lena: Client
) -> None:
    lena.post(reverse("requests:second_reader"), {"opening": "on"})
    request = agreed(family)
    typed = {"do": "share", "text": "She eats better now.", "look_again_on": FRIDAY.isoformat(), "done": DONE}
    ruth.post(reverse("requests:answer", args=[request.pk]), typed)
    assert not Answer.objects.exists()
    proposal = Proposal.objects.get()
    reading = reverse("requests:read", args=[request.pk, proposal.pk])
    assert ruth.post(reading, {"outcome": "agrees"}).status_code == 404
    with pytest.raises(second_reading.NotYourOwn):
        second_reading.read(proposal, SecondReading.Outcome.AGREES, by=family.ruth, at=LATER)
    assert "Waits for a second reader" in [one.why for one in waiting_for(family.lead, at=LATER)]
    assert "She eats better now." in words_of(lena.get(reverse("requests:request", args=[request.pk])))
    lena.post(reading, {"outcome": "agrees"})
    given = Answer.objects.get()
    assert (given.outcome, given.answered_by) == (Answer.Outcome.SHARED, family.ruth)


def test_a_second_reader_gives_it_back_and_nothing_goes(family: Family, ruth: Client, lena: Client) -> None:
    second_reading.want(family.practice, opening=True, categories=(), by=family.lead, at=NOON)
    request = agreed(family)
    second_reading.propose(request, "share", Told(look_again_on=FRIDAY, text="x", done=DONE), by=family.ruth, at=NOON)
    proposal = Proposal.objects.get()
    lena.post(reverse("requests:read", args=[request.pk, proposal.pk]), {"outcome": "not_yet", "note": "Too much."})
    assert not Answer.objects.exists()
    assert "Too much." in words_of(ruth.get(reverse("requests:request", args=[request.pk])))
    assert "Came back from the second reader" in [one.why for one in waiting_for(family.ruth, at=LATER)]


@pytest.mark.abuse("F1")
def test_a_no_between_the_two_readers_stops_the_answer(family: Family, lena: Client) -> None:
    request = agreed(family)
    told = Told(look_again_on=FRIDAY, text="She eats better now.", done=DONE)
    proposal = second_reading.propose(request, "share", told, by=family.ruth, at=NOON)
    question = Reply.objects.get().question
    then = NOON + timedelta(minutes=1)
    actions.reply(question, Said(choice=Reply.Choice.NO), by=family.amina.person.account, at=then)
    page = lena.post(reverse("requests:read", args=[request.pk, proposal.pk]), {"outcome": "agrees"})
    assert "nothing was sent" in words_of(page)
    assert not Answer.objects.exists()
    assert not SecondReading.objects.exists()


def test_departures_of_other_circles_are_numbers_and_nothing_else(family: Family) -> None:
    decision = {"disposition": "may_share", "reasons": [{"rule": "some-rule"}]}
    departing.depart(tom_asks(family), decision, "withhold", reasons="x", by=family.ruth, at=LATER)
    elsewhere = account(family.practice, "vera", Role.LEAD)
    page = words_of(signed_in(elsewhere).get(reverse("requests:departures")))
    assert "Amina" not in page
    assert "some-rule" in page
