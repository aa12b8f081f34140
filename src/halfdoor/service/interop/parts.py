"""Parts of a resource with their FHIRPath, read so that what is not understood is named and never lost."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from halfdoor.service.interop.codes import Code, Meaning


@dataclass(frozen=True, slots=True)
class Refused:
    """Something in a consent that was not read, where it stands and why. ``whole``: nothing in it can open anything."""

    path: str
    says: str
    whole: bool = False


@dataclass
class Refusals:
    """What was refused so far. Names places, codes and reasons, and never anybody's name or record."""

    found: list[Refused] = field(default_factory=list)

    def part(self, path: str, says: str) -> None:
        self.found.append(Refused(path, says))

    def whole(self, path: str, says: str) -> None:
        self.found.append(Refused(path, says, whole=True))


@dataclass(frozen=True, slots=True)
class Part:
    """A JSON object inside a resource, and its FHIRPath."""

    values: Mapping[str, object]
    path: str

    def at(self, name: str) -> str:
        return f"{self.path}.{name}"

    def word(self, name: str) -> str:
        """Return a piece of text, or nothing where there is none."""
        value = self.values.get(name)
        return value if isinstance(value, str) else ""

    def each(self, name: str) -> Iterator[tuple[object, str]]:
        """Yield what a field holds with its path, also where it should be a list and is not."""
        value = self.values.get(name, [])
        if isinstance(value, list):
            yield from ((one, f"{self.at(name)}[{number}]") for number, one in enumerate(value))
        else:
            yield value, self.at(name)

    def unknown(self, known: Collection[str]) -> list[str]:
        """Return the paths of fields that are not among the known ones."""
        return [self.at(name[:40]) for name in self.values if name not in known]


def part(value: object, path: str) -> Part | None:
    """Return the object at a path, or nothing where it is none."""
    return Part(value, path) if isinstance(value, dict) else None


def codings(value: object, path: str) -> list[tuple[Code, str]]:
    """Return the codes of a ``CodeableConcept`` or a ``Coding`` with their paths; one without a code is empty."""
    concept = part(value, path)
    if concept is None:
        return [(("", ""), path)]
    if "coding" not in concept.values:
        return [((concept.word("system"), concept.word("code")), path)]
    return [
        ((inner.word("system"), inner.word("code")) if (inner := part(one, where)) else ("", ""), where)
        for one, where in concept.each("coding")
    ] or [(("", ""), path)]


def meaning(
    of: Part, name: str, *, known: Mapping[Code, Meaning], otherwise: frozenset[str], refused: Refusals
) -> Meaning | None:
    """
    Return what the codes in a field mean together, or nothing where there is no such field.

    A code that is not known is named. It means nothing for certain, and may touch everything.
    """
    if name not in of.values:
        return None
    found: list[Meaning] = []
    for value, path in of.each(name):
        for code, where in codings(value, path):
            if code not in known:
                refused.part(where, f"the code {shown(code)} is not one that we can put into our words")
            found.append(known.get(code, Meaning(frozenset(), otherwise)))
    if not found:
        refused.part(of.at(name), "the list is empty, which says neither all nor nothing")
        return Meaning(frozenset(), otherwise)
    return Meaning.any_of(found)


def shown(code: Code) -> str:
    """Return a code as it may stand in a message."""
    system, word = (text[:80] for text in code)
    return ascii(f"{system}|{word}") if word else "(none is given)"
