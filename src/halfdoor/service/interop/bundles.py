"""Files as other systems hand them over: one resource, or a Bundle of them."""

from collections.abc import Iterator, Mapping, Sequence

from halfdoor.service.interop.consent import NoConsent
from halfdoor.service.interop.parts import Part, part

_PEOPLE = frozenset({"RelatedPerson", "Patient", "Practitioner", "PractitionerRole", "Organization"})


def resources_in(obj: object) -> Iterator[tuple[str, Part]]:
    """
    Yield the resources in a file, each with its place: a Consent or a person, or a Bundle of such.

    :raises NoConsent: where there is something else, which might be a consent that we cannot read
    """
    top = part(obj, "")
    if top is None or top.word("resourceType") != "Bundle":
        yield "", _known(top)
        return
    for entry, path in top.each("entry"):
        inner = part(entry, path)
        yield f"#Bundle{path}.resource", _known(part(inner.values.get("resource"), path) if inner else None)


def _known(resource: Part | None) -> Part:
    kind = resource.word("resourceType") if resource else ""
    if resource is None or kind not in {"Consent", *_PEOPLE}:
        raise NoConsent(f"{kind[:40]!a} is neither a FHIR Consent nor somebody named in one")
    return Part(resource.values, kind)


def table_of(resources: Sequence[Part]) -> Mapping[str, Part]:
    """Return people by reference. Of one who comes twice nothing is known: nobody can say which of the two holds."""
    found: dict[str, Part] = {}
    twice: set[str] = set()
    for one in resources:
        reference = f"{one.word('resourceType')}/{one.word('id')}"
        if one.word("resourceType") in _PEOPLE and one.word("id"):
            twice |= {reference} & found.keys()
            found[reference] = one
    nothing = {"resourceType": "RelatedPerson"}
    return found | {reference: Part(nothing, found[reference].path) for reference in twice}
