"""
A file of people, read and checked: every fault with its line and its column, and what to do about it.

The words in it are those of the decision contract. Nothing is guessed: a date is year, month, day, and a word that is
none of the list is a fault and not "unknown".
"""

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches

from django.utils.translation import gettext as _

from halfdoor.service.people.choices import Identity, LegalBasis, Level, Relation, Setting

MOST_ROWS = 50_000
_NAME, _ID, _WORDS, _PAPER = 200, 80, 2000, 200
_OLDEST = 120
_A_FORMULA = "=+@-\t"

_YOUNG_PERSON = ("young_person_id", "young_person", "setting", "care_began_on")
_PLACE = ("person_id", "person", "relation")
COLUMNS = (
    *_YOUNG_PERSON,
    "born_on",
    "legal_basis",
    *_PLACE,
    "since_on",
    "identity",
    "authority",
    "authority_from",
    "evidence",
    "document",
)
"""What a file can have; the first four it must have."""


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """Something that is wrong in a file: in which line, in which column (none: in all of it), and what to do."""

    line: int
    column: str
    says: str


class Faulty(Exception):
    """A file that is not taken. Nothing of it is on record."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = sorted(faults)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of a file, checked. Without ``relation`` it is about the young person alone."""

    line: int
    young_person_id: str
    young_person: str
    setting: Setting
    care_began_on: date
    born_on: date | None = None
    legal_basis: LegalBasis = LegalBasis.UNKNOWN
    person_id: str = ""
    person: str = ""
    relation: Relation | None = None
    since_on: date = date.min
    identity: Identity | None = None
    authority: Level | None = None
    authority_from: date = date.min
    evidence: str = ""
    document: str = ""


@dataclass(slots=True)
class _Sheet:
    """A file while it is read. ``first`` is the first line in which something was said, by what it was said about."""

    today: date
    faults: list[Fault] = field(default_factory=list)
    first: dict[tuple[str, str], tuple[int, tuple[object, ...]]] = field(default_factory=dict)

    def fault(self, line: int, column: str, says: str) -> None:
        self.faults.append(Fault(line, column, says))

    def same(self, kind: str, key: str, said: tuple[object, ...], *, line: int, column: str) -> None:
        """See that a file says one thing about one young person or one person."""
        before, earlier = self.first.setdefault((kind, key), (line, said))
        if earlier != said:
            says = _("Line %(line)d says something else about %(key)s. Make both lines say the same.")
            self.fault(line, column, says % {"line": before, "key": key})


def read(content: bytes, *, today: date) -> list[Entry]:
    """
    Return the lines of a file.

    :raises Faulty: with everything that is wrong in it
    """
    sheet = _Sheet(today)
    rows = list(_rows(_text(content, sheet), sheet))
    if sheet.faults:
        raise Faulty(sheet.faults)
    entries = [entry for line, row in rows if (entry := _entry(line, row, sheet)) is not None]
    _twice(entries, sheet)
    if sheet.faults:
        raise Faulty(sheet.faults)
    return entries


