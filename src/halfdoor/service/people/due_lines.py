"""What is due about circles of care, for *Today*: orders to read, orders that run out, assessments, shared contacts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from halfdoor.service.accounts.models import Account, Role
from halfdoor.service.accounts.queries import known_by_ids
from halfdoor.service.core.prepared import Prepared
from halfdoor.service.people import courts, covering, emergencies, queries, reaching
from halfdoor.service.people.facts import day_in
from halfdoor.service.people.models import CompetenceAssessment, EmergencyAccess, YoungPerson
from halfdoor.service.web import addresses
from halfdoor.service.web.due import Due

AHEAD = timedelta(days=30)
"""How long before an assessment lapses it is due again."""

_A_FEW = 50
_A_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Lapsing:
    """An assessment of competence that lapses soon or has lapsed, and that nothing newer has followed."""

    young_person: YoungPerson
    category: str
    on: date


def due_for(account: Account, *, at: datetime) -> Iterator[Due]:
    """Yield what waits for a clinician; to the office, who is away soon; nothing to anybody else."""
    if account.role == Role.OFFICE:
        yield from _away_soon(account, at=at)
    if account.role not in (Role.THERAPIST, Role.LEAD):
        return
    to_read, running_out = courts.due_for(account, at=at)
    for limit in to_read[:_A_FEW]:
        words = _("A court order about %(name)s, to be read by a second person") % {
            "name": limit.membership.young_person.name
        }
        why = _("It closes already. Recorded by %(who)s.") % {"who": limit.recorded_by.display_name}
        yield Due(addresses.of("people:court_limit", limit.pk), words, why)
    for order in running_out[:_A_FEW]:
        member = order.limit.membership
        words = _("A court order about %(name)s runs out") % {"name": member.young_person.name}
        address = reverse("people:record", args=[member.young_person_id, member.pk, "authority"])
        yield Due(address, words, _("It gives nothing back by itself. Record what then holds."), order.on)
    for one in lapsing(account, at=at)[:_A_FEW]:
        words = _("%(name)s: look again whether they can decide") % {"name": one.young_person.name}
        address = reverse("people:about", args=[one.young_person.pk, "competenceassessment"])
        yield Due(address, words, _("The last assessment lapses. After that it counts as none."), one.on)
    yield from _emergencies(account, at=at)
    for contact in reaching.held_for(account)[:_A_FEW]:
        words = _("A contact of %(name)s that somebody else uses too") % {"name": contact.person.name}
        address = addresses.of("people:shared_contact", contact.pk)
        yield Due(address, words, _("It is not used until somebody has decided."))


def _emergencies(account: Account, *, at: datetime) -> Iterator[Due]:
    """Yield the records opened in an emergency at which somebody has to look, and one's own that is still open."""
    practice = account.practice_id
    if account.role == Role.LEAD:
        opened = _EMERGENCIES_TO_LEAD.rows(EmergencyAccess, practice)
    else:
        opened = _EMERGENCIES.rows(EmergencyAccess, practice, account.pk)
    for one in opened:
        address, about = addresses.of("people:emergency_access", one.pk), {"name": one.young_person.name}
        if one.opened_by_id != account.pk:
            words = _("%(name)s: somebody opened the record in an emergency") % about
            why = _("%(who)s did. A second person has to look at it.") % {"who": one.opened_by.display_name}
            yield Due(address, words, why, one.review_due_on)
        elif one.ends_at > at:
            yield Due(
                address, _("%(name)s: you opened the record in an emergency") % about, _("It ends after an hour.")
            )


def _opened(reader: Account) -> QuerySet[EmergencyAccess]:
    mine = emergencies.shown_to(reader)
    return emergencies.waiting(reader.practice_id).filter(pk__in=mine.values("pk"))[:_A_FEW]


_EMERGENCIES = Prepared(lambda practice, account: _opened(known_by_ids(practice, account)), UUID, UUID)
_EMERGENCIES_TO_LEAD = Prepared(lambda practice: _opened(Account(practice_id=practice, role=Role.LEAD)), UUID)


def _away_soon(account: Account, *, at: datetime) -> Iterator[Due]:
    """Yield the covers that begin within a week, so that the office knows who answers whose telephone."""
    today = day_in(account.practice, at=at)
    soon = covering.covers_of(account, at=at).filter(starts_on__gte=today, starts_on__lte=today + _A_WEEK)
    for cover in soon[:_A_FEW]:
        words = _("%(who)s is away from then on") % {"who": cover.clinician.display_name}
        why = _("%(who)s covers for them.") % {"who": cover.cover.display_name}
        yield Due(reverse("people:covers"), words, why, cover.starts_on)


def lapsing(clinician: Account, *, at: datetime) -> list[Lapsing]:
    """Return the assessments in a clinician's own circles that are due again, by their day."""
    newest: dict[tuple[object, str], CompetenceAssessment] = {}
    for row in _ASSESSMENTS.rows(CompetenceAssessment, clinician.practice_id, clinician.pk):
        newest[row.young_person_id, row.category] = row
    until = day_in(clinician.practice, at=at) + AHEAD
    due = (Lapsing(row.young_person, row.category, row.lapses_on) for row in newest.values() if row.lapses_on)
    return sorted((one for one in due if one.on <= until), key=lambda one: (one.on, one.young_person.name))


def _assessments(practice: UUID, clinician: UUID) -> QuerySet[CompetenceAssessment]:
    mine = queries.young_people_of(known_by_ids(practice, clinician)).filter(pk=OuterRef("young_person"))
    rows = CompetenceAssessment.objects.filter(Exists(mine), practice=practice)
    return rows.select_related("young_person__person").order_by("effective_on", "recorded_at")


_ASSESSMENTS = Prepared(_assessments, UUID, UUID)
