"""Taking in a file of people: all of it or nothing, each fault with its line and column, and twice is once."""

from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from halfdoor.service.accounts.models import Account, Role
from halfdoor.service.core import chain
from halfdoor.service.core.models import ChainEntry
from halfdoor.service.people import facts, importing, queries
from halfdoor.service.people.choices import Relation
from halfdoor.service.people.models import Authority, Membership, Person, YoungPerson
from halfdoor.service.people.sheets import Faulty
from tests.doors import signed_in, words_of
from tests.people import NOON, Family, account

HEAD = (
    "young_person_id,young_person,setting,care_began_on,born_on,legal_basis,person_id,person,relation,since_on,"
    "identity,authority,authority_from,evidence,document"
)
IRIS = "yp-1,Iris Vance,outpatient,2026-01-05,2013-05-04,parent_consent"
EVE = "p-1,Eve Vance,parent,,verified,full,,Birth certificate,Folder 7"
RUTH = "ruth,Ruth Adler,therapist,,,,,,"
GOOD = f"{IRIS},{EVE}"


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def omar(family: Family) -> Account:
    """Omar keeps the office of Amina's practice."""
    return account(family.practice, "omar", Role.OFFICE)


def sheet(*lines: str, head: str = HEAD) -> bytes:
    return "\n".join((head, *lines)).encode()


def take(*lines: str, by: Account, days: int = 0) -> importing.Taken:
    return importing.take_in(sheet(*lines), by=by, at=NOON + timedelta(days=days))


def line(**changed: str) -> str:
    """Return the good line with some cells changed."""
    cells = dict(zip(HEAD.split(","), GOOD.split(","), strict=True))
    assert changed.keys() <= cells.keys()
    return ",".join((cells | changed).values())


def without(column: str) -> bytes:
    names = HEAD.split(",")
    place = names.index(column)
    return "\n".join(
        ",".join(cell for number, cell in enumerate(row.split(",")) if number != place) for row in (HEAD, GOOD)
    ).encode()


@pytest.mark.abuse("D1")
def test_a_lead_learns_no_name_and_no_birthday_of_other_circles_from_a_file(family: Family, omar: Account) -> None:
    take(GOOD, by=omar)
    guesses = line(young_person="Anybody"), line(born_on="2013-01-01"), line(person="Somebody")
    for guess in guesses:
        with pytest.raises(Faulty) as faulty:
            take(guess, by=family.lead)
        said = " ".join(fault.says for fault in faulty.value.faults)
        assert not [word for word in ("Iris", "Eve", "2013-05-04") if word in said], said
        with pytest.raises(Faulty) as faulty:
            take(guess, by=omar)
        said = " ".join(fault.says for fault in faulty.value.faults)
        assert [word for word in ("Iris", "Eve", "2013-05-04") if word in said], said


