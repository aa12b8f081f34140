"""
How long a record has to be kept, and where it has to go: derived from the retention rules of the packs of a place.

It never says that something must be destroyed. The longest rule that may apply stands, a hold stops everything, and
where a day cannot be worked out the record stays: unknown, and said so.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from halfdoor.disclosure.keeping import DAYS, WORDS, Keep, Move, keeps
from halfdoor.disclosure.loading import shipped, shipped_tables
from halfdoor.disclosure.parsing import RETENTION
from halfdoor.disclosure.records import Record
from halfdoor.disclosure.situation import SituationError
from halfdoor.disclosure.vocabulary import BY_NAME


class Hold(Record):
    """Something that stops destruction: a claim, an inquiry, an open request. It lasts until somebody ends it."""

    because: str
    until: date | None = None


class Shelf(Record):
    """One record, or all records of one kind, about one young person: what is known of it on a day."""

    place: str
    words: Mapping[str, str]
    days: Mapping[str, date]
    holds: tuple[Hold, ...]
    at: date


class Kept(Record):
    """The answer of one rule: the day until which it keeps the record; None where that cannot be said yet."""

    rule: Keep
    until: date | None


class Retention(Record):
    """
    What has to be kept, and why.

    ``until`` is None where no day can be said. ``missing`` names the days and words that could say more. Only where
    ``may_go`` is true may somebody look at the record once more and let it go.
    """

    kept: tuple[Kept, ...]
    holds: tuple[Hold, ...]
    moves: tuple[tuple[date, Move], ...]
    missing: tuple[str, ...]
    until: date | None
    may_go: bool

    def as_json(self) -> dict[str, object]:
        """Return the answer as JSON values, days in ISO 8601."""
        return {
            "keep_until": self.until.isoformat() if self.until else None,
            "may_be_destroyed": "after_review" if self.may_go else "no",
            "because": [_said(kept) for kept in self.kept],
            "holds": [{"because": hold.because} for hold in self.holds],
            "goes_to": [{"on": day.isoformat(), "to": list(move.to)} for day, move in self.moves],
            "missing": list(self.missing),
            "assess": []
            if self.kept and all(kept.rule.confidence != "uncertain" for kept in self.kept)
            else ["legal_advice"],
        }


def shipped_keeps(place: str) -> tuple[Keep, ...]:
    """Return the retention rules of the shipped packs that speak for a place."""
    tables = shipped_tables(RETENTION)
    speaking = [pack.id for pack in shipped() if place in pack.places and pack.id in tables]
    return tuple(keep for pack in speaking for keep in keeps(tables[pack], pack=pack))


def retain(shelf: Shelf, rules: Iterable[Keep]) -> Retention:
    """Return how long a record has to be kept by these retention rules."""
    words = {**shelf.words, "died": _died(shelf), "ended_at": _ended_at(shelf)}
    rules = [keep for keep in rules if _applies(keep, words)]
    kept = tuple(Kept(rule, _until(rule, shelf.days)) for rule in rules)
    holds = tuple(hold for hold in shelf.holds if hold.until is None or hold.until >= shelf.at)
    days = [one.until for one in kept]
    until = None if not days or None in days else max(day for day in days if day)
    return Retention(
        kept=kept,
        holds=holds,
        moves=tuple((shelf.days[m.on], m) for rule in rules for m in rule.moves if m.on in shelf.days),
        missing=tuple(dict.fromkeys(_missing(rules, shelf))),
        until=until,
        may_go=until is not None and until < shelf.at and not holds,
    )


def _applies(keep: Keep, words: Mapping[str, str]) -> bool:
    return all(words[name] in allowed or words[name] == "unknown" for name, allowed in keep.when.items())


def _missing(rules: Iterable[Keep], shelf: Shelf) -> Iterator[str]:
    """Yield the days that no period can be counted from, and the words that would leave fewer rules."""
    for rule in rules:
        yield from (period.since for period in rule.periods if period.since not in shelf.days)
        yield from (name for name in rule.when if shelf.words.get(name) == "unknown")


def _until(rule: Keep, days: Mapping[str, date]) -> date | None:
    ends = [_years_after(days[p.since], p.years) for p in rule.periods if p.since in days]
    return max(ends) if ends and len(ends) == len(rule.periods) else None


def _years_after(day: date, years: int) -> date:
    """Return the same day so many years later; for 29 February, the day after the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def _died(shelf: Shelf) -> str:
    died, born = shelf.days.get("died_on"), shelf.days.get("born_on")
    if died is None:
        return "no"
    if born is None:
        return "unknown"
    return "before_18" if died < _years_after(born, 18) else "as_adult"


