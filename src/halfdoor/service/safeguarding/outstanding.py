"""What an incident still needs: the clocks of its place, and what has to be done before it can be closed."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from halfdoor.service.disclosures.breaches import Clock, clocks
from halfdoor.service.safeguarding.choices import MEETS, Done
from halfdoor.service.safeguarding.models import Incident, IncidentAssessment, IncidentStep


@dataclass(frozen=True, slots=True)
class Due:
    """A notice that the law of the place calls for, and whether it is met."""

    clock: Clock
    is_met: bool


def assessment_of(incident: Incident) -> IncidentAssessment | None:
    """Return how an incident was assessed last."""
    rows = IncidentAssessment.objects.filter(practice=incident.practice_id, incident=incident)
    return rows.select_related("assessed_by").order_by("assessed_at", "id").last()


def dues_of(incident: Incident) -> tuple[Due, ...]:
    """Return the notices that are due by what is known; while nothing was assessed, all that could be."""
    assessed, done = assessment_of(incident), _done(incident)
    known = {"risk": assessed.risk, "people": assessed.people} if assessed else {}
    found = clocks(incident.practice, known=known, known_at=incident.known_at)
    return tuple(Due(clock, is_met=bool(MEETS[clock.to] & done)) for clock in found)


def missing(incident: Incident) -> tuple[str, ...]:
    """Return, in words, what has to be done before an incident can be closed."""
    return tuple(_missing(incident))


def _missing(incident: Incident) -> Iterator[str]:
    done, assessed = _done(incident), assessment_of(incident)
    if assessed is None or "unknown" in (assessed.risk, assessed.people):
        yield _("Assess how likely harm is, and how many people it concerns.")
    if Done.CONTAINED not in done:
        yield _("Say what was done to stop it, or that nothing could be done.")
    open_to = {due.clock.to for due in dues_of(incident) if not due.is_met}
    if not MEETS["person"] & done:
        yield _("Tell the young person, or say why they are not told.")
    if "regulator" in open_to:
        yield _("Tell the regulator, or say why they are not told.")
    if "media" in open_to:
        yield _("Take advice, and tell the media.")
    if Done.LESSON not in done:
        yield _("Say what changes, so that it does not happen again.")


def _done(incident: Incident) -> frozenset[str]:
    rows = IncidentStep.objects.filter(practice=incident.practice_id, incident=incident)
    return frozenset(rows.values_list("done", flat=True))
