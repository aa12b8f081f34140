"""
The chain of a practice: lines that cannot be changed, left out or put elsewhere without showing.

Each line holds the hash of the line before it. A line is hashed as the canonical JSON of RFC 8785 with a zero byte in
front (the leaf hash of RFC 6962), so that a tree over the same leaves can be published later. Lines hold codes, ids and
commitments, never what a person wrote.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NoReturn
from uuid import UUID

import rfc8785
from django.conf import settings
from django.db import transaction
from django.db.models import Max, OuterRef, QuerySet, Subquery

from halfdoor.service.core import journal, within
from halfdoor.service.core.models import ChainEntry, Practice
from halfdoor.service.core.prepared import Prepared, in_turn, insert
from halfdoor.service.core.trees import leaf

# What the first line names as the one before it.
BEFORE_THE_FIRST = "0" * 64

BEFORE_ALL = datetime.min.replace(tzinfo=UTC)

_NO_MORE_BEHIND_THAN = timedelta(seconds=60)


class NotInTransaction(Exception):
    """A line was about to be written apart from the act it records."""


class ClockIsBehind(Exception):
    """The clock lies behind what is already written down, so that what has ended since would hold again."""


@dataclass(frozen=True, slots=True)
class Verification:
    """
    What a check of a chain found.

    :param checked: how many lines were read, the broken one included
    :param head: the hash of the last good line; whoever wrote it down earlier can tell whether the end was cut off
    :param broken_at: the sequence number where the chain first breaks; `None` if it holds
    :param says: what is wrong there, in words
    """

    practice: Practice
    checked: int
    head: str
    broken_at: int | None = None
    says: str = ""


def append(practice: Practice, body: Mapping[str, Any], *, at: datetime) -> ChainEntry:
    """
    Write the next line of a practice's chain, in the transaction of the act it records.

    The line carries the moment given, or that of the line before it where that is later: a chain never goes back in
    time.

    :param body: JSON of codes, ids and numbers; integers below 2**53
    :raises NotInTransaction: outside a transaction, where the act could happen without its line
    """
    return extend(practice, [body], at=at)[0]


def extend(practice: Practice, bodies: Sequence[Mapping[str, Any]], *, at: datetime) -> list[ChainEntry]:
    """
    Write the next lines of a practice's chain, one after the other, as `append` does one.

    They stand in the second journal too, and are on its disk before this returns.

    :raises NotInTransaction: outside a transaction, where the acts could happen without their lines
    :raises JournalBroken: if the journal cannot be written
    """
    if not transaction.get_connection().in_atomic_block:
        raise NotInTransaction("Write the line in the same transaction as the act: no line, no act.")
    within.check(practice.pk)
    # Holding the practice's row keeps two lines from following the same one.
    held, newest = in_turn(ChainEntry, (_HELD, [practice.pk]), (_NEWEST, [practice.pk]))
    if not list(held):
        raise Practice.DoesNotExist
    length, previous, said = next(iter(newest), (0, BEFORE_THE_FIRST, None))
    # Whoever waited for the row read the clock before somebody who came first. The order of lines is the order of acts.
    at = max(at, moment_of(said))
    lines: list[ChainEntry] = []
    for sequence, body in enumerate(bodies, length + 1):
        line = _following(previous, practice, body, sequence=sequence, at=at)
        lines.append(line)
        previous = line.leaf
    insert(lines[0]) if len(lines) == 1 else ChainEntry.objects.bulk_create(lines)
    journal.write(practice.pk, lines)
    return lines


_HELD = Prepared(
    lambda practice: Practice.objects.select_for_update(no_key=True).filter(pk=practice).values_list("pk"), UUID
)
_NEWEST = Prepared(lambda practice: _newest(practice).values_list("sequence", "leaf", "entry")[:1], UUID)


def _newest(practice: UUID) -> QuerySet[ChainEntry]:
    # Naming the number lets PostgreSQL go by it from the first line on, also while it has not counted the lines yet.
    return ChainEntry.objects.filter(practice=practice, sequence__gt=0).order_by("-sequence")


def _following(
    previous: str, practice: Practice, body: Mapping[str, Any], *, sequence: int, at: datetime
) -> ChainEntry:
    entry = rfc8785.dumps(
        {
            "practice": str(practice.pk),
            "sequence": sequence,
            "previous": previous,
            "at": at.isoformat(),
            "body": dict(body),
        }
    )
    return ChainEntry(practice=practice, sequence=sequence, entry=entry.decode(), leaf=leaf(entry))


def newest_line() -> Subquery:
    """Return the newest line of the practice of whatever row is read, to be read with it: no query of its own."""
    lines = ChainEntry.objects.filter(practice=OuterRef("practice")).order_by("-sequence")
    return Subquery(lines.values("entry")[:1])


def moment_of(line: str | None) -> datetime:
    """Return when a line was written; before everything where there is none."""
    return _moment_of(json.loads(line)) if line else BEFORE_ALL


def refuse_clock_behind(practice: Practice, *, newest_at: datetime, at: datetime) -> None:
    """
    Let nothing go while the clock lies more than a minute behind the practice's newest line (``newest_at``).

    A demo tells the past of one family after another's, so that its lines are no clock. Nor are lines that somebody who
    runs the service said were written by a clock that was ahead.

    :raises ClockIsBehind: if it does
    """
    if newest_at - at > _NO_MORE_BEHIND_THAN and not practice.is_demo and newest_at > said_right_up_to():
        raise ClockIsBehind(
            "The clock of this machine lies more than a minute behind what is written in the ledger already. Nothing "
            "is shared until it is right again: set it, and see why it went wrong."
        )


def body_of(entry: ChainEntry) -> dict[str, Any]:
    """Return what a line says."""
    body: dict[str, Any] = json.loads(entry.entry)["body"]
    return body


def _moment_of(said: Mapping[str, Any]) -> datetime:
    return datetime.fromisoformat(said["at"])


def said_right_up_to() -> datetime:
    """Return up to which moment lines were written by a clock that was ahead, as somebody said who set it right."""
    said = _said_right()
    return datetime.fromisoformat(said.read_text("utf-8")) if said.exists() else BEFORE_ALL


def say_clock_is_right(*, at: datetime) -> list[UUID]:
    """
    Say that the clock is right, and that later lines were written by one that was ahead; put that on their chains.

    To be said by whoever runs the service, who looked at another clock.
    """
    ahead = [last for last in last_lines() if last.moment > at]
    if ahead:
        with transaction.atomic():
            for last in ahead:
                body = {"kind": "core.clock_said_right", "clock": at.isoformat()}
                append(Practice.objects.get(pk=last.practice), body, at=at)
        _said_right().write_text(max(last.moment for last in ahead).isoformat(), "utf-8")
    return [last.practice for last in ahead]


def _said_right() -> Path:
    return Path(settings.HALFDOOR_DATA) / "clock-said-right"


@dataclass(frozen=True, slots=True)
class Last:
    """The newest line of a practice's chain."""

    practice: UUID
    moment: datetime


