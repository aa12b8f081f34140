"""
The words in which a situation is put: facts, their values and defaults, and the named sets that rules may use.

The words are public and versioned (``contract: 1``). They may grow; the meaning of a word never changes.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from halfdoor.disclosure.records import Record

CONTRACT = 1

Value = str | int
"""A value of a fact: a word, or a whole number of years for an age."""


class Kind(StrEnum):
    """How an unknown value of a fact is treated."""

    PLAIN = "plain"  # unknown, where it is a value, is a value like any other; no rule may open on it
    GROUND = "ground"  # something that could open; left out, it is not there
    MARK = "mark"  # something that could close; left out, nothing is on record; unknown is decided over yes and no
    SPREAD = "spread"  # age and status: unknown is decided over every value


class Fact(Record):
    """
    One question a situation answers.

    ``path`` is its public name (``client.age``), ``name`` the last part of it, which rules use.
    ``values`` are in the order of the contract; ``default`` is the value of a fact left out.
    """

    path: str
    values: tuple[Value, ...]
    default: Value
    kind: Kind = Kind.PLAIN

    @property
    def name(self) -> str:
        return self.path.rpartition(".")[2]

    @property
    def spreads(self) -> bool:
        """Whether "unknown" stands for every other value, so that no rule may name it."""
        return self.kind in (Kind.MARK, Kind.SPREAD)


def _plain(path: str, values: str, default: str) -> Fact:
    return Fact(path, tuple(values.split()), default)


def _ground(path: str) -> Fact:
    return Fact(path, ("yes", "no", "unknown"), "unknown", Kind.GROUND)


def _mark(path: str) -> Fact:
    return Fact(path, ("no", "yes", "unknown"), "no", Kind.MARK)


FACTS: tuple[Fact, ...] = (
    _plain(
        "place",
        "us us-al us-ca us-co us-ct us-fl us-ga us-id us-il us-ma us-md us-mi us-mn us-nc us-nh us-nj us-ny us-oh"
        " us-or us-pa us-tn us-tx us-va us-wa england wales none",
        "none",
    ),
    _plain("setting", "outpatient residential school hospital unknown", "unknown"),
    Fact("client.age", (*range(121), "unknown"), "unknown", Kind.SPREAD),
    Fact("client.status", ("minor", "emancipated_minor", "adult", "deceased", "unknown"), "unknown", Kind.SPREAD),
    _plain("client.competence", "competent not_competent not_assessed", "not_assessed"),
    _plain(
        "client.looked_after",
        "not_looked_after accommodated care_order placement_order protection_order remand unknown",
        "unknown",
    ),
    _plain("client.placed_by", "not_placed english_authority welsh_authority other unknown", "unknown"),
    _plain(
        "client.wish",
        "agrees agrees_in_writing agrees_in_part does_not_object objects prefers_to_tell prefers_together not_asked"
        " cannot_be_asked",
        "not_asked",
    ),
    _plain(
        "care.legal_basis",
        "parent_consent own_consent other_lawful_consent court_order confidentiality_agreed agency_consent emergency"
        " adult_consent unknown",
        "unknown",
    ),
    _ground("care.wants_parent_as_representative"),
    _mark("care.substance_use_programme"),
    _plain("care.provider", "public_body licensed_programme independent unknown", "unknown"),
    _plain("care.practitioner", "regulated not_regulated unknown", "unknown"),
    _mark("care.paid_privately_in_full"),
    _plain(
        "recipient.relation",
        "self parent step_parent guardian foster_carer relative friend residential_carer home_manager educator"
        " school_counsellor social_worker placing_authority therapist clinical_team clinical_lead outside_clinician"
        " payer court police child_protection lawyer inspector independent_person independent_visitor"
        " guardian_ad_litem custody_evaluator threatened_person other unknown",
        "unknown",
    ),
    _plain(
        "recipient.authority",
        "full shared information_only limited_by_order none ended undeterminable unknown",
        "unknown",
    ),
    _plain("recipient.identity", "verified unverified", "unverified"),
    _ground("recipient.involved_in_care"),
    _mark("recipient.suspected_of_harm"),
    _ground("recipient.needs_it_for_role"),
    _plain("recipient.acting_for", "self client parent guardian authority other unknown", "unknown"),
    _plain(
        "information.category",
        "existence_of_care attendance scheduling general_information progress themes goals_and_plan session_summary"
        " session_content clinical_summary diagnosis medication progress_note process_notes full_record risk"
        " abuse_concern substance_use sexual_health artwork billing education_record whereabouts staff_guidance",
        "full_record",
    ),
    _mark("information.kept_private"),
    _mark("information.given_in_confidence"),
    _mark("information.about_third_party"),
    _mark("information.source_promised_confidence"),
    _plain("information.marks_cover", "everything some_items unknown", "unknown"),
    _plain(
        "purpose",
        "support treatment safety access_request legal_process payment education care_planning regulation"
        " court_proceedings unstated",
        "unstated",
    ),
    _plain("initiated_by", "recipient client service unknown", "unknown"),
    _plain("agreements.authorization", "covers expired withdrawn does_not_cover none", "none"),
    _ground("agreements.told_at_start"),
    _plain("agreements.authorization_by", "client parent guardian authority court none", "none"),
    _plain("agreements.authority_holder_agrees", "agrees objects not_asked", "not_asked"),
    _plain("agreements.other_parent", "agrees objects not_asked not_applicable", "not_asked"),
    _plain("circumstances.risk", "none_known concern serious serious_and_imminent", "none_known"),
    _plain("circumstances.risk_to", "self others unknown", "unknown"),
    _ground("circumstances.identified_victim"),
    _plain("circumstances.abuse", "none_known suspected disclosed", "none_known"),
    _mark("circumstances.asking_raises_risk"),
    _ground("circumstances.emergency"),
    _plain(
        "circumstances.order",
        "none court_order_to_share court_order_not_to_share subpoena informal_letter statutory_request",
        "none",
    ),
    _plain("circumstances.harm_finding", "none trust_only detrimental substantial_harm serious_harm", "none"),
    _plain("circumstances.best_interests", "for_sharing nothing_against against_sharing not_assessed", "not_assessed"),
    _ground("circumstances.recipient_already_knows"),
    _plain(
        "circumstances.notifiable_event",
        "none_known sexual_exploitation criminal_exploitation fgm serious_injury protection_enquiry_ended other",
        "none_known",
    ),
)
"""Every fact but the moment (``at``), in the order of the contract."""

BY_NAME: Mapping[str, Fact] = MappingProxyType({fact.name: fact for fact in FACTS})
BY_PATH: Mapping[str, Fact] = MappingProxyType({fact.path: fact for fact in FACTS})
DEFAULTS: Mapping[str, Value] = MappingProxyType({fact.name: fact.default for fact in FACTS})


def _named(name: str, values: str) -> tuple[str, tuple[str, frozenset[Value]]]:
    fact, _, _ = name.partition(":")
    return name.partition(":")[2], (fact, frozenset(values.split()))


SETS: Mapping[str, tuple[str, frozenset[Value]]] = MappingProxyType(
    dict(
        (
            _named("relation:kin", "parent step_parent guardian relative"),
            _named("relation:family", "parent step_parent guardian relative foster_carer"),
            _named("relation:everyday_carers", "foster_carer residential_carer home_manager"),
            _named("relation:school", "educator school_counsellor"),
            _named("relation:clinicians", "therapist clinical_team clinical_lead"),
            _named("relation:agencies", "social_worker placing_authority"),
            _named("relation:protectors", "child_protection police social_worker placing_authority"),
            _named("relation:court_people", "court lawyer police guardian_ad_litem custody_evaluator"),
            _named(
                "relation:can_keep_safe",
                "parent step_parent guardian relative foster_carer residential_carer home_manager educator"
                " school_counsellor therapist clinical_team clinical_lead outside_clinician child_protection police"
                " social_worker placing_authority",
            ),
            _named(
                "relation:asked_about",
                "parent step_parent guardian relative foster_carer residential_carer home_manager educator"
                " school_counsellor outside_clinician child_protection social_worker placing_authority payer lawyer"
                " independent_person independent_visitor",
            ),
            _named("relation:strangers", "friend other unknown"),
            _named("authority:holds", "full shared"),
            _named("authority:informed", "full shared information_only"),
            _named("category:practical", "attendance scheduling billing existence_of_care whereabouts"),
            _named("category:timetable", "attendance scheduling"),
            _named("category:content", "session_content progress_note full_record artwork"),
            _named("category:beside_the_record", "process_notes education_record general_information"),
            _named("category:weighed", "attendance scheduling billing risk abuse_concern"),
            _named("wish:agreed", "agrees agrees_in_writing"),
            _named("wish:unsettled", "not_asked does_not_object cannot_be_asked"),
            _named("wish:open", "not_asked does_not_object agrees agrees_in_writing agrees_in_part"),
            _named("legal_basis:own", "own_consent other_lawful_consent confidentiality_agreed"),
            _named("abuse:any", "suspected disclosed"),
            _named("harm_finding:grave", "substantial_harm serious_harm"),
            _named("best_interests:not_against", "for_sharing nothing_against"),
            _named("looked_after:in_care", "accommodated care_order placement_order protection_order remand"),
        )
    )
)
"""Named sets: ``"@clinical"`` in a rule is the set called ``clinical``, which belongs to one fact."""
