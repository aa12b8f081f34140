"""
A separation, a change of custody, an adoption: one step that puts the right facts on record for everybody concerned.

Nothing is overwritten. Each fact is a row with its own day, and the event is a row beside them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db import transaction

from halfdoor.service.accounts.models import Account
from halfdoor.service.core import chain, jobs
from halfdoor.service.people import actions, joining
from halfdoor.service.people.choices import Answer, EventKind, Level, LookedAfter, PlacedBy, Relation
from halfdoor.service.people.facts import day_in
from halfdoor.service.people.joining import Joining
from halfdoor.service.people.models import Authority, CareRole, CareStatus, CircleEvent, Membership, YoungPerson
from halfdoor.service.people.tasks import end_place


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """
    What happened from a day on: whose authority is another from then, who joins, who leaves, who looks after them.

    Who is not named stays as they are.
    """

    kind: EventKind
    happened_on: date
    authorities: Mapping[Membership, Level] = field(default_factory=dict)
    joins: Sequence[Joining] = ()
    leaves: Sequence[Membership] = ()
    looked_after: LookedAfter | None = None
    placed_by: PlacedBy = PlacedBy.UNKNOWN
    evidence: str
    document: str = ""


@dataclass(frozen=True, slots=True)
class Usual:
    """
    What an event of a kind usually brings: whom it concerns by relation, what becomes of their authority, who joins
    with what authority, who leaves. A suggestion in a form; whoever fills it in reads the papers.
    """

    concerns: tuple[Relation, ...]
    becomes: Level | None = None
    joins: tuple[Relation, ...] = ()
    joins_with: Level | None = None
    leaves: tuple[Relation, ...] = ()
    looked_after: LookedAfter | None = None


_PARENTS = (Relation.PARENT, Relation.STEP_PARENT, Relation.GUARDIAN)
_CASEWORKERS = (Relation.SOCIAL_WORKER, Relation.CHILD_PROTECTION)

USUAL: Mapping[EventKind, Usual] = {
    EventKind.SEPARATION: Usual(_PARENTS),
    EventKind.CUSTODY_CHANGE: Usual((*_PARENTS, Relation.RELATIVE, Relation.FOSTER_CARER)),
    EventKind.NEW_CASEWORKER: Usual((), joins=_CASEWORKERS, leaves=_CASEWORKERS),
    EventKind.AUTHORITY_SHARES: Usual(
        _PARENTS,
        becomes=Level.SHARED,
        joins=(Relation.PLACING_AUTHORITY, Relation.SOCIAL_WORKER),
        joins_with=Level.SHARED,
        looked_after=LookedAfter.CARE_ORDER,
    ),
    EventKind.ADOPTION: Usual(
        (*_PARENTS, Relation.PLACING_AUTHORITY, Relation.SOCIAL_WORKER, Relation.FOSTER_CARER),
        becomes=Level.ENDED,
        joins=(Relation.PARENT,),
        joins_with=Level.FULL,
        looked_after=LookedAfter.NOT_LOOKED_AFTER,
    ),
    EventKind.SPECIAL_GUARDIAN: Usual(
        (*_PARENTS, Relation.RELATIVE, Relation.FOSTER_CARER),
        joins=(Relation.GUARDIAN,),
        joins_with=Level.FULL,
        looked_after=LookedAfter.NOT_LOOKED_AFTER,
    ),
}


@transaction.atomic
def record_event(young_person: YoungPerson, event: Event, *, by: Account, at: datetime) -> CircleEvent:
    """
    Put an event and all the facts that come with it on record, together or not at all.

    Who leaves is told nothing from the event's day on; their place itself ends on that day.
    """
    at = actions.sharing_changes(young_person, at=at)
    row = CircleEvent(
        practice=young_person.practice,
        young_person=young_person,
        kind=event.kind,
        happened_on=event.happened_on,
        recorded_at=at,
        recorded_by=by,
    )
    row.note = event.evidence
    row.save(force_insert=True)
    body = actions.line("event", young_person, by, row=row.pk, event=event.kind)
    chain.append(by.practice, body | {"effective_on": event.happened_on.isoformat()}, at=at)
    shown = {"evidence": event.evidence, "document": event.document}
    for member, level in event.authorities.items():
        fact = Authority(membership=member, level=level, effective_on=event.happened_on)
        actions.record(fact, **shown, by=by, at=at)
    for member in event.leaves:
        _leaves(member, event, by=by, at=at)
    for one in event.joins:
        joining.join(young_person, one, by=by, at=at)
    if event.looked_after is not None:
        care = {"looked_after": event.looked_after, "placed_by": event.placed_by}
        status = CareStatus(young_person=young_person, effective_on=event.happened_on, **care)
        actions.record(status, **shown, by=by, at=at)
    return row


def _leaves(member: Membership, event: Event, *, by: Account, at: datetime) -> None:
    """Close at once from the day on, by facts; end the place then."""
    on, shown = event.happened_on, {"evidence": event.evidence, "document": event.document}
    none = {"involved_in_care": Answer.NO, "needs_it_for_role": Answer.NO}
    actions.record(Authority(membership=member, level=Level.ENDED, effective_on=on), **shown, by=by, at=at)
    actions.record(CareRole(membership=member, effective_on=on, **none), **shown, by=by, at=at)
    if on <= day_in(member.practice, at=at):
        actions.end_membership(member, by=by, at=at)
        return
    midnight = datetime.combine(on, time(), ZoneInfo(member.practice.time_zone))
    whose = {"membership": str(member.pk), "by": str(by.pk)}
    jobs.enqueue(end_place, practice=member.practice_id, due_at=midnight, at=at, **whose)
