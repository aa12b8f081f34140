"""What three readers are told about one decision."""

import pytest
from hypothesis import given, settings

from halfdoor.disclosure import decide, read
from halfdoor.disclosure.deciding import Judge
from halfdoor.disclosure.decision import Decision
from halfdoor.disclosure.explaining import Reader, explain
from halfdoor.disclosure.rules import Disposition, Duty, Pack, Rule, Speaker, Tier
from halfdoor.disclosure.situation import Situation
from halfdoor.disclosure.table import Table
from tests.disclosure.strategies import NOON, situations

MOTHER_ASKS = Situation.of(
    {
        "age": 15,
        "status": "minor",
        "relation": "parent",
        "authority": "full",
        "identity": "verified",
        "category": "session_content",
        "purpose": "support",
    },
    at=NOON,
)


def told(situation: Situation, reader: Reader) -> str:
    return explain(decide(situation), reader=reader)


def test_aminas_mother_reads_the_same_whatever_amina_said() -> None:
    unasked = told(MOTHER_ASKS, Reader.CAREGIVER)
    assert "cannot share this with you" in unasked
    for wish in ("objects", "prefers_to_tell", "prefers_together", "cannot_be_asked"):
        assert told(MOTHER_ASKS.but(wish=wish), Reader.CAREGIVER) == unasked


@pytest.mark.parametrize("mark", ["kept_private", "given_in_confidence", "source_promised_confidence"])
def test_aminas_mother_does_not_read_which_topic_is_private(mark: str) -> None:
    assert told(MOTHER_ASKS.but(**{mark: "yes"}), Reader.CAREGIVER) == told(MOTHER_ASKS, Reader.CAREGIVER)


def test_a_stranger_reads_what_they_would_read_if_there_were_no_record() -> None:
    stranger = Situation.of({"category": "existence_of_care"}, at=NOON)
    read_by_stranger = told(stranger, Reader.CAREGIVER)
    assert "never say whether somebody comes to us" in read_by_stranger
    assert told(stranger.but(relation="friend", age=17, status="minor"), Reader.CAREGIVER) == read_by_stranger


def test_a_father_whose_say_has_ended_reads_what_a_stranger_reads() -> None:
    father = MOTHER_ASKS.but(authority="ended", category="progress")
    assert decide(father).acknowledge == "neither_confirm_nor_deny"
    assert told(father, Reader.CAREGIVER) == told(Situation.of({}, at=NOON), Reader.CAREGIVER)


def test_a_report_to_child_protection_is_not_explained_to_a_caregiver() -> None:
    report = MOTHER_ASKS.but(
        place="us", relation="child_protection", category="abuse_concern", abuse="disclosed", purpose="safety"
    )
    assert decide(report).disposition == "must_share"
    assert "never say whether" in told(report, Reader.CAREGIVER)


def test_a_mother_who_has_not_shown_who_she_is_is_asked_for_papers() -> None:
    unverified = MOTHER_ASKS.but(identity="unverified", category="themes")
    if decide(unverified).acknowledge == "yes":
        assert "who you are" in told(unverified, Reader.CAREGIVER)


def test_the_therapist_reads_the_rule_its_source_and_what_lost() -> None:
    text = told(MOTHER_ASKS, Reader.THERAPIST)
    assert text.startswith("Ask first.\nAsk the young person.\n\nWhy:\n- ")
    assert "not reviewed]" in text


def test_amina_reads_that_nothing_was_told_and_what_she_can_do() -> None:
    text = told(MOTHER_ASKS, Reader.YOUNG_PERSON)
    assert text.startswith("This is about: session content. Who might be told: parent.")
    assert "what you think counts" in text


def test_amina_reads_nothing_where_telling_her_would_add_danger() -> None:
    for risk in ("yes", "unknown"):
        assert "nothing new to read" in told(MOTHER_ASKS.but(asking_raises_risk=risk), Reader.YOUNG_PERSON)


def test_a_clock_is_said_in_words() -> None:
    access = read(
        {
            "place": "us",
            "at": "2026-11-02T10:00:00Z",
            "client": {"age": 22, "status": "adult"},
            "recipient": {"relation": "self", "identity": "verified"},
            "purpose": "access_request",
            "care": {"legal_basis": "adult_consent"},
        }
    )
    assert "Within 30 days (calendar) of: request received." in told(access, Reader.THERAPIST)


@settings(max_examples=150, deadline=None)
@given(situations())
def test_a_closed_answer_to_a_caregiver_names_no_rule_no_topic_and_no_wish(situation: Situation) -> None:
    decision = decide(situation)
    if decision.disposition.opens:
        return
    text = explain(decision, reader=Reader.CAREGIVER).lower()
    assert not any(rule.says.lower() in text for rule in decision.reasons)
    for word in ("private", "object", "refus", "said no", "did not want", str(situation.values["category"])):
        assert word not in text.replace("_", " ")


@settings(max_examples=60, deadline=None)
@given(situations())
def test_every_decision_can_be_explained_to_everybody(situation: Situation) -> None:
    decision = decide(situation)
    for reader in Reader:
        assert len(explain(decision, reader=reader)) > 40


AGREED = MOTHER_ASKS.but(category="attendance", wish="agrees", authorization="covers", authorization_by="client")


def by_one_rule(disposition: Disposition, **more: object) -> Decision:
    box = {"relation": frozenset({"parent"})}
    rule = Rule("law.one", "law", Speaker.LAW, Tier.PERMIT, disposition, (box,), "One rule.", **more)
    pack = Pack("law", "1", Speaker.LAW, "", frozenset(), (), (rule,), "")
    return Judge(Table((pack,), (), ((rule,), (), ()), ())).decide(AGREED)


@pytest.mark.parametrize(
    ("disposition", "says"),
    [
        (Disposition.MUST_SHARE, "Yes, we can share this with you."),
        (Disposition.MAY_SHARE, "Yes, we can share this with you."),
        (Disposition.SHARE_LIMITED, "Yes, we can share a part of this with you."),
    ],
)
def test_a_mother_to_whom_it_may_go_reads_how_much_and_that_we_talk_about_it(
    disposition: Disposition, says: str
) -> None:
    helps = "We will talk with you about what it means, and about what helps at home."
    assert explain(by_one_rule(disposition), reader=Reader.CAREGIVER) == f"{says}\n\n{helps}"


def test_whoever_asked_for_the_record_reads_that_the_answer_comes_in_writing() -> None:
    closed = told(MOTHER_ASKS, Reader.CAREGIVER)
    asked = told(MOTHER_ASKS.but(purpose="access_request"), Reader.CAREGIVER)
    assert "our answer to your request in writing" in asked
    assert "in writing" not in closed


def test_amina_reads_that_she_is_told_of_it_only_where_something_goes() -> None:
    duty = {"obligations": (Duty("tell_young_person"),)}
    for disposition, is_told in ((Disposition.MAY_SHARE, True), (Disposition.WITHHOLD, False)):
        text = explain(by_one_rule(disposition, **duty), reader=Reader.YOUNG_PERSON)
        assert ("We will tell you what is shared, with whom and why." in text) is is_told
    assert "We will tell you" not in explain(by_one_rule(Disposition.MAY_SHARE), reader=Reader.YOUNG_PERSON)
