"""
The clocks of a place that no single answer brings: how much longer a limit may run, how long something may take, and
the birthdays on which everything is gone through again.

Read from ``clocks.toml``. It decides nothing about who may know. The clocks of duties stand with the rules that bring
them, those of a breach in ``breach.toml``, those of records in ``retention.toml``; ``every_clock`` tells all of them.
"""

from collections.abc import Iterator, Mapping
from functools import cache

from halfdoor.disclosure.boxes import Reader
from halfdoor.disclosure.breaching import Notice, shipped_notices
from halfdoor.disclosure.keeping import Keep
from halfdoor.disclosure.loading import shipped, shipped_tables
from halfdoor.disclosure.obligations import CODES
from halfdoor.disclosure.parsing import CLOCKS, CONFIDENCES, DURATION
from halfdoor.disclosure.records import Record
from halfdoor.disclosure.retaining import shipped_keeps
from halfdoor.disclosure.rules import Citation, Rule

KINDS = ("longer", "limit", "birthday")
OF = ("session_summary", "hold_by_word_of_mouth")
"""What a limit can be of: the summary of a session, and a wish of police or agencies that was not made in writing."""


class Clock(Record, eq=False):
    """
    One clock, of one of the ``KINDS``. Durations are in ISO 8601.

    A *longer* says by how much (``more``) the limit ``within`` of a duty (``of``, its code) may be made longer, once. A
    *limit* says ``within`` which time something (``of``) is done. A *birthday* names the age on which a review is due.
    """

    id: str
    kind: str
    of: str
    within: str
    more: str
    age: int
    says: str
    cites: tuple[Citation, ...]
    confidence: str
    reviewed: str


@cache
def clocks_in(place: str) -> tuple[Clock, ...]:
    """Return the clocks of the shipped packs that speak for a place, by pack and id."""
    tables = shipped_tables(CLOCKS)
    speaking = [pack.id for pack in shipped() if place in pack.places and pack.id in tables]
    return tuple(clock for pack in speaking for clock in clocks(tables[pack], pack=pack))


def longer_by(place: str, *, code: str, within: str) -> str:
    """Return by how much a limit of a duty may be made longer, once; nothing where it may not."""
    found = (clock for clock in clocks_in(place) if clock.kind == "longer")
    return next((clock.more for clock in found if (clock.of, clock.within) == (code, within)), "")


def limit_of(place: str, what: str) -> Clock | None:
    """Return how long something may take in a place; None where no pack says."""
    return next((clock for clock in clocks_in(place) if clock.kind == "limit" and clock.of == what), None)


def of_age(place: str) -> int:
    """Return the age on which somebody is of age in a place: of the birthdays its packs name, the last one."""
    return max((clock.age for clock in clocks_in(place) if clock.kind == "birthday"), default=18)


def clocks(table: Mapping[str, object], *, pack: str) -> Iterator[Clock]:
    """
    Yield the clocks of a pack, from the table of its ``clocks.toml``.

    :raises PackError: naming file, rule, field, the value and what is allowed
    """
    whole = Reader(table, file=CLOCKS)
    for kind in KINDS:
        for entry in whole.tables(kind):
            yield _clock(entry, kind=kind, pack=pack)
    whole.finish()


def _clock(entry: Mapping[str, object], *, kind: str, pack: str) -> Clock:
    reader = Reader(entry, file=CLOCKS, rule=str(entry.get("id", "a clock without id")))
    clock_id = reader.text("id")
    if not clock_id.startswith(f"{pack}."):
        raise reader.error("id", clock_id, f"'{pack}.' and lower-case words")
    reader.texts("facts")
    clock = Clock(
        id=clock_id,
        kind=kind,
        of=reader.one_of("of", tuple(CODES) if kind == "longer" else OF) if kind != "birthday" else "",
        within=_duration(reader, "within") if kind != "birthday" else "",
        more=_duration(reader, "more") if kind == "longer" else "",
        age=_age(reader) if kind == "birthday" else 0,
        says=reader.text("says"),
        cites=tuple(
            Citation(cite.text("source"), cite.text("section"))
            for cite in (reader.within(table, "cites") for table in reader.tables("cites"))
        ),
        confidence=reader.one_of("confidence", CONFIDENCES),
        reviewed=reader.one_of("reviewed", ("no",)),
    )
    reader.finish()
    return clock


def _age(reader: Reader) -> int:
    value = reader.take("age")
    if not isinstance(value, int) or not 0 < value < 100:
        raise reader.error("age", value, "an age in years, as 16")
    return value


def _duration(reader: Reader, field: str) -> str:
    value = reader.text(field)
    if not DURATION.fullmatch(value):
        raise reader.error(field, value, "an ISO 8601 duration, as P30D or PT24H")
    return value


def every_clock(place: str) -> Iterator[dict[str, object]]:
    """Yield all clocks of a place, as JSON values: of duties, of this file, of a breach, of records."""
    for rule in (rule for pack in shipped() if place in pack.places for rule in pack.rules):
        for duty in (duty for duty in rule.obligations if duty.within):
            run = {"within": duty.within, "since": duty.since, "unit": duty.unit}
            yield _told(rule.id, "duty", {"of": duty.code, **run}, rule)
    for clock in clocks_in(place):
        fields = {"of": clock.of, "within": clock.within, "more": clock.more, "age": clock.age}
        yield _told(clock.id, clock.kind, {name: value for name, value in fields.items() if value}, clock)
    for notice in shipped_notices(place):
        run = {"within": notice.within or "at once", "since": notice.since}
        yield _told(notice.id, "breach", {"of": notice.to, **run}, notice)
    for keep in shipped_keeps(place):
        periods = [{"since": period.since, "years": period.years} for period in keep.periods]
        yield _told(keep.id, "keep", {"until": periods}, keep)


def _told(name: str, kind: str, run: Mapping[str, object], said: Rule | Clock | Notice | Keep) -> dict[str, object]:
    cites = [{"source": cite.source, "section": cite.section} for cite in said.cites]
    known = {"confidence": said.confidence, "reviewed": said.reviewed}
    return {"clock": name, "kind": kind, **run, "says": said.says, "cites": cites, **known}
