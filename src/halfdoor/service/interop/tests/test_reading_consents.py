"""What in a consent is refused is named with its place, and opens nothing."""

import pytest

from halfdoor.disclosure.vocabulary import BY_NAME
from halfdoor.service.interop import codes
from halfdoor.service.interop.consent import NoConsent, read_consent
from halfdoor.service.interop.tests.papers import (
    RUTH,
    SARA,
    TOM,
    Json,
    actor,
    concept,
    found,
    kind,
    paper,
    permit,
    places,
    provision,
    purpose,
)


def with_root(**fields: object) -> Json:
    return paper(permit() | fields)


@pytest.mark.parametrize(
    ("one", "path"),
    [
        (paper(scope=concept(codes.SCOPE, "research")), "Consent.scope"),
        (paper(scope=concept(codes.SCOPE, "adr")), "Consent.scope"),
        (paper(scope=concept(codes.SCOPE, "gossip")), "Consent.scope"),
        (paper(scope=...), "Consent.scope"),
        (paper(status="Active"), "Consent.status"),
        (paper(status=["active"]), "Consent.status"),
        (paper(status=...), "Consent.status"),
        (paper(category=[concept(codes.LOINC, "75320-2")]), "Consent.category[0].coding[0]"),
        (paper(category=[{"text": "privacy"}]), "Consent.category[0]"),
        (paper(category=...), "Consent.category"),
        (paper(policyRule=concept(codes.POLICY, "hipaa-research")), "Consent.policyRule"),
        (paper(policyRule={"text": "as usual"}), "Consent.policyRule"),
        (paper(policyRule=...), "Consent.policyRule"),
        (paper(policyRule=..., policy=[{"uri": "https://example.org/policy"}]), "Consent.policy[0]"),
        (paper(modifierExtension=[{"url": "https://example.org/not"}]), "Consent.modifierExtension"),
        (paper(implicitRules="https://example.org/rules"), "Consent.implicitRules"),
        (paper(extension=[{"url": "https://example.org/only-here"}]), "Consent.extension"),
        (paper(_status={"extension": []}), "Consent._status"),
        (paper(decision="permit"), "Consent.decision"),
        (paper(sourceReference=...), "Consent.source"),
        (paper(sourceReference=..., sourceAttachment={"title": "The form"}), "Consent.source"),
        (paper(dateTime=...), "Consent.dateTime"),
        (paper(dateTime="yesterday"), "Consent.dateTime"),
        (paper(performer=...), "Consent.performer"),
        (paper(verification=[{"verified": False}]), "Consent.verification[0]"),
        (paper(provision=[permit()]), "Consent.provision"),
        (paper(provision="permit"), "Consent.provision"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_some_things_let_the_whole_of_it_fall(one, path):
    assert path in places(one, whole=True)
    assert found(one).authorization in ("does_not_cover", "none")


@pytest.mark.parametrize(
    ("fields", "path"),
    [
        ({"code": [concept(codes.LOINC, "0-0")]}, "code[0].coding[0]"),
        ({"code": [{"text": "themes"}]}, "code[0]"),
        ({"code": []}, "code"),
        ({"class": [{"system": "urn:ietf:bcp:13", "code": "text/plain"}]}, "class[0]"),
        ({"purpose": [{"system": codes.ACT_REASON, "code": "NOSUCH"}]}, "purpose[0]"),
        ({"purpose": [{"code": "TREAT"}]}, "purpose[0]"),
        ({"action": [concept(codes.ACTION, "shout")]}, "action[0].coding[0]"),
        ({"securityLabel": [{"system": codes.CONFIDENTIALITY, "code": "N"}]}, "securityLabel"),
        ({"data": [{"meaning": "instance", "reference": {"reference": "DocumentReference/7"}}]}, "data"),
        ({"dataPeriod": {"start": "2026-01"}}, "dataPeriod"),
        ({"actor": [actor(SARA, "AUT")]}, "actor[0].role"),
        ({"actor": [actor(SARA), actor("Organization/larkspur", "CST")]}, "actor[1].role"),
        ({"actor": [actor(SARA) | {"extension": []}]}, "actor[0]"),
        ({"actor": []}, "actor"),
        (
            {"actor": [{"role": concept(codes.PARTICIPATION, "PRCP"), "reference": {"display": "S."}}]},
            "actor[0].reference",
        ),
        ({"period": {"start": "2026-09-01", "end": "2026-02-30"}}, "period.end"),
        ({"period": {"start": "2026-09-01T10:00:00", "end": "2027"}}, "period.start"),
        ({"period": {"start": "2026-09-01", "_end": {}}}, "period"),
        ({"period": "2026"}, "period"),
        ({"extension": [{"url": "https://example.org/only-on-sundays"}]}, "extension"),
        ({"modifierExtension": [{"url": "https://example.org/not"}]}, "modifierExtension"),
        ({"expression": {"language": "text/cql"}}, "expression"),
        ({"type": "allow"}, "type"),
        ({"provision": [{"code": [kind("risk")]}]}, "provision[0].type"),
        ({"provision": ["deny"]}, "provision[0]"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_condition_that_cannot_be_weighed_is_named_and_never_met(fields, path):
    one = with_root(**fields)
    assert f"Consent.provision.{path}" in places(one)
    assert found(one).authorization == "does_not_cover"


def test_an_unknown_code_beside_a_known_one_is_named_and_takes_nothing_away():
    one = with_root(code=[kind("themes"), concept(codes.LOINC, "0-0")])
    assert places(one) == ["Consent.provision.code[1].coding[0]"]
    assert found(one).authorization == "covers"
    assert found(one, category="progress").authorization == "does_not_cover"


def test_a_denial_of_something_unknown_may_be_about_this():
    denial = provision("deny", code=[concept(codes.LOINC, "0-0")])
    assert found(with_root(provision=[denial])).authorization == "does_not_cover"
    elsewhere = denial | {"purpose": [purpose("payment")]}
    assert found(with_root(provision=[elsewhere])).authorization == "covers"


@pytest.mark.parametrize("unclear", [actor(SARA, "NOSUCH"), actor(SARA) | {"extension": []}, "Sara"])
def test_somebody_unclear_beside_somebody_else_may_be_the_one_who_is_denied(unclear):
    denial = paper(provision("deny", actor=[unclear, actor(TOM)]))
    assert found(paper(), denial).authorization == "does_not_cover"
    assert found(paper(), paper(provision("deny", actor=[actor(RUTH, "CST"), actor(TOM)]))).authorization == "covers"


def test_a_consent_that_is_refused_still_denies():
    for fault in ({"modifierExtension": []}, {"policyRule": ...}, {"performer": ...}, {"status": "Active"}):
        assert found(paper(), paper(provision("deny"), **fault)).authorization == "does_not_cover"


def test_research_is_another_matter():
    assert found(paper(), paper(provision("deny"), scope=concept(codes.SCOPE, "research"))).authorization == "covers"


@pytest.mark.parametrize(
    "one", [None, [], "Consent", {}, {"resourceType": "Patient"}, paper(patient=...), paper(patient={"display": "A."})]
)
def test_what_is_no_consent_of_anybody_is_not_read_at_all(one):
    with pytest.raises(NoConsent):
        read_consent(one)


def test_no_message_repeats_who_or_which_record():
    one = with_root(
        actor=[actor("RelatedPerson/sara-khan-17", "AUT")],
        data=[{"meaning": "instance", "reference": {"reference": "DocumentReference/secret-7"}}],
    )
    said = " ".join(refused.says for refused in read_consent(one).refused)
    assert "sara" not in said
    assert "secret" not in said


def test_endless_provisions_are_refused():
    root = permit()
    for _ in range(60):
        root = permit(provision=[root])
    assert any(path.endswith("provision[0]") for path in places(paper(root), whole=True))
    assert found(paper(root)).authorization == "does_not_cover"


@pytest.mark.parametrize("name", ["category", "purpose", "relation"])
def test_the_words_of_this_room_are_those_of_the_contract(name):
    ours = {"category": codes.CATEGORIES, "purpose": codes.PURPOSES, "relation": codes.RELATIONS}[name]
    assert ours == frozenset(BY_NAME[name].values)


@pytest.mark.parametrize(
    ("table", "allowed"),
    [
        (codes.KIND_CODES, codes.CATEGORIES),
        (codes.LABEL_CODES, codes.CATEGORIES),
        (codes.PURPOSE_CODES, codes.PURPOSES),
    ],
)
def test_every_code_means_words_of_the_contract(table, allowed):
    for meaning in table.values():
        assert meaning.certain <= meaning.possible <= allowed
    assert not any("unstated" in meaning.certain for meaning in codes.PURPOSE_CODES.values())
    assert set(codes.RELATION_CODES.values()) <= codes.RELATIONS


def test_nothing_but_our_own_words_opens_what_is_said_in_sessions():
    """A code for documents, or for psychiatry, was not chosen by somebody who thought of a talk with a therapist."""
    theirs = [meaning for code, meaning in codes.KIND_CODES.items() if not code[0].startswith(codes.OURS)]
    opened = frozenset().union(*(meaning.certain for meaning in theirs))
    assert not opened & {"session_content", "process_notes", "full_record", "abuse_concern", "themes"}
