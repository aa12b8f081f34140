"""
Who has to be told of a breach of confidentiality, and by when: the notices in the packs of a place.

Read from ``breach.toml``. It decides nothing about who may know: a breach is no question of the contract, it is what
happened where one was answered wrongly. What is unknown calls for the notice.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType

from halfdoor.disclosure.boxes import Reader
from halfdoor.disclosure.loading import shipped, shipped_tables
from halfdoor.disclosure.parsing import BREACH, CONFIDENCES, DURATION
from halfdoor.disclosure.records import Record
from halfdoor.disclosure.rules import Citation

WORDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "risk": ("unlikely", "likely", "high", "unknown"),
        "people": ("fewer_than_500", "500_or_more", "unknown"),
    }
)
"""What a notice may ask: how likely harm is by the assessment, and how many people it concerns."""

TO = ("person", "regulator", "media")
SINCE = ("event_known", "year_ended")
"""From when a clock runs: we know of the breach, or the calendar year in which we learned of it is over."""


class Notice(Record, eq=False):
    """
    One notice. It is due where every word in ``when`` has one of these values, or is unknown.

    ``within`` is an ISO 8601 duration counted from ``since``; empty, it is due at once.
    """

    id: str
    to: str
    when: Mapping[str, frozenset[str]]
    within: str
    since: str
    says: str
    cites: tuple[Citation, ...]
    confidence: str
    reviewed: str


def notices_in(place: str, *, known: Mapping[str, str]) -> tuple[Notice, ...]:
    """Return the notices that a breach calls for, by what is known of it in ``WORDS``; a word left out is unknown."""
    return tuple(
        notice
        for notice in shipped_notices(place)
        if all(known.get(name, "unknown") in values | {"unknown"} for name, values in notice.when.items())
    )


@cache
def shipped_notices(place: str) -> tuple[Notice, ...]:
    """Return the notices of the shipped packs that speak for a place, by pack and id. Read once."""
    tables = shipped_tables(BREACH)
    speaking = [pack.id for pack in shipped() if place in pack.places and pack.id in tables]
    return tuple(notice for pack in speaking for notice in notices(tables[pack], pack=pack))


def notices(table: Mapping[str, object], *, pack: str) -> Iterator[Notice]:
    """
    Yield the notices of a pack, from the table of its ``breach.toml``.

    :raises PackError: naming file, rule, field, the value and what is allowed
    """
    whole = Reader(table, file=BREACH)
    for entry in whole.tables("notice"):
        yield _notice(entry, pack=pack)
    whole.finish()


def _notice(entry: Mapping[str, object], *, pack: str) -> Notice:
    reader = Reader(entry, file=BREACH, rule=str(entry.get("id", "a notice without id")))
    notice_id = reader.text("id")
    if not notice_id.startswith(f"{pack}."):
        raise reader.error("id", notice_id, f"'{pack}.' and lower-case words")
    when = reader.within(reader.table("when"), "when")
    asked = {name: frozenset(when.codes(name, WORDS[name])) for name in WORDS}
    when.finish()
    within = reader.text("within", default="")
    if within and not DURATION.fullmatch(within):
        raise reader.error("within", within, "a duration as P60D or PT72H")
    reader.texts("facts")
    notice = Notice(
        id=notice_id,
        to=reader.one_of("to", TO),
        when={name: values for name, values in asked.items() if values},
        within=within,
        since=reader.one_of("since", SINCE),
        says=reader.text("says"),
        cites=tuple(
            Citation(cite.text("source"), cite.text("section"))
            for cite in (reader.within(table, "cites") for table in reader.tables("cites"))
        ),
        confidence=reader.one_of("confidence", CONFIDENCES),
        reviewed=reader.one_of("reviewed", ("no",)),
    )
    reader.finish()
    return notice
