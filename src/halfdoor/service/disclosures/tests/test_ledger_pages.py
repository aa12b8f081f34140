"""The ledger as Ruth reads it: what she looks for, each line decided again, and whether the chain is whole."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from halfdoor.service.core import chain, keys, wall
from halfdoor.service.core.models import ChainEntry
from halfdoor.service.disclosures import gate, lines, tasks
from halfdoor.service.disclosures.lines import Sought
from halfdoor.service.disclosures.models import ChainCheck, Line
from halfdoor.service.people.models import Membership
from tests.database import triggers_lifted
from tests.doors import signed_in, words_of
from tests.people import NOON, Family, stranger


def asked(family: Family, member: Membership, category: str, *, days: int = 0) -> Line:
    question = gate.Question(young_person=family.amina, recipient=member, category=category, purpose="support")
    return gate.conclude(question, done=("log_disclosure",), by=family.ruth, at=NOON + timedelta(days=days)).line


@pytest.fixture
def story(family: Family) -> list[Line]:
    """Tom is refused what is said; two days later Sara hears that Amina comes."""
    return [asked(family, family.tom, "session_content"), asked(family, family.sara, "attendance", days=2)]


@pytest.mark.requirement("C9")
def test_each_thing_one_looks_for_narrows_the_list(family: Family, story: list[Line]) -> None:
    refused, told = story
    rule = chain.body_of(ChainEntry.objects.get(pk=told.entry_id))["decided"][0]["rules"][0]
    for sought, expected in (
        (Sought(), {refused, told}),
        (Sought(membership=family.tom.pk), {refused}),
        (Sought(category="attendance"), {told}),
        (Sought(kind="refusal"), {refused}),
        (Sought(disposition=told.disposition), {told}),
        (Sought(rule=rule), {told}),
        (Sought(rule=rule[:-1]), set()),
        (Sought(day=(NOON + timedelta(days=2)).date()), {told}),
    ):
        assert set(lines.lines(family.amina, sought, reader=family.ruth)) == expected, sought


def test_the_ledger_is_for_clinicians_of_the_circle(family: Family, story: list[Line]) -> None:
    for reader in (family.lead, family.tom.person.account, family.herself.person.account, stranger(family.practice)):
        assert not lines.lines(family.amina, Sought(), reader=reader).exists()
        with pytest.raises(Line.DoesNotExist):
            lines.line_of(family.amina, story[0].pk, reader=reader)


@pytest.mark.requirement("C9")
def test_a_line_opens_to_its_decision_and_is_decided_again(family: Family, story: list[Line]) -> None:
    page = words_of(signed_in(family.ruth).get(reverse("disclosures:line", args=[family.amina.pk, story[0].pk])))
    assert "same facts, same rules, same answer" in page
    assert "The line fits the lines before and after it." in page
    assert 'class="decision"' in page


@pytest.mark.abuse("D4")
def test_a_line_that_was_changed_says_so(family: Family, story: list[Line]) -> None:
    entry = ChainEntry.objects.get(pk=story[0].entry_id)
    with wall.permit(wall.readable, wall.EVERYTHING), triggers_lifted():
        ChainEntry.objects.filter(pk=entry.pk).update(
            entry=entry.entry.replace(str(family.tom.pk), str(family.sara.pk))
        )
    address = reverse("disclosures:line", args=[family.amina.pk, story[0].pk])
    page = words_of(signed_in(family.ruth).get(address))
    assert "This line is not what it was" in page
    assert "same facts, same rules, same answer" not in page
    assert lines.check_chain(family.practice, at=NOON).says
    assert "The ledger is broken at line" in words_of(
        signed_in(family.ruth).get(reverse("disclosures:ledger", args=[family.amina.pk]))
    )


@pytest.mark.requirement("C9")
def test_the_whole_ledger_is_read_when_somebody_asks(family: Family, story: list[Line]) -> None:
    ruth, page = signed_in(family.ruth), reverse("disclosures:ledger", args=[family.amina.pk])
    assert "Nobody has had the whole ledger read yet." in words_of(ruth.get(page))
    ruth.post(reverse("disclosures:check", args=[family.amina.pk]))
    with time_machine.travel(NOON, tick=False):
        tasks.read_chain.func(practice=str(family.practice.pk))
    assert ChainCheck.objects.get().says == ""
    assert "The ledger is whole" in words_of(ruth.get(page))


def test_a_line_of_somebody_erased_says_so(family: Family, story: list[Line]) -> None:
    keys.erase(family.amina.pk, practice=family.practice.pk)
    line = lines.line_of(family.amina, story[0].pk, reader=family.ruth)
    opened = lines.opened(line)
    assert opened.is_erased
    assert not opened.decisions


def test_a_filter_that_makes_no_sense_shows_what_it_can(family: Family, story: list[Line]) -> None:
    page = reverse("disclosures:ledger", args=[family.amina.pk])
    answer = signed_in(family.ruth).get(page, {"who": "nobody", "day": "0000", "answer": "x", "page": "99"})
    assert answer.status_code == 200
    assert "Tom Reed" in words_of(answer)


def test_the_list_takes_as_many_queries_for_many_lines_as_for_few(family: Family, story: list[Line]) -> None:
    page, counts = reverse("disclosures:ledger", args=[family.amina.pk]), []
    for _ in range(2):
        with time_machine.travel(NOON + timedelta(days=2), tick=False):
            ruth = signed_in(family.ruth)
            with CaptureQueriesContext(connection) as queries:
                found = words_of(ruth.get(page, {"category": "attendance"}))
        counts.append(len(queries))
        for _ in range(60):
            asked(family, family.sara, "attendance", days=2)
    assert counts[0] == counts[1] <= 20
    assert "1 to 50" not in found or "?category=attendance&amp;page=2" in found
