"""An account of what was shared: what is in each copy, what no copy holds, and that asking for one leaves its line."""

import csv
import html
import re
import runpy
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from io import StringIO
from uuid import uuid4

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse

from halfdoor.disclosure.obligations import CODES
from halfdoor.service.agreements import actions as agreements
from halfdoor.service.agreements.choices import GivenBy
from halfdoor.service.core import chain
from halfdoor.service.disclosures import accounting, accounting_files, gate, own_page
from halfdoor.service.disclosures.accounting import Part, Period
from halfdoor.service.disclosures.choices import Category, Copy, InWriting
from halfdoor.service.disclosures.models import Accounting, Line
from halfdoor.service.disclosures.queries import releases_about
from halfdoor.service.people import actions as people
from halfdoor.service.people.choices import Answer, Level, Relation
from halfdoor.service.people.models import Membership, Suspicion, YoungPerson
from tests.doors import signed_in
from tests.papers import line_of
from tests.people import EARLIER, LONG_AGO, NOON, Family, Home, know, stranger, takes_part

YEAR = Period(since=date(2026, 1, 1), until=NOON.date())


def joins(young_person: YoungPerson, name: str, relation: Relation, family: Family) -> Membership:
    person = people.introduce(name, by=family.ruth)
    member = people.add_to_circle(
        young_person, person=person, relation=relation, since_on=LONG_AGO, by=family.ruth, at=EARLIER
    )
    know(member, level=Level.NONE, by=family.ruth)
    takes_part(member, involved=Answer.YES, needs=Answer.YES, by=family.ruth)
    return member


def told(member: Membership, category: str, purpose: str, *, by: object, **stated: str) -> Line:
    question = gate.Question(
        young_person=member.young_person, recipient=member, category=category, purpose=purpose, stated=stated
    )
    receipt = gate.conclude(question, done=tuple(CODES), by=by, at=NOON)  # type: ignore[arg-type]
    assert receipt.went, (member.relation, category)
    return receipt.line


def signs(member: Membership, *categories: str, purpose: str, family: Family) -> None:
    agreements.authorize(
        member,
        categories=categories,
        purposes=[purpose],
        given_by=GivenBy.PARENT,
        starts_on=LONG_AGO,
        ends_on=date(2030, 1, 1),
        by=family.ruth,
        at=EARLIER,
    )


def to(entries: Iterable[accounting.Entry]) -> list[tuple[str, str]]:
    return [(entry.to or entry.relation, entry.category) for entry in entries]


@pytest.fixture
def report(family: Family) -> Line:
    """Wilma Stone of child protection was told of a concern."""
    wilma = joins(family.amina, "Wilma Stone", Relation.CHILD_PROTECTION, family)
    return told(wilma, "abuse_concern", "safety", by=family.ruth, abuse="disclosed")


@pytest.mark.requirement("C9")
def test_what_american_law_lets_out_of_an_account_is_not_in_it(family: Family) -> None:
    school = joins(family.amina, "Elin Pugh", Relation.EDUCATOR, family)
    signs(school, "attendance", purpose="education", family=family)
    told(family.sara, "attendance", "support", by=family.ruth)
    told(family.therapist, "session_content", "treatment", by=family.ruth)
    told(school, "attendance", "education", by=family.ruth)
    account = accounting.account_of(family.amina, Copy.OWN, YEAR, by=family.herself.person.account, at=NOON)
    assert account.leaves_out_by_law
    assert to(account.entries) == []


@pytest.mark.requirement("C9")
def test_british_law_lets_nothing_out_of_it(home: Home) -> None:
    told(home.dan, "themes", "care_planning", by=home.therapist)
    told(home.clinician, "session_content", "treatment", by=home.therapist)
    account = accounting.account_of(home.leo, Copy.OWN, YEAR, by=home.himself.person.account, at=NOON)
    assert not account.leaves_out_by_law
    assert set(to(account.entries)) == {("Dan Price", "themes"), ("Nia Bevan", "session_content")}


@pytest.mark.requirement("C9")
@pytest.mark.abuse("B7")
def test_what_keeps_somebody_safe_is_in_the_copy_for_the_file_alone(family: Family, report: Line) -> None:
    own = accounting.account_of(family.amina, Copy.OWN, YEAR, by=family.herself.person.account, at=NOON)
    file = accounting.account_of(family.amina, Copy.STAFF, YEAR, by=family.ruth, at=NOON)
    assert to(own.entries) == []
    assert to(file.entries) == [("Wilma Stone", "abuse_concern")]


@pytest.mark.abuse("B7")
def test_a_parent_who_may_have_done_harm_reads_what_a_parent_reads_of_nothing(family: Family, report: Line) -> None:
    tom = {"member": family.tom, "by": family.tom.person.account, "at": NOON}
    before = accounting.account_of(family.amina, Copy.FAMILY, YEAR, **tom)
    people.record(
        Suspicion(membership=family.tom, suspected=Answer.YES, effective_on=LONG_AGO), by=family.ruth, at=EARLIER
    )
    after = accounting.account_of(family.amina, Copy.FAMILY, YEAR, **tom)
    assert before == after
    assert to(after.entries) == []