def _ended_at(shelf: Shelf) -> str:
    ended, born = shelf.days.get("care_ended_on"), shelf.days.get("born_on")
    if ended is None or born is None:
        return "unknown"
    if ended < _years_after(born, 17):
        return "before_17"
    return "at_17" if ended < _years_after(born, 18) else "as_adult"


def _said(kept: Kept) -> dict[str, object]:
    rule = kept.rule
    return {
        "rule": rule.id,
        "says": rule.says,
        "until": kept.until.isoformat() if kept.until else None,
        "cites": [{"source": cite.source, "section": cite.section} for cite in rule.cites],
        "confidence": rule.confidence,
        "reviewed": rule.reviewed,
    }


def read_shelf(given: object, *, today: date) -> Shelf:
    """
    Return what is known of a record from its JSON: ``place``, ``record`` and other words, days, and ``holds``.

    :raises SituationError: naming the field, the value and what is allowed
    """
    if not isinstance(given, dict):
        raise SituationError("record", "what is known of a record is an object: {...}")
    left = dict(given)
    places = [str(place) for place in BY_NAME["place"].values]
    words = {name: _word(left, name, WORDS[name]) for name in ("setting", "kept_by", "abuse_alleged")}
    shelf = Shelf(
        place=_word(left, "place", places, default="none"),
        words={**words, "record": _word(left, "record", WORDS["record"], default="therapy_record")},
        days={name: day for name in DAYS if (day := _day(left, name)) is not None},
        holds=tuple(_holds(left.pop("holds", []))),
        at=_day(left, "at") or today,
    )
    for name in left:
        allowed = ("place", "record", "setting", "kept_by", "abuse_alleged", *DAYS, "holds", "at")
        raise SituationError(name, f"there is no such field; there are {', '.join(allowed)}")
    _check(shelf)
    return shelf


def _check(shelf: Shelf) -> None:
    born = shelf.days.get("born_on")
    for name, day in shelf.days.items():
        if day > shelf.at:
            raise SituationError(name, f"{day} has not come yet on {shelf.at}; leave out what has not happened")
        if born and day < born:
            raise SituationError(name, f"{day} is before the birth, {born}")


def _word(left: dict[str, object], name: str, allowed: Sequence[str], *, default: str = "unknown") -> str:
    value = left.pop(name, default)
    if not isinstance(value, str) or value not in allowed:
        raise SituationError(name, f"{value!r} is not allowed; allowed: {', '.join(allowed)}")
    return value


def _day(left: dict[str, object], name: str) -> date | None:
    if name not in left:
        return None
    value = left.pop(name)
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise SituationError(name, f"{value!r} is no day; write it as 2011-03-04") from None


def _holds(listed: object) -> Iterator[Hold]:
    for entry in listed if isinstance(listed, list) else [listed]:
        if (
            not isinstance(entry, dict)
            or not isinstance(entry.get("because"), str)
            or entry.keys() - {"because", "until"}
        ):
            raise SituationError("holds", "a list of holds, each with 'because' and maybe 'until', a day")
        yield Hold(entry["because"], _day(dict(entry), "until"))
