"""
Saying who keeps the records, what is known for keeping one, and holding one. Each writes its line into the chain.

To hold takes one person, and holds at once. To lift takes two.
"""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from halfdoor.service.accounts.models import Account, Role
from halfdoor.service.core import chain
from halfdoor.service.core.models import Practice
from halfdoor.service.people.actions import sharing_changes
from halfdoor.service.people.models import YoungPerson
from halfdoor.service.records.choices import Alleged, HoldKind, KeptBy, Outcome, RecordKind
from halfdoor.service.records.models import (
    CopyAsked,
    ErasureProposal,
    Keeper,
    Known,
    LegalHold,
    Lifting,
    LiftingSettled,
)

SECOND = frozenset({Role.LEAD, Role.THERAPIST})
"""Who can be the second person. Small practices have one lead."""


class NotNow(ValueError):
    """It cannot be done as things stand; the message says why, and what can be done."""


class NotTheirs(ValueError):
    """Whoever acts has not the role for it. Pages never offer it."""


@transaction.atomic
def say_who_keeps(record: RecordKind, kept_by: KeptBy, *, by: Account, at: datetime) -> Keeper:
    """
    Say what the practice's records are to the rules on keeping them, and who keeps them.

    :raises NotTheirs: for anybody but a lead
    """
    must_be(by, Role.LEAD)
    row = Keeper.objects.create(practice=by.practice, record=record, kept_by=kept_by, said_at=at, said_by=by)
    body = {"kind": "records.keeper_said", "record": str(record), "kept_by": str(kept_by), "by": str(by.pk)}
    chain.append(by.practice, body, at=at)
    return row


@transaction.atomic
def say_known(
    young_person: YoungPerson, *, abuse_alleged: Alleged, died_on: date | None, by: Account, at: datetime
) -> Known:
    """
    Put on record what is known of a young person that says how long their record is kept.

    :raises NotTheirs: for anybody but clinicians
    """
    must_be(by, *SECOND)
    row = Known.objects.create(
        practice=by.practice,
        young_person=young_person,
        abuse_alleged=abuse_alleged,
        died_on=died_on,
        recorded_at=at,
        recorded_by=by,
    )
    chain.append(by.practice, line("known_for_keeping", young_person, by, row=row.pk), at=at)
    return row


@transaction.atomic
def hold(young_person: YoungPerson, kind: HoldKind, *, because: str, by: Account, at: datetime) -> LegalHold:
    """
    Hold a record: from this moment on nothing of it may go, whatever the rules on keeping say.

    :raises NotTheirs: for anybody who does not work here with records
    """
    must_be(by, Role.OFFICE, *SECOND)
    at = sharing_changes(young_person, at=at)
    row = LegalHold(practice=by.practice, young_person=young_person, kind=kind, placed_at=at, placed_by=by)
    row.because = because
    row.save(force_insert=True)
    chain.append(by.practice, line("hold_placed", young_person, by, hold=row.pk, why=kind), at=at)
    return row


@transaction.atomic
def ask_to_lift(held: LegalHold, *, because: str, by: Account, at: datetime) -> Lifting:
    """
    Ask that a hold be lifted. It stands until a second person agrees.

    :raises NotNow: if it is lifted, or somebody has asked already
    """
    must_be(by, Role.OFFICE, *SECOND)
    at = sharing_changes(held.young_person, at=at)
    _must_stand(held)
    if Lifting.objects.filter(practice=by.practice, hold=held).waiting().exists():
        raise NotNow(_("Somebody has asked for this already. It waits for a second person."))
    row = Lifting(practice=by.practice, hold=held, young_person=held.young_person, asked_at=at, asked_by=by)
    row.because = because
    row.save(force_insert=True)
    chain.append(by.practice, line("lifting_asked", held.young_person, by, hold=held.pk, lifting=row.pk), at=at)
    note_what_waits(by.practice_id)
    return row


@transaction.atomic
def settle_lifting(asked: Lifting, outcome: Outcome, *, by: Account, at: datetime) -> LiftingSettled:
    """
    Lift a hold, as a second person; or leave it as it is.

    :raises NotNow: for whoever asked, and where it is settled already
    """
    must_be(by, *SECOND)
    at = sharing_changes(asked.young_person, at=at)
    if not Lifting.objects.filter(practice=by.practice, pk=asked.pk).waiting().exists():
        raise NotNow(_("This is settled already."))
    if outcome == Outcome.AGREED:
        must_be_another(asked.asked_by_id, by)
    row = LiftingSettled.objects.create(
        practice=by.practice, lifting=asked, outcome=outcome, settled_at=at, settled_by=by
    )
    said = line(f"lifting_{outcome}", asked.young_person, by, hold=asked.hold_id, lifting=asked.pk)
    chain.append(by.practice, said, at=at)
    note_what_waits(by.practice_id)
    return row


def note_what_waits(practice: UUID) -> None:
    """Note with the practice whether something about a record waits for somebody: a second person, or a clinician."""
    waiting = (Lifting.objects.waiting(), ErasureProposal.objects.waiting(), CopyAsked.objects.waiting())
    waits = any(rows.filter(practice=practice).exists() for rows in waiting)
    Practice.objects.filter(pk=practice).update(records_wait=waits)


def must_be(by: Account, *roles: Role) -> None:
    """
    Let only these act.

    :raises NotTheirs: for everybody else
    """
    if by.role not in roles:
        raise NotTheirs(f"{by.role} cannot do this; allowed: {', '.join(sorted(roles))}")


def must_be_another(first: object, by: Account) -> None:
    """
    Let only a second person agree.

    :raises NotNow: for whoever asked
    """
    if first == by.pk:
        raise NotNow(_("You asked for this. A second person has to agree: ask a colleague."))


def line(kind: str, young_person: YoungPerson, by: Account, **more: object) -> dict[str, object]:
    """Return the body of a chain line: codes and ids, never a name or a text."""
    said: dict[str, object] = {key: str(value) for key, value in more.items()}
    return {"kind": f"records.{kind}", "young_person": str(young_person.pk), "by": str(by.pk)} | said


def _must_stand(held: LegalHold) -> None:
    if not LegalHold.objects.filter(practice=held.practice_id, pk=held.pk).standing().exists():
        raise NotNow(_("This hold is lifted already."))
