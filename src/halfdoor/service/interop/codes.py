"""
Codes of other systems in the words of the decision contract.

A code means some words for certain, and may touch others. What is certain can open; whatever it may touch can close.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


def words(text: str) -> frozenset[str]:
    """Return the words of a text."""
    return frozenset(text.split())


CATEGORIES = words(
    "existence_of_care attendance scheduling general_information progress themes goals_and_plan session_summary"
    " session_content clinical_summary diagnosis medication progress_note process_notes full_record risk abuse_concern"
    " substance_use sexual_health artwork billing education_record whereabouts staff_guidance"
)
PURPOSES = words(
    "support treatment safety access_request legal_process payment education care_planning regulation"
    " court_proceedings unstated"
)
RELATIONS = words(
    "self parent step_parent guardian foster_carer relative friend residential_carer home_manager educator"
    " school_counsellor social_worker placing_authority therapist clinical_team clinical_lead outside_clinician payer"
    " court police child_protection lawyer inspector independent_person independent_visitor guardian_ad_litem"
    " custody_evaluator threatened_person other unknown"
)
DISCLOSE = "disclose"
ACTIONS = frozenset({DISCLOSE})

OURS = "urn:halfdoor:"
"""Our own words as codes: ``urn:halfdoor:category``, ``urn:halfdoor:purpose``, ``urn:halfdoor:relation``."""

_HL7 = "http://terminology.hl7.org/CodeSystem/"
ACT_CODE = f"{_HL7}v3-ActCode"
ACT_REASON = f"{_HL7}v3-ActReason"
CONFIDENTIALITY = f"{_HL7}v3-Confidentiality"
PARTICIPATION = f"{_HL7}v3-ParticipationType"
ROLE_CODE = f"{_HL7}v3-RoleCode"
ACTION = f"{_HL7}consentaction"
SCOPE = f"{_HL7}consentscope"
POLICY = f"{_HL7}consentpolicycodes"
LOINC = "http://loinc.org"
RESOURCES = "http://hl7.org/fhir/resource-types"

Code = tuple[str, str]
"""The system of a code, and the code."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a code, or one of several codes, means: ``possible`` holds all that is ``certain``, and more."""

    certain: frozenset[str]
    possible: frozenset[str]

    @classmethod
    def any_of(cls, meanings: Iterable["Meaning"]) -> "Meaning":
        """Return what several codes mean where each of them is enough."""
        certain: frozenset[str] = frozenset()
        possible: frozenset[str] = frozenset()
        for meaning in meanings:
            certain, possible = certain | meaning.certain, possible | meaning.possible
        return cls(certain, possible)

    def never_certain(self) -> "Meaning":
        """Return the same meaning where it can only close."""
        return Meaning(frozenset(), self.possible)


def _category(certain: str = "", *, perhaps: str = "") -> Meaning:
    sure = words(certain)
    touched = sure | words(perhaps)
    # The full record holds every other kind, so a code that touches one of them touches it, and the other way round.
    # Who may not know that there is any therapy may hear nothing of it.
    if touched - {"general_information"}:
        touched |= {"full_record"}
    if "full_record" in sure or "existence_of_care" in sure:
        touched = CATEGORIES - {"general_information"}
    return Meaning(sure, touched)


def _purpose(certain: str = "", *, perhaps: str = "") -> Meaning:
    # Who does not say what for may have this in mind.
    sure = words(certain)
    return Meaning(sure, sure | words(perhaps) | {"unstated"})


_CLINICAL = (
    "progress themes goals_and_plan session_summary session_content clinical_summary diagnosis medication progress_note"
    " process_notes risk abuse_concern substance_use sexual_health artwork"
)

KIND_CODES: Mapping[Code, Meaning] = {
    **{(f"{OURS}category", word): _category(word) for word in CATEGORIES},
    (LOINC, "34133-9"): _category("clinical_summary", perhaps=_CLINICAL),
    (LOINC, "18842-5"): _category("clinical_summary", perhaps=_CLINICAL),
    (LOINC, "11506-3"): _category("progress_note", perhaps=_CLINICAL),
    (LOINC, "18776-5"): _category("goals_and_plan", perhaps="progress"),
    (LOINC, "61146-7"): _category("goals_and_plan", perhaps="progress"),
    (LOINC, "11450-4"): _category("diagnosis", perhaps="clinical_summary"),
    (LOINC, "10160-0"): _category("medication", perhaps="clinical_summary"),
    (RESOURCES, "MedicationRequest"): _category("medication"),
    (RESOURCES, "MedicationStatement"): _category("medication"),
    (RESOURCES, "Condition"): _category("diagnosis"),
    (RESOURCES, "Appointment"): _category("scheduling", perhaps="attendance existence_of_care whereabouts"),
    (RESOURCES, "Encounter"): _category("attendance", perhaps="scheduling existence_of_care whereabouts"),
    (RESOURCES, "CarePlan"): _category("goals_and_plan", perhaps="progress"),
    (RESOURCES, "Goal"): _category("goals_and_plan", perhaps="progress"),
    (RESOURCES, "RiskAssessment"): _category("risk"),
    **{
        (RESOURCES, name): _category("billing", perhaps="attendance existence_of_care diagnosis")
        for name in ("Invoice", "Claim", "ExplanationOfBenefit", "ChargeItem")
    },
    **{
        (RESOURCES, name): _category(perhaps=" ".join(CATEGORIES))
        for name in ("DocumentReference", "Composition", "Observation", "QuestionnaireResponse", "Communication")
    },
}
"""Kinds of information, in ``class`` and ``code``. What is not here is not understood."""

