"""What an incident still needs: the clocks of its place, and what has to be done before it can be closed."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import CharField, Exists, OuterRef, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from halfdoor.service.accounts.models import Account
from halfdoor.service.accounts.queries import known_by_ids
from halfdoor.service.core.health import Found, State
from halfdoor.service.core.models import Practice
from halfdoor.service.core.prepared import Among, Prepared
from halfdoor.service.disclosures.breaches import Clock, clocks
from halfdoor.service.people import queries as people
from halfdoor.service.safeguarding.choices import MEETS, Done
from halfdoor.service.safeguarding.models import Incident, IncidentAssessment, IncidentQuerySet, IncidentStep, Unclosed


@dataclass(frozen=True, slots=True)
class Due:
    """A notice that the law of the place calls for, and whether it is met."""

    clock: Clock
    is_met: bool


@dataclass(frozen=True, slots=True)
class Assessed:
    """How likely harm is, and how many people it concerns, as it was assessed last."""

    risk: str
    people: str


@dataclass(slots=True)
class Standing:
    """How far an incident is: how it was assessed last, and what was done."""

    assessed: Assessed | None = None
    done: set[str] = field(default_factory=set)


def standings(incidents: Sequence[Incident]) -> dict[UUID, Standing]:
    """Return how far each of these incidents of one practice is. One query, however many there are."""
    if not incidents:
        return {}
    said = _said(incidents[0].practice_id, [incident.pk for incident in incidents])
    assessed, steps = (rows.values_list(*columns) for rows, columns in said)
    return {incident.pk: Standing() for incident in incidents} | _standings(assessed.union(steps, all=True))


@dataclass(frozen=True, slots=True)
class Open:
    """An open incident as far as a list names it: whom it is about, when it was known, and how far it is."""

    pk: UUID
    name: str
    known_at: datetime
    standing: Standing


def of_open(clinician: Account) -> list[Open]:
    """
    Return the open incidents about the young people of a clinician.

    Which are open is asked by itself: else a database looks closely at all that there ever were.
    """
    practice = clinician.practice_id
    still = [pk for (pk,) in _OPEN.ask(Incident, practice)]
    rows = list(_OF_SOME.ask(Incident, practice, clinician.pk, some=still)) if still else []
    found = _standings(row[:-1] for row in rows)
    return [
        Open(pk, name or _("erased"), at, found[pk])
        for pk, _done, _risk, _many, at, _pk, name in rows
        if name is not None
    ]


def readable_by(clinician: Account) -> IncidentQuerySet:
    """Return the incidents about the young people of a clinician."""
    mine = people.young_people_of(clinician).values("pk")
    return Incident.objects.filter(practice=clinician.practice_id, young_person__in=mine)


def _open(practice: UUID) -> Any:
    kept = Unclosed.objects.filter(practice=practice).values("incident")
    return Incident.objects.filter(practice=practice, pk__in=kept).open().values_list("pk")


_OPEN = Prepared(_open, UUID)


def doctor(at: datetime) -> Iterator[Found]:
    """Yield whether every incident that nobody has closed is kept as such: else it stands on nobody's *Today*."""
    kept = Unclosed.objects.filter(practice=OuterRef("practice"), incident=OuterRef("pk"))
    lost = Incident.objects.open().exclude(Exists(kept)).count()
    if lost:
        yield Found(
            "incidents", State.BAD, f"{lost} open ones stand on no list: open each from *Incidents*, and tell us"
        )
    else:
        yield Found("incidents", State.WELL, f"{Unclosed.objects.count()} are open")


def _of_some(practice: UUID, clinician: UUID, *incidents: UUID) -> Any:
    begun = readable_by(known_by_ids(practice, clinician)).filter(pk__in=incidents)
    nobody = Cast(Value(None), CharField())
    said = (rows.values_list(*columns, nobody) for rows, columns in _said(practice, incidents))
    whose = "young_person__person__name"
    return begun.values_list("id", _NOTHING, _NOTHING, _NOTHING, "known_at", "id", whose).union(*said, all=True)


_OF_SOME = Among(_of_some, UUID, UUID)


def _said(practice: UUID, incidents: Collection[UUID]) -> Iterator[tuple[Any, Sequence[Any]]]:
    """Yield how incidents were assessed, and what was done about them, with columns that make rows of one shape."""
    mine = {"practice": practice, "incident__in": incidents}
    yield IncidentAssessment.objects.filter(**mine), ("incident_id", _NOTHING, "risk", "people", "assessed_at", "id")
    yield IncidentStep.objects.filter(**mine), ("incident_id", "done", _NOTHING, _NOTHING, "done_at", "id")


_NOTHING = Value("")


def _standings(rows: Iterable[Any]) -> dict[UUID, Standing]:
    found: dict[UUID, Standing] = {}
    for incident_id, done, risk, many, *_when in sorted(rows, key=lambda row: row[4:]):
        standing = found.setdefault(incident_id, Standing())
        if done:
            standing.done.add(done)
        elif risk:
            standing.assessed = Assessed(risk, many)
    return found


def standing_of(incident: Incident) -> Standing:
    """Return how far one incident is."""
    return standings([incident])[incident.pk]


def dues_of(incident: Incident, standing: Standing | None = None) -> tuple[Due, ...]:
    """Return the notices that are due by what is known; while nothing was assessed, all that could be."""
    return dues_by(standing or standing_of(incident), practice=incident.practice, known_at=incident.known_at)


def dues_by(standing: Standing, *, practice: Practice, known_at: datetime) -> tuple[Due, ...]:
    """Return the same by how far an incident is and when it was known."""
    assessed, done = standing.assessed, standing.done
    known = {"risk": assessed.risk, "people": assessed.people} if assessed else {}
    found = clocks(practice, known=known, known_at=known_at)
    return tuple(Due(clock, is_met=bool(MEETS[clock.to] & done)) for clock in found)


def missing(incident: Incident) -> tuple[str, ...]:
    """Return, in words, what has to be done before an incident can be closed."""
    standing = standing_of(incident)
    return tuple(needs(standing, dues_of(incident, standing)))


def needs(standing: Standing, dues: Iterable[Due]) -> Iterator[str]:
    """Yield the same of an incident whose notices are known, one by one."""
    done, assessed = standing.done, standing.assessed
    if assessed is None or "unknown" in (assessed.risk, assessed.people):
        yield _("Assess how likely harm is, and how many people it concerns.")
    if Done.CONTAINED not in done:
        yield _("Say what was done to stop it, or that nothing could be done.")
    open_to = {due.clock.to for due in dues if not due.is_met}
    if not MEETS["person"] & done:
        yield _("Tell the young person, or say why they are not told.")
    if "regulator" in open_to:
        yield _("Tell the regulator, or say why they are not told.")
    if "media" in open_to:
        yield _("Take advice, and tell the media.")
    if Done.LESSON not in done:
        yield _("Say what changes, so that it does not happen again.")
