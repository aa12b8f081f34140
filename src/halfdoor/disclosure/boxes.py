"""Reading one table of a pack, field by field, so that every mistake is named with its place and what is allowed."""

from collections.abc import Collection, Mapping
from datetime import date, datetime

from halfdoor.disclosure.rules import Box
from halfdoor.disclosure.vocabulary import BY_NAME, SETS, Fact, Value


class PackError(ValueError):
    """A pack that cannot be read. ``says`` is what is wrong and what is allowed; the others say where."""

    def __init__(self, says: str, *, file: str, rule: str = "", field: str = "") -> None:
        super().__init__(": ".join(part for part in (file, rule, field, says) if part))
        self.says = says
        self.file = file
        self.rule = rule
        self.field = field


class Reader:
    """Takes the fields of one TOML table; what is left at the end is unknown, and an error."""

    def __init__(self, table: Mapping[str, object], *, file: str, rule: str = "", inside: str = "") -> None:
        self._left = dict(table)
        self._known: list[str] = []
        self._file = file
        self._rule = rule
        self._inside = inside

    def error(self, field: str, value: object, allowed: str) -> PackError:
        shown = "nothing" if value is None else repr(value)
        return PackError(
            f"{shown} is not allowed here; allowed: {allowed}",
            file=self._file,
            rule=self._rule,
            field=f"{self._inside}.{field}" if self._inside else field,
        )

    def within(self, table: Mapping[str, object], field: str) -> "Reader":
        """Return a reader of a table inside this one."""
        return Reader(table, file=self._file, rule=self._rule, inside=field)

    def take(self, field: str) -> object:
        self._known.append(field)
        return self._left.pop(field, None)

    def finish(self) -> None:
        """Refuse fields that nobody asked for."""
        for field in self._left:
            raise self.error(field, field, f"the fields {', '.join(self._known)}")

    def text(self, field: str, *, default: str | None = None) -> str:
        value = self.take(field)
        if value is None and default is not None:
            return default
        if not isinstance(value, str) or not value.strip():
            raise self.error(field, value, "some words")
        return value

    def is_word(self, field: str, word: str) -> bool:
        """Whether the field holds exactly this word. The field is only looked at."""
        return self._left.get(field) == word and self.take(field) == word

    def one_of(self, field: str, allowed: Collection[str], *, default: str | None = None) -> str:
        value = self.take(field)
        if value is None and default is not None:
            return default
        if not isinstance(value, str) or value not in allowed:
            raise self.error(field, value, ", ".join(allowed))
        return value

    def list(self, field: str) -> tuple[object, ...]:
        value = self.take(field)
        if value is None:
            return ()
        if not isinstance(value, list):
            raise self.error(field, value, "a list")
        return tuple(value)

    def texts(self, field: str) -> tuple[str, ...]:
        found = self.list(field)
        if not all(isinstance(word, str) and word.strip() for word in found):
            raise self.error(field, found, "a list of words")
        return tuple(str(word) for word in found)

    def codes(self, field: str, allowed: Collection[str]) -> tuple[str, ...]:
        found = self.texts(field)
        for word in found:
            if word not in allowed:
                raise self.error(field, word, ", ".join(allowed))
        return found

    def table(self, field: str) -> Mapping[str, object]:
        value = self.take(field)
        if not isinstance(value, dict):
            raise self.error(field, value, f"a table [{field}]")
        return value

    def tables(self, field: str) -> tuple[Mapping[str, object], ...]:
        found = self.list(field)
        for table in found:
            if not isinstance(table, dict):
                raise self.error(field, table, "tables")
        return tuple(table for table in found if isinstance(table, dict))

    def day(self, field: str) -> date | None:
        value = self.take(field)
        if value is not None and (isinstance(value, datetime) or not isinstance(value, date)):
            raise self.error(field, value, "a day, as 2003-04-14")
        return value


def boxes(reader: Reader, field: str) -> tuple[Box, ...]:
    """
    Return the boxes of a rule: one for a table, one for each table of a list. No table, or an empty one, is everything.

    :raises PackError: for a fact, a value or a set that there is not, and for a condition that nothing can meet
    """
    value = reader.take(field)
    listed: list[object] = value if isinstance(value, list) else [{} if value is None else value]
    found = [box for box in listed if isinstance(box, dict)]
    if not found or len(found) < len(listed):
        raise reader.error(field, value, "a table of facts, or a list of such tables")
    return tuple(_box(reader.within(box, field), box) for box in found)


def _box(reader: Reader, box: Mapping[str, object]) -> Box:
    named: dict[str, frozenset[Value]] = {}
    for name, condition in box.items():
        fact = BY_NAME.get(name)
        if fact is None:
            raise reader.error(name, name, f"the facts {', '.join(BY_NAME)}")
        named[name] = _allowed(fact, condition, reader)
        if not named[name]:
            raise reader.error(name, condition, "a condition that some value meets")
    return named


def _allowed(fact: Fact, condition: object, reader: Reader) -> frozenset[Value]:
    """Return the values that meet the condition. "unknown" of a fact that spreads is never among them."""
    if not isinstance(condition, dict):
        return _values(fact, condition, reader)
    every = frozenset(speakable(fact))
    match condition:
        case {"not": excluded, **rest} if not rest:
            return every - _values(fact, excluded, reader)
        case {**bounds} if bounds and fact.name == "age" and bounds.keys() <= {"from", "to"}:
            first, last = bounds.get("from", 0), bounds.get("to", 120)
            if all(type(bound) is int and bound in every for bound in (first, last)):
                return frozenset(range(first, last + 1))
    raise reader.error(fact.name, condition, "{ not = ... }, or for an age { from = 0, to = 120 }")


def _values(fact: Fact, condition: object, reader: Reader) -> frozenset[Value]:
    allowed = speakable(fact)
    found: set[Value] = set()
    for word in condition if isinstance(condition, list) else [condition]:
        if isinstance(word, str) and word.startswith("@"):
            found |= _set(fact, word, reader)
        elif isinstance(word, bool) or word not in allowed:
            listed = "whole numbers from 0 to 120" if fact.name == "age" else ", ".join(map(str, allowed))
            raise reader.error(fact.name, word, listed)
        else:
            found.add(word)
    return frozenset(found)


def _set(fact: Fact, word: str, reader: Reader) -> frozenset[Value]:
    owner, values = SETS.get(word[1:], ("", frozenset[Value]()))
    if owner != fact.name:
        named = [f"@{name}" for name, (owner, _) in SETS.items() if owner == fact.name]
        raise reader.error(fact.name, word, ", ".join(named) or f"no named set: {fact.name} has none")
    return values


def speakable(fact: Fact) -> tuple[Value, ...]:
    """Return the values a rule may name: all but the unknown of a fact that is decided over every value."""
    return tuple(value for value in fact.values if not (fact.spreads and value == "unknown"))
