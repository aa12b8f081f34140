"""Who a reference leads to, as far as what came along says so."""

from collections.abc import Mapping
from dataclasses import dataclass

from halfdoor.service.interop.codes import RELATION_CODES
from halfdoor.service.interop.parts import Part, codings, part


@dataclass(frozen=True, slots=True)
class Resources:
    """What is contained in a consent, what came beside it by reference, and whose consent it is."""

    consent: Part
    beside: Mapping[str, Part]
    young_person: str

    def get(self, reference: str) -> Part | None:
        if not reference.startswith("#"):
            return self.beside.get(reference)
        found = [
            inner
            for value, path in self.consent.each("contained")
            if (inner := part(value, path)) and inner.word("id") == reference[1:]
        ]
        return found[0] if len(found) == 1 else None


def target(value: object) -> str:
    """Return where a Reference leads, without the version, or nothing where it leads nowhere."""
    inner = part(value, "")
    return inner.word("reference").partition("/_history/")[0] if inner else ""


def kind_of(reference: str) -> str:
    """Return the type of what a relative reference leads to; nothing for any other reference."""
    kind, _, key = reference.partition("/")
    return kind if key and "/" not in key and kind.isalpha() else ""


def relations_of(reference: str, resources: Resources) -> frozenset[str] | None:
    """Return what somebody is to the young person; nothing where nobody came along, "unknown" for what is unclear."""
    found = resources.get(reference)
    if found is None or found.word("resourceType") != "RelatedPerson":
        return None
    if (
        target(found.values.get("patient")) != resources.young_person
        or {"period", "modifierExtension"} & found.values.keys()
    ):
        return frozenset({"unknown"})
    if found.values.get("active", True) is not True:
        return frozenset({"unknown"})
    return frozenset(
        RELATION_CODES.get(code, "unknown")
        for value, path in found.each("relationship")
        for code, _ in codings(value, path)
    )
