"""
What has to happen around a decision: the closed list of obligation codes, in plain words, with who does it and when.

A rule may name only these codes. ``before`` blocks a release until it is done (it never stops a ``must_share``);
``after`` becomes a dated job in the same transaction as the release.
"""

from collections.abc import Iterator, Mapping
from math import inf
from types import MappingProxyType

from halfdoor.disclosure.records import Record
from halfdoor.disclosure.rules import Duty

WHO = ("therapist", "licensed_professional", "clinical_lead", "manager", "office", "service")
"""Who can be bound. ``service`` is the organization that gives the care: the program does it, or helps with it."""

BEFORE, AFTER = "before", "after"

EVENTS = (
    "request_received",
    "identity_confirmed",
    "suspicion_arose",
    "event_known",
    "decided",
    "shared",
    "report_made",
    "refused",
    "review_asked_for",
    "order_received",
    "complaint_received",
    "care_ended",
)
"""Events from which a clock may run."""


class Obligation(Record):
    """
    One thing that has to be done, by whom, and whether before or after the information goes.

    ``of_sharing`` is true of what makes no sense unless something goes.
    """

    code: str
    says: str
    who: str
    when: str
    of_sharing: bool


_CHECKS = """
verify_identity / office / Make sure that the person is who they say, and note how you did.
verify_authority / office / See the paper that gives this person a say over the young person's care.
verify_order / office / Read the court order itself: who it names, what it allows or forbids, until when.
verify_requester / office / Check who is asking, in what office and under which power.
verify_appointment / office / See the paper that appoints this person for the proceedings.
verify_authorization / office / Check the signed consent: who signed, for what, for whom, and that it is in date.
check_other_parent / therapist / Find out whether somebody else with authority has a say, and what they say.
check_delegated_authority / office / Check what has been delegated to this carer, and by whom.
check_placement_plan / office / Look in the placement plan for what this carer is to be told.
check_who_holds_the_record / office / Find out whose record this is: another body may have to answer.
check_restrictions_on_file / office / Look for an agreed restriction that covers this.
consult_placing_authority / clinical_lead / Speak with the placing authority before anything goes.
consult_clinical_lead / therapist / Talk it over with the clinical lead.
consult_safeguarding_lead / therapist / Talk it over with the safeguarding lead. Do not wait for it if danger is near.
consult_supervisor / therapist / Talk it over with your supervisor.
consult_author / therapist / Ask the professional who wrote or informed it.
seek_legal_advice / clinical_lead / Take legal advice, and note what it was.
seek_consent / therapist / Ask whoever may consent.
try_consent_first / therapist / Try to get agreement first, if that is safe and there is time.
ask_young_person_view / therapist / Ask what the young person thinks, and write it down in their words.
tell_young_person_of_request / therapist / Tell the young person that somebody asked, unless that would add danger.
explain_limits_at_intake / therapist / Explain at the start what stays private, what does not, and who is told what.
licensed_professional_decides / licensed_professional / Decide this yourself, as a licensed professional.
author_decides / licensed_professional / Only the professional who wrote the notes may let them go.
second_professional_agrees / clinical_lead / A second professional agrees in writing before it goes.
weigh_child_factors / therapist / Weigh maturity, confidence, wishes, and what access or refusal would do.
weigh_harm / licensed_professional / Decide for this person and request whether access would do harm.
weigh_public_interest / clinical_lead / Weigh the good of sharing against the breach of confidence.
do_not_alert_suspected / therapist / Let nothing of this reach the person who may have done harm.
do_not_confirm_or_deny / office / Answer as you would if there were no such record.
assert_privilege / licensed_professional / Claim the privilege on the young person's behalf.
object_to_subpoena / clinical_lead / Object, or ask the court to limit it. A subpoena alone is no court order.
"""

_SHAPING = """
tell_young_person_first / therapist / Tell the young person what, to whom and why, unless telling adds danger.
agree_wording_with_young_person / therapist / Agree with the young person on what will be said.
minimum_necessary / therapist / Share no more than this purpose needs.
share_themes_only / therapist / Speak of themes. Leave out what was said.
share_risk_facts_only / therapist / Share only what is needed to keep somebody safe.
directly_relevant_only / therapist / Share only what bears directly on this person's part in the care.
facts_not_opinions / therapist / Keep facts and opinions apart, and be sure that the facts are right.
redact_third_party / therapist / Take out what is about other people, or would show who spoke.
redact_private_items / therapist / Take out what the young person asked to keep private.
leave_out_process_notes / therapist / Leave the process notes out.
leave_out_other_episodes / therapist / Leave out every other episode of care, and any sign that there was one.
leave_out_substance_use / therapist / Leave out substance use records, and any sign that there are some.
protect_address / office / Take out addresses, times and places by which somebody could be found.
protect_identities / office / Take out what would show who somebody is.
use_private_channel / office / Use only the ways of contact that the young person has named.
send_securely / office / Send it so that nobody else can read it, and check the address twice.
state_purpose / office / Have the purpose stated in writing.
confirm_young_person_starts / therapist / Talk about content only if the young person starts it.
attach_redisclosure_notice / office / Send with it the notice that it may not be passed on.
attach_consent_copy / office / Send a copy of the consent with it.
check_fee_and_form / office / Give it in the form they asked for, at no more than the cost that may be charged.
"""

