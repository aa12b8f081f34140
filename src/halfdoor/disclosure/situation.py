"""A situation: what is known when somebody asks. Read strictly, completed with defaults, in one canonical form."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from types import MappingProxyType

from halfdoor.disclosure.phrases import STEPS, said
from halfdoor.disclosure.vocabulary import BY_NAME, BY_PATH, DEFAULTS, FACTS, Fact, Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Final

_GROUPS = frozenset(fact.path.partition(".")[0] for fact in FACTS if "." in fact.path)
_SPREADING = tuple(fact.name for fact in FACTS if fact.spreads)
_DEFAULTS = dict(DEFAULTS)
_SHOWN = 60


class SituationError(ValueError):
    """A situation that breaks the vocabulary: ``field`` is the path of the fact, ``says`` what is wrong and allowed."""

    def __init__(self, field: str, says: str) -> None:
        super().__init__(f"{field}: {says}")
        self.field = field
        self.says = says


class Situation:
    """
    Every fact by name, and the moment. Made by ``of`` or ``read``, and never changed.

    ``given`` names the facts that were said, also where they say the default. For evaluators: ``phrases`` are the
    numbers of the phrases that differ from the usual, ``away`` has a bit for each of these phrases, ``unknown`` are the
    facts that spread and are unknown, in the order of the contract.
    """

    __slots__ = ("at", "away", "given", "phrases", "unknown", "values")

    values: "Final[Mapping[str, Value]]"
    at: "Final[datetime]"
    given: "Final[frozenset[str]]"
    phrases: "Final[tuple[int, ...]]"
    away: "Final[int]"
    unknown: "Final[tuple[str, ...]]"

    def __init__(self, values: Mapping[str, Value], *, at: datetime) -> None:
        complete = {**_DEFAULTS, **values}
        numbers = said(values)
        self.values = MappingProxyType(complete)
        self.at = at if at.tzinfo else at.replace(tzinfo=UTC)
        self.given = frozenset(values)
        self.phrases = tuple(numbers.values())
        self.away = sum(1 << place for place in numbers)
        self.unknown = tuple(name for name in _SPREADING if complete[name] == "unknown")

    @classmethod
    def of(cls, values: Mapping[str, Value], *, at: datetime) -> "Situation":
        """
        Return the situation in which these facts, by name, are given, and all others stand at their default.

        The values must be words of the vocabulary; what comes from outside goes through ``read``.
        """
        return cls(values, at=at)

    def __eq__(self, other: object) -> bool:
        # Whether a default was said or left out makes no difference; the rest follows from the values.
        return isinstance(other, Situation) and (self.values, self.at) == (other.values, other.at)

    def __hash__(self) -> int:
        return hash((self.at, self.away))

    def __repr__(self) -> str:
        said = ", ".join(f"{name}={self.values[name]!r}" for name in self.values if name in self.given)
        return f"Situation({said}, at={self.at.isoformat()!r})"

    def but(self, **values: Value) -> "Situation":
        """Return the same situation with other values for these facts, by name."""
        return Situation.of({name: self.values[name] for name in self.given} | values, at=self.at)

    def as_json(self) -> dict[str, object]:
        """Return the complete situation in the shape of the contract."""
        nested: dict[str, object] = {"at": self.at.isoformat()}
        for fact in FACTS:
            group, _, name = fact.path.rpartition(".")
            inner = nested.setdefault(group, {}) if group else nested
            assert isinstance(inner, dict), f"a fact and a group share the name {group}"
            inner[name] = self.values[fact.name]
        return nested

    def canonical(self) -> bytes:
        """Return the complete situation as canonical JSON (RFC 8785; our keys are ASCII, our numbers small)."""
        import json

        return json.dumps(self.as_json(), sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()

    def sha256(self) -> str:
        """Return the SHA-256 of the canonical JSON."""
        import hashlib

        return hashlib.sha256(self.canonical()).hexdigest()


def read(obj: object, *, now: datetime | None = None) -> Situation:
    """
    Return the situation that a JSON object puts, in the shape of the contract. ``now`` is its moment where it has none;
    without either it is an error.

    :raises SituationError: for the first field that breaks the vocabulary
    """
    if not isinstance(obj, dict):
        raise SituationError("situation", f"{_shown(obj)} is not a situation: that is a JSON object of facts")
    values: dict[str, Value] = {}
    at = now
    for path, value in _fields(obj):
        if path == "at":
            at = _moment(value)
        else:
            fact = BY_PATH[path]
            values[fact.name] = _value(fact, value)
    return Situation.of(values, at=_moment(None) if at is None else at)


def _fields(obj: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    """Yield path and value of each field, group by group; every path is known."""
    for name, value in obj.items():
        if name in _GROUPS:
            if not isinstance(value, dict):
                raise SituationError(
                    name, f"{_shown(value)} is not a group of facts; allowed is an object with {_within(name)}"
                )
            for inner, inner_value in value.items():
                if f"{name}.{inner}" not in BY_PATH:
                    raise SituationError(f"{name}.{_key(inner)}", f"there is no such fact; {name} has {_within(name)}")
                yield f"{name}.{inner}", inner_value
        elif name == "at" or (name in BY_PATH and "." not in name):
            yield name, value
        else:
            raise SituationError(_key(name), f"there is no such fact; allowed are {_within('')}{_meant(name)}")


def _within(group: str) -> str:
    if group:
        return ", ".join(fact.name for fact in FACTS if fact.path.startswith(f"{group}."))
    return ", ".join(dict.fromkeys(["at", *(fact.path.partition(".")[0] for fact in FACTS)]))


def _meant(name: str) -> str:
    """Return a hint where somebody left out the group of a fact."""
    fact = BY_NAME.get(name) or BY_PATH.get(name)
    group = fact.path.rpartition(".")[0] if fact else ""
    return f". {fact.name} belongs inside {group}" if fact and group else ""


def _value(fact: Fact, value: object) -> Value:
    # A truth value is no number, though Python counts True as 1: an age of true is a mistake, not a one-year-old.
    if isinstance(value, str | int) and not isinstance(value, bool) and (fact.name, value) in STEPS:
        return value
    why = (
        "null says nothing: leave the fact out instead"
        if value is None
        else f"{_shown(value)} is not one of its values"
    )
    raise SituationError(fact.path, f"{why}; allowed are {allowed(fact)}")


def allowed(fact: Fact) -> str:
    """Return the values of a fact in words."""
    if fact.name == "age":
        return "a whole number from 0 to 120, or 'unknown'"
    return ", ".join(f"'{value}'" for value in fact.values)


def _moment(value: object) -> datetime:
    """Return the moment; without an offset it is taken as UTC. A day alone is refused: it says no moment."""
    example = "allowed is an ISO 8601 date and time, as '2026-11-02T10:00:00+00:00'"
    if not isinstance(value, str):
        raise SituationError("at", f"{_shown(value)} is not a moment; {example}")
    if "T" not in value:
        raise SituationError("at", f"{_shown(value)} has no time of day; {example}")
    try:
        at = datetime.fromisoformat(value)
    except ValueError:
        raise SituationError("at", f"{_shown(value)} is not a moment; {example}") from None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _shown(value: object) -> str:
    import json

    try:
        text = json.dumps(value, ensure_ascii=True)
    except (TypeError, ValueError):
        text = ascii(value)
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


def _key(name: object) -> str:
    return str(name)[:_SHOWN]
