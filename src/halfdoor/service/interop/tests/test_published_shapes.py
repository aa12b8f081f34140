"""
The shapes in which FHIR R4's own examples and IHE's profile for consent on FHIR write, with people of ours.

Most of them cover nothing here, and say why. None of them opens what its author meant to close.
"""

from typing import Any

import pytest

from halfdoor.service.interop import codes
from halfdoor.service.interop.consent import read_consent
from halfdoor.service.interop.covering import find
from halfdoor.service.interop.tests.papers import (
    AMINA,
    SARA,
    SCHOOL,
    TOM,
    Json,
    actor,
    asked,
    coding,
    concept,
    found,
    kind,
    paper,
    permit,
    places,
    provision,
    purpose,
    reading,
)

CLINIC = "Organization/larkspur"
NURSE = "Practitioner/nurse"
READS = [concept(codes.ACTION, "access")]
THREE_PURPOSES = [coding(codes.ACT_REASON, code) for code in ("TREAT", "HPAYMT", "HOPERAT")]
LABELS = {word: [coding(codes.ACT_CODE, word)] for word in ("PSY", "SEX")} | {
    word: [coding(codes.CONFIDENTIALITY, word)] for word in ("N", "R")
}


def hl7(root: Json, *, rule: str = "OPTIN", **fields: Any) -> Json:
    """Return a consent with a policy rule, without a performer, whose outermost provision says neither yes nor no."""
    return paper(root, policyRule=concept(codes.ACT_CODE, rule), **{"performer": ...} | fields)


def ihe(root: Json, **fields: Any) -> Json:
    """Return a consent under a policy with an address, whose outermost provision says yes or no."""
    return paper(root, policyRule=..., policy=[{"uri": "https://larkspur.example/privacy"}], **fields)


UNTYPED = {
    "a period alone": hl7({"period": {"start": "2026-01-01", "end": "2027-01-01"}}),
    "not what this clinic wrote": hl7({"actor": [actor(CLINIC, "CST")]}),
    "not this person": hl7({"actor": [actor(SARA)], "action": READS}),
    "not this record": hl7({"data": [{"meaning": "related", "reference": {"reference": "Task/7"}}]}),
    "not these weeks": hl7({"period": {"start": "2026-10-01", "end": "2026-12-01"}}),
    "out altogether": hl7({"actor": [actor(CLINIC, "CST")]}, rule="OPTOUT"),
    "out, but for one": hl7({"actor": [actor(CLINIC, "CST"), actor(SARA)], "action": READS}, rule="OPTOUT"),
    "out, but for emergencies": hl7(
        {
            "purpose": [coding(codes.ACT_REASON, "ETREAT")],
            "provision": [{"type": "deny", "actor": [actor(CLINIC, "CST")]}],
        },
        rule="OPTOUT",
    ),
    "by labels": hl7(
        {
            "actor": [actor(CLINIC)],
            "securityLabel": LABELS["N"],
            "provision": [{"actor": [actor(SARA)], "securityLabel": LABELS["PSY"]}],
        },
        rule="OPTOUT",
    ),
}


@pytest.mark.parametrize("shape", UNTYPED)
def test_where_neither_yes_nor_no_is_said_it_is_taken_for_no(shape):
    """One shape stands in published examples for "share with her" and for "not with her": nobody can tell which."""
    one = UNTYPED[shape]
    mine = {"performer": [{"reference": AMINA}]}
    assert found(one).authorization == "does_not_cover"
    assert any(path.endswith((".type", ".role")) for path in places(one))
    assert "Consent.performer" in places(one, whole=True)
    other = paper(permit(purposes=("treatment",)))
    assert found(other, purpose="treatment").authorization == "covers"
    assert found(one | mine, other, purpose="treatment").authorization == "does_not_cover"


def test_an_untyped_no_to_somebody_else_lets_her_mother_hear():
    assert found(hl7({"actor": [actor(TOM)], "action": READS}), paper()).authorization == "covers"
    assert found(hl7({"type": "deny", "actor": [actor(TOM)]}), paper()).authorization == "covers"


def test_not_with_this_organization():
    one = hl7({"type": "deny", "actor": [actor(SCHOOL)], "action": READS})
    assert found(one, paper(permit(to=SCHOOL)), known_as=frozenset({SCHOOL})).authorization == "does_not_cover"
    assert found(one, paper(), known_as=frozenset({SARA, "Organization/other"})).authorization == "covers"


def test_a_nurse_who_is_her_uncle_hears_nothing():
    one = hl7({"type": "deny", "actor": [actor(NURSE)], "action": READS})
    uncle = paper(permit(to="RelatedPerson/uncle"))
    for known_as in ({"RelatedPerson/uncle"}, {"RelatedPerson/uncle", NURSE}):
        assert found(one, uncle, relation="relative", known_as=frozenset(known_as)).authorization == "does_not_cover"


def test_a_notice_that_was_handed_over_is_no_consent():
    """As in the signed example: a frame with somebody and a period, and inside it documents of one author."""
    notice = concept("http://terminology.hl7.org/CodeSystem/consentcategorycodes", "npp")
    inner = provision("permit", actor=[actor(NURSE, "AUT")], code=[concept(codes.LOINC, "34133-9")])
    inner["class"] = [coding("urn:ietf:bcp:13", "application/hl7-cda+xml")]
    frame = {"period": {"start": "2026-10-10", "end": "2027-10-10"}, "actor": [actor(SARA)], "provision": [inner]}
    one = hl7(frame, performer=[{"reference": AMINA}], category=[notice])
    assert places(one, whole=True) == ["Consent.category[0].coding[0]"]
    assert {"Consent.provision.provision[0].actor[0].role", "Consent.provision.provision[0].class[0]"} <= {*places(one)}
    assert found(one, category="clinical_summary").authorization == "does_not_cover"