BAD: dict[str, tuple[bytes, int, str, str]] = {
    "nothing at all": (b"", 1, "", "The file is empty"),
    "blank lines": (b"\n \n", 1, "", "The file is empty"),
    "a spreadsheet": (b"PK\x03\x04rest", 1, "", "This is a spreadsheet"),
    "another encoding": (sheet(GOOD, line(person="Zo\u00eb")).replace("ë".encode(), b"\xeb"), 3, "", "not UTF-8"),
    "a zero byte": (sheet(GOOD, line(person="E\0ve")), 3, "", "a zero byte"),
    "semicolons": (sheet(GOOD).replace(b",", b";"), 1, "", "not separated by commas"),
    "tabs": (sheet(GOOD).replace(b",", b"\t"), 1, "", "not separated by commas"),
    "a head alone": (sheet(), 1, "", "no line below"),
    "an open quotation mark": (sheet(GOOD, line(evidence='"open')), 3, "", "quotation mark"),
    "a column nobody knows": (sheet(GOOD + ",x", head=HEAD + ",shoe_size"), 1, "shoe_size", "There is no column"),
    "a column spelled wrong": (sheet(GOOD, head=HEAD.replace("evidence", "evidense")), 1, "evidense", "“evidence”"),
    "a column twice": (sheet(GOOD + ",x", head=HEAD + ",evidence"), 1, "evidence", "twice"),
    "no id column": (without("young_person_id"), 1, "young_person_id", "is missing"),
    "no name column": (without("young_person"), 1, "young_person", "is missing"),
    "no setting column": (without("setting"), 1, "setting", "is missing"),
    "no relation column": (without("relation"), 1, "relation", "is missing"),
    "a cell too many": (sheet(GOOD, GOOD + ",more"), 3, "", "16 cells"),
    "a cell too few": (sheet(GOOD, "yp-2,Max"), 3, "", "2 cells"),
    "no id": (sheet(line(young_person_id="")), 2, "young_person_id", "empty"),
    "an id without end": (sheet(line(young_person_id="x" * 81)), 2, "young_person_id", "longer than 80"),
    "no name": (sheet(line(young_person="")), 2, "young_person", "empty"),
    "a name without end": (sheet(line(young_person="x" * 201)), 2, "young_person", "longer than 200"),
    "a name with a line break": (sheet(line(young_person='"Iris\nVance"')), 2, "young_person", "line break"),
    "a formula": (sheet(line(person="=1+1")), 2, "person", "formula"),
    "a number for a name": (sheet(line(person="12345")), 2, "person", "no letter"),
    "a birthday in words": (sheet(line(born_on="May 4th")), 2, "born_on", "year, month and day"),
    "a birthday in any order": (sheet(line(born_on="04/05/2013")), 2, "born_on", "year, month and day"),
    "a day that is none": (sheet(line(born_on="2013-02-30")), 2, "born_on", "no such day"),
    "a birthday to come": (sheet(line(born_on="2027-01-01")), 2, "born_on", "has not come yet"),
    "a birthday long ago": (sheet(line(born_on="1800-01-01")), 2, "born_on", "120 years ago"),
    "no setting": (sheet(line(setting="")), 2, "setting", "empty"),
    "a setting that is none": (sheet(line(setting="clinic")), 2, "setting", "none of the words"),
    "no beginning": (sheet(line(care_began_on="")), 2, "care_began_on", "empty"),
    "a beginning to come": (sheet(line(care_began_on="2027-01-01")), 2, "care_began_on", "has not come yet"),
    "care before birth": (sheet(line(care_began_on="2012-01-01")), 2, "care_began_on", "before they were born"),
    "a basis that is none": (sheet(line(legal_basis="yes")), 2, "legal_basis", "none of the words"),
    "a person without a relation": (sheet(line(relation="")), 2, "relation", "is missing"),
    "a relation without a person": (sheet(line(person_id="", person="")), 2, "person", "is missing"),
    "a person without an id": (sheet(line(person_id="")), 2, "person_id", "is missing"),
    "a relation that is none": (sheet(line(relation="mum")), 2, "relation", "none of the words"),
    "the young person themselves": (sheet(line(relation="self")), 2, "relation", "their place already"),
    "one id for two": (sheet(line(person_id="yp-1")), 2, "person_id", "own id"),
    "an authority that is none": (sheet(line(authority="custody")), 2, "authority", "none of the words"),
    "an authority that nothing shows": (sheet(line(evidence="")), 2, "evidence", "Say what shows"),
    "a day without an authority": (
        sheet(line(authority="", authority_from="2026-02-01")),
        2,
        "authority_from",
        "no authority",
    ),
    "an authority of nobody": (
        sheet(line(person_id="", person="", relation="", identity="")),
        2,
        "authority",
        "names none",
    ),
    "an identity that is none": (sheet(line(identity="sure")), 2, "identity", "none of the words"),
    "a place from a day to come": (sheet(line(since_on="2027-01-01")), 2, "since_on", "has not come yet"),
    "evidence without end": (sheet(line(evidence="x" * 2001)), 2, "evidence", "longer than 2000"),
    "a paper without end": (sheet(line(document="x" * 201)), 2, "document", "longer than 200"),
    "two birthdays for one": (
        sheet(GOOD, line(born_on="2013-05-05", person_id="p-2")),
        3,
        "young_person_id",
        "Line 2 says something else",
    ),
    "two names for one": (
        sheet(GOOD, line(young_person_id="yp-2", person="Eva Vance")),
        3,
        "person_id",
        "Line 2 says something else",
    ),
    "the same place twice": (sheet(GOOD, GOOD), 3, "person_id", "Line 2 is about the same place"),
    "a clinician who does not work here": (
        sheet(f"{IRIS},dr-who,Dr Who,therapist,,,,,,"),
        2,
        "person_id",
        "No clinician signs in",
    ),
}


