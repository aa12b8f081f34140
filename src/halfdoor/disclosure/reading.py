"""Situations out of JSON text, and the vocabulary as JSON Schema."""

import json
from collections.abc import Iterable

from halfdoor.disclosure.situation import SituationError
from halfdoor.disclosure.vocabulary import CONTRACT, FACTS, Fact, Kind


def parse(text: bytes) -> object:
    """
    Return what the JSON text holds. Stricter than the standard library: a field said twice and NaN are errors.

    :raises SituationError: with ``field`` "situation", or the field that was said twice
    :raises Unfinished: where the text is right so far, but ends too early
    """
    try:
        decoded = text.decode()
    except UnicodeDecodeError as error:
        raise SituationError("situation", f"not UTF-8 from byte {error.start + 1} on") from None
    try:
        return json.loads(decoded, object_pairs_hook=_once, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        unfinished = error.pos >= len(decoded.rstrip())
        kind = Unfinished if unfinished else SituationError
        raise kind("situation", f"not JSON: {error.msg} at character {error.pos + 1}") from None
    except RecursionError:
        raise SituationError("situation", "not a situation: objects inside objects without end") from None
    except SituationError:
        raise
    except ValueError:
        raise SituationError("situation", "not a situation: a number with thousands of digits") from None


class Unfinished(SituationError):
    """Text that may become a situation when more of it comes."""


def _once(pairs: Iterable[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for name, value in pairs:
        if name in found:
            raise SituationError(name, "said twice; say every fact once")
        found[name] = value
    return found


def _no_constant(word: str) -> object:
    raise SituationError("situation", f"{word} is not JSON, and no value of any fact")


def schema() -> dict[str, object]:
    """Return the vocabulary as JSON Schema (draft 2020-12)."""
    top: dict[str, object] = {"at": {"type": "string", "format": "date-time", "description": _AT}}
    groups: dict[str, dict[str, object]] = {}
    for fact in FACTS:
        group, _, name = fact.path.rpartition(".")
        if group and group not in groups:
            groups[group] = {}
            top[group] = {"type": "object", "additionalProperties": False, "properties": groups[group]}
        (groups[group] if group else top)[name] = _fact_schema(fact)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Situation (contract {CONTRACT})",
        "description": "May this information about this young person go to this recipient, for this purpose, now?",
        "type": "object",
        "additionalProperties": False,
        "properties": top,
    }


_AT = "The moment that is asked about, ISO 8601; now where it is left out. The rules in force on its day decide."
_KINDS = {
    Kind.PLAIN: "",
    Kind.GROUND: "Something that could open; left out, it is not there.",
    Kind.MARK: "Something that could close; left out, nothing is on record. Unknown is decided over yes and no.",
    Kind.SPREAD: "Unknown is decided over every value.",
}


def _fact_schema(fact: Fact) -> dict[str, object]:
    if fact.name == "age":
        numbers = [value for value in fact.values if isinstance(value, int)]
        values: dict[str, object] = {
            "anyOf": [{"type": "integer", "minimum": numbers[0], "maximum": numbers[-1]}, {"const": "unknown"}]
        }
    else:
        values = {"enum": list(fact.values)}
    return {**values, "default": fact.default} | ({"description": _KINDS[fact.kind]} if _KINDS[fact.kind] else {})