def last_lines() -> Iterator[Last]:
    """Yield the newest line of each practice that has one."""
    for practice in Practice.objects.order_by("pk"):
        last = ChainEntry.objects.filter(practice=practice).order_by("-sequence").first()
        if last:
            yield Last(practice.pk, _moment_of(json.loads(last.entry)))


def lengths() -> dict[UUID, int]:
    """Return how many lines each practice's chain has."""
    rows = ChainEntry.objects.values_list("practice").annotate(length=Max("sequence"))
    return dict(rows.order_by("practice"))


def verify(practice: Practice) -> Verification:
    """
    Read a practice's chain from its first line and stop where it first breaks.

    Lines cut off at the end leave a whole chain; only an earlier note of its head shows that.
    """
    whose, head, checked, moment = str(practice.pk), BEFORE_THE_FIRST, 0, BEFORE_ALL
    lines = ChainEntry.objects.filter(practice=practice).order_by("sequence").values_list("sequence", "entry", "leaf")
    for sequence, entry, hashed in lines.iterator(chunk_size=2_000):
        checked += 1
        if sequence != checked:
            return Verification(practice, checked, head, broken_at=checked, says=f"line {checked} is missing")
        if leaf(entry.encode()) != hashed:
            says = "the line was changed: its hash no longer fits its words"
            return Verification(practice, checked, head, broken_at=checked, says=says)
        try:
            said, is_canonical = _read(entry)
            at = _moment_of(said)
            wrong = _wrong_with(said, (whose, checked), previous=head, is_earlier=at < moment)
        except (ValueError, KeyError, TypeError):
            return Verification(practice, checked, head, broken_at=checked, says="the line cannot be read")
        if wrong or not is_canonical:
            says = wrong if is_canonical else "the line is not in canonical form"
            return Verification(practice, checked, head, broken_at=checked, says=says)
        head, moment = hashed, at
    return Verification(practice, checked, head)


def _read(entry: str) -> tuple[dict[str, Any], bool]:
    """Return what a line says, and whether it is written as RFC 8785 has it."""
    try:
        said, _ = _whole_numbers.raw_decode(entry)  # what stands behind it is not canonical
    except _Fraction:
        said = json.loads(entry)
    else:
        # The same words, for what a line holds, in a tenth of the time.
        if _plain.encode(said) == entry:
            return said, True
    return said, rfc8785.dumps(said).decode() == entry


class _Fraction(ValueError):
    """A number that is not whole; how it is written takes a closer look."""


def _a_fraction(text: str) -> NoReturn:
    raise _Fraction(text)


_whole_numbers = json.JSONDecoder(parse_float=_a_fraction)
_plain = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _wrong_with(said: Mapping[str, Any], place: tuple[str, int], *, previous: str, is_earlier: bool) -> str:
    """Say what is wrong with a line that should stand in this place; nothing if it is right."""
    if said["previous"] != previous:
        return "the line does not follow the one before it"
    if (said["practice"], said["sequence"]) != place:
        return "the line was moved from another place"
    if is_earlier:
        return "the line is from before the one that it follows"
    return ""