def count() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Person, YoungPerson, Membership, Authority, ChainEntry))


@pytest.mark.abuse("E8")
@pytest.mark.parametrize("bad", BAD)
def test_what_is_wrong_is_said_with_its_line_and_column_and_nothing_is_on_record(
    bad: str, family: Family, omar: Account
) -> None:
    content, where, column, says = BAD[bad]
    before = count()
    with pytest.raises(Faulty) as wrong:
        importing.take_in(content, by=omar, at=NOON)
    found = [(fault.line, fault.column) for fault in wrong.value.faults if says in fault.says]
    assert (where, column) in found, wrong.value.faults
    assert count() == before


def test_there_are_forty_kinds_of_bad_input_at_least() -> None:
    assert len(BAD) >= 40


def test_one_bad_line_at_the_end_keeps_a_thousand_good_ones_out(family: Family, omar: Account) -> None:
    lines = [line(young_person_id=f"yp-{number}", person_id=f"p-{number}") for number in range(60)]
    before = count()
    with pytest.raises(Faulty):
        take(*lines, line(young_person_id="yp-x", person_id="p-x", authority="some"), by=omar)
    assert count() == before


@pytest.mark.requirement("P1")
@pytest.mark.requirement("P2")
def test_a_family_of_a_file_is_on_record_like_any_other(family: Family, omar: Account) -> None:
    taken = take(GOOD, f"{IRIS},{RUTH}", by=omar)
    assert (taken.young_people, taken.people, taken.places) == (1, 1, 2)
    iris = queries.young_people_of(family.ruth).get(person__name="Iris Vance")
    eve = Membership.objects.get(young_person=iris, relation=Relation.PARENT)
    known = facts.load(iris, at=NOON).of_member(eve)
    assert known["authority"] == "full"
    assert (known["identity"], known["involved_in_care"]) == ("verified", "yes")
    shown = Authority.objects.get(membership=eve)
    assert (shown.evidence, shown.document) == ("Birth certificate", "Folder 7")
    assert facts.load(iris, at=NOON).current_episode is not None
    assert chain.verify(family.practice).broken_at is None


def test_the_same_file_twice_changes_nothing(family: Family, omar: Account) -> None:
    lines = (GOOD, f"{IRIS},{RUTH}", line(young_person_id="yp-2", young_person="Max Vance"))
    take(*lines, by=omar)
    before = count()
    assert take(*lines, by=omar, days=1).changes_nothing
    assert count() == before
    assert Person.objects.filter(name="Eve Vance").count() == 1  # one mother of two


@pytest.mark.requirement("P2")
def test_what_a_later_file_says_anew_is_a_fact_of_its_day_beside_the_old_one(family: Family, omar: Account) -> None:
    take(GOOD, by=omar)
    later = line(authority="shared", authority_from="2026-11-01", evidence="Judgment")
    assert take(later, line(person_id="p-2", person="Ann Vance", relation="relative"), by=omar, days=1).facts == 3
    eve = Membership.objects.get(person__name="Eve Vance")
    assert facts.load(eve.young_person, at=NOON).of_member(eve)["authority"] == "full"
    assert facts.load(eve.young_person, at=NOON + timedelta(days=2)).of_member(eve)["authority"] == "shared"
    assert Authority.objects.filter(membership=eve).count() == 2


