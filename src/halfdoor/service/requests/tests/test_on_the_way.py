"""From the question to the answer: each step dated, none compulsory, nothing lost, the law's clock in view."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from halfdoor.disclosure.rules import Duty
from halfdoor.service.core import chain
from halfdoor.service.disclosures.duties import due_at
from halfdoor.service.people import drafts
from halfdoor.service.people.models import Draft
from halfdoor.service.requests import actions, clocks, conversation, tasks
from halfdoor.service.requests.actions import Asked, Told
from halfdoor.service.requests.conversation import Weighed
from halfdoor.service.requests.models import Clock, FamilyRequest, Skipped, Step, Weighing
from halfdoor.service.requests.queries.clinicians import case_of
from halfdoor.service.requests.queries.families import asked_page
from halfdoor.service.requests.queries.path import way_of
from halfdoor.service.requests.queries.waiting import _about, waiting_for
from halfdoor.service.requests.words import Channel, Longer
from tests.doors import signed_in, words_of
from tests.people import NOON, Family, Home

LATER = NOON + timedelta(hours=1)


@pytest.fixture(autouse=True)
def later() -> Iterator[None]:
    with time_machine.travel(LATER, tick=False):
        yield


@pytest.fixture
def asked(family: Family) -> FamilyRequest:
    return toms_question(family)


@pytest.fixture
def ruth(family: Family) -> Client:
    return signed_in(family.ruth)


def toms_question(family: Family, category: str = "session_content", **more: str) -> FamilyRequest:
    wanted = Asked(category=category, channel=Channel.PORTAL, **more)
    return actions.receive(family.amina, wanted, asked_by=family.tom, by=family.tom.person.account, at=NOON)


def states(request: FamilyRequest) -> dict[str, str]:
    taken = list(Step.objects.filter(request=request))
    return {stage.kind: stage.state for stage in way_of(request, taken, Skipped.objects.filter(request=request))}


@pytest.mark.requirement("C5")
def test_one_press_writes_down_the_conversation_and_the_way_goes_on(ruth: Client, asked: FamilyRequest) -> None:
    typed = {"kinds": ["acknowledged", "explored", "boundaries"], "said": "He fears she starves.", "once": str(uuid4())}
    for _ in range(2):
        ruth.post(reverse("requests:conversation", args=[asked.pk]), typed)
    assert Step.objects.filter(kind=Step.Kind.EXPLORED).count() == 1
    assert Step.objects.get(kind=Step.Kind.EXPLORED).note == "He fears she starves."
    page = words_of(ruth.get(reverse("requests:request", args=[asked.pk])))
    assert 'Next: <a href="#conversation">Turn to what is needed</a>' in page


@pytest.mark.requirement("C5")
def test_a_step_is_left_out_by_somebody_with_a_reason(family: Family, ruth: Client, asked: FamilyRequest) -> None:
    address = reverse("requests:leave_out", args=[asked.pk])
    assert "Say why, in a few words." in words_of(ruth.post(address, {"kind": "acknowledged", "reason": ""}))
    ruth.post(address, {"kind": "acknowledged", "reason": "Thanked yesterday."})
    assert states(asked)["acknowledged"] == "done"
    assert "Thanked yesterday." in words_of(ruth.get(reverse("requests:request", args=[asked.pk])))
    with pytest.raises(AssertionError):
        conversation.leave_out(asked, Step.Kind.ANSWERED, reason="No.", by=family.ruth, at=LATER)


@pytest.mark.parametrize(
    ("tone", "words"), [("warm", "What would help you most?"), ("formal", "So that we can answer")]
)
def test_the_words_come_in_the_tone_and_language_one_chooses(
    ruth: Client, asked: FamilyRequest, tone: str, words: str
) -> None:
    page = reverse("requests:request", args=[asked.pk])
    assert words in words_of(ruth.get(page, {"tone": tone}))
    welsh = words_of(ruth.get(page, {"tone": tone, "in": "cy"}))
    assert words not in welsh
    assert 'lang="cy"' in welsh


def test_what_was_typed_is_there_again_for_who_typed_it_alone(
    family: Family, ruth: Client, asked: FamilyRequest
) -> None:
    ruth.post(reverse("requests:keep", args=[asked.pk, "talk"]), {"said": "She cried.", "once": str(uuid4())})
    assert "She cried." in words_of(ruth.get(reverse("requests:request", args=[asked.pk])))
    assert drafts.typed_by(family.lead, about=asked.pk) == {}
    assert b"She cried." not in bytes(Draft.objects.get().typed_sealed)
    ruth.post(reverse("requests:talk", args=[asked.pk]), {"said": "She cried."})
    assert not Draft.objects.exists()


@pytest.mark.requirement("C5")
def test_what_ruth_weighed_counts_and_keeps_both_sides(family: Family, asked: FamilyRequest) -> None:
    weighed = Weighed(harm="serious_harm", interests="against_sharing", serves="He could help.", harms="She would run.")
    conversation.weigh(asked, weighed, by=family.ruth, at=LATER)
    assert case_of(asked, reader=family.ruth, at=LATER).outlook.decision["disposition"] == "withhold"
    row = Weighing.objects.get()
    assert (row.serves, row.harms) == ("He could help.", "She would run.")
    assert states(asked)["weighed"] == "done"
    again = toms_question(family)
    assert case_of(again, reader=family.ruth, at=LATER).outlook.decision["disposition"] == "withhold", "for a while"


def test_a_talk_puts_on_record_what_amina_would_like(family: Family, asked: FamilyRequest) -> None:
    conversation.talk(asked, "I tell him on Sunday.", wish="prefers_to_tell", by=family.ruth, at=LATER)
    assert case_of(asked, reader=family.ruth, at=LATER).outlook.decision["disposition"] == "withhold"
    assert "ask_young_person_view" in conversation.seen_to(asked)


@pytest.mark.parametrize(("asked_on", "due_on"), [("2026-01-31", date(2026, 2, 28)), ("2026-11-02", date(2026, 12, 2))])
def test_a_month_in_the_law_ends_on_the_same_day_or_the_last_of_a_short_one(asked_on: str, due_on: date) -> None:
    asked_at = datetime.fromisoformat(asked_on).replace(tzinfo=UTC)
    duty = Duty("respond_to_access_request", within="P1M", since="request_received")
    assert due_at(duty, since={"request_received": asked_at}, at=NOON).date() == due_on


@pytest.mark.requirement("C5")
def test_a_request_for_the_record_has_the_laws_clock_and_it_stands_on_today(family: Family) -> None:
    request = toms_question(family, "full_record", purpose="access_request")
    assert Clock.objects.get().due_at.date() == (NOON + timedelta(days=30)).date()
    actions.come_back_later(request, Told(look_again_on=date(2027, 1, 8)), by=family.ruth, at=LATER)
    line = waiting_for(family.ruth, at=LATER)[0]
    assert (line.why, line.due_on) == ("Not answered yet, by law", date(2026, 12, 2))


def test_it_takes_longer_once_and_tom_reads_why_and_until_when(family: Family) -> None:
    request = toms_question(family, "full_record", purpose="access_request")
    clocks.run_longer(request, Longer.MUCH, by=family.ruth, at=LATER)
    page = asked_page(family.tom.person.account, request.pk, at=LATER)
    assert (page.longer, page.promised_on) == ("There is a lot to look through.", date(2027, 1, 1))
    with pytest.raises(clocks.CannotRunLonger):
        clocks.run_longer(request, Longer.MUCH, by=family.ruth, at=LATER)


def test_a_limit_that_has_passed_is_not_made_longer_and_stands_in_the_chain(family: Family) -> None:
    request = toms_question(family, "full_record", purpose="access_request")
    too_late = NOON + timedelta(days=31)
    with pytest.raises(clocks.CannotRunLonger):
        clocks.run_longer(request, Longer.MUCH, by=family.ruth, at=too_late)
    with time_machine.travel(too_late, tick=False):
        tasks.run_out.func(str(family.practice.pk), str(Clock.objects.get().pk))
    assert chain.ChainEntry.objects.filter(entry__contains='"requests.overdue"').exists()


def test_in_england_it_is_a_month_and_two_more(home: Home) -> None:
    wanted = Asked(category="full_record", channel=Channel.PORTAL, purpose="access_request")
    request = actions.receive(home.leo, wanted, asked_by=home.priya, by=home.priya.person.account, at=NOON)
    clocks.run_longer(request, Longer.ELSEWHERE, by=home.therapist, at=LATER)
    assert [Clock.objects.get().due_at.date(), clocks.Extension.objects.get().due_at.date()] == [
        date(2026, 12, 2),
        date(2027, 2, 2),
    ]


@pytest.mark.parametrize(("day", "before"), [(date(2026, 11, 8), 6), (date(2026, 11, 7), 6), (date(2026, 11, 9), 9)])
def test_what_is_due_on_a_sunday_is_done_on_the_friday_before(day: date, before: int) -> None:
    assert clocks.working_day_by(day).day == before


def test_nothing_of_the_way_is_ever_overwritten(family: Family, asked: FamilyRequest) -> None:
    conversation.weigh(
        asked, Weighed(harm="none", interests="for_sharing", serves="x", harms="y"), by=family.ruth, at=LATER
    )
    with pytest.raises(DatabaseError), transaction.atomic():
        Weighing.objects.update(harm="serious_harm")


def test_every_form_of_the_page_can_be_sent_once(ruth: Client, asked: FamilyRequest) -> None:
    page = ruth.get(reverse("requests:request", args=[asked.pk])).content.decode()
    for form in re.findall(r'<form[^>]*method="post"[^>]*>.*?</form>', page, re.DOTALL):
        assert 'name="once"' in form or "sign" in form or "language" in form, form[:200]


@pytest.mark.parametrize("others", [0, 8, 64, 600])
def test_what_waits_is_found_among_few_and_among_many(family: Family, asked: FamilyRequest, others: int) -> None:
    elsewhere = {uuid4() for _ in range(others)}
    assert [row.pk for row in _about(family.ruth, {asked.pk, *elsewhere})] == [asked.pk]
    assert _about(family.ruth, elsewhere) == []