@pytest.mark.abuse("B6")
def test_one_parent_never_reads_what_the_other_was_told(family: Family) -> None:
    told(family.sara, "attendance", "support", by=family.ruth)
    told(family.tom, "goals_and_plan", "support", by=family.ruth)
    mine = {}
    for parent in (family.sara, family.tom):
        account = accounting.account_of(
            family.amina, Copy.FAMILY, YEAR, member=parent, by=parent.person.account, at=NOON
        )
        mine[parent.person.name] = to(account.entries)
    assert mine == {
        "Sara Khan": [("Sara Khan", "attendance")],
        "Tom Reed": [("Tom Reed", "goals_and_plan")],
    }


@pytest.mark.requirement("C9")
def test_police_can_have_a_line_left_out_for_a_time(home: Home) -> None:
    line = told(home.dan, "themes", "care_planning", by=home.therapist)
    until = NOON.date() + timedelta(days=20)
    accounting.hold(line, until=until, in_writing=InWriting.NO, said="Officer 114", by=home.therapist, at=NOON)
    leo = home.himself.person.account
    assert to(accounting.account_of(home.leo, Copy.OWN, YEAR, by=leo, at=NOON).entries) == []
    assert not _on_the_page(home, at=NOON)
    assert _on_the_page(home, at=NOON + timedelta(days=20))
    later = NOON + timedelta(days=20)
    assert to(accounting.account_of(home.leo, Copy.OWN, YEAR, by=leo, at=later).entries) == [("Dan Price", "themes")]
    until = NOON.date() + timedelta(days=31)
    with pytest.raises(accounting.HeldTooLong):
        accounting.hold(line, until=until, in_writing=InWriting.NO, said="", by=home.therapist, at=NOON)


def _on_the_page(home: Home, *, at: datetime) -> bool:
    """Return whether Leo's own pages show that Dan was told something: all of them, or none."""
    leo = {"reader": home.himself.person.account, "at": at}
    ways = [
        bool(own_page.history(home.leo, **leo).rows),
        bool(own_page.latest(home.leo, **leo)),
        releases_about(home.leo, **leo).exists(),
    ]
    assert len(set(ways)) == 1
    return ways[0]


