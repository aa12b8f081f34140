"""Reading incidents. Every function says who is reading; for anybody else there is nothing here."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.core.paginator import Page
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from halfdoor.service.accounts.models import Account
from halfdoor.service.accounts.queries import known_by_ids
from halfdoor.service.core.prepared import Prepared
from halfdoor.service.disclosures import gate
from halfdoor.service.people import queries as people
from halfdoor.service.people.facts import day_in
from halfdoor.service.people.models import Membership, YoungPerson
from halfdoor.service.safeguarding import outstanding
from halfdoor.service.safeguarding.choices import Done
from halfdoor.service.safeguarding.models import Incident, IncidentAssessment, IncidentQuerySet, IncidentStep
from halfdoor.service.web import addresses
from halfdoor.service.web.due import Due
from halfdoor.service.web.paging import Paged


@dataclass(frozen=True, slots=True)
class Case:
    """One incident as clinicians of the circle read it, with what is due and what is missing."""

    incident: Incident
    assessment: IncidentAssessment | None
    dues: tuple[outstanding.Due, ...]
    steps: tuple[IncidentStep, ...]
    missing: tuple[str, ...]

    @property
    def is_open(self) -> bool:
        return not any(step.done == Done.CLOSED for step in self.steps)


@dataclass(frozen=True, slots=True)
class ToldMe:
    """What a young person is told went wrong: in whose words, and when."""

    words: str
    by: str
    at: datetime


def incidents_for(clinician: Account, *, page: str) -> Page[Incident]:
    """Return the incidents about the young people of a clinician, the newest first."""
    return _LISTED.page(Incident, clinician.practice_id, clinician.pk, page=page)


def _listed(practice: UUID, clinician: UUID) -> IncidentQuerySet:
    readable = outstanding.readable_by(known_by_ids(practice, clinician))
    return _with_whom(readable).order_by("-known_at", "-id")


_LISTED = Paged(_listed, UUID, UUID, size=50, wide=True)


def incident_of(clinician: Account, incident_id: UUID) -> Incident:
    """
    Return one incident to a clinician of the circle.

    :raises Incident.DoesNotExist: if it is not about a young person of theirs, or not there at all
    """
    found = next(iter(_ONE.rows(Incident, clinician.practice_id, clinician.pk, incident_id)), None)
    if found is None:
        raise Incident.DoesNotExist
    return found


def _one(practice: UUID, clinician: UUID, incident: UUID) -> IncidentQuerySet:
    theirs = people.young_people_of(known_by_ids(practice, clinician)).filter(pk=OuterRef("young_person"))
    return _with_whom(Incident.objects.filter(Exists(theirs), practice=practice, pk=incident))


_ONE = Prepared(_one, UUID, UUID, UUID)


def case_of(incident: Incident) -> Case:
    """Return everything about an incident, for whoever got ``incident_of``."""
    standing = outstanding.standing_of(incident)
    dues = outstanding.dues_of(incident, standing)
    assessments = _ASSESSMENTS.rows(IncidentAssessment, incident.practice_id, incident.pk)
    return Case(
        incident=incident,
        assessment=next(iter(assessments), None),
        dues=dues,
        steps=tuple(_STEPS.rows(IncidentStep, incident.practice_id, incident.pk)),
        missing=tuple(outstanding.needs(standing, dues)),
    )


def _assessments(practice: UUID, incident: UUID) -> QuerySet[IncidentAssessment]:
    rows = IncidentAssessment.objects.filter(practice=practice, incident=incident)
    return rows.select_related("assessed_by").order_by("-assessed_at", "-id")[:1]


def _steps(practice: UUID, incident: UUID) -> QuerySet[IncidentStep]:
    rows = IncidentStep.objects.filter(practice=practice, incident=incident)
    return rows.select_related("done_by").order_by("done_at", "id")


_ASSESSMENTS = Prepared(_assessments, UUID, UUID)
_STEPS = Prepared(_steps, UUID, UUID)


def due_for(clinician: Account, *, at: datetime) -> Iterator[Due]:
    """Yield what an open incident still needs, by the earliest clock that nobody has met."""
    for one in outstanding.of_open(clinician):
        dues = outstanding.dues_by(one.standing, practice=clinician.practice, known_at=one.known_at)
        unmet = [due.clock.due_at for due in dues if not due.is_met]
        day: date | None = day_in(clinician.practice, at=min(unmet)) if unmet else None
        words = _("An incident about %(name)s") % {"name": one.name}
        why = next(outstanding.needs(one.standing, dues), "") or _("Everything is done. It can be closed.")
        yield Due(addresses.of("safeguarding:incident", one.pk), words, why, day)


def told_to(young_person: YoungPerson, *, reader: Account, at: datetime) -> tuple[ToldMe, ...]:
    """Return what the young person whose page it is was told went wrong, newest first; nothing to anybody else."""
    told = _TOLD.rows(IncidentStep, reader.practice_id, reader.pk, young_person.pk)
    return tuple(ToldMe(step.words, step.done_by.display_name, step.done_at) for step in told)


def _told(practice: UUID, reader: UUID, young_person: UUID) -> QuerySet[IncidentStep]:
    mine = people.own_places(known_by_ids(practice, reader)).filter(young_person=young_person)
    rows = IncidentStep.objects.filter(practice=practice, young_person=young_person, done=Done.TOLD_ON_PAGE)
    rows = rows.filter(young_person__in=mine.values("young_person"))
    return rows.select_related("done_by").order_by("-done_at", "-id")


_TOLD = Prepared(_told, UUID, UUID, UUID)


def place_to_report_from(reader: Account, membership_id: UUID, *, at: datetime) -> Membership:
    """
    Return the place of somebody in a care or education team from which they may report.

    :raises Membership.DoesNotExist: if it is not theirs, or they may not know of any care
    """
    member = people.membership_of(reader, membership_id)
    if not gate.may_know_of_care(member, at=at):
        raise Membership.DoesNotExist
    return member


def can_report(member: Membership, *, reader: Account, at: datetime) -> UUID:
    """Return the place from which a team member whose page this is can report."""
    return member.pk


def _with_whom(rows: IncidentQuerySet) -> IncidentQuerySet:
    return rows.select_related("young_person__person", "practice", "reported_by")
