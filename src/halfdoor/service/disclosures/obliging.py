"""Binding people to what has to happen around a line of the ledger: rows, and jobs for the day they fall due."""

from collections.abc import Collection, Mapping
from datetime import datetime

from halfdoor.disclosure.decision import Decision
from halfdoor.disclosure.obligations import CODES
from halfdoor.service.core import jobs
from halfdoor.service.disclosures import tasks
from halfdoor.service.disclosures.duties import due_at, is_met
from halfdoor.service.disclosures.models import Fulfilment, Line, Obligation


def bind(
    line: Line,
    decision: Decision,
    *,
    done: Collection[str],
    by_writing: bool,
    since: Mapping[str, datetime],
) -> tuple[Obligation, ...]:
    """
    Write down what a decision obliges to, in the transaction of its line: what is met already as fulfilled, the rest as
    due.

    ``done`` are codes that the author of the line says are done, ``since`` the moments of events from which clocks run.
    """
    at = line.at
    obligations = [
        Obligation(
            practice=line.practice,
            line=line,
            young_person_id=line.young_person_id,
            code=obliged.duty.code,
            who=CODES[obliged.duty.code].who,
            when=CODES[obliged.duty.code].when,
            due_at=due_at(obliged.duty, since=since, at=at),
        )
        for obliged in decision.obligations
    ]
    met = [row for row in obligations if row.code in done or is_met(row.code, by_writing=by_writing)]
    Obligation.objects.bulk_create(obligations)
    Fulfilment.objects.bulk_create(
        Fulfilment(practice=line.practice, obligation=row, done_at=at, done_by=line.by) for row in met
    )
    for row in obligations:
        if row.due_at is not None and row not in met:
            practice = line.practice_id
            jobs.enqueue(tasks.fall_due, practice=practice, due_at=row.due_at, at=at, obligation=str(row.pk))
    return tuple(obligations)