@pytest.mark.requirement("C9")
def test_an_account_is_read_page_by_page_with_nothing_twice_and_nothing_left_out(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(accounting, "_A_PAGE", 2)
    for category in ("themes", "attendance", "themes", "themes", "attendance"):
        told(home.dan, category, "care_planning", by=home.therapist)
    leo = home.himself.person.account
    with time_machine.travel(NOON, tick=False):
        client, address, read = signed_in(leo), reverse("disclosures:my_account"), []
        while address:
            page = client.get(address).content.decode()
            read += re.findall(r"<td>(.+?)</td>", page)[1::3]
            onward = re.search(r'rel="next" href="([^"]+)"', page)
            address = reverse("disclosures:my_account") + html.unescape(onward[1]) if onward else ""
    assert len(read) == 5
    whole = accounting.account_of(home.leo, Copy.OWN, YEAR, by=leo, at=NOON)
    assert read == [str(Category(entry.category).label) for entry in reversed(whole.entries)]


@pytest.mark.abuse("C2")
def test_a_page_after_a_line_that_is_not_theirs_to_read_is_the_first(family: Family, report: Line) -> None:
    sara = {"member": family.sara, "by": family.sara.person.account, "at": NOON}
    told(family.sara, "attendance", "support", by=family.ruth)
    first, hidden, absent = (
        accounting.account_of(family.amina, Copy.FAMILY, YEAR, part=Part(after), **sara)
        for after in (None, report.pk, uuid4())
    )
    assert first == hidden == absent
    assert to(first.entries) == [("Sara Khan", "attendance")]


@pytest.mark.requirement("C9")
def test_what_was_signed_for_takes_no_room_on_a_page(family: Family, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accounting, "_A_PAGE", 1)
    school = joins(family.amina, "Elin Pugh", Relation.EDUCATOR, family)
    wilma = joins(family.amina, "Wilma Stone", Relation.CHILD_PROTECTION, family)
    signs(school, "attendance", purpose="education", family=family)
    told(wilma, "abuse_concern", "safety", by=family.ruth, abuse="disclosed")
    for _ in range(3):
        told(school, "attendance", "education", by=family.ruth)
    page = accounting.account_of(family.amina, Copy.STAFF, YEAR, part=Part(), by=family.ruth, at=NOON)
    assert (to(page.entries), page.older) == ([("Wilma Stone", "abuse_concern")], "")


@pytest.mark.requirement("C9")
def test_that_somebody_asked_is_itself_on_the_chain(home: Home) -> None:
    accounting.account_of(home.leo, Copy.OWN, YEAR, by=home.himself.person.account, at=NOON)
    given = Accounting.objects.get()
    assert chain.body_of(given.entry)["kind"] == "disclosures.accounted"
    assert list(accounting.given_before(home.leo, reader=home.therapist)) == [given]
    assert not accounting.given_before(home.leo, reader=stranger(home.practice)).exists()


@pytest.mark.abuse("B6")
def test_an_account_is_nothing_for_somebody_from_elsewhere(home: Home) -> None:
    told(home.dan, "themes", "care_planning", by=home.therapist)
    account = accounting.account_of(home.leo, Copy.STAFF, YEAR, by=stranger(home.practice), at=NOON)
    assert account.entries == ()


def test_only_its_days_are_in_it(home: Home) -> None:
    told(home.dan, "themes", "care_planning", by=home.therapist)
    for since, until, found in (
        (NOON.date(), NOON.date(), 1),
        (date(2026, 1, 1), NOON.date() - timedelta(days=1), 0),
        (NOON.date() + timedelta(days=1), date(2027, 1, 1), 0),
    ):
        period = Period(since=since, until=until)
        account = accounting.account_of(home.leo, Copy.STAFF, period, by=home.therapist, at=NOON)
        assert len(account.entries) == found


@pytest.mark.parametrize("name", ["=1+1", "+44 20", "-2", "@SUM(A1)", "\t=1", " =1", "\uff1d1"])
def test_no_cell_of_a_table_is_worked_out_as_a_formula(home: Home, name: str) -> None:
    home.dan.person.name = name
    home.dan.person.save()
    told(home.dan, "themes", "care_planning", by=home.therapist)
    account = accounting.account_of(home.leo, Copy.STAFF, YEAR, by=home.therapist, at=NOON)
    rows = list(csv.reader(StringIO(accounting_files.as_csv(account).decode("utf-8-sig"))))
    assert len(rows) == 3, "its head, what was shared, and the stamp"
    assert rows[1][1] == f"'{name}, residential carer"


@pytest.mark.abuse("C10")
@pytest.mark.parametrize(
    "name", ["Dan Price", "Zoë Ŵyn", "Łukasz Öz", "#set page(width: 1cm) *x* $y$", "王小明", "أمينة"]
)
def test_a_pdf_is_tagged_made_to_be_kept_and_takes_any_name(home: Home, name: str) -> None:
    home.dan.person.name = name
    home.dan.person.save()
    told(home.dan, "themes", "care_planning", by=home.therapist)
    account = accounting.account_of(home.leo, Copy.STAFF, YEAR, by=home.therapist, at=NOON + timedelta(microseconds=7))
    made = accounting_files.as_pdf(account)
    assert made.startswith(b"%PDF-1.7")
    assert b"/StructTreeRoot" in made
    assert b"pdfaid:part>2<" in made or name == "王小明", "no font of ours has every script; it is tagged all the same"
    assert made == accounting_files.as_pdf(account)


@pytest.mark.requirement("C9")
@pytest.mark.abuse("D4")
def test_whoever_holds_the_file_can_make_sure_later_that_the_ledger_still_says_so(home: Home) -> None:
    told(home.dan, "themes", "care_planning", by=home.therapist)
    account = accounting.account_of(home.leo, Copy.STAFF, YEAR, by=home.therapist, at=NOON)
    says = list(csv.reader(StringIO(accounting_files.as_csv(account).decode("utf-8-sig"))))[-1][0]
    stamp = says.removeprefix("Stamp of the ledger: ")
    assert line_of(stamp, home.practice)["kind"] == "disclosures.accounted"
    assert accounting_files.as_pdf(replace(account, stamp="A" * 128)) != accounting_files.as_pdf(account)

    def said(what: str) -> str:
        call_command("ledger", what, practice=home.practice.name, stdout=(out := StringIO()))
        return out.getvalue()

    check = runpy.run_path("tools/verify_ledger.py")["check"]
    lines, keys = said("lines").encode().split(b"\n")[:-1], f"{said('key')}\n{said('stamp-key')}"
    assert list(check(lines, keys, [stamp]))[-1] == f"stamp 1: line {len(lines)} is there, as it was"
    with pytest.raises(Exception, match="no line is the one of stamp 1"):
        list(check(lines[:-1], keys, [stamp]))


@pytest.mark.abuse("C10")
def test_the_name_of_a_file_says_nothing(home: Home) -> None:
    with time_machine.travel(NOON, tick=False):
        leo = signed_in(home.himself.person.account)
        nia = signed_in(home.therapist)
        answers = [leo.get(reverse(f"disclosures:my_{ending}")) for ending in ("pdf", "csv")]
        answers += [nia.get(reverse(f"disclosures:account_{ending}", args=[home.leo.pk])) for ending in ("pdf", "csv")]
    assert {answer["Content-Disposition"] for answer in answers} == {
        'attachment; filename="list.pdf"',
        'attachment; filename="list.csv"',
    }
    assert {answer.status_code for answer in answers} == {200}


def test_a_period_that_makes_no_sense_says_what_to_mend(home: Home) -> None:
    leo = signed_in(home.himself.person.account)
    page = leo.get(reverse("disclosures:my_account"), {"since": "2026-05-01", "until": "2026-01-01"})
    assert "This is before the first day." in page.content.decode()