def _text(content: bytes, sheet: _Sheet) -> str:
    if not content.strip():
        raise Faulty([Fault(1, "", _("The file is empty. Its first line names the columns."))])
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise Faulty(
            [Fault(1, "", _("This is a spreadsheet, not CSV. Save it as CSV with UTF-8, and choose that file."))]
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise Faulty([Fault(line, "", _("A letter here is not UTF-8. Save the file as CSV with UTF-8."))]) from None
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise Faulty([Fault(line, "", _("There is a zero byte here: the file is damaged. Save it anew."))])
    return text


def _rows(text: str, sheet: _Sheet) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Yield each row with the number of its first line."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    began, count = 1, 0
    names: list[str] | None = None
    try:
        for cells in reader:
            line, began = began, reader.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue
            if names is None:
                names = _names(cells, sheet)
                continue
            count += 1
            if count > MOST_ROWS:
                says = _("A file has at most %(most)d lines. Split it into several.")
                raise Faulty([Fault(line, "", says % {"most": MOST_ROWS})])
            if len(cells) != len(names):
                says = _("This line has %(here)d cells, and the first line names %(there)d columns.")
                sheet.fault(line, "", says % {"here": len(cells), "there": len(names)})
                continue
            yield line, {name: cell.strip() for name, cell in zip(names, cells, strict=True)}
    except csv.Error:
        sheet.fault(began, "", _("A quotation mark is open or stands in the wrong place from here on. Close it."))
    if names is not None and count == 0:
        sheet.fault(1, "", _("The file names columns and has no line below them."))


def _names(cells: Sequence[str], sheet: _Sheet) -> list[str]:
    names = [cell.strip().casefold().replace(" ", "_") for cell in cells]
    if len(names) == 1 and any(mark in names[0] for mark in (";", "\t")):
        raise Faulty([Fault(1, "", _("The columns are not separated by commas. Save the file as CSV with commas."))])
    for name in names:
        if name not in COLUMNS:
            close = get_close_matches(name, COLUMNS, n=1)
            says = (
                _("There is no column “%(name)s”. Perhaps “%(close)s” is meant.")
                if close
                else _("There is no column “%(name)s”. Take it out.")
            )
            sheet.fault(1, name, says % {"name": name, "close": close[0] if close else ""})
    for name in {name for name in names if names.count(name) > 1}:
        sheet.fault(1, name, _("This column stands here twice. Take one of them out."))
    for name in _YOUNG_PERSON:
        if name not in names:
            sheet.fault(1, name, _("This column is missing. Every file has it."))
    missing = [name for name in _PLACE if name not in names]
    if missing and len(missing) < len(_PLACE):
        for name in missing:
            sheet.fault(1, name, _("This column is missing. Who stands in a circle has an id, a name and a relation."))
    return names


def _entry(line: int, row: Mapping[str, str], sheet: _Sheet) -> Entry | None:
    before = len(sheet.faults)
    cell = _Cells(line, row, sheet)
    began_on, born_on = cell.day("care_began_on", needed=True), cell.day("born_on")
    about = (cell.text("young_person_id", _ID), cell.name("young_person"), cell.word("setting", Setting, needed=True))
    basis = cell.word("legal_basis", LegalBasis)
    relation, evidence, document = _place(cell)
    level, identity = cell.word("authority", Level), cell.word("identity", Identity)
    since_on, level_from = cell.day("since_on"), cell.day("authority_from")
    _together(cell, born_on, began_on, relation, level)
    if len(sheet.faults) > before or began_on is None:
        return None
    sheet.same("young_person", about[0], (*about[1:], born_on, began_on, basis), line=line, column="young_person_id")
    if relation is not None:
        sheet.same("person", row["person_id"], (row["person"],), line=line, column="person_id")
    return Entry(
        line=line,
        young_person_id=about[0],
        young_person=about[1],
        setting=Setting(str(about[2])),
        care_began_on=began_on,
        born_on=born_on,
        legal_basis=LegalBasis(basis) if basis else LegalBasis.UNKNOWN,
        person_id=row.get("person_id", ""),
        person=row.get("person", ""),
        relation=Relation(relation) if relation else None,
        since_on=since_on or began_on,
        identity=Identity(identity) if identity else None,
        authority=Level(level) if level else None,
        authority_from=level_from or since_on or began_on,
        evidence=evidence,
        document=document,
    )


def _place(cell: "_Cells") -> tuple[str | None, str, str]:
    """Return the relation of who stands in the line, and what shows it: they are named whole or not at all."""
    named = [name for name in _PLACE if cell.row.get(name)]
    if named and len(named) < len(_PLACE):
        for name in _PLACE:
            if name not in named:
                cell.fault(name, _("Who stands in a circle has an id, a name and a relation. This one is missing."))
    if named:
        cell.text("person_id", _ID, needed=False)
        cell.name("person", needed=False)
    relation = cell.word("relation", Relation)
    if relation == Relation.SELF:
        cell.fault("relation", _("The young person has their place already. Leave this line’s person out."))
    if cell.row.get("person_id") and cell.row.get("person_id") == cell.row.get("young_person_id"):
        cell.fault("person_id", _("This is the young person’s own id. Give everybody another."))
    evidence = cell.text("evidence", _WORDS, needed=False)
    return relation, evidence, cell.text("document", _PAPER, needed=False)


def _together(
    cell: "_Cells", born_on: date | None, began_on: date | None, relation: str | None, level: str | None
) -> None:
    if born_on and began_on and began_on < born_on:
        cell.fault("care_began_on", _("Care cannot have begun before they were born."))
    for name in ("identity", "authority", "since_on"):
        if cell.row.get(name) and not relation and not cell.row.get("relation"):
            cell.fault(name, _("This is about a person, and the line names none."))
    if level and level != Level.UNKNOWN and not cell.row.get("evidence"):
        cell.fault("evidence", _("Say what shows this authority. If nothing does, write “unknown” for it."))
    if cell.row.get("authority_from") and not cell.row.get("authority"):
        cell.fault("authority_from", _("There is a day here, and no authority that begins on it."))


@dataclass(frozen=True, slots=True)
class _Cells:
    """The cells of one line, read one by one."""

    line: int
    row: Mapping[str, str]
    sheet: _Sheet

    def fault(self, column: str, says: str) -> None:
        self.sheet.fault(self.line, column, says)

    def text(self, column: str, most: int, *, needed: bool = True) -> str:
        text = self.row.get(column, "")
        if needed and not text:
            self.fault(column, _("This cell is empty. Every line has it."))
        if len(text) > most:
            self.fault(column, _("This is longer than %(most)d letters.") % {"most": most})
        return text

    def name(self, column: str, *, needed: bool = True) -> str:
        name = self.text(column, _NAME, needed=needed)
        if any(ord(letter) < ord(" ") for letter in name):
            self.fault(column, _("A name has no line break and no control character."))
        elif name and name[0] in _A_FORMULA:
            self.fault(column, _("This begins like a formula of a spreadsheet, not like a name."))
        elif name and not any(letter.isalpha() for letter in name):
            self.fault(column, _("There is no letter in this name."))
        return name

    def word(self, column: str, words: Callable[[str], object], *, needed: bool = False) -> str | None:
        word = self.row.get(column, "")
        if not word:
            if needed:
                self.fault(column, _("This cell is empty. Every line has it."))
            return None
        allowed = [str(value) for value in words.values]  # type: ignore[attr-defined]
        if word not in allowed:
            says = _("“%(word)s” is none of the words for this: %(words)s.")
            self.fault(column, says % {"word": word[:40], "words": ", ".join(allowed)})
            return None
        return word

    def day(self, column: str, *, needed: bool = False) -> date | None:
        text = self.row.get(column, "")
        if not text:
            if needed:
                self.fault(column, _("This cell is empty. Every line has it."))
            return None
        parts = text.split("-")
        if [len(part) for part in parts] != [4, 2, 2] or not all(part.isascii() and part.isdigit() for part in parts):
            self.fault(column, _("Write a day as year, month and day: 2012-03-08."))
            return None
        try:
            day = date(*map(int, parts))
        except ValueError:
            self.fault(column, _("There is no such day in the calendar."))
            return None
        if day > self.sheet.today and column != "authority_from":
            self.fault(column, _("This day has not come yet."))
        elif day.year < self.sheet.today.year - _OLDEST:
            self.fault(column, _("This is more than %(years)d years ago.") % {"years": _OLDEST})
        return day


def _twice(entries: Sequence[Entry], sheet: _Sheet) -> None:
    """Two lines about the same place would be one too many: which of them holds?"""
    places: dict[tuple[object, ...], int] = {}
    for entry in entries:
        if entry.relation is None:
            continue
        place = (entry.young_person_id, entry.person_id, entry.relation, entry.authority_from)
        first = places.setdefault(place, entry.line)
        if first != entry.line:
            sheet.fault(
                entry.line, "person_id", _("Line %(line)d is about the same place. Take one out.") % {"line": first}
            )
