"""The retention rules of a pack: how long a kind of record is kept, from which day on, and where it goes."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from halfdoor.disclosure.boxes import Reader
from halfdoor.disclosure.parsing import CONFIDENCES, RETENTION
from halfdoor.disclosure.records import Record
from halfdoor.disclosure.rules import Citation
from halfdoor.disclosure.vocabulary import BY_NAME

WORDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "setting": tuple(map(str, BY_NAME["setting"].values)),
        "record": (
            "therapy_record",
            "home_case_record",
            "home_register",
            "authority_file",
            "adoption_file",
            "privacy_papers",
        ),
        "kept_by": ("health_service", "home", "authority", "private_practice", "unknown"),
        "abuse_alleged": ("no", "yes", "unknown"),
        "died": ("no", "before_18", "as_adult", "unknown"),
        "ended_at": ("before_17", "at_17", "as_adult", "unknown"),
    }
)
"""What a retention rule may ask about, and the values. ``died`` and ``ended_at`` are worked out from days."""

DAYS = ("born_on", "died_on", "care_ended_on", "last_entry_on", "made_on", "home_closed_on")
"""Days from which a period may run, or on which a record has to go elsewhere."""

GOES_TO = ("other_home_of_provider", "placing_authority")


class Period(Record):
    """So many years from a day."""

    since: str
    years: int


class Move(Record):
    """Where a record goes on a day; the first of these that there is."""

    on: str
    to: tuple[str, ...]


class Keep(Record, eq=False):
    """
    A retention rule. It applies where every word in ``when`` has one of these values, or is unknown.

    The record is kept until the last of its periods is over; without a period, for as long as nobody decides otherwise.
    """

    id: str
    when: Mapping[str, frozenset[str]]
    periods: tuple[Period, ...]
    moves: tuple[Move, ...]
    says: str
    cites: tuple[Citation, ...]
    confidence: str
    reviewed: str
    facts: tuple[str, ...]


def keeps(table: Mapping[str, object], *, pack: str) -> Iterator[Keep]:
    """
    Yield the retention rules of a pack, from the table of its ``retention.toml``.

    :raises PackError: naming file, rule, field, the value and what is allowed
    """
    whole = Reader(table, file=RETENTION)
    for entry in whole.tables("keep"):
        yield _keep(entry, pack=pack)
    whole.finish()


def _keep(entry: Mapping[str, object], *, pack: str) -> Keep:
    reader = Reader(entry, file=RETENTION, rule=str(entry.get("id", "a rule without id")))
    rule_id = reader.text("id")
    if not rule_id.startswith(f"{pack}."):
        raise reader.error("id", rule_id, f"'{pack}.' and lower-case words")
    when = reader.within(reader.table("when"), "when")
    asked = {name: frozenset(when.codes(name, WORDS[name])) for name in WORDS}
    when.finish()
    keep = Keep(
        id=rule_id,
        when={name: values for name, values in asked.items() if values},
        periods=tuple(_period(reader.within(period, "until")) for period in reader.tables("until")),
        moves=tuple(_move(reader.within(move, "goes_to")) for move in reader.tables("goes_to")),
        says=reader.text("says"),
        cites=tuple(_cite(reader.within(cite, "cites")) for cite in reader.tables("cites")),
        confidence=reader.one_of("confidence", CONFIDENCES),
        reviewed=reader.one_of("reviewed", ("no",)),
        facts=reader.texts("facts"),
    )
    reader.finish()
    return keep


def _period(reader: Reader) -> Period:
    years = reader.take("years")
    if type(years) is not int or not 0 < years <= 120:
        raise reader.error("years", years, "a whole number from 1 to 120")
    return Period(reader.one_of("since", DAYS), years)


def _move(reader: Reader) -> Move:
    return Move(reader.one_of("on", DAYS), reader.codes("to", GOES_TO))


def _cite(reader: Reader) -> Citation:
    return Citation(reader.text("source"), reader.text("section"))
