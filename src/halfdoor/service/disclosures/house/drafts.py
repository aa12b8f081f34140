"""A text that somebody typed, on its way to a pack: what is wrong with it, in which line, and what to do."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from halfdoor.disclosure import house_rules
from halfdoor.disclosure.house_rules import HOUSE_RULES
from halfdoor.disclosure.lints import Lint
from halfdoor.disclosure.loading import PackError, bodies, from_files, shipped
from halfdoor.disclosure.parsing import HEADER
from halfdoor.disclosure.rules import Pack, Speaker
from halfdoor.disclosure.table import RuleOrderError, arrange
from halfdoor.service.disclosures.house import misspelled
from halfdoor.service.disclosures.house.remarks import said
from halfdoor.service.disclosures.models import PackVersion

OWN_NAME = "house"
"""What a practice's own rules are called where they begin on a page. It says nothing about whose they are."""

LONGEST = 200_000


class Unusable(ValueError):
    """A text that cannot be house rules. ``line`` and ``column`` are where to look, 0 where that cannot be said."""

    def __init__(self, says: str, *, line: int = 0, column: int = 0) -> None:
        where = {"line": line, "column": column, "says": says}
        if column:
            says = _("Line %(line)d, character %(column)d: %(says)s") % where
        elif line:
            says = _("Line %(line)d: %(says)s") % where
        super().__init__(says)
        self.line = line


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to look at in a text that can be used, with the line of the rule."""

    line: int
    rule: str
    says: str


def text_of(version: PackVersion) -> str:
    """Return a kept version as one text that can be edited, under a name of its own."""
    text = house_rules.as_one_text(version.files) if len(version.files) > 1 else version.files[HEADER]
    return house_rules.renamed(text, OWN_NAME) if version.pack == HOUSE_RULES else str(text)


def pack_of(text: str, *, place: str) -> Pack:
    """
    Return the pack that a text holds.

    :raises Unusable: with the line, for text that is not TOML, a word that there is not, and rules of somebody else
    """
    try:
        pack = from_files({HEADER: text.encode()})
        arrange([pack], on=date.min)
    except PackError as error:
        line, column = _place_of(text, error)
        raise Unusable(_plainly(error), line=line, column=column) from None
    except RuleOrderError as error:
        raise Unusable(str(error), line=_line_with(text, "over", 0)) from None
    except RecursionError:
        raise Unusable(_("lists inside lists without end")) from None
    if pack.speaker is not Speaker.PRACTICE:
        raise Unusable(_('house rules say: speaker = "practice"'), line=_line_with(text, "speaker", 0))
    if pack.id in {other.id for other in (*shipped(), *bodies().values())}:
        says = _(
            "a pack that comes with Halfdoor has this name already; give yours another, and begin its rules with it"
        )
        raise Unusable(says, line=_line_with(text, "id", 0))
    if place not in pack.places:
        raise Unusable(_('these rules have to speak for your place: for = "all"'), line=_line_with(text, "for", 0))
    return pack


def refused(
    text: str, pack: Pack, *, instead_of: Pack, place: str, codes: Collection[str] = (), on: date
) -> list[Remark]:
    """
    Return the rules that open nothing but what law, ethics or consent close, each with the rules that it hits.

    Codes of professional bodies that a practice named are ethics too.
    """
    found = house_rules.refusals(instead_of, pack, place=place, bodies=codes, on=on)
    return [_remark(text, warning) for warning in found]


def remarks(
    text: str, pack: Pack, *, instead_of: Pack, place: str, codes: Collection[str] = (), on: date
) -> Iterator[Remark]:
    """Yield what else is to be said of rules that are new or changed: opposites, rules that never decide, and more."""
    touched = {*house_rules.added(instead_of, pack), *house_rules.loosened(instead_of, pack)}
    for warning in house_rules.warnings(pack, place=place, bodies=codes, on=on):
        if warning.rule in touched and warning.about not in (house_rules.OPENS_WHAT_IS_CLOSED, "not-reviewed"):
            yield _remark(text, warning)


def _remark(text: str, warning: Lint) -> Remark:
    return Remark(line_of_rule(text, warning.rule), warning.rule, said(warning))


def _plainly(error: PackError) -> str:
    return ": ".join(part for part in (error.rule, error.field, misspelled.plainly(error.says)) if part)


def _place_of(text: str, error: PackError) -> tuple[int, int]:
    """Return line and character of a mistake, as the parser says; or the line of the field of the rule, as written."""
    line, column = misspelled.place_in(text, error.says)
    if line:
        return line, column
    start = line_of_rule(text, error.rule) if error.rule and error.rule != "[pack]" else 0
    return _line_with(text, error.field.rpartition(".")[2], start) or start, 0


def line_of_rule(text: str, rule: str) -> int:
    """Return the line in which a rule is named, 0 where it is not."""
    return _first(text, re.compile(rf"""^\s*id\s*=\s*["']{re.escape(rule)}["']"""), after=0)


def _line_with(text: str, field: str, after: int) -> int:
    if not field:
        return after
    return _first(
        text, re.compile(rf"""(?<![\w-]){re.escape(field)}(?![\w-])\s*=|["']{re.escape(field)}["']"""), after=after
    )


def _first(text: str, pattern: re.Pattern[str], *, after: int) -> int:
    """Return the first line from this one on, up to the end of its table, that the pattern is found in."""
    for number, line in enumerate(text.splitlines(), start=1):
        if number > after > 0 and line.lstrip().startswith("[["):
            return 0
        if number >= after and pattern.search(line):
            return number
    return 0
