"""The law's clocks of a request: they start when it comes in, and can run longer once where the law says so."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from halfdoor.service.accounts.models import Account
from halfdoor.service.core import jobs
from halfdoor.service.disclosures import gate
from halfdoor.service.disclosures.clocks import longer_by
from halfdoor.service.disclosures.duties import after
from halfdoor.service.disclosures.gate import Question
from halfdoor.service.people.facts import day_in
from halfdoor.service.requests import steps, tasks
from halfdoor.service.requests.models import Clock, Extension, FamilyRequest, Step
from halfdoor.service.requests.words import Longer

_ITS_OWN = "give_extension_notice"


class CannotRunLonger(Exception):
    """The limit has passed, was made longer before, or is one that cannot be made longer."""


def start(request: FamilyRequest, question: Question, *, by: Account, at: datetime) -> None:
    """Start what clocks the rules give a request. A clock that runs already goes on as it was."""
    zone = ZoneInfo(request.practice.time_zone)
    for obliged in gate.consider(question, at=at).obligations:
        duty = obliged.duty
        if duty.since != "request_received" or duty.code == _ITS_OWN:
            continue
        if Clock.objects.filter(practice=request.practice_id, request=request, code=duty.code).exists():
            continue
        is_working = duty.unit == "working"
        due_at = after(request.received_at.astimezone(zone), duty.within, is_working=is_working)
        longer = longer_by(request.practice, duty)
        clock = Clock(code=duty.code, due_at=due_at, extension=longer)
        steps.of(request, clock, by=by, at=at)
        clock.save(force_insert=True)
        _ring(clock, due_at=due_at, at=at)


@transaction.atomic
def run_longer(request: FamilyRequest, reason: Longer, *, by: Account, at: datetime) -> Extension:
    """
    Let the law's clock run longer, once, and tell whoever asked why and until when.

    :raises CannotRunLonger: if it has passed, was made longer before, or cannot be
    """
    FamilyRequest.objects.select_for_update(no_key=True).get(practice=request.practice_id, pk=request.pk)
    clock = Clock.objects.filter(practice=request.practice_id, request=request).order_by("due_at").first()
    if clock is None or not clock.extension or clock.due_at < at:
        raise CannotRunLonger
    if Extension.objects.filter(practice=request.practice_id, clock=clock).exists():
        raise CannotRunLonger
    zone = ZoneInfo(request.practice.time_zone)
    due_at = after(clock.due_at.astimezone(zone), clock.extension)
    longer = Extension(clock=clock, due_at=due_at, reason=reason)
    steps.of(request, longer, by=by, at=at)
    longer.save(force_insert=True)
    due_on = working_day_by(day_in(request.practice, at=due_at))
    steps.take(request, Step.Kind.EXTENDED, due_on=due_on, note=str(longer.get_reason_display()), by=by, at=at)
    _ring(clock, due_at=due_at, at=at)
    return longer


def working_day_by(day: date) -> date:
    """Return the last day from Monday to Friday by then: what is due on a Sunday is done on the Friday before."""
    return day - timedelta(days=max(0, day.weekday() - 4))


def _ring(clock: Clock, *, due_at: datetime, at: datetime) -> None:
    jobs.enqueue(tasks.run_out, practice=clock.practice_id, due_at=due_at, at=at, clock=str(clock.pk))
