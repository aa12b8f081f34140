"""
Erasing a record: where the rules let it go, nothing holds it, and two people say so.

The keys go, the words go, the names go; codes, days and ids stay, so that the ledger still holds. A restore that brings
it back is undone by the journal, and opens nothing meanwhile: the half of the key that lay outside is destroyed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from halfdoor.service.accounts.models import Account, Role
from halfdoor.service.core import chain, erasing, keys, within
from halfdoor.service.core.models import Practice
from halfdoor.service.people import forgetting
from halfdoor.service.people.actions import sharing_changes
from halfdoor.service.people.facts import day_in
from halfdoor.service.people.models import YoungPerson
from halfdoor.service.records import schedule
from halfdoor.service.records.actions import SECOND, NotNow, line, must_be, must_be_another, note_what_waits
from halfdoor.service.records.choices import Outcome, State
from halfdoor.service.records.models import ErasureProposal, ErasureSettled


@dataclass(frozen=True, slots=True)
class WouldGo:
    """What would go with a record: texts by room, whose names, and how many sign-ins."""

    texts: tuple[tuple[str, int], ...]
    names: tuple[str, ...]
    sign_ins: int


def would_go(young_person: YoungPerson) -> WouldGo:
    """Return what would go with a record, for whoever may read it."""
    people = list(forgetting.here_for_them_alone(young_person).order_by("name"))
    found = erasing.lying([young_person.pk, *(one.pk for one in people)], practice=young_person.practice_id)
    return WouldGo(
        texts=tuple(sorted(found.items())),
        names=tuple(one.name for one in people),
        sign_ins=sum(one.account_id is not None for one in people),
    )


@transaction.atomic
def propose(young_person: YoungPerson, *, by: Account, at: datetime) -> ErasureProposal:
    """
    Propose to erase a record. Nothing goes before a second person agrees.

    :raises NotNow: if the rules do not let it go, something holds it, or it was proposed already
    """
    must_be(by, Role.LEAD)
    at = sharing_changes(young_person, at=at)
    if ErasureProposal.objects.filter(practice=by.practice, young_person=young_person).waiting().exists():
        raise NotNow(_("This was proposed already. It waits for a second person."))
    until_on = _must_be_due(young_person, at=at)
    row = ErasureProposal.objects.create(
        practice=by.practice,
        young_person=young_person,
        until_on=until_on,
        proposed_at=at,
        proposed_by=by,
    )
    chain.append(by.practice, line("erasure_proposed", young_person, by, proposal=row.pk), at=at)
    note_what_waits(by.practice_id)
    return row


@transaction.atomic
def settle(proposal: ErasureProposal, outcome: Outcome, *, by: Account, at: datetime) -> ErasureSettled:
    """
    Erase a record, as a second person; or leave it as it is.

    :raises NotNow: for whoever proposed it, where it is settled, and where the rules or a hold keep it by now
    """
    must_be(by, *SECOND)
    young_person = proposal.young_person
    at = sharing_changes(young_person, at=at)
    if not ErasureProposal.objects.filter(practice=by.practice, pk=proposal.pk).waiting().exists():
        raise NotNow(_("This is settled already."))
    texts = 0
    if outcome == Outcome.AGREED:
        must_be_another(proposal.proposed_by_id, by)
        _must_be_due(young_person, at=at)
        texts = _erase(young_person, by=by, at=at)
    row = ErasureSettled.objects.create(
        practice=by.practice, proposal=proposal, outcome=outcome, texts=texts, settled_at=at, settled_by=by
    )
    kind = "erased" if outcome == Outcome.AGREED else "erasure_dropped"
    said = line(kind, young_person, by, proposal=proposal.pk, proposed_by=proposal.proposed_by_id, texts=texts)
    chain.append(by.practice, said, at=at)
    note_what_waits(by.practice_id)
    return row


def erase_again(practice: Practice, said: Mapping[str, Any], at: datetime) -> None:
    """Erase once more what a restore brought back, as the lost line said that it was erased."""
    young_person = YoungPerson.objects.filter(practice=practice, pk=said["young_person"]).first()
    staff = Account.objects.filter(practice=practice)
    by = staff.filter(pk=said["by"]).first() or staff.filter(role=Role.LEAD).order_by("pk").first()
    if young_person is None or by is None:
        return
    at = sharing_changes(young_person, at=at)
    texts = _erase(young_person, by=by, at=at)
    chain.append(practice, line("erased_again", young_person, by, texts=texts), at=at)


def finish(*, at: datetime) -> None:
    """Give every key its half, and destroy those of whom an erasure was stopped before its last step."""
    for practice in Practice.objects.order_by("pk").values_list("pk", flat=True):
        with within.within(practice):
            keys.halve(practice)
            keys.destroy_halves(practice)


def _must_be_due(young_person: YoungPerson, *, at: datetime) -> date:
    """Return until when a record had to be kept that may go now."""
    practice = Practice.objects.get(pk=young_person.practice_id)
    if practice.doors_shut:
        raise NotNow(_("The doors are shut after a restore. First go through what was forgotten: it may hold this."))
    (standing,) = schedule.standings(practice, [young_person], on=day_in(practice, at=at))
    until = standing.retention.until
    if standing.state is not State.DUE or until is None:
        raise NotNow(_("The rules do not let this record go, or something holds it. See its page."))
    return until


def _erase(young_person: YoungPerson, *, by: Account, at: datetime) -> int:
    whose = [young_person.pk, *(one.pk for one in forgetting.here_for_them_alone(young_person))]
    texts = erasing.empty(whose, practice=young_person.practice_id)
    forgetting.forget(young_person, by=by, at=at)
    return texts
