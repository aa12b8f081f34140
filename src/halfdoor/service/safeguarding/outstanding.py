"""What an incident still needs: the clocks of its place, and what has to be done before it can be closed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Value
from django.utils.translation import gettext as _

from halfdoor.service.core.prepared import Prepared
from halfdoor.service.disclosures.breaches import Clock, clocks
from halfdoor.service.safeguarding.choices import MEETS, Done
from halfdoor.service.safeguarding.models import Incident, IncidentAssessment, IncidentStep


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
    assessed, steps = _said(incidents[0].practice_id, [incident.pk for incident in incidents])
    return {incident.pk: Standing() for incident in incidents} | _standings(assessed.union(steps, all=True))


def open_standings(practice: UUID) -> dict[UUID, Standing]:
    """Return how far each open incident of a practice is. One query, written once: Today asks it all day long."""
    return _standings(_OPEN.ask(Incident, practice))


def _open(practice: UUID) -> Any:
    still = Incident.objects.filter(practice=practice).open()
    assessed, steps = _said(practice, still.values("pk"))
    begun = still.values_list("pk", Value(""), Value(""), Value(""), "known_at", "id")
    return begun.union(assessed, steps, all=True)


_OPEN = Prepared(_open, UUID)


def _said(practice: UUID, incidents: Any) -> tuple[Any, Any]:
    """Return how incidents were assessed, and what was done about them, as rows of one shape."""
    mine = {"practice": practice, "incident__in": incidents}
    assessed = IncidentAssessment.objects.filter(**mine)
    steps = IncidentStep.objects.filter(**mine)
    return (
        assessed.values_list("incident_id", Value(""), "risk", "people", "assessed_at", "id"),
        steps.values_list("incident_id", "done", Value(""), Value(""), "done_at", "id"),
    )


def _standings(rows: Iterable[Any]) -> dict[UUID, Standing]:
    found: dict[UUID, Standing] = {}
    for incident_id, done, risk, people, *_when in sorted(rows, key=lambda row: row[4:]):
        standing = found.setdefault(incident_id, Standing())
        if done:
            standing.done.add(done)
        elif risk:
            standing.assessed = Assessed(risk, people)
    return found


def standing_of(incident: Incident) -> Standing:
    """Return how far one incident is."""
    return standings([incident])[incident.pk]


def dues_of(incident: Incident, standing: Standing | None = None) -> tuple[Due, ...]:
    """Return the notices that are due by what is known; while nothing was assessed, all that could be."""
    standing = standing or standing_of(incident)
    assessed, done = standing.assessed, standing.done
    known = {"risk": assessed.risk, "people": assessed.people} if assessed else {}
    found = clocks(incident.practice, known=known, known_at=incident.known_at)
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
