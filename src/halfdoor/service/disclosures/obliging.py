"""Binding people to what has to happen around a line of the ledger: rows, and jobs for the day they fall due."""

from collections.abc import Collection, Mapping
from datetime import datetime

from halfdoor.disclosure.decision import Decision
from halfdoor.disclosure.obligations import CODES
from halfdoor.disclosure.weighing import Obliged
from halfdoor.service.core import jobs
from halfdoor.service.disclosures import tasks
from halfdoor.service.disclosures.duties import due_at, is_met
from halfdoor.service.disclosures.models import Fulfilment, Line, Obligation


def bind(
    lines: Mapping[Line, Decision], *, done: Collection[str], by_writing: bool, since: Mapping[str, datetime]
) -> tuple[Obligation, ...]:
    """
    Write down what decisions oblige to, in the transaction of their lines: what is met as fulfilled, the rest as due.

    ``done`` are codes that the author of the lines says are done, ``since`` the moments of events from which clocks
    run.
    """
    rows = [_row(line, obliged, since=since) for line, decision in lines.items() for obliged in decision.obligations]
    met = {row for row in rows if row.code in done or is_met(row.code, by_writing=by_writing)}
    Obligation.objects.bulk_create(rows)
    Fulfilment.objects.bulk_create(
        Fulfilment(practice=row.practice, obligation=row, done_at=row.line.at, done_by=row.line.by)
        for row in rows
        if row in met
    )
    for row in rows:
        if row.due_at is not None and row not in met:
            practice, obligation = row.practice_id, str(row.pk)
            jobs.enqueue(tasks.fall_due, practice=practice, due_at=row.due_at, at=row.line.at, obligation=obligation)
    return tuple(rows)


def _row(line: Line, obliged: Obliged, *, since: Mapping[str, datetime]) -> Obligation:
    duty = obliged.duty
    return Obligation(
        practice=line.practice,
        line=line,
        young_person_id=line.young_person_id,
        code=duty.code,
        who=CODES[duty.code].who,
        when=CODES[duty.code].when,
        due_at=due_at(duty, since=since, at=line.at),
    )
