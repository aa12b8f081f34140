"""
What has to happen around a disclosure, and who sees to it: one handler for every obligation code of the judgement.

Some are met by the way the gate works, some by the way items are written, the others are a due row for a person.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from halfdoor.disclosure.obligations import CODES


class Handler(StrEnum):
    """Who sees to an obligation."""

    GATE = "gate"  # done by the release itself: its line in the ledger, its own item, its own door
    WRITING = "writing"  # done when an item is written to be shared; a person does it where somebody speaks instead
    PERSON = "person"  # a due row for whoever the obligation binds


_GATE = """
log_disclosure record_lawful_basis
leave_out_process_notes leave_out_other_episodes do_not_confirm_or_deny
send_securely use_private_channel
"""

_WRITING = """
minimum_necessary share_themes_only share_risk_facts_only directly_relevant_only facts_not_opinions
"""

_PERSON = """
verify_identity verify_authority verify_order verify_requester verify_appointment verify_authorization
check_other_parent check_delegated_authority check_placement_plan check_who_holds_the_record check_restrictions_on_file
consult_placing_authority consult_clinical_lead consult_safeguarding_lead consult_supervisor consult_author
seek_legal_advice seek_consent try_consent_first
ask_young_person_view tell_young_person_first tell_young_person_of_request agree_wording_with_young_person
explain_limits_at_intake
licensed_professional_decides author_decides second_professional_agrees
weigh_child_factors weigh_harm weigh_public_interest
redact_third_party redact_private_items leave_out_substance_use protect_address protect_identities
do_not_alert_suspected state_purpose confirm_young_person_starts assert_privilege object_to_subpoena
attach_redisclosure_notice attach_consent_copy check_fee_and_form
record_reasons record_reasons_if_not_shared record_agreement record_objection record_competence record_best_interests
record_emergency record_verbatim record_delay record_order sign_and_date
tell_young_person tell_young_person_of_access_right tell_young_person_promptly tell_requester_outcome talk_it_through
involve_parent_in_time support_access log_in_accounting keep_out_of_accounting
respond_to_access_request give_extension_notice give_partial_record written_denial offer_review answer_review
say_how_to_complain offer_summary offer_family_session
report_to_child_protection report_in_writing report_to_police refer_to_safeguarding follow_up_report
warn_person_in_danger make_safety_plan tell_team_risk_plan
inform_placing_authority inform_social_worker inform_area_authority
notify_regulator notify_police notify_health_board notify_relevant_persons
give_duty_of_candor_notice report_breach confirm_in_writing stop_relying_on_consent keep_out_of_claims
keep_records_on_hold review_decision reassess_competence review_care_plan review_court_limit
"""

HANDLERS: Mapping[str, Handler] = {
    code: handler
    for handler, codes in ((Handler.GATE, _GATE), (Handler.WRITING, _WRITING), (Handler.PERSON, _PERSON))
    for code in codes.split()
}
"""Who sees to each obligation, by its code."""

_DURATION = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?")


def needs_a_person_first(codes: Iterable[str]) -> bool:
    """Whether one of these has to be done by a person before an item that was written to be shared can go."""
    return any(CODES[code].when == "before" and HANDLERS[code] is Handler.PERSON for code in codes)


def unfulfilled(codes: Iterable[str], *, done: Collection[str], by_writing: bool) -> list[str]:
    """
    Return those that block a release: to be done before, by a person, and not done. What somebody says has no writing.
    """
    met = {Handler.GATE, Handler.WRITING} if by_writing else {Handler.GATE}
    return [code for code in codes if CODES[code].when == "before" and HANDLERS[code] not in met and code not in done]


def due_at(due: Mapping[str, str] | None, *, since: Mapping[str, datetime], at: datetime) -> datetime | None:
    """
    Return when an obligation falls due: a duration after its event, or nothing where it has no clock.

    An event that is not in ``since`` is taken to happen ``at`` the decision.
    """
    if due is None:
        return None
    start = since.get(due["from"], at)
    years, months, weeks, days, hours, minutes = (int(part or 0) for part in _parts(due["within"]))
    whole_days = years * 365 + months * 30 + weeks * 7 + days
    if due["unit"] == "working":
        return _working(start, whole_days) + timedelta(hours=hours, minutes=minutes)
    return start + timedelta(days=whole_days, hours=hours, minutes=minutes)


def _parts(within: str) -> tuple[str | None, ...]:
    match = _DURATION.fullmatch(within)
    assert match, f"not a duration: {within}"
    return match.groups()


def _working(start: datetime, days: int) -> datetime:
    """Count days from Monday to Friday. Public holidays are not known, so this may be early and is never late."""
    day = start
    while days:
        day += timedelta(days=1)
        days -= day.weekday() < 5
    return day
