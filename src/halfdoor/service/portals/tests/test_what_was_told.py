"""Amina reads what was told, and what was not; and it tells nobody who looks over her shoulder of anything else."""

import pytest
import time_machine
from django.urls import reverse

from halfdoor.disclosure.obligations import CODES
from halfdoor.service.agreements import actions as agreements
from halfdoor.service.agreements.choices import WishSource, WishValue
from halfdoor.service.disclosures import gate
from halfdoor.service.disclosures.choices import Category
from halfdoor.service.disclosures.models import Line, OrdinaryRefusal
from halfdoor.service.notes import actions as notes
from halfdoor.service.people.models import Membership
from tests.doors import signed_in, words_of
from tests.people import NOON, Family, a_court_limits

NEW = "New: somebody was told something"


def asks(member: Membership, category: str, family: Family, *, stated: dict[str, str] | None = None) -> gate.Receipt:
    question = gate.Question(
        young_person=family.amina, recipient=member, category=category, purpose="support", stated=stated or {}
    )
    return gate.conclude(question, done=tuple(CODES), by=family.ruth, at=NOON)


@pytest.mark.requirement("C10")
def test_what_was_told_stands_on_top_until_she_says_that_she_has_seen_it(family: Family) -> None:
    with time_machine.travel(NOON, tick=False):
        amina = signed_in(family.amina.person.account)
        assert asks(family.sara, "attendance", family).went
        page = words_of(amina.get(reverse("portals:mine")))
        assert NEW in page
        assert "Sara Khan was told: whether you come to your sessions" in page
        assert "Monday, November 2, 2026" in page
        upto = page.split('name="upto" value="')[1].split('"')[0]
        amina.post(reverse("portals:notice"), {"upto": upto})
        assert NEW not in words_of(amina.get(reverse("portals:mine")))
        assert "whether you come to your sessions" in words_of(amina.get(reverse("portals:history")))
        amina.post(reverse("portals:notice"), {"upto": "tomorrow"})


@pytest.mark.requirement("C10")
def test_that_her_therapist_opened_their_notes_is_no_news_and_stands_in_the_history(family: Family) -> None:
    notes.write("She tries things out.", episode=family.episode, category=Category.PROGRESS, by=family.ruth, at=NOON)
    with time_machine.travel(NOON, tick=False):
        ruth, amina = signed_in(family.ruth), signed_in(family.amina.person.account)
        assert "She tries things out." in words_of(ruth.get(reverse("notes:list", args=[family.amina.pk])))
        assert NEW not in words_of(amina.get(reverse("portals:mine")))
        assert "Ruth" in words_of(amina.get(reverse("portals:history")))


@pytest.mark.requirement("C10")
def test_she_reads_what_somebody_asked_and_was_not_told(family: Family) -> None:
    agreements.wish(
        family.amina,
        value=WishValue.OBJECTS,
        source=WishSource.OWN_PAGE,
        about=family.tom,
        category="themes",
        by=family.amina.person.account,
        at=NOON,
    )
    assert not asks(family.tom, "themes", family).went
    with time_machine.travel(NOON, tick=False):
        page = words_of(signed_in(family.amina.person.account).get(reverse("portals:mine")))
    assert "What Tom Reed asked and was not told" in page


@pytest.mark.abuse("A5", "B7")
def test_a_refusal_for_a_court_stands_nowhere_on_her_page(family: Family) -> None:
    with time_machine.travel(NOON, tick=False):
        amina = signed_in(family.amina.person.account)
        before = [amina.get(reverse(name)).content for name in ("portals:mine", "portals:history")]
        a_court_limits(family.tom, by=family.ruth)
        assert not asks(family.tom, "attendance", family).went
        after = [amina.get(reverse(name)).content for name in ("portals:mine", "portals:history")]
    cut = [[page.split(b"<main")[1].split(b"<footer")[0] for page in pages] for pages in (before, after)]
    assert cut[0][0].count(b"not told") == cut[1][0].count(b"not told") == 0
    assert cut[0][1] == cut[1][1]
    assert Line.objects.filter(membership=family.tom).exists()
    assert not OrdinaryRefusal.objects.exists()


def test_a_thousand_lines_come_a_page_at_a_time_and_nobody_counts_them(
    family: Family,
    django_assert_max_num_queries,  # type: ignore[no-untyped-def]
) -> None:
    for _ in range(60):
        asks(family.sara, "attendance", family)
    with time_machine.travel(NOON, tick=False):
        amina = signed_in(family.amina.person.account)
        with django_assert_max_num_queries(6) as sent:
            page = words_of(amina.get(reverse("portals:history")))
    assert page.count("whether you come to your sessions") == 50
    assert not [one for one in sent.captured_queries if "COUNT(" in one["sql"]]