_RECORDS = """
record_reasons / therapist / Write down the reasons.
record_reasons_if_not_shared / therapist / Write down why it was not shared.
record_agreement / therapist / Write down what was agreed, by whom, how and when.
record_objection / therapist / Write down the objection, and what was done about it.
record_competence / licensed_professional / Write down how competence for this decision was assessed, today.
record_best_interests / therapist / Write down why this serves the young person.
record_emergency / therapist / Write down afterwards what the emergency was, and what was shared.
record_verbatim / therapist / Write down the young person's own words, with date and time. Ask nothing leading.
record_lawful_basis / office / Record the legal basis and condition for sharing.
record_delay / therapist / Write down why this took longer than it should.
record_order / office / Keep a copy of the order and note when it ends.
sign_and_date / licensed_professional / Sign and date the statement, and put it in the record.
"""

_FOLLOWING_SHARING = """
tell_young_person / therapist / Tell the young person what was shared, with whom and why, unless that adds danger.
tell_young_person_promptly / therapist / Tell the person soon that a report was made, unless that adds danger.
log_disclosure / service / Enter in the ledger what went, to whom, when and why.
log_in_accounting / office / Enter it in the list of disclosures that the holder of the right may ask for.
keep_out_of_accounting / office / Keep it out of any list that the person who may have done harm could ask for.
"""

_FOLLOWING = """
tell_young_person_of_access_right / office / Tell the young person of their own right to see the record.
tell_requester_outcome / office / Tell the person who asked what was decided, in words that give nothing away.
talk_it_through / therapist / Talk with the young person about how this was for them.
involve_parent_in_time / therapist / Work towards involving a parent, unless there is good reason not to.
support_access / therapist / Sit with the young person while they read, if they would like that.
respond_to_access_request / office / Answer the request for the record in time.
give_extension_notice / office / If it takes longer, write in time to say why and until when.
give_partial_record / office / Give the rest of the record without the withheld part.
written_denial / licensed_professional / Refuse in writing: the ground, the right to a review, how to complain.
offer_review / licensed_professional / Offer a review by another professional, who took no part in this.
answer_review / licensed_professional / Review the refusal, and write to say what was decided.
say_how_to_complain / office / Say how to complain, to us and to the regulator.
offer_summary / therapist / Offer a summary, and say what it leaves out.
offer_family_session / therapist / Offer to talk together, with the young person.
report_to_child_protection / therapist / Report it to child protection yourself.
report_in_writing / therapist / Follow the report up in writing.
report_to_police / therapist / Report it to the police yourself.
refer_to_safeguarding / clinical_lead / Refer it to the local safeguarding service, and confirm it in writing.
follow_up_report / therapist / Ask what came of the report, and press on if nothing did.
warn_person_in_danger / therapist / Warn the person in danger, or those who can protect them.
make_safety_plan / therapist / Make a safety plan with the young person, and with whoever keeps them safe.
tell_team_risk_plan / clinical_lead / See that everybody on shift knows the risk plan.
inform_placing_authority / manager / Inform the placing authority.
inform_social_worker / therapist / Speak with the social worker.
inform_area_authority / manager / Inform the authority for the area where the home is.
notify_regulator / manager / Notify the regulator.
notify_police / manager / Notify the police.
notify_health_board / manager / Notify the health board.
notify_relevant_persons / manager / Notify everybody whom the law names.
give_duty_of_candor_notice / manager / Tell those concerned what went wrong, and say sorry.
report_breach / manager / Report the breach to the regulator.
confirm_in_writing / office / Confirm it in writing.
stop_relying_on_consent / office / Stop whatever still rests on the consent that has ended.
keep_out_of_claims / office / Keep this care out of claims and statements to the payer.
keep_records_on_hold / office / Destroy nothing while this is open.
review_decision / therapist / Decide again if facts change, and for every new request.
reassess_competence / licensed_professional / Assess competence again if circumstances change.
review_care_plan / clinical_lead / Look again at the plan of care.
review_court_limit / office / Look at the order again when it ends or changes.
"""


def _read(table: str, *, when: str, of_sharing: bool = False) -> Iterator[tuple[str, Obligation]]:
    for line in table.strip().splitlines():
        code, who, says = line.split(" / ")
        yield code, Obligation(code, says, who, when, of_sharing)


CODES: Mapping[str, Obligation] = MappingProxyType(
    dict(
        (
            *_read(_CHECKS, when=BEFORE),
            *_read(_SHAPING, when=BEFORE, of_sharing=True),
            *_read(_RECORDS, when=BEFORE),
            *_read(_FOLLOWING_SHARING, when=AFTER, of_sharing=True),
            *_read(_FOLLOWING, when=AFTER),
        )
    )
)
"""Every obligation by its code."""


def lasting(duty: Duty) -> float:
    """
    Return how many calendar days the clock of a duty runs at most, to compare clocks; no clock runs for ever.

    A month counts 31 days, and five working days a week.
    """
    if not duty.within:
        return inf
    days, number, units = 0.0, "", _DAYS
    for letter in duty.within[1:]:
        if letter == "T":
            units = _HOURS
        elif letter.isdigit():
            number += letter
        else:
            days += int(number) * units[letter]
            number = ""
    return days * (7 / 5 if duty.unit == "working" else 1)


_DAYS = {"Y": 366.0, "M": 31.0, "W": 7.0, "D": 1.0}
_HOURS = {"H": 1 / 24, "M": 1 / 1440, "S": 1 / 86400}
