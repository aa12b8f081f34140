"""What has to be kept out of what somebody who may have done harm could ask for: found by the rows of its line."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from halfdoor.disclosure.obligations import CODES
from halfdoor.service.disclosures import accounting, gate, own_page, queries
from halfdoor.service.disclosures.accounting import Part, Period
from halfdoor.service.disclosures.choices import Category, Copy, LineKind
from halfdoor.service.disclosures.models import Line, Obligation, OrdinaryRefusal
from halfdoor.service.disclosures.queries import KEEP_OUT
from halfdoor.service.notes import actions as notes
from halfdoor.service.notes.queries import updates_for
from halfdoor.service.people import actions as people
from halfdoor.service.people.choices import Relation
from halfdoor.service.people.models import Membership
from tests.duties import bound_by_releases, said_of_releases
from tests.people import EARLIER, LONG_AGO, NOON, Family, Home

YEAR = Period(since=date(2026, 1, 1), until=NOON.date())


def asks(member: Membership, category: str, purpose: str, *, by: object, **stated: str) -> Line:
    question = gate.Question(
        young_person=member.young_person, recipient=member, category=category, purpose=purpose, stated=stated
    )
    return gate.conclude(question, done=tuple(CODES), by=by, at=NOON).line  # type: ignore[arg-type]


def keeps_out(line: Line) -> None:
    whose = {"practice": line.practice, "young_person": line.young_person}
    Obligation.objects.create(**whose, line=line, code=KEEP_OUT, who=CODES[KEEP_OUT].who, when=CODES[KEEP_OUT].when)


def where_it_stands(home: Home) -> Iterator[int]:
    """Yield how much stands wherever Leo, or Dan who cares for him, could read what was told."""
    leo, dan = home.himself.person.account, home.dan.person.account
    yield len(own_page.history(home.leo, reader=leo, at=NOON).rows)
    yield len(own_page.latest(home.leo, reader=leo, at=NOON))
    yield queries.releases_about(home.leo, reader=leo, at=NOON).count()
    for part in (None, Part()):
        own = accounting.account_of(home.leo, Copy.OWN, YEAR, part=part, by=leo, at=NOON)
        family = accounting.account_of(home.leo, Copy.FAMILY, YEAR, part=part, member=home.dan, by=dan, at=NOON)
        yield from (len(own.entries), len(family.entries))


@pytest.mark.abuse("B7")
def test_what_no_account_names_stands_on_no_page_of_his_nor_of_theirs(home: Home) -> None:
    lines = [asks(home.dan, "themes", "care_planning", by=home.therapist) for _ in range(3)]
    assert set(where_it_stands(home)) == {3}
    for left, line in ((2, lines[1]), (1, lines[2]), (0, lines[0])):
        keeps_out(line)
        assert set(where_it_stands(home)) == {left}
    staff = accounting.account_of(home.leo, Copy.STAFF, YEAR, by=home.therapist, at=NOON)
    assert len(staff.entries) == 3


def test_a_refusal_stays_on_her_page_whatever_it_obliges_to(family: Family) -> None:
    line = asks(family.tom, "session_content", "support", by=family.ruth)
    assert line.kind == LineKind.REFUSAL
    assert OrdinaryRefusal.objects.filter(line=line).exists()
    keeps_out(line)
    reader = family.herself.person.account
    assert [one.pk for one in own_page.history(family.amina, reader=reader, at=NOON).rows] == [line.pk]


@pytest.mark.requirement("C8")
@pytest.mark.abuse("B7")
def test_a_report_of_harm_is_kept_out_and_logged_by_its_rows(family: Family) -> None:
    person = people.introduce("Wilma Stone", by=family.ruth)
    where = {"relation": Relation.CHILD_PROTECTION, "since_on": LONG_AGO, "by": family.ruth, "at": EARLIER}
    wilma = people.add_to_circle(family.amina, person=person, **where)
    asks(family.sara, "attendance", "support", by=family.ruth)
    report = asks(wilma, "abuse_concern", "safety", by=family.ruth, abuse="disclosed")
    about = family.practice.pk, family.amina.pk
    for code in (KEEP_OUT, "log_in_accounting"):
        assert list(queries.obliged(*about, to=code).values_list("line", flat=True)) == [report.pk]
        assert code in said_of_releases()[family.amina.pk, report.pk]


def test_whichever_way_something_goes_its_rows_say_what_its_line_says(family: Family) -> None:
    asks(family.sara, "attendance", "support", by=family.ruth)
    item = notes.write("She came.", episode=family.episode, category=Category.PROGRESS, by=family.ruth, at=NOON).item_id
    gate.release(family.sara, item, done=tuple(CODES), by=family.ruth, at=NOON)
    for _ in range(2):
        notes.write("She comes.", episode=family.episode, category=Category.PROGRESS, by=family.ruth, at=NOON)
    assert len(updates_for(family.sara, at=NOON).items) == 3
    said = said_of_releases()
    assert len(said) == 4
    assert any(said.values()), "no rule obliges to anything: choose another story"
    assert bound_by_releases() == said


@pytest.mark.parametrize("copy", [Copy.OWN, Copy.STAFF])
def test_no_line_of_the_chain_is_searched_for_words(family: Family, copy: Copy) -> None:
    asks(family.sara, "attendance", "support", by=family.ruth)
    with CaptureQueriesContext(connection) as sent:
        accounting.account_of(family.amina, copy, YEAR, part=Part(), by=family.ruth, at=NOON)
    assert not [one for one in sent.captured_queries if " LIKE " in one["sql"]]
    with CaptureQueriesContext(connection) as sent:
        own_page.history(family.amina, reader=family.ruth, at=NOON)
    assert not [one for one in sent.captured_queries if "core_chainentry" in one["sql"] or "COUNT(" in one["sql"]]
