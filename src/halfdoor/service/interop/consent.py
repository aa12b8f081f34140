"""
A FHIR R4 Consent, read strictly: who gave it, what it permits and denies, and what in it is refused.

Nothing here knows the question that will be asked; ``covering`` puts it.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from halfdoor.service.interop import codes
from halfdoor.service.interop.moments import Point, point
from halfdoor.service.interop.parts import Part, Refusals, Refused, codings, part, shown
from halfdoor.service.interop.provisions import Kind, Provision, read_provision, unusable, ways
from halfdoor.service.interop.references import Resources, relations_of, target

_FIELDS = codes.words(
    "resourceType id meta text language contained identifier status scope category patient dateTime performer"
    " organization sourceAttachment sourceReference policy policyRule verification provision"
)
_NEVER_GIVEN = frozenset({"draft", "proposed", "rejected", "entered-in-error"})


_REPRESENTATIVES = frozenset({"parent", "guardian"})


class Standing(StrEnum):
    """Whether a consent is in force."""

    IN_FORCE = "in_force"
    ENDED = "ended"  # terminated or replaced
    NEVER = "never"  # not given, or about something else than who may know
    UNCERTAIN = "uncertain"  # it may be in force: it closes, and never opens


class Base(StrEnum):
    """What a consent says where none of its provisions speaks."""

    NOTHING = "nothing"
    OPT_OUT = "opt_out"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, slots=True)
class Consent:
    """
    One consent as far as it was understood.

    ``known_as`` are its ids: another paper with one of them is another version of it. ``grantors`` are those in whose
    right it was given. ``opens``: nothing was refused that lets all of it fall.
    """

    young_person: str
    known_as: frozenset[str]
    standing: Standing
    base: Base
    grantors: frozenset[str]
    given: Point | None
    provisions: tuple[Provision, ...]
    opens: bool
    refused: tuple[Refused, ...]

    @property
    def is_refused(self) -> bool:
        """Whether it was refused as a whole."""
        return any(one.whole for one in self.refused)


class NoConsent(ValueError):
    """What was put in is no consent at all, so that nobody can say what it denies."""


def read_consent(
    obj: object, *, beside: Mapping[str, Part] | None = None, policies: Collection[str] = frozenset()
) -> Consent:
    """
    Return a consent out of its JSON.

    ``beside`` are other resources, by reference, that came with it; ``policies`` the addresses of policies that
    somebody has read, and that add nothing to the provisions.

    :raises NoConsent: where it is no Consent of anybody
    """
    root = part(obj, "Consent")
    if root is None or root.values.get("resourceType") != "Consent":
        raise NoConsent("this is no FHIR Consent: its resourceType is another")
    young_person = target(root.values.get("patient"))
    if not young_person or young_person.startswith("#"):
        raise NoConsent("Consent.patient: it does not say whose it is")
    refused = Refusals()
    resources = Resources(root, beside or {}, young_person)
    for path in root.unknown(_FIELDS):
        refused.whole(path, "this is no part of a Consent that we can weigh, and it may change what the rest means")
    standing = _standing(root, refused)
    _check_category(root, refused)
    _check_paper(root, refused)
    base = _base(root, policies, refused)
    provisions = _provisions(root, resources, refused)
    grantors = _grantors(root, resources, refused)
    given = point(root.values.get("dateTime"))
    if given is None:
        refused.whole("Consent.dateTime", "it does not say when it was given, in a date or a moment")
    # That it has ended is known, so what it would have covered can be said to be withdrawn.
    falls = any(one.whole and one.path != "Consent.status" for one in refused.found)
    return Consent(
        young_person, _ids(root), standing, base, grantors, given, provisions, not falls, tuple(refused.found)
    )


def _ids(root: Part) -> frozenset[str]:
    """Return the names under which a consent is kept: its id, and what its makers call it."""
    found = {root.word("id")}
    for value, path in root.each("identifier"):
        if (inner := part(value, path)) and inner.word("value"):
            found.add(f"{inner.word('system')}|{inner.word('value')}")
    return frozenset(found - {""})


def _standing(root: Part, refused: Refusals) -> Standing:
    scopes = [code for value, path in [(root.values.get("scope"), "Consent.scope")] for code, _ in codings(value, path)]
    status = root.word("status")
    if scopes and all(code in codes.OTHER_SCOPES for code in scopes):
        refused.whole("Consent.scope", f"{shown(scopes[0])} is not about who may know: only patient-privacy is read")
        return Standing.NEVER
    if status in _NEVER_GIVEN:
        refused.whole("Consent.status", f"'{status}' is no consent that was given")
        return Standing.NEVER
    standing = {"active": Standing.IN_FORCE, "inactive": Standing.ENDED}.get(status, Standing.UNCERTAIN)
    if standing is Standing.ENDED:
        refused.whole("Consent.status", "'inactive': it was ended or replaced")
    elif standing is Standing.UNCERTAIN:
        refused.whole("Consent.status", "this is no status of a consent")
    if any(code != codes.PRIVACY for code in scopes):
        refused.whole("Consent.scope", f"{shown(scopes[0])} is no scope that we know: only patient-privacy is read")
        return Standing.UNCERTAIN if standing is Standing.IN_FORCE else standing
    return standing


def _check_category(root: Part, refused: Refusals) -> None:
    """Refuse what is another kind of paper: a notice that was handed over, an advance directive, research."""
    found = [pair for value, path in root.each("category") for pair in codings(value, path)]
    for code, path in found:
        if code not in codes.PRIVACY_CATEGORIES:
            refused.whole(path, f"{shown(code)} is no kind of consent to share that we know")
    if not found:
        refused.whole("Consent.category", "it does not say what kind of consent it is")


def _check_paper(root: Part, refused: Refusals) -> None:
    """Refuse what nobody signed, or nobody could confirm."""
    attachment = part(root.values.get("sourceAttachment"), "Consent.sourceAttachment")
    signed = attachment is not None and (attachment.word("url") or attachment.word("data"))
    if not signed and not target(root.values.get("sourceReference")):
        refused.whole("Consent.source", "there is no signed paper behind it, only a statement that there is one")
    for value, path in root.each("verification"):
        inner = part(value, path)
        if inner is None or inner.values.get("verified") is not True or inner.unknown(_VERIFIED):
            refused.whole(path, "it was not verified")


_VERIFIED = frozenset({"id", "verified", "verifiedWith", "verificationDate"})


def _base(root: Part, policies: Collection[str], refused: Refusals) -> Base:
    for value, path in root.each("policy"):
        inner = part(value, path)
        if inner is None or inner.word("uri") not in policies or inner.unknown({"id", "uri", "authority"}):
            refused.whole(path, "nobody has said that this policy adds nothing to the provisions")
    if "policyRule" not in root.values:
        if "policy" not in root.values:
            refused.whole("Consent.policyRule", "it names neither a rule nor a policy that it builds on")
        return Base.NOTHING
    found = {code for code, _ in codings(root.values["policyRule"], "Consent.policyRule")}
    if found <= codes.OPT_IN:
        return Base.NOTHING
    if found <= codes.OPT_OUT:
        return Base.OPT_OUT
    unknown = next(iter(sorted(found - codes.OPT_IN - codes.OPT_OUT)), ("", ""))
    refused.whole("Consent.policyRule", f"{shown(unknown)} is no policy rule that we know, or not one alone")
    return Base.UNCERTAIN


def _provisions(root: Part, resources: Resources, refused: Refusals) -> tuple[Provision, ...]:
    found = tuple(
        read_provision(value, path, resources=resources, refused=refused) for value, path in root.each("provision")
    )
    if isinstance(root.values.get("provision"), list):
        refused.whole("Consent.provision", "R4 has one provision here, and this is a list: is it another version?")
    if not found:
        refused.part("Consent.provision", "there is none, so it permits nothing")
    for way in ways(found):
        if way[-1].kind is Kind.PERMIT and not way[-1].is_frame and (why := unusable(way)):
            refused.part(way[-1].path, why)
    return found


def _grantors(root: Part, resources: Resources, refused: Refusals) -> frozenset[str]:
    """Return in whose right it was given. Organizations and practitioners among the performers are those it binds."""
    found: set[str] = set()
    for value, path in root.each("performer"):
        reference = target(value)
        kind = reference.rpartition("/")[0].rpartition("/")[2]
        if reference == resources.young_person:
            found.add("client")
        elif kind in ("Practitioner", "PractitionerRole", "Organization"):
            refused.part(path, "a professional or an organization gives nothing in the young person's right here")
        else:
            given = relations_of(reference, resources)
            if given is not None and len(given) == 1 and given < _REPRESENTATIVES:
                found |= given
            else:
                refused.part(path, "we cannot see in whose right they agree: their relation is not here, or not known")
    if not found:
        refused.whole("Consent.performer", "it does not say who gave it, in words that we know")
    return frozenset(found)
