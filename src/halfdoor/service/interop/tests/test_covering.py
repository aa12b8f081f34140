"""What Amina signed, and whether it covers what somebody asks."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from halfdoor.service.interop import codes
from halfdoor.service.interop.tests.papers import (
    AMINA,
    NOON,
    RUTH,
    SARA,
    SCHOOL,
    TOM,
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


def facts(answer):
    return answer.authorization, answer.given_by


@pytest.mark.requirement("A5")
def test_her_mother_may_hear_what_amina_signed_for():
    answer = found(paper())
    assert facts(answer) == ("covers", "client")
    assert not answer.objects
    assert places(paper()) == []


@pytest.mark.parametrize(
    "other",
    [
        {"known_as": frozenset({TOM})},
        {"known_as": frozenset({SCHOOL})},
        {"known_as": frozenset()},
        {"category": "session_content"},
        {"category": "full_record"},
        {"purpose": "education"},
        {"purpose": "unstated"},
        {"at": datetime(2026, 8, 31, 12, tzinfo=UTC)},
    ],
    ids=lambda other: next(f"{name}-{value}" for name, value in other.items()),
)
def test_nobody_and_nothing_else_is_covered(other):
    assert facts(found(paper(), **other)) == ("does_not_cover", "none")


@pytest.mark.requirement("A5")
def test_it_ends_with_its_last_day_where_the_question_is_asked():
    one = paper(permit(until="2026-11-02"))
    assert facts(found(one, at=datetime(2026, 11, 2, 23, 59, tzinfo=UTC))) == ("covers", "client")
    assert facts(found(one, at=datetime(2026, 11, 3, 0, 0, tzinfo=UTC))) == ("expired", "client")
    in_new_york = datetime(2026, 11, 2, 20, 0, tzinfo=timezone(timedelta(hours=-5)))
    assert facts(found(one, at=in_new_york)) == ("covers", "client")
    assert facts(found(one, at=in_new_york.astimezone(UTC))) == ("expired", "client")


def test_a_moment_ends_it_to_the_second():
    one = paper(permit(until="2026-11-02T12:00:00Z"))
    assert found(one, at=NOON).authorization == "covers"
    assert found(one, at=NOON + timedelta(seconds=1)).authorization == "expired"


@pytest.mark.requirement("A5")
def test_a_consent_that_was_ended_is_withdrawn_and_named():
    one = paper(status="inactive")
    assert facts(found(one)) == ("withdrawn", "client")
    assert places(one, whole=True) == ["Consent.status"]
    assert facts(found(one, category="session_content")) == ("does_not_cover", "none")


def test_a_new_consent_stands_where_an_old_one_ended():
    assert facts(found(paper(status="inactive"), paper())) == ("covers", "client")


@pytest.mark.requirement("A5")
@pytest.mark.parametrize(
    "name", [{"id": "c1"}, {"identifier": [{"system": "urn:x", "value": "7"}], "id": ...}], ids=["id", "identifier"]
)
def test_an_older_version_does_not_cover_what_a_newer_one_ended_or_narrowed(name):
    """The history of a consent comes in one file, and nobody can tell which version is the last."""
    before, ended = paper(**name), paper(status="inactive", **name)
    narrowed = paper(permit(kinds=("progress",)), **name)
    for versions in ([before, ended], [ended, before]):
        assert facts(found(*versions)) == ("withdrawn", "client")
    assert facts(found(before, narrowed)) == ("does_not_cover", "none")
    assert facts(found(before, before)) == ("covers", "client")
    assert facts(found(before, ended, paper(id="c2"))) == ("covers", "client")


def test_who_may_not_know_that_there_is_therapy_hears_nothing_of_it():
    assert found(paper(), paper(provision("deny", code=[kind("existence_of_care")]))).authorization == "does_not_cover"


@pytest.mark.parametrize("status", ["draft", "proposed", "rejected", "entered-in-error"])
def test_what_was_never_given_is_nothing_and_denies_nothing(status):
    one = paper(status=status)
    assert facts(found(one)) == ("none", "none")
    assert places(one, whole=True) == ["Consent.status"]
    assert found(paper(provision("deny"), status=status), paper()).authorization == "covers"


def test_her_mother_signs_in_her_own_name():
    assert facts(found(paper(permit(to=SCHOOL), performer=[{"reference": SARA}]), known_as=frozenset({SCHOOL}))) == (
        "covers",
        "parent",
    )


def test_both_signed_and_aminas_own_word_comes_first():
    hers, mothers = paper(), paper(performer=[{"reference": SARA}])
    assert facts(found(mothers, hers)) == facts(found(hers, mothers)) == ("covers", "client")


@pytest.mark.parametrize(
    "reference", ["RelatedPerson/nobody-sent", "RelatedPerson/aunt", "#sara", "Patient/ben", RUTH, SCHOOL]
)
def test_somebody_whose_right_cannot_be_seen_signs_for_nobody(reference):
    one = paper(performer=[{"reference": reference}])
    assert facts(found(one)) == ("does_not_cover", "none")
    assert places(one) == ["Consent.performer[0]", "Consent.performer"]


def test_a_mother_inside_the_paper_is_seen():
    mother = {
        "resourceType": "RelatedPerson",
        "id": "sara",
        "patient": {"reference": AMINA},
        "relationship": [concept(codes.ROLE_CODE, "MTH")],
    }
    one = paper(performer=[{"reference": "#sara"}], contained=[mother])
    assert facts(found(one)) == ("covers", "parent")
    elsewhere = mother | {"patient": {"reference": "Patient/ben"}}
    assert facts(found(paper(performer=[{"reference": "#sara"}], contained=[elsewhere]))) == ("does_not_cover", "none")
    assert facts(found(paper(performer=[{"reference": "#sara"}], contained=[mother, mother])))[0] == "does_not_cover"


def test_a_reference_and_a_relation_that_disagree_open_nothing():
    assert found(paper(), relation="educator").authorization == "does_not_cover"


def test_a_kind_of_recipient_is_enough_without_a_name():
    anybody = {"role": concept(f"{codes.OURS}relation", "school_counsellor"), "reference": {"display": "at any school"}}
    one = paper(permit() | {"actor": [anybody]})
    assert found(one, relation="school_counsellor", known_as=frozenset()).authorization == "covers"
    assert found(one, relation="educator", known_as=frozenset()).authorization == "does_not_cover"


def test_the_young_person_is_known_without_being_named():
    one = paper(permit(to=AMINA))
    assert found(one, relation="self", known_as=frozenset()).authorization == "covers"
    assert found(one).authorization == "does_not_cover"


def test_an_exception_stands_inside_a_permit():
    """Everything that was said about the plan, but not the themes."""
    root = permit(kinds=("themes", "progress", "goals_and_plan"))
    one = paper(root | {"provision": [provision("deny", code=[kind("themes")])]})
    answer = found(one)
    assert facts(answer) == ("does_not_cover", "none")
    assert answer.objects
    assert answer.because == ((0, "Consent.provision.provision[0]"),)
    assert facts(found(one, category="progress")) == ("covers", "client")


def test_a_denial_stands_whenever_it_was_signed():
    later = paper(permit(), dateTime="2026-10-30")
    denial = paper(provision("deny", actor=[actor(SARA)], code=[kind("themes")]), dateTime="2026-09-02")
    for papers in ([later, denial], [denial, later]):
        assert facts(found(*papers)) == ("does_not_cover", "none")
        assert found(*papers).objects
    assert facts(found(denial, later, category="progress"))[0] == "does_not_cover"
    assert not found(denial, later, category="progress").objects


def test_a_denial_about_somebody_else_stops_nobody():
    assert found(paper(), paper(provision("deny", actor=[actor(TOM)]))).authorization == "covers"
    assert found(paper(), paper(provision("deny", purpose=[purpose("payment")]))).authorization == "covers"
    assert found(paper(), paper(provision("deny", code=[kind("process_notes")]))).authorization == "covers"


def test_a_denied_nurse_may_be_her_mother_until_somebody_says_otherwise():
    denial = paper(provision("deny", actor=[actor("Practitioner/nurse")]))
    assert found(paper(), denial).authorization == "does_not_cover"
    known = frozenset({SARA, "Practitioner/sara"})
    assert found(paper(), denial, known_as=known).authorization == "covers"


def test_only_her_own_denial_is_her_wish():
    fields = provision("deny", actor=[actor(SARA)], code=[kind("themes")])
    assert found(paper(fields)).objects
    assert not found(paper(fields, performer=[{"reference": TOM}])).objects
    assert not found(paper(fields, status="inactive")).objects
    assert not found(paper(fields, dateTime="2026-11-03")).objects


def test_a_denial_that_only_might_be_meant_closes_and_is_no_wish():
    fields = provision("deny", actor=[actor(SARA)], securityLabel=[{"system": codes.CONFIDENTIALITY, "code": "R"}])
    assert found(paper(), paper(fields)).authorization == "does_not_cover"
    assert not found(paper(), paper(fields)).objects


def test_an_exception_to_a_denial_opens_nothing_but_shows_no_wish_either():
    one = paper(provision("deny", actor=[actor(SARA)], provision=[permit()]))
    answer = found(one)
    assert facts(answer) == ("does_not_cover", "none")
    assert not answer.objects


def test_opting_out_of_everything_is_said_once_for_all():
    one = paper(policyRule=concept(codes.ACT_CODE, "OPTOUT"), provision=...)
    assert found(one).objects
    assert found(paper(), one).authorization == "does_not_cover"


def test_opting_out_with_an_exception_covers_the_exception_alone():
    one = paper(permit(), policyRule=concept(codes.ACT_CODE, "OPTOUTE"))
    assert facts(found(one)) == ("covers", "client")
    assert found(one, paper(permit(to=TOM)), known_as=frozenset({TOM})).authorization == "does_not_cover"


def test_a_denial_outlives_its_period():
    """Published examples use the period of a denial for the time of the records, not of the rule."""
    old = paper(provision("deny", actor=[actor(SARA)], period={"start": "2025-01-01", "end": "2025-02-01"}))
    assert found(paper(), old).authorization == "does_not_cover"
    assert not found(paper(), old).objects


def test_nested_permits_narrow():
    """The frame says who and until when; what is permitted stands inside."""
    frame = permit(kinds=("themes", "progress"))
    one = paper(frame | {"provision": [provision("permit", code=[kind("progress")])]})
    assert found(one, category="progress").authorization == "covers"
    assert found(one).authorization == "does_not_cover"


def test_an_inner_provision_that_says_neither_yes_nor_no_may_deny_whatever_stands_in_it():
    inner = {"code": [kind("themes")], "provision": [provision("permit", code=[kind("progress")])]}
    one = paper(permit(kinds=("themes", "progress"), provision=[inner]))
    assert places(one) == ["Consent.provision.provision[0].type"]
    assert found(one).because == ((0, "Consent.provision.provision[0]"),)
    assert found(paper(), one).authorization == "does_not_cover"


def test_nothing_inside_reaches_past_what_stands_around_it():
    one = paper(permit(kinds=("progress",), provision=[provision("permit", code=[kind("themes")])]))
    assert found(one).authorization == "does_not_cover"
    assert found(one, category="progress").authorization == "does_not_cover"


def test_of_two_inner_permits_the_one_in_time_covers():
    inner = [provision("permit", period={"end": "2026-10-01"}), provision("permit", period={"end": "2027-01-01"})]
    for both in (inner, inner[::-1]):
        assert found(paper(permit(provision=both))).authorization == "covers"


def test_a_rule_that_nobody_knows_may_mean_opting_out():
    unknown = concept(codes.ACT_CODE, "NOSUCH")
    assert found(paper(), paper(permit(to=TOM), policyRule=unknown)).authorization == "does_not_cover"
    assert found(paper(), paper(policyRule=unknown)).authorization == "covers"


@pytest.mark.parametrize("missing", ["actor", "code", "purpose", "period"])
def test_silence_is_not_consent_to_all_of_it(missing):
    root = permit()
    del root[missing]
    assert found(paper(root)).authorization == "does_not_cover"
    assert places(paper(root)) == ["Consent.provision"]


def test_a_consent_without_an_end_does_not_cover():
    assert found(paper(permit() | {"period": {"start": "2026-09-01"}})).authorization == "does_not_cover"


def test_a_consent_signed_after_the_moment_does_not_cover_it():
    assert found(paper(dateTime="2026-11-03")).authorization == "does_not_cover"


def test_without_any_consent_there_is_none():
    assert facts(found()) == ("none", "none")