@pytest.mark.parametrize(
    ("changed", "column"),
    [
        ({"young_person": "Irene Vance"}, "young_person"),
        ({"born_on": "2013-05-05"}, "born_on"),
        ({"person": "Eva Vance"}, "person"),
        ({"young_person_id": "p-1", "person_id": "p-9"}, "young_person"),
    ],
)
def test_who_is_somebody_else_on_record_is_a_fault_and_not_a_change(
    family: Family, omar: Account, changed: dict[str, str], column: str
) -> None:
    take(GOOD, by=omar)
    before = count()
    with pytest.raises(Faulty) as wrong:
        take(line(**changed), by=omar, days=1)
    assert column in [fault.column for fault in wrong.value.faults]
    assert count() == before


def test_a_dry_run_says_what_a_file_would_bring_and_brings_nothing(family: Family, omar: Account) -> None:
    before = count()
    taken = importing.take_in(sheet(GOOD), dry_run=True, by=omar, at=NOON)
    assert (taken.young_people, taken.people) == (1, 1)
    assert count() == before


def test_a_long_file_takes_few_statements_and_says_how_far_it_is(family: Family, omar: Account) -> None:
    def statements(families: range) -> int:
        lines = [line(young_person_id=f"yp-{number}", person_id=f"p-{number}") for number in families]
        with CaptureQueriesContext(connection) as asked:
            importing.take_in(sheet(*lines), progress=lambda *far: seen.append(far), by=omar, at=NOON)
        return len(asked)

    seen: list[tuple[int, int]] = []
    few, many = statements(range(100)), statements(range(100, 1300))
    assert many - few < 400  # nothing grows line by line
    assert seen[-1] == (1200, 1200)
    assert [done for done, _ in seen[1:]] == [500, 1000, 1200]


@pytest.mark.parametrize("dry", [True, False])
def test_the_command_says_what_it_did(family: Family, omar: Account, tmp_path: Path, dry: bool) -> None:
    file = tmp_path / "people.csv"
    file.write_bytes(sheet(GOOD))
    said, before = StringIO(), count()
    how = {"practice": "Larkspur Practice", "by": "omar", "dry_run": dry, "stdout": said, "stderr": StringIO()}
    call_command("people", "import", str(file), **how)
    assert "1 new young people" in said.getvalue()
    assert (count() == before) is dry


def test_the_command_names_file_line_and_column(family: Family, omar: Account, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_bytes(sheet(line(born_on="soon")))
    said = StringIO()
    with pytest.raises(CommandError, match="Nothing of the file is on record"):
        call_command("people", "import", str(file), practice="Larkspur Practice", by="omar", stderr=said)
    assert f"{file}:2 born_on: Write a day as" in said.getvalue()


@pytest.mark.parametrize(("practice", "by"), [("Nowhere", "omar"), ("Larkspur Practice", "sara")])
def test_the_command_needs_a_practice_and_somebody_of_its_office(
    family: Family, omar: Account, practice: str, by: str
) -> None:
    with pytest.raises(CommandError):
        call_command("people", "import", "people.csv", practice=practice, by=by)


def test_the_office_looks_at_a_file_before_it_takes_it_in(family: Family, omar: Account) -> None:
    def send(content: bytes, how: str) -> str:
        file = SimpleUploadedFile("people.csv", content)
        page = signed_in(omar).post(reverse("people:file"), {"file": file, "how": how}, follow=True)
        return words_of(page)

    assert "What to mend" in send(sheet(line(born_on="soon")), "take")
    assert "new young people 1" in send(sheet(GOOD), "look")
    assert not YoungPerson.objects.filter(person__name="Iris Vance").exists()
    assert "The file is on record." in send(sheet(GOOD), "take")
    assert "All of it is on record already." in send(sheet(GOOD), "look")
    assert signed_in(family.ruth).get(reverse("people:file")).status_code == 404
