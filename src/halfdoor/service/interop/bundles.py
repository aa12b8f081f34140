"""Files as other systems hand them over: one resource, or a Bundle of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from halfdoor.service.interop.consent import NoConsent
from halfdoor.service.interop.parts import Part, part

_PEOPLE = frozenset({"RelatedPerson", "Patient", "Practitioner", "PractitionerRole", "Organization"})


@dataclass(frozen=True, slots=True)
class Entry:
    """A resource out of a file: its place there, and the address that a Bundle gives it."""

    place: str
    address: str
    resource: Part

    @property
    def references(self) -> frozenset[str]:
        """The references that lead to it."""
        key = self.resource.word("id")
        return frozenset({self.address, f"{self.resource.path}/{key}" if key else ""} - {""})


def entries(obj: object) -> Iterator[Entry]:
    """
    Yield the resources in a file: a Consent or a person, or a Bundle of such.

    :raises NoConsent: where there is something else, which might be a consent that we cannot read
    """
    top = part(obj, "")
    if top is None or top.word("resourceType") != "Bundle":
        yield Entry("", "", _known(top))
        return
    for entry, path in top.each("entry"):
        inner = part(entry, path)
        if inner is None:
            raise NoConsent("an entry of this Bundle is empty")
        yield Entry(f"#Bundle{path}", inner.word("fullUrl"), _known(part(inner.values.get("resource"), path)))


def _known(resource: Part | None) -> Part:
    kind = resource.word("resourceType") if resource else ""
    if resource is None or kind not in {"Consent", *_PEOPLE}:
        raise NoConsent(f"{kind[:40]!a} is neither a FHIR Consent nor somebody named in one")
    return Part(resource.values, kind)


def people(found: Sequence[Entry]) -> Mapping[str, Part]:
    """Return people by reference. Of one who comes twice nothing is known: nobody can say which of the two holds."""
    table: dict[str, Part] = {}
    for one in found:
        if one.resource.path in _PEOPLE:
            for reference in one.references:
                table[reference] = _NOBODY if reference in table else one.resource
    return table


_NOBODY = Part({"resourceType": "RelatedPerson"}, "RelatedPerson")
