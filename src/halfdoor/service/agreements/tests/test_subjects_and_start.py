"""Wishes by subject and person, asked again from time to time; and what was explained at the start."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from halfdoor.service.agreements import facts, starting
from halfdoor.service.agreements.choices import OFTENEST_DAYS
from halfdoor.service.agreements.models import Cadence, Explained, Wish
from halfdoor.service.agreements.queries import wishes
from halfdoor.service.documents import actions as papers
from halfdoor.service.documents.choices import Kind
from tests.doors import signed_in, words_of
from tests.people import EARLIER, NOON, Family

SOON, LATER = NOON + timedelta(hours=1), NOON + timedelta(days=91)


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


def about(member, topic: str, *, at=SOON):
    return facts.load(member.young_person, at=at).about(member.pk, member.relation, "themes", topic, "support")


@pytest.mark.requirement("A6")
def test_she_says_by_subject_and_person_and_reads_what_she_said_before(family: Family):
    amina = signed_in(family.amina.person.account)
    for_tom = reverse("agreements:my_wishes_for", args=[family.tom.pk])
    assert amina.post(for_tom, {"topic": "friends", "value": "prefers_to_tell"}).status_code == 302
    assert amina.post(reverse("agreements:my_wishes"), {"topic": "body", "value": "objects"}).status_code == 302
    assert about(family.tom, "friends")["wish"] == "prefers_to_tell"
    assert "wish" not in about(family.sara, "friends")
    assert about(family.sara, "body")["kept_private"] == "yes"
    page = words_of(amina.get(for_tom))
    assert "You said: I tell it myself, Monday, November 2, 2026" in page
    assert "body and health, everybody: Keep it private" in page
    with time_machine.travel(NOON + timedelta(minutes=5), tick=False):
        amina.post(for_tom, {"topic": "friends", "value": "agrees"})
    assert about(family.tom, "friends", at=SOON)["wish"] == "agrees"
    assert Wish.objects.count() == 3


@pytest.mark.requirement("A6")
def test_ruth_is_reminded_to_ask_again_as_often_as_is_chosen(family: Family):
    ruth, page = signed_in(family.ruth), reverse("agreements:agreements", args=[family.amina.pk])
    today = reverse("portals:today")
    line = "Ask Amina Khan again what may be told"
    assert line not in words_of(ruth.get(today))
    assert ruth.post(page, {"do": "cadence", "days": 30}).status_code == 302
    assert line in words_of(ruth.get(today))
    ruth.post(page, {"do": "asked"})
    assert line not in words_of(ruth.get(today))
    assert [one.words for one in wishes.due_to_ask(family.ruth, at=NOON + timedelta(days=30))] == [line]
    assert wishes.due_to_ask(family.sara.person.account, at=LATER) == []
    assert "Something has to be mended" not in words_of(ruth.get(page))
    assert ruth.post(page, {"do": "cadence", "days": 1}).status_code == 200


@pytest.mark.requirement("A6")
@pytest.mark.parametrize("days", [OFTENEST_DAYS, wishes.USUAL_DAYS])
@pytest.mark.parametrize("asked", [False, True])
def test_ruth_is_reminded_on_the_very_day_however_often_that_is(family: Family, asked: bool, days: int):
    since = NOON if asked else EARLIER
    if asked:
        starting.ask_again(family.amina, by=family.ruth, at=NOON)
    if days != wishes.USUAL_DAYS:
        starting.set_cadence(family.amina, days=days, by=family.ruth, at=NOON)
    for hour in (5, 23):  # of one day in New York
        on_the_day = since.replace(hour=hour) + timedelta(days=days)
        assert len(wishes.due_to_ask(family.ruth, at=on_the_day)) == 1
        assert wishes.due_to_ask(family.ruth, at=on_the_day - timedelta(days=1)) == []


@pytest.mark.requirement("A6")
def test_ruth_is_reminded_on_the_day_where_the_clocks_were_put_forward_before_it(family: Family):
    late, early = datetime(2026, 12, 21, 4, 30, tzinfo=UTC), datetime(2027, 3, 20, 4, 10, tzinfo=UTC)
    starting.ask_again(family.amina, by=family.ruth, at=late)  # at half past eleven of the 20th
    assert len(wishes.due_to_ask(family.ruth, at=early)) == 1, "ten past midnight, ninety days later"
    assert wishes.due_to_ask(family.ruth, at=early - timedelta(minutes=11)) == []


@pytest.mark.requirement("A6")
def test_nobody_chooses_to_ask_again_every_few_days(family: Family):
    with pytest.raises(ValueError, match="before 7 days"):
        starting.set_cadence(family.amina, days=6, by=family.ruth, at=NOON)
    assert not Cadence.objects.exists()


@pytest.mark.requirement("A6")
def test_she_can_say_herself_that_all_of_it_is_still_right(family: Family):
    amina, page = signed_in(family.amina.person.account), reverse("agreements:my_wishes")
    amina.post(page, {"topic": "school", "value": "agrees"})
    with time_machine.travel(LATER, tick=False):
        later = signed_in(family.amina.person.account)
        assert len(wishes.due_to_ask(family.ruth, at=LATER)) == 1
        assert later.post(page, {"do": "still_right"}).status_code == 302
        assert wishes.due_to_ask(family.ruth, at=LATER) == []


@pytest.mark.requirement("A6")
def test_ruth_notes_what_amina_told_her(family: Family):
    ruth, page = signed_in(family.ruth), reverse("agreements:agreements", args=[family.amina.pk])
    told = {
        "do": "wish",
        "topic": "past",
        "value": "prefers_together",
        "whom": family.sara.pk,
        "words": "With you there.",
    }
    assert ruth.post(page, told).status_code == 302
    assert about(family.sara, "past")["wish"] == "prefers_together"
    assert "things that happened, Sara Khan: We tell it together" in words_of(ruth.get(page))
    assert Wish.objects.get().source == "told_therapist"


@pytest.mark.requirement("A7", "A9")
def test_who_explained_the_limits_to_whom_when_and_in_which_words(family: Family):
    papers.take_up_shipped(on=EARLIER.date(), by=family.lead, at=EARLIER)
    ruth, page = signed_in(family.ruth), reverse("agreements:agreements", args=[family.amina.pk])
    assert words_of(ruth.get(page)).count("Nobody has gone through what stays private") == 3
    form = reverse("agreements:explain", args=[family.amina.pk])
    talk = {
        "member": family.herself.pk,
        "kind": Kind.CONFIDENTIALITY_OLDER,
        "language": "es",
        "explained_on": "2026-11-01",
        "taken": "understood",
        "words": "What about my phone?",
        "told_relations": ["parent"],
        "told_categories": ["attendance"],
    }
    assert "Choose the day on which you talked" in words_of(ruth.post(form, {**talk, "explained_on": "2026-11-03"}))
    assert ruth.post(form, talk).status_code == 302
    told = Explained.objects.get()
    assert (told.text.language, told.text.version.number, told.words) == ("es", 1, "What about my phone?")
    after = words_of(ruth.get(page))
    assert after.count("Nobody has gone through what stays private") == 2
    assert "version 1 (es), by Ruth" in after
    agreed = facts.load(family.amina, at=SOON).about(family.sara.pk, "parent", "attendance", "", "support")
    assert agreed["told_at_start"] == "yes"
    mother = {**talk, "member": family.sara.pk, "kind": Kind.EXPECTATIONS}
    assert ruth.post(form, mother).status_code == 302
    assert "Nobody has gone through what stays private, and what may not, with Sara Khan" in words_of(ruth.get(page))


def test_a_rhythm_is_read_by_clinicians_alone(family: Family):
    starting.set_cadence(family.amina, days=14, by=family.ruth, at=NOON)
    assert wishes.rhythm_of(family.amina, reader=family.ruth).days == 14
    assert wishes.rhythm_of(family.amina, reader=family.tom.person.account).last_at is None
    assert not wishes.subjects_said(family.amina, reader=family.tom.person.account)