LABEL_CODES: Mapping[Code, Meaning] = {
    **{(ACT_CODE, code): _category(perhaps=f"{_CLINICAL} clinical_summary") for code in ("PSY", "MH", "BH")},
    **{
        (ACT_CODE, code): _category(perhaps=f"substance_use {_CLINICAL}")
        for code in ("ETH", "ETHUD", "OPIOIDUD", "SUD")
    },
    **{
        (ACT_CODE, code): _category(perhaps=f"sexual_health abuse_concern {_CLINICAL}")
        for code in ("SEX", "SDV", "STD")
    },
    (ACT_CODE, "HIV"): _category(perhaps=f"sexual_health {_CLINICAL}"),
    (ACT_CODE, "PSYTHPN"): _category(perhaps="process_notes"),
    **{(CONFIDENTIALITY, code): Meaning(frozenset(), CATEGORIES) for code in "ULMNRV"},
}
"""Security labels sit on data, and a situation shows none: they may touch something, and are never certain."""

PURPOSE_CODES: Mapping[Code, Meaning] = {
    **{(f"{OURS}purpose", word): _purpose(word) for word in PURPOSES - {"unstated"}},
    (ACT_REASON, "TREAT"): _purpose("treatment", perhaps="support care_planning safety"),
    (ACT_REASON, "ETREAT"): _purpose(perhaps="treatment safety"),
    (ACT_REASON, "BTG"): _purpose(perhaps="treatment safety"),
    (ACT_REASON, "CAREMGT"): _purpose("care_planning", perhaps="treatment support"),
    (ACT_REASON, "COC"): _purpose("care_planning", perhaps="treatment support"),
    (ACT_REASON, "HPAYMT"): _purpose("payment"),
    (ACT_REASON, "THREAT"): _purpose("safety"),
    (ACT_REASON, "SUPNWK"): _purpose("support"),
    (ACT_REASON, "FAMRQT"): _purpose(perhaps="support access_request"),
    (ACT_REASON, "PATRQT"): _purpose(perhaps="support access_request"),
    (ACT_REASON, "HLEGAL"): _purpose("legal_process", perhaps="court_proceedings regulation"),
    (ACT_REASON, "HOPERAT"): _purpose(perhaps="regulation payment care_planning legal_process"),
    (ACT_REASON, "PUBHLTH"): _purpose(perhaps="safety regulation"),
    (ACT_REASON, "HRESCH"): _purpose(),
    (ACT_REASON, "HMARKT"): _purpose(),
}

ACTION_CODES: Mapping[Code, Meaning] = {
    (ACTION, "access"): Meaning(ACTIONS, ACTIONS),
    (ACTION, "disclose"): Meaning(ACTIONS, ACTIONS),
    (ACTION, "use"): Meaning(frozenset(), ACTIONS),
    (ACTION, "collect"): Meaning(frozenset(), frozenset()),
    (ACTION, "correct"): Meaning(frozenset(), frozenset()),
}

RELATION_CODES: Mapping[Code, str] = {
    **{(f"{OURS}relation", word): word for word in RELATIONS - {"unknown"}},
    **{(ROLE_CODE, code): "parent" for code in ("PRN", "MTH", "FTH", "NMTH", "NFTH", "ADOPTP", "ADOPTM", "ADOPTF")},
    **{(ROLE_CODE, code): "step_parent" for code in ("STPPRN", "STPMTH", "STPFTH")},
    **{(ROLE_CODE, code): "foster_carer" for code in ("PRNFOST", "MTHFOST", "FTHFOST")},
    **{(ROLE_CODE, code): "relative" for code in ("GRPRN", "GRMTH", "GRFTH", "AUNT", "UNCLE", "SIB", "BRO", "SIS")},
    (ROLE_CODE, "FRND"): "friend",
    (ROLE_CODE, "GUARD"): "guardian",
    (ROLE_CODE, "GUADLTM"): "guardian_ad_litem",
}

RECIPIENT_ROLES = frozenset({(PARTICIPATION, "PRCP"), (PARTICIPATION, "IRCP")})
OTHER_ROLES = frozenset({(PARTICIPATION, "CST"), (PARTICIPATION, "AUT")})
"""Who keeps the records, and who wrote them."""

PRIVACY_CATEGORIES = frozenset(
    {
        (LOINC, "59284-0"),
        (LOINC, "64292-6"),
        (ACT_CODE, "INFA"),
        (ACT_CODE, "INFAO"),
        (ACT_CODE, "INFASO"),
        (ACT_CODE, "IDSCL"),
        (ACT_CODE, "IRDSCL"),
    }
)
PRIVACY = (SCOPE, "patient-privacy")
OTHER_SCOPES = frozenset({(SCOPE, "research"), (SCOPE, "adr"), (SCOPE, "treatment")})
OPT_IN = frozenset({(ACT_CODE, "OPTIN"), (ACT_CODE, "OPTINR"), (POLICY, "hipaa-auth")})
OPT_OUT = frozenset({(ACT_CODE, "OPTOUT"), (ACT_CODE, "OPTOUTE")})
