"""Writing down one dated step of a request, with its line in the practice's chain."""

from datetime import date, datetime
from uuid import UUID

from halfdoor.service.accounts.models import Account
from halfdoor.service.core import chain, stamps
from halfdoor.service.requests.models import FamilyRequest, OfRequest, Step


def take(
    request: FamilyRequest,
    kind: Step.Kind,
    *,
    disposition: str = "",
    due_on: date | None = None,
    note: str = "",
    stamp_for: UUID | None = None,
    by: Account,
    at: datetime,
) -> Step:
    """Write down a step, in the transaction of what it records. ``stamp_for`` is the answer that gets its stamp."""
    step = Step(
        practice=request.practice,
        request=request,
        young_person=request.young_person,
        kind=kind,
        disposition=disposition,
        due_on=due_on,
        taken_at=at,
        taken_by=by,
    )
    step.note = note
    step.save(force_insert=True)
    body = {"kind": f"requests.{kind}", "request": str(request.pk), "disposition": disposition, "by": str(by.pk)}
    line = chain.append(request.practice, body, at=at)
    if stamp_for is not None:
        stamps.keep(stamp_for, line)
    return step


def of(request: FamilyRequest, row: OfRequest, *, by: Account, at: datetime) -> None:
    """Say of a new row which request it belongs to, who made it and when, before its texts are sealed."""
    row.practice, row.request, row.young_person, row.at, row.by = (
        request.practice,
        request,
        request.young_person,
        at,
        by,
    )
