"""
Consents as other systems write them, about invented people: Amina Khan, her mother Sara, her father Tom, her school.

The shapes are those of published examples; the words are our own.
"""

from copy import deepcopy
from datetime import UTC, datetime
from typing import Any

from halfdoor.service.interop import codes
from halfdoor.service.interop.consent import Consent, read_consent
from halfdoor.service.interop.covering import Asked, Found, find
from halfdoor.service.interop.parts import Part

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)

AMINA = "Patient/amina"
SARA = "RelatedPerson/sara"
TOM = "RelatedPerson/tom"
SCHOOL = "Organization/hill-school"
RUTH = "Practitioner/ruth"

Json = dict[str, Any]


def coding(system: str, code: str) -> Json:
    return {"system": system, "code": code}


def concept(system: str, code: str) -> Json:
    return {"coding": [coding(system, code)]}


def kind(word: str) -> Json:
    """Return one of our kinds of information as a ``code``."""
    return concept(f"{codes.OURS}category", word)


def purpose(word: str) -> Json:
    return coding(f"{codes.OURS}purpose", word)


def actor(reference: str, role: str = "PRCP") -> Json:
    return {"role": concept(codes.PARTICIPATION, role), "reference": {"reference": reference}}


def provision(way: str = "", **fields: Any) -> Json:
    return ({"type": way} if way else {}) | fields


def permit(
    *,
    to: str = SARA,
    kinds: tuple[str, ...] = ("themes",),
    purposes: tuple[str, ...] = ("support",),
    until: str = "2027-06-30",
    **fields: Any,
) -> Json:
    """Return a permit that says whom, what, what for and until when."""
    return provision(
        "permit",
        actor=[actor(to)],
        code=[kind(word) for word in kinds],
        purpose=[purpose(word) for word in purposes],
        period={"start": "2026-09-01", "end": until},
        **fields,
    )


def paper(root: Json | None = None, **fields: Any) -> Json:
    """Return a consent that Amina signed in September. A field given as ``...`` is left out."""
    whole: Json = {
        "resourceType": "Consent",
        "status": "active",
        "scope": concept(codes.SCOPE, "patient-privacy"),
        "category": [concept(codes.LOINC, "59284-0")],
        "patient": {"reference": AMINA},
        "dateTime": "2026-09-01",
        "performer": [{"reference": AMINA}],
        "organization": [{"reference": "Organization/larkspur"}],
        "sourceReference": {"reference": "DocumentReference/signed-1"},
        "policyRule": concept(codes.ACT_CODE, "OPTIN"),
        "provision": permit() if root is None else root,
    }
    return deepcopy({name: value for name, value in (whole | fields).items() if value is not ...})


def relative(reference: str, code: str, *, of: str = AMINA) -> Part:
    """Return a RelatedPerson as it comes beside a consent."""
    return Part(
        {
            "resourceType": "RelatedPerson",
            "id": reference.partition("/")[2],
            "patient": {"reference": of},
            "relationship": [concept(codes.ROLE_CODE, code)],
        },
        "RelatedPerson",
    )


FAMILY = {SARA: relative(SARA, "MTH"), TOM: relative(TOM, "FTH")}


def reading(*papers: Json) -> list[Consent]:
    return [read_consent(one, beside=FAMILY) for one in papers]


def asked(**fields: Any) -> Asked:
    """Return whether Sara may hear the themes, to support Amina, on 2 November 2026."""
    about = {"relation": "parent", "category": "themes", "purpose": "support", "at": NOON}
    return Asked(**{**about, "known_as": frozenset({SARA}), **fields})


def found(*papers: Json, **fields: Any) -> Found:
    return find(reading(*papers), asked(**fields))


def places(one: Json, *, whole: bool | None = None) -> list[str]:
    """Return the paths of what was refused in a consent."""
    refused = reading(one)[0].refused
    return [each.path for each in refused if whole is None or each.whole == whole]