def test_a_frame_of_half_an_hour_with_one_permit_inside():
    """As an app asks for it: until when around, what inside. It covers once it also says for whom and what for."""
    inner = provision("permit", action=READS)
    inner["class"] = [coding(codes.RESOURCES, "MedicationRequest")]
    frame = {
        "period": {"start": "2026-11-02T21:45:00+10:00", "end": "2026-11-02T22:15:00+10:00"},
        "provision": [inner],
    }
    one = hl7(frame, performer=[{"reference": SARA}])
    question = {"category": "medication", "purpose": "treatment", "known_as": frozenset({NURSE})}
    question |= {"relation": "outside_clinician"}
    assert found(one, **question).authorization == "does_not_cover"
    assert places(one) == ["Consent.provision.provision[0]"]
    inner |= {"actor": [actor(NURSE)], "purpose": [coding(codes.ACT_REASON, "TREAT")]}
    answer = found(hl7(frame, performer=[{"reference": SARA}]), **question)
    assert (answer.authorization, answer.given_by) == ("covers", "parent")


def test_under_a_policy_that_we_do_not_know():
    one = ihe(permit())
    assert places(one, whole=True) == ["Consent.policy[0]"]
    assert found(one).authorization == "does_not_cover"
    read = read_consent(one, policies=["https://larkspur.example/privacy"])
    assert not read.is_refused
    assert find([read], asked()).authorization == "covers"


IHE = {
    "everybody, everything, three purposes": ({"purpose": THREE_PURPOSES}, "Consent.provision"),
    "what was written in a year": (
        {"dataPeriod": {"start": "2026-01", "end": "2026-12"}},
        "Consent.provision.dataPeriod",
    ),
    "what one wrote": (
        {"data": [{"meaning": "authoredby", "reference": {"reference": NURSE}}]},
        "Consent.provision.data",
    ),
    "one meeting": (
        {"data": [{"meaning": "related", "reference": {"reference": "Encounter/7"}}]},
        "Consent.provision.data",
    ),
    "some records": (
        {"data": [{"meaning": "instance", "reference": {"reference": "Observation/7"}}]},
        "Consent.provision.data",
    ),
    "what is labelled normal": ({"securityLabel": LABELS["N"]}, "Consent.provision.securityLabel"),
}


@pytest.mark.parametrize("shape", IHE)
def test_what_a_situation_cannot_show_is_permitted_to_nobody(shape):
    fields, path = IHE[shape]
    one = paper(provision("permit", **fields))
    assert path in places(one)
    assert found(one, purpose="treatment").authorization == "does_not_cover"


@pytest.mark.parametrize("shape", [shape for shape in IHE if shape != "everybody, everything, three purposes"])
def test_what_a_situation_cannot_show_is_denied_wherever_it_may_be_meant(shape):
    fields, _ = IHE[shape]
    assert found(paper(permit(provision=[provision("deny", **fields)]))).authorization == "does_not_cover"


def test_three_purposes_of_which_one_is_none_of_ours():
    one = paper(permit() | {"purpose": THREE_PURPOSES})
    assert found(one, purpose="treatment").authorization == "covers"
    assert found(one, purpose="payment").authorization == "covers"
    assert found(one, purpose="regulation").authorization == "does_not_cover"


def test_she_rejects_all_three_purposes():
    one = paper(provision("deny", purpose=THREE_PURPOSES))
    assert found(one, purpose="treatment").objects
    assert found(paper(permit(purposes=("treatment",))), one, purpose="treatment").authorization == "does_not_cover"
    assert not found(one, purpose="education").objects


def test_normal_things_for_all_and_psychiatry_for_one():
    """Labels open nothing, and inside a permit they narrow it."""
    inner = permit(purposes=("treatment",), securityLabel=LABELS["PSY"])
    one = paper(provision("permit", purpose=THREE_PURPOSES, securityLabel=LABELS["N"], provision=[inner]))
    assert found(one, purpose="treatment").authorization == "does_not_cover"


def test_a_label_denies_what_it_may_touch_and_nothing_else():
    no_sex = paper(permit(kinds=("themes", "scheduling"), provision=[provision("deny", securityLabel=LABELS["SEX"])]))
    assert found(no_sex, category="themes").authorization == "does_not_cover"
    assert found(no_sex, category="scheduling").authorization == "covers"


def test_break_the_glass_is_an_exception_that_is_not_ours_to_take():
    inner = permit() | {"purpose": [coding(codes.ACT_REASON, "BTG")]}
    one = paper(provision("deny", purpose=THREE_PURPOSES, provision=[inner]))
    assert "Consent.provision.provision[0]" in places(one)
    for word in ("treatment", "safety"):
        assert found(one, purpose=word).authorization == "does_not_cover"
    assert all(not consent.is_refused for consent in reading(one))


def test_in_our_own_words_it_all_can_be_said():
    one = paper(permit(kinds=("session_content",), purposes=("safety",)))
    assert found(one, category="session_content", purpose="safety").authorization == "covers"
    narrowed = permit(kinds=("session_content",), provision=[provision("deny", purpose=[purpose("safety")])])
    assert found(paper(narrowed), category="session_content").authorization == "covers"
    assert kind("session_content")["coding"][0]["system"] == "urn:halfdoor:category"
