"""An account of what was shared as a file: a tagged PDF/A for people, a table for machines. Their names say nothing."""

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from io import StringIO
from pathlib import Path

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from halfdoor.service.disclosures.accounting import Accounted, Entry
from halfdoor.service.disclosures.choices import Category, Copy, Purpose
from halfdoor.service.documents.typesetting import typeset
from halfdoor.service.people.choices import Relation

Row = tuple[str, str, str, str]
"""When, to whom, what, what for."""

_PAPER = Path(__file__).parent / "typst" / "accounting.typ"
_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""With what a cell begins that a spreadsheet would work out instead of showing it."""


def as_pdf(account: Accounted) -> bytes:
    """Return an account on paper, tagged so that it can be read aloud, and made to be kept (PDF/A-2a)."""
    return typeset(_PAPER, said={"said": json.dumps(_said(account))}, standard="a-2a", at=account.made_at)


def as_csv(account: Accounted) -> bytes:
    """Return an account as a table, in which no cell is worked out as a formula."""
    written = StringIO()
    table = csv.writer(written, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    table.writerow(map(harmless, _head()))
    table.writerows(map(harmless, row) for row in rows_of(account.entries))
    table.writerow([f"{_('Stamp of the ledger:')} {account.stamp}", "", "", ""])
    return written.getvalue().encode("utf-8-sig")


FILES: Mapping[str, tuple[str, Callable[[Accounted], bytes]]] = {
    "pdf": ("application/pdf", as_pdf),
    "csv": ("text/csv; charset=utf-8", as_csv),
}
"""The kinds of file by their ending: what they are, and how one is made."""


def harmless(cell: str) -> str:
    """Return the text of a cell so that a spreadsheet shows it as text."""
    return f"'{cell}" if cell.lstrip(" \u00a0\ufeff").startswith(_FORMULAS) else cell


def notes_on(account: Accounted) -> list[str]:
    """Return what whoever reads an account has to know about it."""
    notes = []
    if account.copy is not Copy.STAFF:
        notes.append(
            _("What was shared to keep somebody safe, or where the law asks for it, is not in this list. You can ask.")
        )
    if account.leaves_out_by_law:
        notes.append(
            _(
                "As the law allows, it leaves out what went to the person themselves, to those involved in their care, "
                "for treatment or payment, and on a signed consent."
            )
        )
    return notes


def stamped(stamp: str) -> dict[str, object]:
    """Return what a file says of its stamp, and the stamp in two lines: a hash and a signature, to be kept with it."""
    says = _(
        "Our ledger notes each step, and nothing in it can be changed without showing. This is its stamp for what you "
        "read here. Keep it: with it, you or anybody you ask can make sure later that the ledger still says so."
    )
    half = len(stamp) // 2
    return {"says": says, "is": _("Stamp of the ledger:"), "lines": [stamp[:half], stamp[half:]]}


def _said(account: Accounted) -> dict[str, object]:
    practice = account.young_person.practice
    made = timezone.localtime(account.made_at)
    return {
        "title": _("What was shared"),
        "about": _("About %(name)s, from %(since)s to %(until)s")
        % {
            "name": account.young_person.name,
            "since": _day(account.period.since),
            "until": _day(account.period.until),
        },
        "practice": practice.name,
        "made": f"{_day(made.date())} {made:%Z}",
        "paper": "us-letter" if account.leaves_out_by_law else "a4",
        "lang": translation.get_language().partition("-")[0],
        "notes": notes_on(account),
        "head": _head(),
        "rows": list(rows_of(account.entries)),
        "empty": _("Nothing in this time."),
        "stamp": stamped(account.stamp),
        "confidential": _("Confidential. Keep this sheet as you would keep a letter about your own health."),
    }


def _head() -> list[str]:
    return [_("When"), _("To whom"), _("What"), _("What for")]


def rows_of(entries: Iterable[Entry]) -> Iterator[Row]:
    """Yield each entry in words: when, to whom, what, what for. Words that come again are found once."""
    day, of = cache(_day), cache(_words_of)
    for entry in entries:
        yield day(timezone.localtime(entry.at).date()), *of(entry.to, entry.relation, entry.category, entry.purpose)


def _words_of(name: str, relation: str, category: str, purpose: str) -> tuple[str, str, str]:
    who = str(Relation(relation).label)
    return f"{name}, {who}" if name else who, str(Category(category).label), str(Purpose(purpose).label)


def _day(day: date) -> str:
    return date_format(day, pgettext("format of a day", "l, F j, Y"))
