"""
What has to happen around a disclosure, and who sees to it: one handler for every obligation code of the judgement.

Some are met by the way the gate works, some by the way items are written, the others are a due row for a person.
"""

import re
from calendar import monthrange
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache

from halfdoor.disclosure.obligations import BEFORE, CODES
from halfdoor.disclosure.rules import Duty


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


def is_met(code: str, *, by_writing: bool) -> bool:
    """Whether an obligation needs nobody: the gate meets it, or the way an item was written (``by_writing``) does."""
    return HANDLERS[code] is Handler.GATE or (by_writing and HANDLERS[code] is Handler.WRITING)


def unfulfilled(codes: Iterable[str], *, done: Collection[str] = (), by_writing: bool) -> list[str]:
    """Return the obligations that block a release: to be met before it, not met, and not said to be done."""
    return [
        code
        for code in codes
        if CODES[code].when == BEFORE and not is_met(code, by_writing=by_writing) and code not in done
    ]


def due_at(duty: Duty, *, since: Mapping[str, datetime], at: datetime) -> datetime | None:
    """
    Return when a duty falls due: so long after its event, or nothing where it has no clock.

    An event that is not in ``since`` is taken to have happened at the decision (``at``). A month ends on the day of the
    same number, or on the last of a shorter one; working time counts from Monday to Friday and knows no public
    holidays. So a day may come early, and never late.
    """
    if not duty.within:
        return None
    return after(since.get(duty.since, at), duty.within, is_working=duty.unit == "working")


def after(start: datetime, duration: str, *, is_working: bool = False) -> datetime:
    """Return the moment so long after another (ISO 8601), in calendar or working time."""
    years, months, weeks, days, hours, minutes = _parts(duration)
    clock = timedelta(hours=hours, minutes=minutes)
    if is_working:
        return _working(start, weeks * 5 + days) + clock
    return _months(start, years * 12 + months) + timedelta(days=weeks * 7 + days) + clock


@cache
def _parts(duration: str) -> tuple[int, ...]:
    match = _DURATION.fullmatch(duration)
    assert match, f"not a duration: {duration}"
    return tuple(int(part or 0) for part in match.groups())


def _months(start: datetime, months: int) -> datetime:
    years, month = divmod(start.month - 1 + months, 12)
    year = start.year + years
    return start.replace(year=year, month=month + 1, day=min(start.day, monthrange(year, month + 1)[1]))


def _working(start: datetime, days: int) -> datetime:
    day = start
    while days:
        day += timedelta(days=1)
        days -= day.weekday() < 5
    return day
